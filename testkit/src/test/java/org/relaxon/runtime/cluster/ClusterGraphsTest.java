package org.relaxon.runtime.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.relaxon.model.activation.StandardActivation;
import org.relaxon.model.algorithm.Algorithm;
import org.relaxon.model.algorithm.Algorithms;
import org.relaxon.model.algorithm.Form;
import org.relaxon.model.algorithm.Method;
import org.relaxon.model.network.Granularity;
import org.relaxon.model.network.Parameters;
import org.relaxon.model.plasticity.Estimator;
import org.relaxon.runtime.Budget;
import org.relaxon.runtime.GradientEstimate;
import org.relaxon.runtime.Host;
import org.relaxon.runtime.RunPlan;
import org.relaxon.runtime.Session;
import org.relaxon.runtime.delay.Delays;
import org.relaxon.runtime.host.Hosts;
import org.relaxon.testkit.Compare;
import org.relaxon.testkit.Problem;

/**
 * Chains, graphs with skips and graphs with cycles on one, two and three nodes give the updates of
 * virtual time, for every algorithm that is defined on them; what does not settle counts by its
 * verdict, and no update differs.
 */
@Tag("slow")
@Tag("cluster")
class ClusterGraphsTest {
    private static final double ROOM = 1e-8;
    private static final int RUNS_MIN = 60;

    /** One network of each of these, by what it is. */
    private static Map<String, Problem> problems() {
        Map<String, Problem> out = new LinkedHashMap<>();
        out.put("layered 1", Problem.tanh(1, 2, 4, 6, 3));
        out.put("layered 2", Problem.tanh(2, 1, 3, 5, 4, 2));
        out.put("skip 1", Problem.graph(2, 2));
        out.put("skip 2", Problem.graph(5, 1));
        out.put("recurrent 1", Problem.withCycles(1, 2, StandardActivation.TANH));
        out.put("recurrent 2", Problem.withCycles(4, 1, StandardActivation.TANH));
        return out;
    }

    private static List<Method> methods() {
        return List.of(
                new Method(Algorithms.pcNudge(), Estimator.CENTRED, 0.05),
                new Method(Algorithms.fenchelYoung(), Estimator.CENTRED, 0.05),
                new Method(Algorithms.equilibriumPropagation(Form.PLAIN), Estimator.CENTRED, 0.1),
                new Method(Algorithms.contrastiveHebbian(Form.PLAIN), Estimator.CENTRED, 0.1),
                new Method(Algorithms.clampedHebbian(Form.PLAIN), Estimator.ONE_SIDED, 1.0),
                new Method(Algorithms.dualPropagation(), Estimator.ONE_SIDED, 0.1));
    }

    /** What became of the runs of one kind of network. */
    private static final class Tally {
        private int same;
        private int refused;
        private double farthest;
        private final List<String> wrong = new ArrayList<>();
        private final List<String> unsettled = new ArrayList<>();

        @Override
        public String toString() {
            return "%d the same update, farthest %.1e; %d refused; not settled %s; different %s"
                    .formatted(same, farthest, refused, unsettled, wrong);
        }
    }

    private static boolean isDefined(Algorithm algorithm, Problem problem) {
        try {
            algorithm.requireDefinedOn(problem.network());
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static GradientEstimate estimate(Host host, Method m, Problem p, String cells) {
        RunPlan plan =
                RunPlan.of(m.algorithm().rule())
                        .withThreshold(1e-14)
                        .withTolerance(1e-8)
                        .withGranularity(Granularity.parse(cells))
                        .withDelay(Delays.parse("exponential:20us"));
        try (Session session = host.open(p.network(), plan)) {
            return GradientEstimate.of(session, m, p.input(), p.target(), Budget.DEFAULT);
        }
    }

    private static void run(Host clustered, String name, Problem p, Tally tally) {
        for (Method method : methods()) {
            if (!isDefined(method.algorithm(), p)) {
                tally.refused++;
                continue;
            }
            for (String cells : List.of("layer", "neuron")) {
                String way = "%s on %s, %s".formatted(method, name, cells);
                GradientEstimate found = estimate(clustered, method, p, cells);
                GradientEstimate expected;
                try (Host virtual = Hosts.virtual()) {
                    expected = estimate(virtual, method, p, cells);
                }
                assertTrue(expected.isConclusive(), way + ": " + expected.verdict());
                if (!found.isConclusive()) {
                    tally.unsettled.add(way + ": " + found.verdict());
                    continue;
                }
                double off = distance(p, found, expected);
                tally.farthest = Math.max(tally.farthest, off);
                if (off <= ROOM) {
                    tally.same++;
                } else {
                    tally.wrong.add(way + ": " + off);
                }
            }
        }
    }

    private static double distance(Problem p, GradientEstimate found, GradientEstimate expected) {
        Parameters own = found.update().gradient();
        return Compare.relative(p.network(), own, expected.update().gradient());
    }

    @Test
    void updatesOnNodesAreThoseOfVirtualTime() {
        Map<String, Tally> tallies = new TreeMap<>();
        for (int nodes = 1; nodes <= 3; nodes++) {
            try (LocalCluster cluster = new LocalCluster(nodes);
                    Host host = cluster.host()) {
                for (Map.Entry<String, Problem> one : problems().entrySet()) {
                    String kind = one.getKey().replaceFirst(" .*", "") + ", " + nodes + " nodes";
                    Tally tally = tallies.computeIfAbsent(kind, k -> new Tally());
                    run(host, one.getKey(), one.getValue(), tally);
                }
            }
        }
        tallies.forEach((kind, tally) -> System.out.println(kind + ": " + tally));
        tallies.forEach((kind, tally) -> assertEquals(List.of(), tally.wrong, kind));
        tallies.forEach((kind, tally) -> assertEquals(List.of(), tally.unsettled, kind));
        int runs = tallies.values().stream().mapToInt(t -> t.same).sum();
        assertTrue(runs >= RUNS_MIN, runs + " runs");
    }

    /** The twin: another strength gives an update that is told from this one. */
    @Test
    void anotherStrengthGivesAnotherUpdate() {
        Problem p = problems().get("recurrent 1");
        Algorithm ep = Algorithms.equilibriumPropagation(Form.PLAIN);
        try (Host virtual = Hosts.virtual()) {
            Method one = new Method(ep, Estimator.CENTRED, 0.1);
            Method other = new Method(ep, Estimator.CENTRED, 0.11);
            double off =
                    distance(
                            p,
                            estimate(virtual, other, p, "layer"),
                            estimate(virtual, one, p, "layer"));
            assertTrue(off > ROOM, Double.toString(off));
        }
    }
}
