package org.relaxon.model.phase;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.relaxon.model.activation.StandardActivation;
import org.relaxon.model.loss.StandardLoss;
import org.relaxon.model.math.Matrix;
import org.relaxon.model.network.Initialisation;
import org.relaxon.model.network.Network;

class ClampTest {
    private final Network network =
            Network.layered(
                    new int[] {2, 3, 1},
                    StandardActivation.TANH,
                    StandardActivation.LINEAR,
                    StandardLoss.SQUARED,
                    Initialisation.uniform(1));
    private final Phase free = Phase.free(Matrix.zeros(2, 2));
    private final Matrix values = Matrix.of(3, 2, new double[] {1, 2, 3, 4, 5, 6});

    private void refused(Phase phase, String... parts) {
        String message =
                assertThrows(IllegalArgumentException.class, () -> phase.validate(network))
                        .getMessage();
        for (String part : parts) {
            assertTrue(message.contains(part), message);
        }
    }

    @Test
    void someNeuronsAreHeldAtTheirRows() {
        Phase held = free.clamping("1", values, true, false, true);
        assertArrayEquals(new double[] {Double.NaN, Double.NaN, 5, 6}, held.held("1", 1, 3));
        assertArrayEquals(values.values(), free.clamping("1", values).held("1", 0, 3));
        assertDoesNotThrow(() -> held.validate(network));
        assertNull(held.held("2", 0, 1));
        assertEquals(List.of(), free.clamps());
        assertEquals(1.0, held.strength(0));
        assertEquals(0.0, free.strength(0));
        List<String> text = List.of("1, 2 of 3 neurons held");
        assertEquals(text, held.clamps());
        assertEquals(text, held.startingFrom("free").clamps());
        assertEquals(text, held.withGamma(new double[] {1, 1}).clamps());
    }

    @Test
    void whatIsNotHeldIsNotRead() {
        Matrix holes = Matrix.of(3, 2, new double[] {1, 2, Double.NaN, Double.NaN, 5, 6});
        assertDoesNotThrow(() -> free.clamping("1", holes, true, false, true).validate(network));
        refused(free.clamping("1", holes), "clamp: 1: [1, 0] is NaN");
    }

    @Test
    void aClampThatDoesNotFitIsRefusedByName() {
        refused(free.clamping("4", values), "clamp: 4: ", "only [0, 1, 2]");
        refused(free.clamping("0", Matrix.zeros(2, 2)), "clamp: 0: an input");
        refused(free.clamping("1", Matrix.zeros(2, 2)), "(2, 2), need (3, 2)");
        refused(free.clamping("1", Matrix.zeros(3, 1)), "(3, 1), need (3, 2)");
        refused(free.clamping("1", values, true), "1 of 3 neurons are marked");
        refused(
                free.clamping("1", values, false, false, false),
                "no neuron is held; need at least 1 of 3");
        refused(
                free.clamping("1", values).clamping("1", values),
                "clamp: 1: held twice; allowed: one");
    }

    @Test
    void anOutputIsHeldOrNudged() {
        Matrix output = Matrix.zeros(1, 2);
        Phase nudged = Phase.nudged(Matrix.zeros(2, 2), Matrix.zeros(1, 2), 0.1);
        assertDoesNotThrow(() -> free.clamping("2", output).validate(network));
        refused(nudged.clamping("2", output), "clamp: 2: the target acts on this output");
        assertDoesNotThrow(() -> nudged.clamping("1", values).validate(network));
    }

    @Test
    void columnsWithHeldNeuronsDoNotStandSideBySide() {
        Phase held = free.clamping("1", values);
        assertEquals(4, Phase.sideBySide(List.of(free, free)).columns());
        String message =
                assertThrows(
                                IllegalArgumentException.class,
                                () -> Phase.sideBySide(List.of(free, held)))
                        .getMessage();
        assertTrue(message.contains("[1, 3 of 3 neurons held]"), message);
    }
}
