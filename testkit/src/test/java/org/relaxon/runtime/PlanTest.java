package org.relaxon.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.relaxon.model.math.Kernels;
import org.relaxon.model.network.Granularity;
import org.relaxon.model.rule.Moves;
import org.relaxon.model.rule.PredictiveCoding;
import org.relaxon.runtime.delay.Delays;
import org.relaxon.runtime.discipline.Discipline;
import org.relaxon.runtime.fault.Cut;
import org.relaxon.runtime.synchronous.SynchronousHost;
import org.relaxon.runtime.virtual.VirtualHost;
import org.relaxon.testkit.Compare;
import org.relaxon.testkit.Problem;

class PlanTest {
    private static final RunPlan PLAN = RunPlan.of(new PredictiveCoding());

    private static void requireRefused(Runnable refused, String... parts) {
        String message = Compare.refusal(refused);
        for (String part : parts) {
            assertTrue(message.contains(part), message + " should name " + part);
        }
    }

    @Test
    void whatNoRunCanUseIsRefusedByNameAndValue() {
        requireRefused(() -> PLAN.withThreshold(-1e-9), "threshold", "-1.0E-9");
        requireRefused(() -> PLAN.withThreshold(Double.NaN), "threshold", "NaN");
        requireRefused(() -> PLAN.withThreshold(1.0 / 0.0), "threshold", "Infinity");
        requireRefused(() -> PLAN.withTolerance(0), "tolerance", "0.0");
        requireRefused(() -> PLAN.withTolerance(1), "tolerance", "1.0");
        requireRefused(() -> PLAN.withTolerance(-1e-9), "tolerance", "-1.0E-9");
        requireRefused(() -> PLAN.withRefractoryNanos(-2), "refractory");
        requireRefused(() -> PLAN.withAuditRounds(0), "audit-rounds", "0");
    }

    @Test
    void dynamicsThatNeedTurnsAreRefusedElsewhereOnEveryHost() {
        RunPlan plan = RunPlan.of(PredictiveCoding.safeguarded(Moves.ALL_CELLS));
        Problem p = Problem.tanh(1, 1, 3, 4, 2);
        for (Host host : List.of(new VirtualHost(), new SynchronousHost())) {
            requireRefused(
                    () -> host.open(p.network(), plan), "discipline", "pc-nudge", "turn-taking");
        }
        requireRefused(
                () ->
                        new VirtualHost()
                                .open(p.network(), plan.withDiscipline(Discipline.HANDSHAKE)),
                "handshake");
        new VirtualHost().open(p.network(), plan.withDiscipline(Discipline.TURN_TAKING)).close();
    }

    @Test
    void aBudgetMustAllowSomething() {
        requireRefused(() -> Budget.DEFAULT.withMessages(0), "budget-messages", "0");
        requireRefused(() -> Budget.DEFAULT.withNanos(-5), "budget-time", "-5");
        requireRefused(() -> new Budget(1, 1, 0), "budget-in-flight", "0");
    }

    @Test
    void theToleranceFollowsTheThresholdUnlessItIsGiven() {
        assertEquals(1e-8, PLAN.effectiveTolerance(), 1e-20);
        assertEquals(1e-12, PLAN.withThreshold(0).effectiveTolerance());
        assertEquals(1e-5, PLAN.withTolerance(1e-5).effectiveTolerance());
    }

    @Test
    void theRefractoryPeriodFollowsTheDelayUnlessItIsGiven() {
        RunPlan neurons = PLAN.withGranularity(Granularity.NEURON);
        RunPlan delayed = PLAN.withDelay(Delays.parse("exponential:3ms"));

        assertEquals(0, PLAN.effectiveRefractoryNanos());
        assertEquals(100_000, neurons.effectiveRefractoryNanos());
        assertEquals(3_000_000, delayed.effectiveRefractoryNanos());
        assertEquals(0, delayed.withRefractoryNanos(0).effectiveRefractoryNanos());
        assertEquals(5, neurons.withRefractoryNanos(5).effectiveRefractoryNanos());
    }

    @Test
    void eachWithChangesOneComponentAndKeepsTheOthers() {
        RunPlan all =
                PLAN.withGranularity(Granularity.NEURON)
                        .withKernels(Kernels.Kind.FAST)
                        .withThreshold(1e-3)
                        .withTolerance(1e-2)
                        .withDelay(Delays.constant(7))
                        .withCuts(List.of(Cut.parse("1->2")))
                        .withRefractoryNanos(9)
                        .withAuditRounds(3)
                        .withSeed(11)
                        .withProbes(true);

        assertEquals(Granularity.NEURON, all.granularity());
        assertEquals(Kernels.Kind.FAST, all.kernels());
        assertEquals(1e-3, all.threshold());
        assertEquals(1e-2, all.tolerance());
        assertEquals(Delays.constant(7), all.delay());
        assertEquals(List.of(Cut.parse("1->2")), all.faults().cuts());
        assertEquals(9, all.refractoryNanos());
        assertEquals(3, all.auditRounds());
        assertEquals(11, all.seed());
        assertTrue(all.probes());
        assertEquals(PLAN.rule(), all.rule());
        assertEquals(1, PLAN.seed(), "the plan it was made from stays as it was");
    }

    @Test
    void aPlanKeepsItsOwnListOfCuts() {
        List<Cut> cuts = new ArrayList<>(List.of(Cut.parse("1->2")));
        RunPlan plan = PLAN.withCuts(cuts);
        cuts.clear();

        assertEquals(1, plan.faults().cuts().size());
    }
}
