package org.relaxon.model.plasticity;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.relaxon.model.math.Matrix;
import org.relaxon.model.phase.Phase;

class RootsOfUnityTest {
    private final Matrix input = Matrix.of(1, 2, new double[] {1, 2});
    private final Matrix target = Matrix.of(1, 2, new double[] {3, 4});

    @Test
    void fourPointsAreThreeColumnsPerExample() {
        Phase phase = Estimator.roots(4).phase(input, target, 0.5);
        assertArrayEquals(new double[] {.5, .5, 0, 0, -.5, -.5}, phase.betas(), 1e-16);
        double[] imaginary = {0, 0, .5, .5, 0, 0};
        for (int c = 0; c < 6; c++) {
            assertEquals(imaginary[c], phase.imaginary(c), 1e-16);
            assertEquals(0.5, phase.magnitude(c), 1e-16);
        }
        assertTrue(phase.isComplex());
        assertArrayEquals(new double[] {1, 2, 1, 2, 1, 2}, phase.input().values());
        assertArrayEquals(
                new double[] {.25, .25, .5, .5, .25, .25}, Estimator.roots(4).columnWeights(phase));
    }

    /** sum over all N of share w^-k w^m is 1 at m = 0, N, ... and 0 elsewhere. */
    @ParameterizedTest
    @ValueSource(ints = {2, 4, 6, 8, 16, 256})
    void theMeanKeepsOnlyEveryNthPower(int points) {
        Estimator roots = Estimator.roots(points);
        assertEquals(points, roots.order());
        assertEquals(points / 2 + 1, roots.columnsPerExample());
        assertEquals("roots:" + points, roots.optionName());
        assertEquals("roots:" + points, roots.toString());
        assertEquals(points > 2, roots.isComplex());
        Phase phase = roots.phase(Matrix.zeros(1, 1), Matrix.zeros(1, 1), 1.0);
        double[] share = roots.columnWeights(phase);
        for (int power = 0; power <= points; power++) {
            double sum = 0.0;
            for (int k = 0; k < share.length; k++) {
                double angle = Math.atan2(phase.imaginary(k), phase.beta(k));
                sum += share[k] * Math.cos(power * angle);
            }
            double expected = power % points == 0 ? 1.0 : 0.0;
            assertEquals(expected, sum, 1e-13, "power " + power);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {-2, 0, 1, 3, 7, 258})
    void anOddOrExcessiveNumberOfPointsIsRefused(int points) {
        String said =
                assertThrows(IllegalArgumentException.class, () -> Estimator.roots(points))
                        .getMessage();
        assertTrue(said.contains("points") && said.contains("" + points), said);
    }

    @Test
    void aPhaseOfOtherPointsIsRefused() {
        Phase eight = Estimator.roots(8).phase(input, target, 0.5);
        String said =
                assertThrows(
                                IllegalArgumentException.class,
                                () -> Estimator.roots(4).columnWeights(eight))
                        .getMessage();
        assertTrue(said.contains("roots:4"), said);
        double[] imaginary = new double[10];
        for (int c = 0; c < 10; c++) {
            imaginary[c] = -eight.imaginary(c);
        }
        Phase mirrored = eight.withImaginary(imaginary);
        assertThrows(
                IllegalArgumentException.class, () -> Estimator.roots(8).columnWeights(mirrored));
        assertDoesNotThrow(() -> Estimator.roots(8).columnWeights(eight));
        Phase six = Estimator.CENTRED.phase(Matrix.zeros(1, 5), Matrix.zeros(1, 5), 0.5);
        assertThrows(IllegalArgumentException.class, () -> Estimator.roots(8).columnWeights(six));
    }

    /** The sign of gamma counts like that of beta. */
    @Test
    void aStrengthOfGammaIsSpreadLikeOneOfBeta() {
        assertArrayEquals(
                new double[] {.1, .1, .1, -.1, -.1, -.1}, Estimator.CENTRED.spread(0.1, 3));
        Phase phase =
                Phase.nudged(input.tiled(2), target.tiled(2), 1.0)
                        .withGamma(Estimator.CENTRED.spread(0.1, 2));
        assertArrayEquals(new double[] {.5, .5, .5, .5}, Estimator.CENTRED.columnWeights(phase));
        Phase plain = Phase.nudged(input.tiled(2), target.tiled(2), 1.0);
        assertThrows(IllegalArgumentException.class, () -> Estimator.CENTRED.columnWeights(plain));
        Phase none = plain.withGamma(new double[4]);
        assertThrows(IllegalArgumentException.class, () -> Estimator.ONE_SIDED.columnWeights(none));
        assertFalse(Estimator.CENTRED.isComplex());
        assertThrows(IllegalArgumentException.class, () -> Estimator.CENTRED.spread(0.0, 3));
    }
}
