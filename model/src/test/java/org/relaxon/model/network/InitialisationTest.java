package org.relaxon.model.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.relaxon.model.activation.StandardActivation;
import org.relaxon.model.loss.StandardLoss;
import org.relaxon.model.math.CounterRandom;
import org.relaxon.model.network.Initialisation.Scheme;

class InitialisationTest {
    private static final int FAN_IN = 50;
    private static final int FAN_OUT = 400;

    @ParameterizedTest
    @EnumSource
    void weightsHaveTheStatedVarianceAndBound(Scheme scheme) {
        double[][] w = network(scheme, 1.0, 3, FAN_IN, FAN_OUT).parameters().weights(0);
        double sum = 0;
        double squares = 0;
        double largest = 0;
        for (double[] row : w) {
            for (double v : row) {
                sum += v;
                squares += v * v;
                largest = Math.max(largest, Math.abs(v));
            }
        }
        int n = FAN_IN * FAN_OUT;
        double variance =
                switch (scheme) {
                    case UNIFORM -> 1.0 / 3 / FAN_IN;
                    case NORMAL -> 1.0 / FAN_IN;
                    case HE -> 2.0 / FAN_IN;
                    case GLOROT -> 2.0 / (FAN_IN + FAN_OUT);
                    case NTP, DEPTH_MUP -> 1.0;
                };
        // five standard errors of the mean and (at most, for the normal law) of the variance
        assertEquals(0.0, sum / n, 5 * Math.sqrt(variance / n));
        assertEquals(variance, squares / n, 5 * variance * Math.sqrt(2.0 / n));
        if (scheme == Scheme.UNIFORM || scheme == Scheme.GLOROT) {
            double bound = Math.sqrt(3 * variance);
            assertTrue(largest <= bound && largest > 0.99 * bound);
        }
    }

    @ParameterizedTest
    @EnumSource
    void biasesHaveTheStatedSize(Scheme scheme) {
        double[] b = network(scheme, 1.0, 3, FAN_IN, FAN_OUT).parameters().biases(1);
        double squares = Arrays.stream(b).map(v -> v * v).sum() / b.length;
        double variance =
                switch (scheme) {
                    case UNIFORM -> 1.0 / 3 / FAN_IN;
                    case NORMAL -> 0.01;
                    case HE, GLOROT, NTP, DEPTH_MUP -> 0.0;
                };
        assertEquals(variance, squares, 5 * variance * Math.sqrt(2.0 / b.length));
    }

    @ParameterizedTest
    @EnumSource
    void theGainScalesWeightsAndNotBiases(Scheme scheme) {
        Parameters one = network(scheme, 1.0, 3, 5, 4, 3).parameters();
        Parameters half = network(scheme, 0.5, 3, 5, 4, 3).parameters();
        for (int i = 0; i < 4; i++) {
            for (int j = 0; j < 5; j++) {
                assertEquals(0.5 * one.weights(0)[i][j], half.weights(0)[i][j]);
            }
        }
        assertArrayEquals(one.biases(1), half.biases(1));
        assertEquals(0.0, Math.abs(network(scheme, 0.0, 3, 5, 4).parameters().weights(0)[3][4]));
    }

    @ParameterizedTest
    @EnumSource
    void theSameSeedGivesTheSameNumbersAndAnotherSeedOthers(Scheme scheme) {
        Parameters first = network(scheme, 1.0, 3, 5, 4, 3).parameters();
        Parameters again = network(scheme, 1.0, 3, 5, 4, 3).parameters();
        Parameters other = network(scheme, 1.0, 4, 5, 4, 3).parameters();
        for (int p = 0; p < 2; p++) {
            assertTrue(Arrays.deepEquals(first.weights(p), again.weights(p)));
            assertFalse(Arrays.deepEquals(first.weights(p), other.weights(p)));
        }
    }

    /** More neurons in a layer: the rows that exist in both networks have the same bits. */
    @ParameterizedTest
    @EnumSource(names = {"UNIFORM", "NORMAL", "HE"})
    void wideningALayerKeepsTheRowsItShares(Scheme scheme) {
        Parameters narrow = network(scheme, 1.0, 3, 5, 4, 3).parameters();
        Parameters wide = network(scheme, 1.0, 3, 5, 9, 3).parameters();
        for (int i = 0; i < 4; i++) {
            assertArrayEquals(narrow.weights(0)[i], wide.weights(0)[i]);
            assertEquals(narrow.biases(1)[i], wide.biases(1)[i]);
        }
    }

    /** A larger fan changes the scale of a weight and nothing else. */
    @ParameterizedTest
    @EnumSource
    void wideningALayerKeepsTheDrawsItShares(Scheme scheme) {
        double[][] narrow = network(scheme, 1.0, 3, 5, 4, 3).parameters().weights(1);
        double[][] wide = network(scheme, 1.0, 3, 5, 9, 3).parameters().weights(1);
        double scale =
                switch (scheme) {
                    case GLOROT -> Math.sqrt((4 + 3) / (9.0 + 3));
                    case NTP, DEPTH_MUP -> 1.0;
                    default -> Math.sqrt(4 / 9.0);
                };
        for (int i = 0; i < 3; i++) {
            for (int j = 0; j < 4; j++) {
                assertEquals(scale * narrow[i][j], wide[i][j], 1e-15);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void deepeningANetworkKeepsTheLayersBelow(Scheme scheme) {
        Parameters shallow = network(scheme, 1.0, 3, 5, 4, 3).parameters();
        Parameters deep = network(scheme, 1.0, 3, 5, 4, 3, 2).parameters();
        for (int p = 0; p < 2; p++) {
            assertTrue(Arrays.deepEquals(shallow.weights(p), deep.weights(p)));
            assertArrayEquals(shallow.biases(p + 1), deep.biases(p + 1));
        }
    }

    @Test
    void rowsProjectionsAndBiasesHaveStreamsOfTheirOwn() {
        Parameters p = network(Scheme.NORMAL, 1.0, 3, 6, 6, 6, 6).parameters();
        double[] seen =
                Arrays.stream(
                                new double[][][] {
                                    p.weights(0),
                                    p.weights(1),
                                    p.weights(2),
                                    {p.biases(1), p.biases(2), p.biases(3)}
                                })
                        .flatMap(Arrays::stream)
                        .flatMapToDouble(Arrays::stream)
                        .sorted()
                        .toArray();
        assertEquals(3 * 36 + 18, Arrays.stream(seen).distinct().count());
    }

    /** Which draw is which number is part of every saved result. */
    @Test
    void everyNumberIsTheDrawOfItsProjectionRowAndColumn() {
        Parameters p = network(Scheme.NORMAL, 1.0, 3, 5, 4, 3).parameters();
        for (int e = 0; e < 2; e++) {
            double[][] w = p.weights(e);
            for (int i = 0; i < w.length; i++) {
                for (int j = 0; j < w[i].length; j++) {
                    double draw = CounterRandom.normal(3, ((long) e << 20) + i, j);
                    assertEquals(draw / StrictMath.sqrt(w[i].length), w[i][j]);
                }
                double draw = CounterRandom.normal(3, (1L << 40) + e + 1, i);
                assertEquals(0.1 * draw, p.biases(e + 1)[i]);
            }
        }
    }

    @Test
    void aBiasCountsAllThatFeedsItsPopulation() {
        Network graph =
                new NetworkBuilder(StandardLoss.SQUARED)
                        .input("i", 60)
                        .hidden("h", 40, StandardActivation.TANH)
                        .output("o", 300, StandardActivation.LINEAR)
                        .project("ih", "i", "h")
                        .project("ho", "h", "o")
                        .project("io", "i", "o")
                        .build(Initialisation.uniform(5));
        double largest = Arrays.stream(graph.parameters().biases(2)).map(Math::abs).max().orElse(0);
        assertTrue(largest <= 0.1 && largest > 0.095, "1/sqrt(60 + 40), got " + largest);
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.1, Double.NaN, Double.POSITIVE_INFINITY, -1.0 / 0.0})
    void aGainThatIsNegativeOrNotFiniteIsRefused(double gain) {
        String said =
                assertThrows(
                                IllegalArgumentException.class,
                                () -> new Initialisation(Scheme.HE, gain, 1))
                        .getMessage();
        assertTrue(said.contains("gain") && said.contains(String.valueOf(gain)), said);
    }

    @Test
    void aGainSoLargeThatWeightsOverflowIsRefusedByName() {
        Initialisation huge = new Initialisation(Scheme.HE, Double.MAX_VALUE, 1);
        String said =
                assertThrows(
                                IllegalArgumentException.class,
                                () ->
                                        Network.layered(
                                                new int[] {2, 40, 1},
                                                StandardActivation.TANH,
                                                StandardActivation.LINEAR,
                                                StandardLoss.SQUARED,
                                                huge))
                        .getMessage();
        assertTrue(said.startsWith("W1[") && said.contains("Infinity"), said);
    }

    @Test
    void schemesAreNamedInLowerCase() {
        assertEquals("glorot", Scheme.GLOROT.optionName());
        assertEquals(new Initialisation(Scheme.UNIFORM, 1.0, 9), Initialisation.uniform(9));
    }

    private static Network network(Scheme scheme, double gain, long seed, int... sizes) {
        return Network.layered(
                sizes,
                StandardActivation.TANH,
                StandardActivation.LINEAR,
                StandardLoss.SQUARED,
                new Initialisation(scheme, gain, seed));
    }
}
