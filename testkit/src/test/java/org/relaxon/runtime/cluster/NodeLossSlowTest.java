package org.relaxon.runtime.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.relaxon.model.algorithm.Algorithms;
import org.relaxon.model.algorithm.Form;
import org.relaxon.model.algorithm.Method;
import org.relaxon.model.network.Granularity;
import org.relaxon.model.network.Parameters;
import org.relaxon.model.plasticity.Estimator;
import org.relaxon.model.settle.NotSettled;
import org.relaxon.model.settle.Reason;
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
 * Nodes in processes of their own are killed, stopped and cut off at random moments of an estimate:
 * the same gradient, or a verdict that names a node, within a minute. Numbers of trials and the
 * seed can be set: {@code -Drelaxon.loss.kills=N}, {@code partitions}, {@code stops}, {@code seed}.
 */
@Tag("slow")
@Tag("cluster")
@EnabledOnOs(OS.LINUX) // signals by name, and /proc
class NodeLossSlowTest {
    private static final long SECONDS_MAX = 60; // from the fault, or the begin, to the verdict
    private static final long HANG_SECONDS = 180;
    private static final double ROOM = 1e-6;
    private static final Problem PROBLEM = Problem.tanh(1, 3, 4, 6, 5, 3);
    private static final Method METHOD =
            new Method(Algorithms.equilibriumPropagation(Form.PLAIN), Estimator.CENTRED, 0.1);
    private static final long SEED = Long.getLong("relaxon.loss.seed", 1);

    /** Breaks something in a cluster; returns what puts an end to it, and when, in seconds. */
    @FunctionalInterface
    private interface Fault {
        Damage in(ProcessCluster cluster, SplittableRandom random);
    }

    /** A fault that has happened. */
    private record Damage(String what, double seconds, Runnable end) {}

    private static RunPlan plan() {
        return RunPlan.of(METHOD.algorithm().rule())
                .withThreshold(1e-11)
                .withTolerance(1e-8)
                .withGranularity(Granularity.parse("block:2"))
                .withDelay(Delays.parse("exponential:2ms"));
    }

    private static GradientEstimate estimate(Session session) {
        return GradientEstimate.of(
                session, METHOD, PROBLEM.input(), PROBLEM.target(), Budget.DEFAULT);
    }

    private static Parameters reference() {
        try (Host host = Hosts.virtual();
                Session session = host.open(PROBLEM.network(), plan())) {
            return estimate(session).update().gradient();
        }
    }

    private static final class Tally {
        private int same;
        private int refused;
        private int recovered;
        private int struck;
        private double longest;
        private final List<String> bad = new ArrayList<>();

        @Override
        public String toString() {
            return String.format(
                    Locale.ROOT,
                    "%d trials, %d struck before the verdict: %d gave the same gradient (%d on cells"
                            + " placed again), %d a verdict that names a node; the longest took"
                            + " %.1f s; wrong: %s",
                    same + refused + bad.size(),
                    struck,
                    same,
                    recovered,
                    refused,
                    longest,
                    bad);
        }
    }

    private static Executor after(double seconds) {
        return CompletableFuture.delayedExecutor((long) (seconds * 1e3), TimeUnit.MILLISECONDS);
    }

    private static Tally trials(String name, int count, Fault fault) {
        System.out.printf("%s: %d trials, -Drelaxon.loss.seed=%d%n", name, count, SEED);
        SplittableRandom random = new SplittableRandom(SEED);
        Parameters reference = reference();
        Tally tally = new Tally();
        try (ProcessCluster cluster = new ProcessCluster(3)) {
            double usual = undisturbed(cluster, reference);
            System.out.printf("%s: an estimate takes %.2f s without a fault%n", name, usual);
            for (int k = 0; k < count; k++) {
                trial(k, cluster, reference, fault, random.nextDouble(0.8 * usual), random, tally);
                cluster.renew();
            }
        }
        System.out.println(name + ": " + tally);
        assertEquals(List.of(), tally.bad);
        assertEquals(count, tally.same + tally.refused);
        return tally;
    }

    private static double undisturbed(ProcessCluster cluster, Parameters reference) {
        double last = 0;
        for (int k = 0; k < 3; k++) {
            try (Session session = cluster.host().open(PROBLEM.network(), plan())) {
                long begin = System.nanoTime();
                Parameters found = estimate(session).update().gradient();
                last = (System.nanoTime() - begin) / 1e9;
                assertTrue(Compare.relative(PROBLEM.network(), found, reference) <= ROOM);
            }
        }
        return last;
    }

    private static void trial(
            int k,
            ProcessCluster cluster,
            Parameters reference,
            Fault fault,
            double moment,
            SplittableRandom random,
            Tally tally) {
        AtomicLong at = new AtomicLong(Long.MAX_VALUE);
        cluster.takeRemarks();
        Session session = cluster.host().open(PROBLEM.network(), plan());
        CompletableFuture<Damage> damage =
                CompletableFuture.supplyAsync(
                        () -> {
                            at.set(System.nanoTime());
                            return fault.in(cluster, random);
                        },
                        after(moment));
        CompletableFuture<Void> healed =
                damage.thenCompose(d -> CompletableFuture.runAsync(d.end(), after(d.seconds())));
        CompletableFuture<GradientEstimate> result =
                CompletableFuture.supplyAsync(() -> estimate(session));
        String what = "trial %d, at %.2f s".formatted(k, moment);
        try {
            GradientEstimate found = result.get(HANG_SECONDS, TimeUnit.SECONDS);
            long end = System.nanoTime();
            what += ", " + damage.join().what();
            double seconds = Math.max(0, (end - at.get()) / 1e9);
            tally.struck += seconds > 0 ? 1 : 0;
            judge(what, found, seconds, reference, cluster.takeRemarks(), tally);
        } catch (TimeoutException e) {
            tally.bad.add(what + " hangs");
        } catch (ExecutionException | InterruptedException e) {
            tally.bad.add(what + " failed: " + e);
        } finally {
            healed.join();
            session.close();
        }
    }

    private static void judge(
            String what,
            GradientEstimate found,
            double seconds,
            Parameters reference,
            List<String> remarks,
            Tally tally) {
        String end;
        if (found.isConclusive()) {
            double off = Compare.relative(PROBLEM.network(), found.update().gradient(), reference);
            end = String.format(Locale.ROOT, "settled, off by %.1e", off);
            if (off <= ROOM) {
                tally.same++;
                tally.recovered += remarks.isEmpty() ? 0 : 1;
            } else {
                tally.bad.add(what + ": silent, " + end);
            }
        } else {
            NotSettled not = (NotSettled) found.verdict();
            end = not.reason().reportName() + ", " + not.detail();
            if (not.reason() == Reason.NODE_LOST && not.detail().contains("127.0.0.1:")) {
                tally.refused++;
            } else {
                tally.bad.add(what + ": " + end);
            }
        }
        tally.longest = Math.max(tally.longest, seconds);
        if (seconds > SECONDS_MAX) {
            tally.bad.add(what + ": took " + seconds);
        }
        System.out.printf("%s: %s; %.1f s; %s%n", what, end, seconds, remarks);
    }

    @Test
    void killedNodesCostTimeAlone() {
        Tally tally =
                trials(
                        "kill -9",
                        Integer.getInteger("relaxon.loss.kills", 100),
                        (cluster, random) -> {
                            ProcessCluster.Node one = cluster.nodes().get(random.nextInt(3));
                            one.process().kill();
                            return new Damage("killed " + one.name(), 0, () -> {});
                        });

        assertTrue(tally.recovered > 0, tally.toString());
    }

    @Test
    void stoppedNodesThatContinueCostTimeAlone() {
        trials(
                "SIGSTOP for 20 s",
                Integer.getInteger("relaxon.loss.stops", 20),
                (cluster, random) -> {
                    ProcessCluster.Node one = cluster.nodes().get(random.nextInt(3));
                    one.process().signal("STOP");
                    return new Damage(
                            "stopped " + one.name(), 20, () -> one.process().signal("CONT"));
                });
    }

    @Test
    void partitionsCostTimeAlone() {
        trials(
                "partition",
                Integer.getInteger("relaxon.loss.partitions", 50),
                NodeLossSlowTest::partition);
    }

    @Test
    void killedHeadsLeaveNothingBehind() {
        try (LocalCluster cluster = new LocalCluster(2)) {
            for (int k = 0; k < Integer.getInteger("relaxon.loss.heads", 5); k++) {
                try (ChildProcess head =
                        ChildProcess.start(
                                HeadMain.class,
                                "",
                                LocalCluster.ANY.toString(),
                                cluster.address().toString())) {
                    assertTrue(head.firstLine().startsWith("settled"), head.firstLine());
                    assertEquals(1, cluster.node(0).sessions());
                    assertEquals(1, cluster.node(1).sessions());
                    head.kill();
                    Until.holds("freed", SECONDS_MAX, () -> cluster.node(0).sessions() == 0);
                    Until.holds("freed", SECONDS_MAX, () -> cluster.node(1).sessions() == 0);
                }
                try (ClusterHost next = cluster.host();
                        Session session = next.open(PROBLEM.network(), plan())) {
                    Parameters found = estimate(session).update().gradient();
                    assertTrue(Compare.relative(PROBLEM.network(), found, reference()) <= ROOM);
                }
            }
        }
    }

    /** One node or the head, cut off from all others or from one, in one direction or both. */
    private static Damage partition(ProcessCluster cluster, SplittableRandom random) {
        List<Integer> ports = new ArrayList<>();
        cluster.nodes().forEach(n -> ports.add(n.ports().known()));
        ports.add(cluster.head());
        int one = ports.remove(random.nextInt(ports.size()));
        boolean cut = random.nextBoolean();
        int directions = random.nextInt(3);
        if (random.nextInt(4) == 0) {
            int other = ports.get(random.nextInt(ports.size()));
            ports.clear();
            ports.add(other);
        }
        for (int other : ports) {
            if (directions != 1) {
                cluster.relays().hold(one, other, cut);
            }
            if (directions != 2) {
                cluster.relays().hold(other, one, cut);
            }
        }
        double seconds = Math.pow(60, random.nextDouble());
        String what =
                String.format(
                        Locale.ROOT,
                        "%s%d %s %s for %.1f s%s",
                        one == cluster.head() ? "head " : "",
                        one,
                        List.of("<->", "<-", "->").get(directions),
                        ports,
                        seconds,
                        cut ? ", connections cut" : "");
        return new Damage(what, seconds, () -> cluster.relays().heal());
    }
}
