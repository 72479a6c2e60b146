package org.relaxon.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.relaxon.model.activation.StandardActivation;
import org.relaxon.model.math.Matrix;
import org.relaxon.model.network.Granularity;
import org.relaxon.model.network.Network;
import org.relaxon.model.phase.Phase;
import org.relaxon.model.rule.Hopfield;
import org.relaxon.model.settle.NotSettled;
import org.relaxon.model.settle.Settled;
import org.relaxon.model.settle.Settlement;
import org.relaxon.runtime.delay.Delays;
import org.relaxon.runtime.discipline.Discipline;
import org.relaxon.runtime.virtual.VirtualHost;
import org.relaxon.testkit.Compare;
import org.relaxon.testkit.LateralPool;

/**
 * Eight units that inhibit each other: below a contraction factor of 1 they settle under any
 * delays, above it some delays keep eager cells from settling, and turn-taking settles all the
 * same.
 */
class LateralPoolTest {
    private static final int SEEDS = 5;
    private static final long MS = 1_000_000;
    private static final Budget BUDGET = Budget.DEFAULT.withMessages(400_000);
    private static final List<String> DELAYS =
            List.of(
                    "constant:1ms",
                    "uniform:0ms,2ms",
                    "exponential:1ms",
                    "pareto:333333ns,1.5",
                    "per-link:1ms,100");

    private static Settlement settle(double a, String delay, Discipline discipline, long seed) {
        Network pool = LateralPool.of(8, a, StandardActivation.TANH, seed);
        RunPlan plan =
                RunPlan.of(new Hopfield("ep"))
                        .withGranularity(Granularity.NEURON)
                        .withDelay(Delays.parse(delay))
                        .withDiscipline(discipline)
                        .withRefractoryNanos(discipline.isInStep() ? 0 : MS / 20)
                        .withSeed(seed);
        try (Host host = new VirtualHost();
                Session session = host.open(pool, plan)) {
            return session.settle(Phase.free(Matrix.column(0.0)), BUDGET);
        }
    }

    private static int settled(double a, String delay, Discipline discipline) {
        int count = 0;
        for (long seed = 1; seed <= SEEDS; seed++) {
            Settlement verdict = settle(a, delay, discipline, seed);
            if (verdict instanceof Settled settled) {
                requireEquilibrium(settled, a, seed);
                count++;
            }
        }
        return count;
    }

    /** s_i = tanh(b_i - a sum of the others), computed here from scratch. */
    private static void requireEquilibrium(Settled settled, double a, long seed) {
        Network pool = LateralPool.of(8, a, StandardActivation.TANH, seed);
        double sum = 0;
        for (int i = 1; i <= 8; i++) {
            sum += settled.equilibrium().activity(i).values()[0];
        }
        for (int i = 1; i <= 8; i++) {
            double s = settled.equilibrium().activity(i).values()[0];
            double expected = Math.tanh(pool.parameters().biases(i)[0] - a * (sum - s));
            assertEquals(expected, s, 1e-7, "unit " + i + ", a " + a + ", seed " + seed);
        }
    }

    @Test
    void belowOneEagerCellsSettleUnderAnyDelay() {
        for (String delay : DELAYS) {
            assertEquals(SEEDS, settled(0.13, delay, Discipline.EAGER), delay);
        }
    }

    @Test
    void aboveOneSomeDelaysKeepEagerCellsFromSettling() {
        assertEquals(0, settled(0.2, "constant:1ms", Discipline.EAGER));
        assertEquals(0, settled(0.2, "pareto:333333ns,1.5", Discipline.EAGER));
        assertEquals(SEEDS, settled(0.2, "exponential:1ms", Discipline.EAGER));
        assertInstanceOf(NotSettled.class, settle(0.2, "constant:1ms", Discipline.EAGER, 1));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.2, 0.5, 0.9})
    void turnTakingSettlesWhateverTheFactorAndTheDelay(double a) {
        for (String delay : DELAYS) {
            assertEquals(SEEDS, settled(a, delay, Discipline.TURN_TAKING), a + " under " + delay);
        }
    }

    @Test
    void handshakeFollowsTheSynchronousOscillation() {
        assertEquals(SEEDS, settled(0.13, "exponential:1ms", Discipline.HANDSHAKE));
        assertEquals(0, settled(0.2, "exponential:1ms", Discipline.HANDSHAKE));
    }

    @Test
    void aPoolNeedsTwoUnitsAndAFiniteInhibition() {
        String few = Compare.refusal(() -> LateralPool.of(1, 0.1, StandardActivation.TANH, 1));
        assertTrue(few.contains("pool"), few);
        String wild =
                Compare.refusal(() -> LateralPool.of(3, Double.NaN, StandardActivation.TANH, 1));
        assertTrue(wild.contains("NaN"), wild);
    }
}
