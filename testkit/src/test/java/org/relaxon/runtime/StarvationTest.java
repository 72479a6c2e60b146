package org.relaxon.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.relaxon.model.network.Granularity;
import org.relaxon.model.rule.PredictiveCoding;
import org.relaxon.model.settle.Settled;
import org.relaxon.model.settle.Settlement;
import org.relaxon.runtime.actor.AkkaHost;
import org.relaxon.runtime.delay.Delays;
import org.relaxon.runtime.discipline.Discipline;
import org.relaxon.runtime.fault.Faults;
import org.relaxon.runtime.fault.Starvation;
import org.relaxon.runtime.virtual.VirtualHost;
import org.relaxon.testkit.Compare;
import org.relaxon.testkit.Problem;

/** An adversary that feeds one cell last. */
class StarvationTest {
    private static final double SAME = 1e-9;

    private record Run(Settlement verdict, RunReport report) {}

    private static Faults starve(String text) {
        return Faults.NONE.withStarved(List.of(Starvation.parse(text)));
    }

    private static RunPlan plan(long seed, String discipline) {
        return RunPlan.of(new PredictiveCoding())
                .withThreshold(1e-12)
                .withGranularity(Granularity.NEURON)
                .withDelay(Delays.parse("exponential:20us"))
                .withDiscipline(Discipline.parse(discipline))
                .withSeed(seed);
    }

    private static Run run(Host host, long seed, RunPlan plan) {
        Problem p = Problem.tanh(seed, 2, 3, 5, 4, 2);
        try (Session session = host.open(p.network(), plan)) {
            return new Run(session.settle(p.nudged(0.1), Budget.DEFAULT), session.report());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"eager", "poisson:20000", "handshake", "turn-taking"})
    void aStarvedCellComesToTheSameEquilibriumInTheEnd(String discipline) {
        Host host = new VirtualHost();
        for (long seed = 1; seed <= 10; seed++) {
            for (String fault : List.of("2[1]", "2[1]@10", "3", "1[4]@100")) {
                for (boolean probes : new boolean[] {false, true}) {
                    RunPlan plan = plan(seed, discipline).withProbes(probes);
                    Run undisturbed = run(host, seed, plan);
                    Run starved = run(host, seed, plan.withFaults(starve(fault)));
                    String context = discipline + ", " + fault + ", seed " + seed;
                    Settled end = Compare.settled(starved.verdict(), context);
                    Settled truth = Compare.settled(undisturbed.verdict(), context);

                    double off = FaultChecker.distance(end.equilibrium(), truth.equilibrium());
                    assertTrue(off <= SAME, context + ": off by " + off);
                    assertEquals(1, starved.report().auditRounds(), context);
                    assertTrue(starved.report().faults().starved() > 0, context);
                    assertEquals(0, undisturbed.report().faults().starved(), context);
                    assertNotEquals(
                            undisturbed.report().traceHash(),
                            starved.report().traceHash(),
                            context);
                    assertEquals(undisturbed.report().stateHash(), starved.report().stateHash());
                }
            }
        }
    }

    @Test
    void starvationReplaysAndItsLengthMatters() {
        Host host = new VirtualHost();
        RunPlan plan = plan(3, "eager");
        long one = run(host, 3, plan.withFaults(starve("2[1]@10"))).report().traceHash();

        assertEquals(one, run(host, 3, plan.withFaults(starve("2[1]@10"))).report().traceHash());
        assertNotEquals(one, run(host, 3, plan.withFaults(starve("2[1]@11"))).report().traceHash());
    }

    @Test
    void actorsAreNotStarvedAndThatIsSaid() {
        try (Host akka = new AkkaHost(1)) {
            String message =
                    assertThrows(
                                    IllegalArgumentException.class,
                                    () -> run(akka, 1, plan(1, "eager").withFaults(starve("2"))))
                            .getMessage();
            assertTrue(message.startsWith("starve: ") && message.contains("virtual"), message);
        }
    }
}
