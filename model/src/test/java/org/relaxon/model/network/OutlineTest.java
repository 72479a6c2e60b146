package org.relaxon.model.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.relaxon.model.activation.StandardActivation;
import org.relaxon.model.loss.StandardLoss;

/** Networks of which only some weights are drawn. */
class OutlineTest {
    private static final int[] SIZES = {5, 7, 6, 3};

    private static NetworkBuilder builder(int... sizes) {
        return NetworkBuilder.layered(
                sizes, StandardActivation.TANH, StandardActivation.LINEAR, StandardLoss.SQUARED);
    }

    @ParameterizedTest
    @EnumSource(Initialisation.Scheme.class)
    void theNeuronsThatArePresentHaveTheNumbersOfAWholeDraw(Initialisation.Scheme scheme) {
        Initialisation init = new Initialisation(scheme, 1.3, 4);
        Network whole = builder(SIZES).build(init);
        Network outline = builder(SIZES).outline(init);
        Parameters some = outline.drawn(init, new int[][] {{0, 0}, {2, 5}, {0, 6}, {0, 0}});

        for (int p = 0; p < 3; p++) {
            double[][] all = whole.parameters().weights(p);
            assertEquals(whole.projection(p).connectivity(), outline.projection(p).connectivity());
            for (int i = 0; i < all.length; i++) {
                boolean present = p == 0 && i >= 2 && i < 5 || p == 1;
                double[] row = some.weights(p)[i];
                assertEquals(!present, some.isAbsent(p, row), p + ", " + i);
                assertArrayEquals(present ? all[i] : new double[all[i].length], row);
            }
        }
        assertArrayEquals(whole.parameters().biases(1), some.biases(1));
    }

    @Test
    void absentRowsAreSharedAndStayAbsentInCopies() {
        Network outline = builder(SIZES).outline(Initialisation.uniform(1));
        Parameters none = outline.parameters();
        double[][] rows = none.weights(1);
        assertSame(rows[0], rows[5]);
        assertTrue(none.copy().isAbsent(1, none.copy().weights(1)[2]));
        assertFalse(none.isAbsent(1, outline.zeros().weights(1)[0]));
        assertNotSame(outline.zeros().weights(1)[0], outline.zeros().weights(1)[1]);
    }

    /** 3e9 synapses, of which nothing is drawn; drawing all of them is refused. */
    @Test
    void anOutlineMayBeLargerThanAnyMemory() {
        int wide = 40_000;
        Network outline = builder(10, wide, wide, wide, 10).outline(Initialisation.uniform(1));
        assertEquals(wide, outline.population(2).size());
        String message =
                assertThrows(
                                IllegalArgumentException.class,
                                () ->
                                        builder(10, wide, wide, wide, 10)
                                                .build(Initialisation.uniform(1)))
                        .getMessage();
        assertEquals("projection 2: 1 -> 2 makes more than 268435456 synapses in all", message);
    }
}
