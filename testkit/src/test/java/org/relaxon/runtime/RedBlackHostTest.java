package org.relaxon.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.relaxon.testkit.HostUnderTest.plan;

import org.junit.jupiter.api.Test;
import org.relaxon.model.activation.StandardActivation;
import org.relaxon.model.loss.StandardLoss;
import org.relaxon.model.network.Initialisation;
import org.relaxon.model.network.Network;
import org.relaxon.model.network.NetworkBuilder;
import org.relaxon.model.phase.Phase;
import org.relaxon.model.rule.Hopfield;
import org.relaxon.model.rule.PredictiveCoding;
import org.relaxon.model.settle.Reason;
import org.relaxon.runtime.delay.Delays;
import org.relaxon.runtime.synchronous.RedBlackHost;
import org.relaxon.runtime.synchronous.SynchronousHost;
import org.relaxon.testkit.Compare;
import org.relaxon.testkit.Contrived;
import org.relaxon.testkit.HostContract;
import org.relaxon.testkit.Problem;

class RedBlackHostTest extends HostContract {
    @Override
    public Host newHost() {
        return new RedBlackHost();
    }

    @Override
    public boolean keepsTime() {
        return false;
    }

    @Test
    void whatSweepsDoNotHaveIsRefusedByName() {
        RunPlan delayed = plan().withDelay(Delays.parse("constant:1ms"));
        String said = Compare.refusal(() -> host().open(Contrived.restless(), delayed));
        assertTrue(said.contains("delays") && said.contains("virtual"), said);
        said = Compare.refusal(() -> host().open(Contrived.restless(), plan().withProbes(true)));
        assertTrue(said.contains("probes"), said);
        RunPlan pausing = plan().withRefractoryNanos(5);
        said = Compare.refusal(() -> host().open(Contrived.restless(), pausing));
        assertTrue(said.contains("refractory"), said);
        assertEquals("red-black", host().optionName());
    }

    @Test
    void aProjectionThatSkipsALayerIsRefusedByName() {
        Network network =
                new NetworkBuilder(StandardLoss.SQUARED)
                        .input("in", 2)
                        .hidden("a", 2, StandardActivation.TANH)
                        .output("out", 2, StandardActivation.LINEAR)
                        .project("in-a", "in", "a")
                        .project("a-out", "a", "out")
                        .project("shortcut", "in", "out")
                        .build(Initialisation.uniform(1));
        String said = Compare.refusal(() -> host().open(network, plan(new PredictiveCoding())));
        assertTrue(said.contains("red-black") && said.contains("shortcut"), said);
    }

    /** Half the layers hear within the sweep what the other half has said in it. */
    @Test
    void itNeedsFewerSweepsThanSynchronousOnesForTheSameState() {
        Problem problem = Family.hopfield(3, 2);
        long[] sweeps = new long[2];
        double[][] state = new double[2][];
        Host[] hosts = {host(), new SynchronousHost()};
        for (int k = 0; k < 2; k++) {
            try (Session session = hosts[k].open(problem.network(), plan(new Hopfield("ep")))) {
                var settled =
                        Compare.settled(session.settle(problem.free(), Budget.DEFAULT), problem);
                state[k] = Compare.flat(settled.equilibrium(), 3);
                sweeps[k] = session.report().hostNanos();
            }
        }
        assertEquals(0.0, Compare.relative(state[0], state[1]), 1e-12);
        assertTrue(4 * sweeps[0] < 3 * sweeps[1], sweeps[0] + " against " + sweeps[1]);
    }

    @Test
    void aBudgetOfSweepsEndsTheRun() {
        Problem problem = Family.hopfield(4, 2);
        try (Session session = host().open(problem.network(), plan(new Hopfield("ep")))) {
            Phase free = problem.free();
            var not =
                    Compare.notSettled(session.settle(free, Budget.DEFAULT.withNanos(3)), problem);
            assertEquals(Reason.TIME_BUDGET, not.reason());
            assertEquals(3, session.report().hostNanos());
            assertTrue(not.residual() > 1e-6, "residual " + not.residual());
            Compare.settled(session.settle(free, Budget.DEFAULT.withNanos(200)), problem);
            assertTrue(session.report().hostNanos() < 200);
        }
    }
}
