package org.relaxon.model.rule;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.relaxon.model.activation.StandardActivation;
import org.relaxon.model.loss.Loss;
import org.relaxon.model.loss.StandardLoss;
import org.relaxon.model.math.CounterRandom;
import org.relaxon.model.math.Elementary;
import org.relaxon.model.network.Initialisation;
import org.relaxon.model.network.Network;
import org.relaxon.model.phase.Phase;
import org.relaxon.model.plasticity.DeltaRule;
import org.relaxon.model.state.CellState;

class RuleTest {
    private final PredictiveCoding pc = new PredictiveCoding();
    private final FenchelYoung fy = new FenchelYoung();

    @ParameterizedTest
    @EnumSource
    void aPredictionIsTheRateAtTheDriveWithItsSlope(StandardActivation f) {
        for (Rule rule : new Rule[] {pc, fy}) {
            CellState s = hidden(f);
            rule.predict(s);
            for (int k = 0; k < 6; k++) {
                double mu = f.value(s.drive()[k], Elementary.STRICT);
                assertEquals(mu, s.prediction()[k]);
                assertEquals(f.slope(s.drive()[k], mu, Elementary.STRICT), s.slope()[k]);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void aHiddenErrorIsTheFeedbackOrTheMoveThatItMakes(StandardActivation f) {
        CellState s = hidden(f);
        pc.predict(s);
        pc.correct(s);
        for (int k = 0; k < 6; k++) {
            assertEquals(s.feedback()[k], s.error()[k]);
            assertEquals(s.prediction()[k] + s.error()[k], s.activity()[k]);
            assertEquals(s.slope()[k] * s.error()[k], s.backward()[k]);
        }
        fy.correct(s);
        for (int k = 0; k < 6; k++) {
            double moved = f.value(s.drive()[k] + s.feedback()[k], Elementary.STRICT);
            assertEquals(moved, s.activity()[k], 1e-15);
            assertEquals(moved - s.prediction()[k], s.error()[k], 1e-15);
            assertEquals(s.error()[k], s.backward()[k]);
        }
    }

    /** What a rule writes is a function of what it reads, not of what stood there before. */
    @ParameterizedTest
    @EnumSource
    void aRuleForgetsWhatItWroteBefore(StandardActivation f) {
        for (Rule rule : new Rule[] {pc, fy}) {
            for (CellState s : new CellState[] {hidden(f), output(f, 0.3)}) {
                rule.predict(s);
                rule.correct(s);
                double[] x = s.activity().clone();
                double[] v = s.backward().clone();
                for (double[] written : new double[][] {s.error(), s.activity(), s.backward()}) {
                    java.util.Arrays.fill(written, 77);
                }
                rule.correct(s);
                assertArrayEquals(x, s.activity());
                assertArrayEquals(v, s.backward());
            }
        }
    }

    /** x = f(a + beta (T - x)): the stationary point of G(x) - a x + beta (x - T)^2 / 2. */
    @ParameterizedTest
    @EnumSource
    void aFenchelYoungOutputSolvesItsEquationToRoundOff(StandardActivation f) {
        for (double beta :
                new double[] {
                    -0.999, -0.99, -0.5, -1e-9, 1e-12, 1e-9, 1e-4, 0.1, 1, 10, 100, 1e4
                }) {
            CellState s = output(f, beta);
            fy.predict(s);
            fy.correct(s);
            for (int k = 0; k < 6; k++) {
                if (k % 3 == 1) {
                    assertEquals(0.0, s.error()[k]); // the free column
                    continue;
                }
                double e = s.error()[k];
                double h = beta * (s.target()[k] - s.prediction()[k] - e);
                double mu = s.prediction()[k];
                double right = f.increment(s.drive()[k], mu, h, Elementary.STRICT);
                double rounding = 1e-14 * (1 + Math.abs(beta)) * Math.abs(right);
                assertEquals(right, e, rounding + Double.MIN_VALUE, f + ", beta " + beta);
                assertEquals(mu + e, s.activity()[k]);
                assertEquals(e, s.backward()[k]);
            }
        }
    }

    /** An output that projects onwards is least of (e - u)^2 / 2 + beta (mu + e - T)^2 / 2. */
    @Test
    void anOutputThatHearsAddsItsNudgeToTheFeedback() {
        CellState s = output(StandardActivation.TANH, 0.3);
        for (int k = 0; k < 6; k++) {
            s.feedback()[k] = CounterRandom.normal(1, 2, k);
        }
        pc.predict(s);
        pc.correct(s);
        for (int k = 0; k < 6; k++) {
            double u = s.feedback()[k];
            double beta = k % 3 == 1 ? 0.0 : 0.3;
            double gap = k % 3 == 1 ? 0.0 : s.target()[k] - s.prediction()[k] - u;
            assertEquals(u + beta / (1.0 + beta) * gap, s.error()[k], 1e-14);
        }
    }

    /**
     * In the limit of a small beta both rules send back the slope times beta times the distance.
     */
    @ParameterizedTest
    @EnumSource
    void atSmallBetaBothRulesSendTheSameBack(StandardActivation f) {
        CellState s = output(f, 1e-9);
        CellState r = output(f, 1e-9);
        for (Rule rule : new Rule[] {pc, fy}) {
            rule.predict(rule == pc ? s : r);
            rule.correct(rule == pc ? s : r);
        }
        for (int k = 0; k < 6; k++) {
            assertEquals(s.backward()[k], r.backward()[k], 1e-8 * Math.abs(s.backward()[k]));
        }
    }

    @Test
    void aFreeColumnOfAnOutputHasNoErrorEvenWithoutATarget() {
        for (Rule rule : new Rule[] {pc, fy}) {
            for (Loss loss : StandardLoss.values()) {
                CellState s =
                        new CellState(
                                2,
                                new double[3],
                                1,
                                1,
                                StandardActivation.LINEAR,
                                Elementary.STRICT,
                                loss,
                                null);
                java.util.Arrays.fill(s.error(), 5);
                rule.predict(s);
                rule.correct(s);
                assertArrayEquals(new double[6], s.error());
                assertArrayEquals(new double[6], s.activity());
            }
        }
    }

    @Test
    void bothRulesAllowEveryNetworkThatCanBeBuilt() {
        for (Loss loss : StandardLoss.values()) {
            for (StandardActivation f : StandardActivation.values()) {
                if (loss.accepts(f)) {
                    Network network =
                            Network.layered(
                                    new int[] {2, 3, 2}, f, f, loss, Initialisation.uniform(1));
                    assertDoesNotThrow(() -> pc.validate(network));
                    assertDoesNotThrow(() -> fy.validate(network));
                }
            }
        }
    }

    @Test
    void whatARuleSaysAboutItself() {
        assertEquals("pc-nudge", pc.optionName());
        assertEquals("fy-pc", fy.optionName());
        assertTrue(pc.traits().has(Trait.READS_SLOPE));
        assertFalse(fy.traits().has(Trait.READS_SLOPE));
        assertSame(DeltaRule.INSTANCE, pc.localRule());
        assertSame(DeltaRule.INSTANCE, fy.localRule());
        assertEquals(1, pc.traits().activityPlanes());
        assertEquals(1, fy.traits().feedbackPlanes());
    }

    @Test
    void aStateAtRestIsZerosInTheStatedShapes() {
        CellState s =
                new CellState(
                        2,
                        new double[3],
                        2,
                        4,
                        StandardActivation.TANH,
                        Elementary.FAST,
                        null,
                        null);
        assertEquals(2, s.neurons());
        assertEquals(3, s.columns());
        assertSame(Elementary.FAST, s.math());
        assertFalse(s.isOutput());
        assertArrayEquals(new double[24], s.feedback());
        assertEquals(7, s.arrays().length);
        for (double[] one : s.arrays()) {
            if (one != s.feedback()) {
                assertArrayEquals(new double[12], one);
            }
        }
        assertNull(s.anchor());
        assertFalse(s.differences());
        assertFalse(s.moved());
        assertEquals(1.0, s.gamma(2)); // without a phase: a real nudge, gain 1
        assertEquals(0.0, s.betaImaginary(2));
        assertSame(Phase.Output.NUDGED, s.output());
    }

    /** Two neurons by three columns with drives between -2 and 2. */
    private static CellState hidden(StandardActivation f) {
        CellState s =
                new CellState(2, new double[] {1, 1, 1}, 1, 1, f, Elementary.STRICT, null, null);
        fill(s);
        return s;
    }

    /** The same as an output that feeds nothing, so that it hears nothing; column 1 is free. */
    private static CellState output(StandardActivation f, double beta) {
        double[] target = {0.5, 9, -0.25, 0.125, 9, 0.75};
        double[] betas = {beta, 0.0, beta};
        CellState s =
                new CellState(2, betas, 1, 1, f, Elementary.STRICT, StandardLoss.SQUARED, target);
        fill(s);
        java.util.Arrays.fill(s.feedback(), 0.0);
        return s;
    }

    private static void fill(CellState s) {
        for (int k = 0; k < 6; k++) {
            s.drive()[k] = 4 * CounterRandom.uniform(1, 1, k) - 2;
            s.feedback()[k] = CounterRandom.normal(1, 2, k);
        }
    }
}
