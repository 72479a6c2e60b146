package org.relaxon.model.lagrangian;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.relaxon.experiments.compare.GradientComparison;
import org.relaxon.experiments.theory.ReferenceGradients;
import org.relaxon.model.network.Parameters;
import org.relaxon.model.plasticity.Estimator;
import org.relaxon.model.rule.Dynamics;
import org.relaxon.model.rule.Rule;
import org.relaxon.model.settle.NotSettled;
import org.relaxon.model.settle.Reason;
import org.relaxon.model.settle.Settled;
import org.relaxon.model.settle.Settlement;
import org.relaxon.runtime.Budget;
import org.relaxon.runtime.Host;
import org.relaxon.runtime.RunPlan;
import org.relaxon.runtime.Session;
import org.relaxon.runtime.host.Hosts;
import org.relaxon.testkit.Compare;
import org.relaxon.testkit.Problem;

/** A multiplier that moves by a small part of its way has settled at the end of the way only. */
class MultiplierShareTest {
    private static final Problem CHAIN = Problem.tanh(3, 2, 4, 7, 5, 6, 3);
    private static final Parameters BACKPROP =
            ReferenceGradients.backprop(
                            CHAIN.network(),
                            CHAIN.network().parameters(),
                            CHAIN.input(),
                            CHAIN.target())
                    .gradient();

    /** What a run ended with, and the error of its update where there is one. */
    private record Result(Settlement verdict, double off) {}

    private static Result settle(Rule rule, double tolerance) {
        RunPlan plan = RunPlan.of(rule);
        plan = tolerance > 0.0 ? plan.withTolerance(tolerance) : plan;
        try (Host host = Hosts.virtual();
                Session session = host.open(CHAIN.network(), plan)) {
            Budget budget = Budget.DEFAULT.withRelaxations(100_000);
            Settlement verdict = session.settle(CHAIN.nudged(1.0), budget);
            double off =
                    verdict instanceof Settled settled
                            ? off(session.update(settled, Estimator.ONE_SIDED).gradient())
                            : Double.NaN;
            return new Result(verdict, off);
        }
    }

    private static double off(Parameters found) {
        return Compare.relative(CHAIN.network(), found, BACKPROP);
    }

    private static Rule rule(double alpha, String step) {
        PcAlm source = new PcAlm().with(List.of(8.0, alpha));
        return step.equals("whole")
                ? source.algorithm().rule()
                : source.bySteps(Double.parseDouble(step)).rule();
    }

    /** The mistake: multipliers that move little declare to go the whole way. */
    private static Rule mistaken(double alpha) {
        return new AugmentedLagrangian(
                8.0, alpha, AugmentedLagrangian.remembering(8.0, 8.0), Dynamics.FIXED_POINT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"whole", "0.5"})
    void aMultiplierThatHardlyMovesDoesNotSettle(String step) {
        Result end = settle(rule(1e-9, step), 0.0);
        NotSettled verdict = assertInstanceOf(NotSettled.class, end.verdict());
        assertEquals(Reason.RELAXATION_BUDGET, verdict.reason());
        assertTrue(verdict.residual() > 1e-3, "residual " + verdict.residual());
    }

    @ParameterizedTest
    @CsvSource({
        "0.01, whole, 1e-2",
        "0.01, 0.5, 1e-2",
        "0.1, whole, 1e-2",
        "0.1, whole, 1e-4",
        "1, whole, 1e-6",
        "12, whole, 1e-2"
    })
    void whatSettlesIsAsNearAsAsked(double alpha, String step, double tolerance) {
        Result end = settle(rule(alpha, step), tolerance);
        assertInstanceOf(Settled.class, end.verdict(), end.verdict().toString());
        assertTrue(end.off() < tolerance, "off by " + end.off());
    }

    @Test
    void aShareDeclaredTooLargeSettlesFalsely() {
        Result hardly = settle(mistaken(1e-9), 0.0);
        assertInstanceOf(Settled.class, hardly.verdict(), hardly.verdict().toString());
        assertTrue(hardly.off() > 0.05, "off by " + hardly.off());
        Result coarse = settle(mistaken(0.01), 1e-2);
        assertInstanceOf(Settled.class, coarse.verdict(), coarse.verdict().toString());
        assertTrue(coarse.off() > 1e-2, "off by " + coarse.off());
    }

    /** Predictive coding at beta 1, so that users are refused multipliers that never move. */
    @Test
    void frozenMultipliersDoNotGiveBackprop() {
        Rule frozen = new SteppedLagrangian(1.0, 0.0, 1.0);
        RunPlan plan = RunPlan.of(frozen).withThreshold(1e-13);
        try (Host host = Hosts.virtual();
                Session session = host.open(CHAIN.network(), plan)) {
            Settlement verdict = session.settle(CHAIN.nudged(1.0), Budget.DEFAULT);
            Settled settled = assertInstanceOf(Settled.class, verdict, verdict.toString());
            Parameters found = session.update(settled, Estimator.ONE_SIDED).gradient();
            double cosine =
                    GradientComparison.of(CHAIN.network(), found, BACKPROP).total().cosine();
            assertTrue(cosine < 0.99, "cosine " + cosine);
            assertTrue(off(found) > 0.1, "off by " + off(found));
        }
        for (double alpha : new double[] {0.0, -1.0, Double.NaN}) {
            IllegalArgumentException e =
                    assertThrows(
                            IllegalArgumentException.class,
                            () -> new PcAlm().with(List.of(8.0, alpha)));
            assertTrue(e.getMessage().startsWith("alpha: "), e.getMessage());
        }
    }
}
