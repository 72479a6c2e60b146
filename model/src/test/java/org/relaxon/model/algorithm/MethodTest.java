package org.relaxon.model.algorithm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.relaxon.model.loss.StandardLoss;
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

    /** The strength that a refusal names is accepted; where the strength itself is, none is. */
    @Test
    void aRefusedNudgeNamesAStrengthThatIsAccepted() {
        Method hep = new Method(Algorithms.holomorphic(), Estimator.roots(8), 5.0);
        String said = refused(() -> hep.requireStrengths(StandardLoss.SQUARED));
        assertTrue(said.startsWith("beta: 5.0 with the estimator roots:8 nudges by -3.5"), said);
        assertTrue(said.endsWith("; 0.5 is accepted"), said);
        hep.withStrength(0.5).requireStrengths(StandardLoss.SQUARED);
        String one = refused(() -> hep.withStrength(1.0).requireStrengths(StandardLoss.SQUARED));
        assertTrue(one.contains("; 0.5 is accepted"), "one of the roots is -1: " + one);
        Method centred = pc.withEstimator(Estimator.CENTRED).withStrength(1.0);
        String half = refused(() -> centred.requireStrengths(StandardLoss.SQUARED));
        assertTrue(half.endsWith("; 0.5 is accepted"), half);
        centred.withStrength(0.5).requireStrengths(StandardLoss.SQUARED);
        Method own = pc.withStrength(2.0);
        String range = refused(() -> own.requireStrengths(StandardLoss.CROSS_ENTROPY));
        assertEquals("beta: 2.0 must be between -2 and 2", range);
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
