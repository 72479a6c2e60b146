package org.relaxon.model.phase;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.relaxon.model.activation.StandardActivation;
import org.relaxon.model.loss.StandardLoss;
import org.relaxon.model.math.Matrix;
import org.relaxon.model.network.Initialisation;
import org.relaxon.model.network.Network;

/** Output modes, complex strengths, gains and starts. */
class PhaseKindsTest {
    private final Matrix input = Matrix.zeros(2, 3);
    private final Matrix target = Matrix.zeros(1, 3);
    private final Phase nudged = Phase.nudged(input, target, new double[] {0.3, -0.4, 0});
    private final Network network =
            Network.layered(
                    new int[] {2, 4, 1},
                    StandardActivation.TANH,
                    StandardActivation.LINEAR,
                    StandardLoss.SQUARED,
                    Initialisation.uniform(1));

    /** Whatever is added to a phase, the rest of it stays. */
    @Test
    void everyAdditionKeepsTheOthers() {
        double[] imaginary = {0, 0.3, 0};
        double[] gamma = {1, 0.5, -2};
        Phase all =
                nudged.withImaginary(imaginary).withGamma(gamma).startingFrom("here").displaced();
        imaginary[1] = 9;
        gamma[1] = 9;
        for (Phase p : new Phase[] {all, all.differencesFrom("here"), all.startingFrom("here")}) {
            assertArrayEquals(new double[] {0.3, -0.4, 0}, p.betas());
            assertEquals(0.3, p.imaginary(1));
            assertEquals(0.5, p.gamma(1));
            assertEquals(0.5, p.magnitude(1), 1e-16);
            assertEquals(0.3, p.magnitude(0));
            assertEquals(1.0, p.magnitude(2)); // a free column
            assertSame(Phase.Output.DISPLACED, p.output());
            assertEquals("here", p.start());
            assertTrue(p.isComplex());
            assertSame(input, p.input());
            assertSame(target, p.target());
            p.validate(network);
        }
        assertTrue(all.differencesFrom("x").differences());
        assertTrue(all.differencesFrom("x").displaced().differences());
        assertFalse(all.differencesFrom("x").startingFrom("y").differences());
        assertFalse(all.differences());
        assertEquals(1.0, nudged.gamma(1)); // and the phase that was added to is what it was
        assertEquals(0.0, nudged.imaginary(1));
        assertEquals(0.4, nudged.magnitude(1));
        assertFalse(nudged.isComplex());
        assertSame(Phase.Output.NUDGED, nudged.output());
    }

    @Test
    void aClampedPhaseHasBetaOneInEveryColumn() {
        Phase clamped = Phase.clamped(input, target);
        assertArrayEquals(new double[] {1, 1, 1}, clamped.betas());
        assertSame(Phase.Output.CLAMPED, clamped.output());
        clamped.validate(network);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 2, 4})
    void partsOfOtherColumnsAreRefusedByName(int count) {
        for (String name : new String[] {"beta", "gamma"}) {
            double[] parts = new double[count];
            String said =
                    refusal(
                            () -> {
                                if (name.equals("beta")) {
                                    nudged.withImaginary(parts);
                                } else {
                                    nudged.withGamma(parts);
                                }
                            });
            assertTrue(said.contains(name) && said.contains(count + " values"), said);
            assertTrue(said.contains("3 columns"), said);
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    void partsThatAreNotFiniteAreRefusedByName(double bad) {
        Phase gain = nudged.withGamma(new double[] {1, 1, bad});
        String said = refusal(() -> gain.validate(network));
        assertTrue(said.contains("gamma") && said.contains("column 2"), said);
        assertTrue(said.contains("" + bad), said);
        Phase complex = nudged.withImaginary(new double[] {0, bad, 0});
        said = refusal(() -> complex.validate(network));
        assertTrue(said.contains("beta") && said.contains("column 1"), said);
    }

    @Test
    void aDisplacedOutputNeedsItsFreeState() {
        String said = refusal(() -> nudged.displaced().validate(network));
        assertTrue(said.contains("start") && said.contains("displaced"), said);
        nudged.displaced().startingFrom("free").validate(network);
        nudged.displaced().differencesFrom("free").validate(network);
    }

    @Test
    void aGainIsAUnitIfItIsOneInEveryColumn() {
        assertTrue(nudged.hasUnitGain());
        assertTrue(nudged.withGamma(new double[] {1, 1, 1}).hasUnitGain());
        assertFalse(nudged.withGamma(new double[] {1, 1, 0.5}).hasUnitGain());
        assertFalse(nudged.withGamma(new double[] {-1, 1, 1}).hasUnitGain());
    }

    private static String refusal(Runnable refused) {
        return assertThrows(IllegalArgumentException.class, refused::run).getMessage();
    }
}
