package org.relaxon.runtime;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.relaxon.model.algorithm.Algorithms;
import org.relaxon.model.network.Granularity;
import org.relaxon.model.network.Parameters;
import org.relaxon.model.plasticity.Estimator;
import org.relaxon.model.plasticity.LearningStep;
import org.relaxon.model.plasticity.Optimiser;
import org.relaxon.model.settle.Conclusive;
import org.relaxon.model.settle.Reason;
import org.relaxon.model.settle.Settlement;
import org.relaxon.runtime.Family.Member;
import org.relaxon.runtime.actor.AkkaHost;
import org.relaxon.runtime.delay.Delays;
import org.relaxon.runtime.fault.Crash;
import org.relaxon.runtime.fault.Delivery;
import org.relaxon.runtime.fault.Faults;
import org.relaxon.runtime.observe.Observation;
import org.relaxon.runtime.observe.Observer;
import org.relaxon.runtime.observe.Sampling;
import org.relaxon.runtime.synchronous.RedBlackHost;
import org.relaxon.runtime.synchronous.SynchronousHost;
import org.relaxon.runtime.virtual.VirtualHost;
import org.relaxon.testkit.Compare;
import org.relaxon.testkit.Problem;

/** Several examples in flight through the same cells. */
class PipelineTest {
    private static final int[] SIZES = {2, 4, 1}; // examples of the lanes
    private static final int EXAMPLES = 7;
    private static final int STEPS = 2;
    private static final Member PC =
            new Member(Algorithms.pcNudge(), Estimator.ONE_SIDED, 0.05, 1e-11);

    private static Problem part(Problem p, int lane) {
        return p.part(Arrays.stream(SIZES, 0, lane).sum(), SIZES[lane]);
    }

    private static GradientEstimate phases(Session session, Member m, Problem p) {
        return GradientEstimate.phases(session, m.method(), p.input(), p.target(), Budget.DEFAULT);
    }

    private static LearningStep step(int number) {
        return new LearningStep(Optimiser.momentum(0.9), 0.1, 1.0 / EXAMPLES, number);
    }

    /** How two steps of one session change the weights. */
    private static double[] changeOfOne(Host host, RunPlan plan, Member m, Problem p) {
        try (Session session = host.open(p.network(), plan)) {
            for (int k = 1; k <= STEPS; k++) {
                Settlement verdict = phases(session, m, p).verdict();
                session.learn((Conclusive) verdict, m.estimator(), step(k));
            }
            return change(session.parameters(), p);
        }
    }

    /** The same with the examples in three lanes, of which the first {@code count} are learned. */
    private static double[] changeOfLanes(Host host, RunPlan plan, Member m, Problem p, int count) {
        try (Pipeline pipeline = host.open(p.network(), plan, SIZES.length)) {
            for (int k = 1; k <= STEPS; k++) {
                List<Settlement> all =
                        pipeline.inEach(
                                SIZES.length,
                                (lane, session) -> phases(session, m, part(p, lane)).verdict());
                List<Conclusive> settled = new ArrayList<>();
                for (int lane = 0; lane < SIZES.length; lane++) {
                    settled.add(lane < count ? (Conclusive) all.get(lane) : null);
                }
                pipeline.learn(settled, m.estimator(), step(k));
            }
            return change(pipeline.parameters(), p);
        }
    }

    private static double[] change(Parameters after, Problem p) {
        double[] change = Compare.flat(after, 3);
        double[] before = Compare.flat(p.network().parameters(), 3);
        Arrays.setAll(change, k -> change[k] - before[k]);
        return change;
    }

    static List<Member> members() {
        return Family.members();
    }

    /** The sum over lanes is the sum over columns, in another order. */
    @ParameterizedTest
    @MethodSource("members")
    void lanesChangeTheWeightsAsTheWholeMinibatchDoes(Member m) {
        Problem p = Family.hopfield(3, EXAMPLES);
        RunPlan plan = Family.plan(m).withDelay(Delays.exponential(1_000_000));
        try (Host host = new VirtualHost()) {
            double[] whole = changeOfOne(host, plan, m, p);
            double[] lanes = changeOfLanes(host, plan, m, p, SIZES.length);
            double apart = Compare.relative(lanes, whole);
            assertTrue(apart <= 10 * m.same(), m + ": " + apart);
            double without = Compare.relative(changeOfLanes(host, plan, m, p, 2), whole);
            assertTrue(without > 1e-2, m + ": the last lane changes nothing: " + without);
        }
    }

    static Stream<Arguments> hosts() {
        return Stream.of(
                Arguments.of(new SynchronousHost(), "none", Granularity.LAYER),
                Arguments.of(new RedBlackHost(), "none", Granularity.NEURON),
                Arguments.of(new AkkaHost(1), "none", Granularity.LAYER),
                Arguments.of(new AkkaHost(2), "exponential:200us", Granularity.LAYER),
                Arguments.of(new AkkaHost(3), "pareto:20us,1.5", Granularity.NEURON));
    }

    @ParameterizedTest
    @MethodSource("hosts")
    void onEveryHost(Host host, String delay, Granularity granularity) {
        Problem p = Family.hopfield(4, EXAMPLES);
        RunPlan plan = Family.plan(PC).withGranularity(granularity);
        boolean losing = host.optionName().equals("akka") && !delay.equals("none");
        RunPlan own = losing ? plan.withDelay(Delays.parse(delay)).withFaults(drops()) : plan;
        try (host;
                Host reference = new VirtualHost()) {
            double[] whole = changeOfOne(reference, plan, PC, p);
            RunPlan in = losing ? own.withDelivery(Delivery.RELIABLE_LATEST) : own;
            double apart = Compare.relative(changeOfLanes(host, in, PC, p, SIZES.length), whole);
            assertTrue(apart <= 1e-9, host.optionName() + ": " + apart);
        }
    }

    private static Faults drops() {
        return Faults.NONE.withDrop(0.05);
    }

    /** Threads decide nothing: twice the same bits, also if lanes settle one after another. */
    @Test
    void inVirtualTimeLanesAreReproducible() {
        Problem p = Family.hopfield(5, EXAMPLES);
        RunPlan plan = Family.plan(PC).withDelay(Delays.exponential(1_000_000));
        try (Host host = new VirtualHost()) {
            double[] one = changeOfLanes(host, plan, PC, p, SIZES.length);
            assertArrayEquals(one, changeOfLanes(host, plan, PC, p, SIZES.length));
            try (Pipeline pipeline = host.open(p.network(), plan, SIZES.length)) {
                for (int k = 1; k <= STEPS; k++) {
                    List<Conclusive> settled = new ArrayList<>();
                    for (int lane = 0; lane < SIZES.length; lane++) {
                        GradientEstimate own = phases(pipeline.lane(lane), PC, part(p, lane));
                        settled.add((Conclusive) own.verdict());
                    }
                    pipeline.learn(settled, PC.estimator(), step(k));
                }
                assertArrayEquals(one, change(pipeline.parameters(), p));
            }
            double[] other = changeOfLanes(host, plan.withSeed(2), PC, p, SIZES.length);
            assertFalse(Arrays.equals(one, other), "delays do not matter to the last bit");
        }
    }

    /** The first lane is the session of the plan; the others draw delays of their own. */
    @Test
    void everyLaneHasItsOwnDelays() {
        Problem p = Family.hopfield(6, 2);
        RunPlan plan = Family.plan(PC).withDelay(Delays.exponential(1_000_000));
        try (Host host = new VirtualHost();
                Session alone = host.open(p.network(), plan);
                Pipeline pipeline = host.open(p.network(), plan, 3)) {
            phases(alone, PC, p);
            List<Long> traces =
                    pipeline.inEach(
                            3,
                            (lane, session) -> {
                                phases(session, PC, p);
                                return session.report().traceHash();
                            });
            assertEquals(alone.report().traceHash(), traces.get(0));
            assertEquals(3, traces.stream().distinct().count(), traces.toString());
        }
    }

    /** One mailbox per cell, and between two relaxations for one example come others. */
    @Test
    void onActorsLanesPassEachOther() {
        Problem p = Family.hopfield(7, 2);
        RunPlan plan = Family.plan(PC).withDelay(Delays.constant(2_000_000));
        try (Host host = new AkkaHost(2);
                Pipeline pipeline = host.open(p.network(), plan, 2)) {
            Queue<Integer> order = new ConcurrentLinkedQueue<>();
            CyclicBarrier together = new CyclicBarrier(2);
            pipeline.lane(0).observe(every(frame -> order.add(0)));
            pipeline.lane(1).observe(every(frame -> order.add(1)));
            pipeline.inEach(
                    2,
                    (lane, session) -> {
                        meet(together);
                        return phases(session, PC, p).verdict();
                    });
            assertTrue(turnovers(order) > 2, order.toString());

            order.clear();
            phases(pipeline.lane(0), PC, p);
            phases(pipeline.lane(1), PC, p);
            assertEquals(1, turnovers(order), order.toString());
        }
    }

    private static Observation every(Observer observer) {
        return new Observation(Sampling.everyRelaxations(1), observer);
    }

    private static void meet(CyclicBarrier barrier) {
        try {
            barrier.await();
        } catch (InterruptedException | java.util.concurrent.BrokenBarrierException e) {
            throw new AssertionError(e);
        }
    }

    private static int turnovers(Queue<Integer> order) {
        List<Integer> all = List.copyOf(order);
        int count = 0;
        for (int k = 1; k < all.size(); k++) {
            count += all.get(k).equals(all.get(k - 1)) ? 0 : 1;
        }
        return count;
    }

    @Test
    void noSingleLaneChangesWeights() {
        Problem p = Family.hopfield(8, 2);
        try (Host host = new VirtualHost();
                Pipeline pipeline = host.open(p.network(), Family.plan(PC), 2)) {
            Session lane = pipeline.lane(1);
            Conclusive settled = (Conclusive) phases(lane, PC, p).verdict();
            Estimator e = PC.estimator();
            LearningStep sgd = new LearningStep(Optimiser.sgd(), 0.1, 1.0, 1);
            List<Runnable> changes =
                    List.of(
                            () -> lane.learn(settled, e, 0.1),
                            () -> lane.learn(settled, e, sgd),
                            () -> lane.train(p.nudged(0.1), e, sgd, 0, Budget.DEFAULT),
                            () -> lane.load(p.network().parameters()),
                            () -> lane.loadMemories(List.of()));
            for (Runnable change : changes) {
                String why = assertThrows(IllegalStateException.class, change::run).getMessage();
                assertTrue(why.contains("lanes"), why);
            }
            lane.update(settled, e); // still the state of its lane
            pipeline.learn(Arrays.asList(null, settled), e, sgd);
            assertThrows(IllegalStateException.class, () -> lane.update(settled, e));
        }
        try (Host host = new VirtualHost();
                Pipeline one = host.open(p.network(), Family.plan(PC), 1)) {
            one.lane(0).load(p.network().parameters()); // the only lane may
        }
    }

    @Test
    void oneStaleLaneIsEnoughForNoChange() {
        Problem p = Family.hopfield(9, EXAMPLES);
        try (Host host = new VirtualHost();
                Pipeline pipeline = host.open(p.network(), Family.plan(PC), 3)) {
            List<Conclusive> settled =
                    pipeline.inEach(
                            3,
                            (lane, session) ->
                                    (Conclusive) phases(session, PC, part(p, lane)).verdict());
            phases(pipeline.lane(2), PC, part(p, 2));
            Runnable learn = () -> pipeline.learn(settled, PC.estimator(), step(1));
            assertThrows(IllegalStateException.class, learn::run);
            assertArrayEquals(
                    new double[change(pipeline.parameters(), p).length], changeOf(pipeline, p));

            pipeline.learn(settled.subList(0, 2), PC.estimator(), step(1));
            double[] once = changeOf(pipeline, p);
            assertNotEquals(0.0, Arrays.stream(once).map(Math::abs).sum());
            assertThrows(IllegalStateException.class, learn::run); // not twice
            assertArrayEquals(once, changeOf(pipeline, p));

            pipeline.learn(Arrays.asList(null, null), PC.estimator(), step(2)); // nobody speaks
            assertArrayEquals(once, changeOf(pipeline, p));
        }
    }

    private static double[] changeOf(Pipeline pipeline, Problem p) {
        return change(pipeline.parameters(), p);
    }

    @Test
    void whatCannotBeIsRefused() {
        Problem p = Family.hopfield(1, 1);
        RunPlan crash =
                Family.plan(PC).withFaults(Faults.NONE.withCrashes(List.of(Crash.parse("1@3"))));
        for (Host host : List.of(new VirtualHost(), new AkkaHost(1))) {
            try (host) {
                for (int lanes : new int[] {-1, 0, 1025}) {
                    assertRefused(() -> host.open(p.network(), Family.plan(PC), lanes));
                }
                assertRefused(() -> host.open(p.network(), crash, 2));
                host.open(p.network(), crash, 1).close();
                try (Pipeline two = host.open(p.network(), Family.plan(PC), 2)) {
                    assertRefused(() -> two.inEach(0, (lane, session) -> lane));
                    assertRefused(() -> two.inEach(3, (lane, session) -> lane));
                    assertEquals(List.of(0), two.inEach(1, (lane, session) -> lane));
                }
            }
        }
    }

    private static void assertRefused(Runnable call) {
        String why = assertThrows(IllegalArgumentException.class, call::run).getMessage();
        assertTrue(why.startsWith("in-flight: "), why);
    }

    @Test
    void whatALaneThrowsIsThrownWhenAllHaveEnded() {
        Problem p = Family.hopfield(2, 1);
        try (Host host = new VirtualHost();
                Pipeline pipeline = host.open(p.network(), Family.plan(PC), 3)) {
            Queue<Integer> ended = new ConcurrentLinkedQueue<>();
            CountDownLatch failed = new CountDownLatch(1);
            IllegalStateException planted = new IllegalStateException("planted");
            Exception thrown =
                    assertThrows(
                            IllegalStateException.class,
                            () ->
                                    pipeline.inEach(
                                            3,
                                            (lane, session) -> {
                                                if (lane == 0) {
                                                    failed.countDown();
                                                    throw planted;
                                                }
                                                phases(session, PC, p);
                                                ended.add(lane);
                                                return lane;
                                            }));
            assertSame(planted, thrown);
            assertEquals(0, failed.getCount());
            assertEquals(2, ended.size());
        }
    }

    @Test
    void cancellingStopsAllLanes() {
        Problem p = Family.hopfield(2, 1);
        RunPlan slow = Family.plan(PC).withDelay(Delays.constant(50_000_000));
        try (Host host = new AkkaHost(1);
                Pipeline pipeline = host.open(p.network(), slow, 2)) {
            pipeline.lane(1).observe(every(frame -> pipeline.cancel()));
            Settlement stopped =
                    pipeline.inEach(
                                    2,
                                    (lane, session) ->
                                            session.settle(p.nudged(0.05), Budget.DEFAULT))
                            .get(1);
            assertEquals(Reason.CANCELLED, Compare.notSettled(stopped, "lane 1").reason());
        }
    }
}
