package org.relaxon.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.relaxon.model.activation.StandardActivation;
import org.relaxon.model.loss.StandardLoss;
import org.relaxon.model.math.Matrix;
import org.relaxon.model.network.Granularity;
import org.relaxon.model.network.Initialisation;
import org.relaxon.model.network.Network;
import org.relaxon.model.phase.Phase;
import org.relaxon.model.rule.FenchelYoung;
import org.relaxon.model.rule.Moves;
import org.relaxon.model.rule.PredictiveCoding;
import org.relaxon.model.rule.Rule;
import org.relaxon.model.rule.Trait;
import org.relaxon.model.rule.Traits;
import org.relaxon.model.settle.NotSettled;
import org.relaxon.model.settle.Reason;
import org.relaxon.model.settle.Settled;
import org.relaxon.model.settle.Settlement;
import org.relaxon.runtime.delay.Delays;
import org.relaxon.runtime.discipline.Discipline;
import org.relaxon.runtime.virtual.VirtualHost;
import org.relaxon.testkit.HookedRule;
import org.relaxon.testkit.Problem;

/** Strong nudges and weights, neurons as cells, under turns: what settles and what does not. */
class SafeguardedTurnsTest {
    private static final int SEEDS = 6;
    private static final double GAIN = 2.0;
    private static final double BETA = 10.0;
    private static final Budget BUDGET = Budget.DEFAULT.withMessages(4_000_000);

    private static int kinks;

    /** Messages of the longest run that settled. */
    private static long most;

    private static int settled(Rule rule, StandardActivation f, Granularity cells) {
        return settled(rule, f, cells, BUDGET);
    }

    private static int settled(Rule rule, StandardActivation f, Granularity cells, Budget budget) {
        int count = 0;
        for (long seed = 1; seed <= SEEDS; seed++) {
            Initialisation init = new Initialisation(Initialisation.Scheme.NORMAL, GAIN, seed);
            Network network =
                    Network.layered(
                            new int[] {3, 5, 4, 2},
                            f,
                            StandardActivation.LINEAR,
                            StandardLoss.SQUARED,
                            init);
            Phase phase = Phase.nudged(normal(3, seed, 1), normal(2, seed, 2), BETA);
            RunPlan plan =
                    RunPlan.of(rule)
                            .withGranularity(cells)
                            .withDelay(Delays.parse("exponential:1ms"))
                            .withDiscipline(Discipline.TURN_TAKING)
                            .withRefractoryNanos(0)
                            .withSeed(seed);
            try (Host host = new VirtualHost();
                    Session session = host.open(network, plan)) {
                Settlement end = session.settle(phase, budget);
                if (end instanceof Settled) {
                    count++;
                    most = Math.max(most, session.report().messages());
                }
                if (rule.traits().has(Trait.NEEDS_TURNS) && end instanceof NotSettled not) {
                    assertEquals(Reason.KINK, not.reason(), f + " " + cells + " " + seed);
                    assertTrue(not.detail().contains("neuron "), not.detail());
                    String why = "safeguarded dynamics do not search";
                    assertTrue(not.detail().contains(why), not.detail());
                    assertFalse(f.smooth());
                    kinks++;
                }
            }
        }
        return count;
    }

    private static Matrix normal(int rows, long seed, int stream) {
        return Problem.normal(seed, stream, rows, 1);
    }

    @ParameterizedTest
    @EnumSource
    void curvatureForAllCellsSettlesEveryGranularity(StandardActivation f) {
        for (Granularity cells : new Granularity[] {Granularity.NEURON, Granularity.LAYER}) {
            most = 0;
            Rule squared = PredictiveCoding.safeguarded(Moves.ALL_CELLS);
            int settled = settled(squared, f, cells);
            assertTrue(
                    f.smooth() ? settled == SEEDS : settled >= 5, f + " " + cells + ": " + settled);
            Rule convex = FenchelYoung.coordinate(Moves.ALL_CELLS);
            assertEquals(SEEDS, settled(convex, f, cells), f + " " + cells);
            int twin = settled(new PredictiveCoding(), f, cells, BUDGET.withMessages(10 * most));
            assertEquals(0, twin, "the error form does as well");
        }
    }

    /** Held by a kink, and no link to blame: the verdict says which. */
    @Test
    void aNeuronThatRestsAtAKinkIsNamed() {
        kinks = 0;
        for (Moves moves : Moves.values()) {
            settled(
                    PredictiveCoding.safeguarded(moves),
                    StandardActivation.RELU,
                    Granularity.NEURON);
        }
        assertTrue(kinks > 0, "no kink held anything");
    }

    /** The smaller curvature takes larger steps, and common targets answer between them. */
    @ParameterizedTest
    @EnumSource(names = {"LINEAR", "TANH", "SIGMOID", "SOFTPLUS"})
    void curvatureForOneCellSettlesWhereTargetsAnswer(StandardActivation f) {
        Rule rule = PredictiveCoding.safeguarded(Moves.ONE_CELL);
        assertEquals(SEEDS, settled(rule, f, Granularity.LAYER));
        assertEquals(SEEDS, settled(rule, f, Granularity.NEURON));
        int unanswered = settled(new Unanswered(rule), f, Granularity.NEURON);
        assertTrue(unanswered < SEEDS, f + ": without answers neurons settle as well");
    }

    /** The same rule, which does not ask for turns or for answers of common targets. */
    private static final class Unanswered extends HookedRule {
        Unanswered(Rule rule) {
            super(rule, state -> {});
        }

        @Override
        public Traits traits() {
            return super.traits().without(Trait.NEEDS_TURNS, Trait.NEEDS_RENEWAL);
        }
    }
}
