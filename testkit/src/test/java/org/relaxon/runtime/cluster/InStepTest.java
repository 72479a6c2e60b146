package org.relaxon.runtime.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.relaxon.model.activation.StandardActivation;
import org.relaxon.model.network.Granularity;
import org.relaxon.model.plasticity.Estimator;
import org.relaxon.model.rule.Hopfield;
import org.relaxon.model.rule.PredictiveCoding;
import org.relaxon.model.rule.Rule;
import org.relaxon.model.settle.Settled;
import org.relaxon.runtime.Budget;
import org.relaxon.runtime.Host;
import org.relaxon.runtime.RunPlan;
import org.relaxon.runtime.RunReport;
import org.relaxon.runtime.Session;
import org.relaxon.runtime.actor.AkkaHost;
import org.relaxon.runtime.delay.Delays;
import org.relaxon.runtime.discipline.Discipline;
import org.relaxon.runtime.virtual.VirtualHost;
import org.relaxon.testkit.Compare;
import org.relaxon.testkit.Problem;

/** Cells that answer one another pass through the same states wherever they are. */
class InStepTest {
    private static final List<String> DELAYS = List.of("none", "exponential:20us");

    /** What must not depend on delay, host or place. */
    private record Trail(long states, long messages, long relaxations, List<Double> update) {}

    private static Trail trail(Host host, RunPlan plan, Problem p) {
        try (Session session = host.open(p.network(), plan)) {
            Settled settled =
                    Compare.settled(session.settle(p.nudged(0.5), Budget.DEFAULT), p.toString());
            RunReport report = session.report();
            List<Double> update = new ArrayList<>();
            for (double x :
                    Compare.flat(
                            p.network(), session.update(settled, Estimator.ONE_SIDED).gradient())) {
                update.add(x);
            }
            return new Trail(report.stateHash(), report.messages(), report.relaxations(), update);
        }
    }

    private static RunPlan plan(Rule rule, Discipline discipline, String delay) {
        return RunPlan.of(rule)
                .withDiscipline(discipline)
                .withGranularity(Granularity.NEURON)
                .withDelay(Delays.parse(delay));
    }

    @Test
    void theBitsAreThoseOfOneProcess() {
        Problem problem = Problem.tanh(4, 2, 3, 4, 2);
        for (int nodes = 1; nodes <= 3; nodes++) {
            try (LocalCluster cluster = new LocalCluster(nodes);
                    ClusterHost clustered = cluster.host();
                    Host akka = new AkkaHost(2)) {
                for (Rule rule : List.of(new PredictiveCoding(), new Hopfield("ep"))) {
                    for (Discipline one : List.of(Discipline.HANDSHAKE, Discipline.TURN_TAKING)) {
                        Trail expected = trail(new VirtualHost(), plan(rule, one, "none"), problem);
                        for (String delay : DELAYS) {
                            RunPlan plan = plan(rule, one, delay);
                            String way = nodes + " nodes, " + one + ", " + delay;
                            assertEquals(expected, trail(clustered, plan, problem), way);
                            assertEquals(expected, trail(akka, plan, problem), "akka, " + way);
                        }
                    }
                }
            }
        }
    }

    /** Skips, and where the energy allows it cycles. */
    @Test
    @Tag("slow")
    @Tag("cluster")
    void theBitsOfGraphsAreThoseOfOneProcess() {
        Map<Rule, Problem> graphs =
                Map.of(
                        new PredictiveCoding(),
                        Problem.graph(2, 2),
                        new Hopfield("ep"),
                        Problem.withCycles(1, 2, StandardActivation.TANH));
        for (int nodes = 1; nodes <= 3; nodes++) {
            try (LocalCluster cluster = new LocalCluster(nodes);
                    ClusterHost clustered = cluster.host();
                    Host akka = new AkkaHost(2)) {
                for (Discipline one : List.of(Discipline.HANDSHAKE, Discipline.TURN_TAKING)) {
                    graphs.forEach(
                            (rule, problem) -> {
                                Trail expected =
                                        trail(new VirtualHost(), plan(rule, one, "none"), problem);
                                RunPlan plan = plan(rule, one, "exponential:20us");
                                String way = one + " with " + rule + ", " + cluster.count();
                                assertEquals(expected, trail(clustered, plan, problem), way);
                                assertEquals(expected, trail(akka, plan, problem), way);
                            });
                }
            }
        }
    }

    @Test
    void theHashTellsTheDisciplinesApart() {
        Problem problem = Problem.tanh(4, 2, 3, 4, 2);
        Rule rule = new PredictiveCoding();
        assertNotEquals(
                trail(new VirtualHost(), plan(rule, Discipline.HANDSHAKE, "none"), problem)
                        .states(),
                trail(new VirtualHost(), plan(rule, Discipline.TURN_TAKING, "none"), problem)
                        .states());
    }
}
