package org.relaxon.model.algorithm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.relaxon.model.plasticity.Estimator;

class MethodTest {
    private final Method pc = new Method(Algorithms.pcNudge(), Estimator.ONE_SIDED, 1e-3);

    private static String refused(Runnable call) {
        return assertThrows(IllegalArgumentException.class, call::run).getMessage();
    }

    @Test
    void whatDoesNotFitIsRefusedWhereItIsPutTogether() {
        Algorithm dual = Algorithms.dualPropagation();
        String said = refused(() -> new Method(dual, Estimator.CENTRED, 0.1));
        assertTrue(said.contains("dual-propagation") && said.contains("centred"), said);
        assertEquals(said, refused(() -> pc.withEstimator(Estimator.CENTRED).withAlgorithm(dual)));
        assertTrue(refused(() -> pc.withEstimator(Estimator.roots(4))).contains("roots:4"));
        assertEquals(dual, pc.withAlgorithm(dual).algorithm());
    }

    /** gamma is divided once per layer, so its range depends on the depth of the network. */
    @Test
    void aStrengthOutsideTheRangeIsRefusedByName() {
        Method chl =
                new Method(
                        Algorithms.contrastiveHebbian(Form.DIFFERENCE), Estimator.ONE_SIDED, 1e-60);
        assertSame(chl, chl.inRange(2));
        String said = refused(() -> chl.inRange(3));
        assertTrue(said.contains("gamma: 1.0E-60") && said.contains("3 weight layers"), said);
        for (double bad : new double[] {0.0, -1.0, 1e13, Double.NaN, Double.POSITIVE_INFINITY}) {
            assertTrue(refused(() -> pc.withStrength(bad).inRange(2)).startsWith("beta: " + bad));
        }
        Method without = new Method(Algorithms.fixedPrediction(), Estimator.ONE_SIDED, Double.NaN);
        assertSame(without, without.inRange(2));
    }

    @Test
    void methodsAreEqualByWhatTheyDo() {
        assertEquals(pc, pc.withStrength(0.5).withStrength(1e-3));
        assertNotEquals(pc, pc.withStrength(0.5));
        assertEquals("pc-nudge, one-sided, strength 0.001", pc.toString());
        assertNotEquals(pc, pc.withEstimator(Estimator.NEGATIVE));
        assertEquals(2, pc.withEstimator(Estimator.CENTRED).columnsPerExample());
    }
}
