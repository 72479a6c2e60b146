package org.relaxon.model.plasticity;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OptimiserTest {
    private static LearningStep step(Optimiser o, double rate, long number) {
        return new LearningStep(o, rate, 1, number);
    }

    @Test
    void plainDescentSubtractsRateTimesGradient() {
        double[] w = {1, -2, 3};
        Optimiser.sgd()
                .apply(
                        w,
                        new double[] {4, 0, -1},
                        null,
                        null,
                        step(Optimiser.sgd(), .5, 1),
                        true,
                        0,
                        0);
        assertArrayEquals(new double[] {-1, -2, 3.5}, w);
    }

    @Test
    void momentumOfAConstantGradientGrowsToItsGeometricSum() {
        Optimiser o = Optimiser.momentum(0.5);
        double[] w = {0};
        double[] m = {0};
        for (int t = 1; t <= 60; t++) {
            o.apply(w, new double[] {3}, m, null, step(o, 1, t), true, 0, 0);
        }
        assertEquals(6, m[0], 1e-12); // 3 / (1 - 1/2)
        assertEquals(-6 * 60 + 6, w[0], 1e-9); // sum over t of 6 (1 - 2^-t)
    }

    @Test
    void adamMovesByTheRateWhateverTheSizeOfAConstantGradient() {
        Optimiser o = Optimiser.adam();
        double[] w = {0, 0, 0};
        double[] m = new double[3];
        double[] v = new double[3];
        for (int t = 1; t <= 7; t++) {
            o.apply(w, new double[] {1e-3, -50, 0}, m, v, step(o, 0.01, t), true, 0, 0);
        }
        assertEquals(-0.07, w[0], 1e-6); // eps is 1e-8 beside 1e-3
        assertEquals(0.07, w[1], 1e-10);
        assertEquals(0, w[2]);
        double[] wrong = {0}; // without the correction for the first steps it would be far off
        o.apply(
                wrong,
                new double[] {1},
                new double[1],
                new double[1],
                step(o, 0.01, 1_000_000),
                true,
                0,
                0);
        assertTrue(Math.abs(wrong[0] + 0.01) > 0.01);
    }

    @Test
    void decayTakesAShareOfWeightsAndNoneOfBiases() {
        Optimiser o = Optimiser.sgd().withWeightDecay(0.1);
        double[] w = {10};
        double[] b = {10};
        o.apply(w, new double[] {0}, null, null, step(o, 0.5, 1), true, 0, 0);
        o.apply(b, new double[] {0}, null, null, step(o, 0.5, 1), false, 0, 0);
        assertEquals(9.5, w[0]);
        assertEquals(10, b[0]);
    }

    @Test
    void namesAreRead() {
        assertEquals(Optimiser.sgd(), Optimiser.parse("sgd"));
        assertEquals(Optimiser.momentum(0.8), Optimiser.parse("momentum:0.8"));
        assertEquals(Optimiser.adam(), Optimiser.parse("adam"));
        assertEquals(Optimiser.adam(), Optimiser.parse(Optimiser.adam().optionName()));
        assertEquals(2, Optimiser.parse("adam:0.5,0.25").memories());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "SGD",
                "sgd:1",
                "momentum:",
                "momentum:1",
                "momentum:NaN",
                "momentum:-0.1",
                "adam:0.9",
                "adam:0.9,1",
                "adam:0.9,x",
                "adamw"
            })
    void otherTextsAreRefused(String text) {
        IllegalArgumentException e =
                assertThrows(IllegalArgumentException.class, () -> Optimiser.parse(text));
        assertTrue(e.getMessage().startsWith("optimiser: "), e.getMessage());
    }

    @Test
    void numbersOutOfRangeAreRefused() {
        Optimiser o = Optimiser.sgd();
        assertThrows(IllegalArgumentException.class, () -> o.withWeightDecay(Double.NaN));
        assertThrows(IllegalArgumentException.class, () -> o.withWeightDecay(-1));
        assertThrows(IllegalArgumentException.class, () -> step(o, Double.NaN, 1));
        assertThrows(IllegalArgumentException.class, () -> step(o, 1, 0));
        assertThrows(IllegalArgumentException.class, () -> new LearningStep(o, 1, Double.NaN, 1));
    }
}
