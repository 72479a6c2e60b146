package org.relaxon.runtime.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.relaxon.model.algorithm.Algorithms;
import org.relaxon.model.algorithm.Form;
import org.relaxon.model.algorithm.Method;
import org.relaxon.model.network.Granularity;
import org.relaxon.model.network.Parameters;
import org.relaxon.model.plasticity.Estimator;
import org.relaxon.model.plasticity.LearningStep;
import org.relaxon.model.plasticity.Optimiser;
import org.relaxon.model.settle.Conclusive;
import org.relaxon.model.settle.NotSettled;
import org.relaxon.model.settle.Reason;
import org.relaxon.model.settle.Settlement;
import org.relaxon.runtime.Budget;
import org.relaxon.runtime.GradientEstimate;
import org.relaxon.runtime.Host;
import org.relaxon.runtime.NodeLostException;
import org.relaxon.runtime.Pipeline;
import org.relaxon.runtime.RunPlan;
import org.relaxon.runtime.Session;
import org.relaxon.runtime.delay.Delays;
import org.relaxon.runtime.host.Hosts;
import org.relaxon.testkit.Compare;
import org.relaxon.testkit.Problem;

/** A node that is lost costs time, never a wrong figure. */
class NodeLossTest {
    private static final Problem PROBLEM = Problem.tanh(1, 3, 4, 6, 5, 3);
    private static final Method PC = new Method(Algorithms.pcNudge(), Estimator.CENTRED, 0.05);
    private static final Method EP =
            new Method(Algorithms.equilibriumPropagation(Form.PLAIN), Estimator.CENTRED, 0.1);
    private static final double ROOM = 1e-9;

    private static RunPlan plan(Method method, String delay) {
        return RunPlan.of(method.algorithm().rule())
                .withThreshold(1e-14)
                .withTolerance(1e-8)
                .withGranularity(Granularity.parse("block:2"))
                .withDelay(Delays.parse(delay));
    }

    private static Parameters inVirtualTime(Method method) {
        try (Host host = Hosts.virtual();
                Session session = host.open(PROBLEM.network(), plan(method, "none"))) {
            return estimate(session, method).update().gradient();
        }
    }

    private static GradientEstimate estimate(Session session, Method method) {
        return GradientEstimate.of(
                session, method, PROBLEM.input(), PROBLEM.target(), Budget.DEFAULT);
    }

    private static void requireSame(Parameters expected, Parameters found) {
        double off = Compare.relative(PROBLEM.network(), found, expected);
        assertTrue(off <= ROOM, "off by " + off);
    }

    @Test
    void aNodeLostWhileCellsSettleCostsTimeAlone() {
        try (LocalCluster cluster = new LocalCluster(3);
                ClusterHost host = cluster.host();
                Session session = host.open(PROBLEM.network(), plan(EP, "exponential:2ms"))) {
            CompletableFuture<Void> loss =
                    CompletableFuture.runAsync(
                            () -> cluster.end(2),
                            CompletableFuture.delayedExecutor(200, TimeUnit.MILLISECONDS));

            GradientEstimate found = estimate(session, EP);

            loss.join();
            requireSame(inVirtualTime(EP), found.update().gradient());
            requireSame(inVirtualTime(EP), estimate(session, EP).update().gradient());
            String lost = cluster.node(2).address().toString();
            assertEquals(1, cluster.remarks().size(), cluster.remarks().toString());
            assertTrue(cluster.remarks().get(0).contains(lost), cluster.remarks().toString());
        }
    }

    /** The free phase is in cells that are lost; the nudged one starts from it all the same. */
    @Test
    void savedStatesAndStatesAtRestAreMadeAgain() {
        try (LocalCluster cluster = new LocalCluster(3);
                ClusterHost host = cluster.host();
                Session session = host.open(PROBLEM.network(), plan(EP, "none"))) {
            var specs = EP.algorithm().phases();
            Settlement free =
                    session.settle(
                            EP.phase(specs.get(0), PROBLEM.input(), PROBLEM.target()),
                            Budget.DEFAULT);
            assertInstanceOf(Conclusive.class, free);
            session.snapshot(specs.get(0).name());
            cluster.end(2);
            Settlement nudged =
                    session.settle(
                            EP.phase(specs.get(1), PROBLEM.input(), PROBLEM.target()),
                            Budget.DEFAULT);
            cluster.end(1);

            Parameters found = session.update((Conclusive) nudged, EP.estimator()).gradient();

            requireSame(inVirtualTime(EP), found);
            assertEquals(2, cluster.remarks().size(), cluster.remarks().toString());
        }
    }

    @Test
    void stepsOfATrainingCountOnceWhateverIsLost() {
        Parameters undisturbed = trained(-1, -1);

        requireSame(undisturbed, trained(2, -1));
        requireSame(undisturbed, trained(0, 4));
    }

    /** Weights after some steps, where a node is lost before one step and within another. */
    private static Parameters trained(int before, int within) {
        RunPlan plan = plan(PC, "none");
        Optimiser adam = Optimiser.parse("adam");
        try (LocalCluster cluster = new LocalCluster(3);
                ClusterHost host = cluster.host();
                Pipeline pipeline = host.open(PROBLEM.network(), plan, 2)) {
            pipeline.loadMemories(List.of());
            int next = 2;
            for (int step = 0; step < 6; step++) {
                if (step == before) {
                    cluster.end(next--);
                }
                List<Conclusive> settled =
                        pipeline.inEach(
                                2,
                                (k, own) -> {
                                    Problem part = PROBLEM.part(k, 1);
                                    return (Conclusive)
                                            GradientEstimate.phases(
                                                            own,
                                                            PC,
                                                            part.input(),
                                                            part.target(),
                                                            Budget.DEFAULT)
                                                    .verdict();
                                });
                if (step == within) {
                    cluster.end(next--);
                }
                pipeline.learn(
                        settled, PC.estimator(), new LearningStep(adam, 0.01, 0.5, step + 1));
            }
            Parameters weights = pipeline.parameters();
            int lost = (before < 0 ? 0 : 1) + (within < 0 ? 0 : 1);
            assertEquals(lost, cluster.remarks().size(), cluster.remarks().toString());
            return weights;
        }
    }

    @Test
    void withoutAnyNodeThereIsAVerdictThatNamesTheLostOne() {
        try (LocalCluster cluster = new LocalCluster(1);
                ClusterHost host = cluster.host();
                Session session = host.open(PROBLEM.network(), plan(PC, "none"))) {
            String lost = cluster.node(0).address().toString();
            Conclusive settled = (Conclusive) session.settle(PROBLEM.nudged(0.05), Budget.DEFAULT);
            cluster.end(0);

            NodeLostException update =
                    assertThrows(
                            NodeLostException.class,
                            () -> session.update(settled, Estimator.ONE_SIDED));
            NotSettled not = (NotSettled) session.settle(PROBLEM.nudged(0.05), Budget.DEFAULT);

            assertTrue(update.getMessage().contains(lost), update.getMessage());
            assertEquals(Reason.NODE_LOST, not.reason());
            assertTrue(not.detail().contains(lost), not.detail());
            assertEquals(0, session.report().messages());
            assertThrows(NodeLostException.class, session::parameters);
        }
    }

    @Test
    void aHeadThatEndsLeavesNothingBehind() {
        try (LocalCluster cluster = new LocalCluster(2)) {
            try (ClusterHost host = cluster.host()) {
                Session left = host.open(PROBLEM.network(), plan(PC, "none"));
                assertInstanceOf(
                        Conclusive.class, left.settle(PROBLEM.nudged(0.05), Budget.DEFAULT));
                assertEquals(1, cluster.node(1).sessions());
            }
            Until.holds("freed", 60, () -> cluster.node(0).sessions() == 0);
            Until.holds("freed", 60, () -> cluster.node(1).sessions() == 0);
            try (ClusterHost next = cluster.host();
                    Session session = next.open(PROBLEM.network(), plan(EP, "none"))) {
                requireSame(inVirtualTime(EP), estimate(session, EP).update().gradient());
            }
        }
    }

    @Test
    void aNodeThatJoinsLateTakesPartOnceAnotherIsLost() {
        try (LocalCluster cluster = new LocalCluster(2);
                ClusterHost host = cluster.host(2);
                Session session = host.open(PROBLEM.network(), plan(EP, "none"))) {
            ClusterNode late = cluster.add();
            requireSame(inVirtualTime(EP), estimate(session, EP).update().gradient());
            assertEquals(0, late.sessions());
            Until.holds("joined", 60, () -> host.present().size() == 3);
            cluster.end(1);

            requireSame(inVirtualTime(EP), estimate(session, EP).update().gradient());

            assertEquals(1, late.sessions());
            assertEquals(1, cluster.remarks().size(), cluster.remarks().toString());
        }
    }
}
