package org.relaxon.runtime;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.relaxon.model.algorithm.Algorithms;
import org.relaxon.model.math.Matrix;
import org.relaxon.model.network.CellId;
import org.relaxon.model.network.Granularity;
import org.relaxon.model.part.OwnPartException;
import org.relaxon.model.phase.Phase;
import org.relaxon.model.plasticity.Estimator;
import org.relaxon.model.plasticity.LearningStep;
import org.relaxon.model.plasticity.Optimiser;
import org.relaxon.model.rule.PredictiveCoding;
import org.relaxon.model.settle.Equilibrium;
import org.relaxon.model.settle.Settled;
import org.relaxon.model.settle.Settlement;
import org.relaxon.model.settle.Trained;
import org.relaxon.runtime.actor.AkkaHost;
import org.relaxon.runtime.delay.Delays;
import org.relaxon.runtime.discipline.Discipline;
import org.relaxon.runtime.observe.Frame;
import org.relaxon.runtime.observe.Observation;
import org.relaxon.runtime.observe.Observer;
import org.relaxon.runtime.observe.Quantity;
import org.relaxon.runtime.observe.Reading;
import org.relaxon.runtime.observe.Ring;
import org.relaxon.runtime.observe.Sampling;
import org.relaxon.runtime.synchronous.RedBlackHost;
import org.relaxon.runtime.synchronous.SynchronousHost;
import org.relaxon.runtime.virtual.VirtualHost;
import org.relaxon.testkit.Compare;
import org.relaxon.testkit.HookedRule;
import org.relaxon.testkit.Problem;

/** What observation promises, on every host. */
class ObservationTest {
    private static final Sampling EACH =
            Sampling.everyRelaxations(1).withQuantities(List.of(Quantity.values()));

    private enum On {
        VIRTUAL(VirtualHost::new),
        AKKA(() -> new AkkaHost(2)),
        SYNCHRONOUS(SynchronousHost::new),
        RED_BLACK(RedBlackHost::new);

        private final Supplier<Host> host;

        On(Supplier<Host> host) {
            this.host = host;
        }

        private boolean sweeps() {
            return this == SYNCHRONOUS || this == RED_BLACK;
        }

        /** A plan under which this host's states are the same in every run. */
        private RunPlan plan() {
            RunPlan plan = RunPlan.of(new PredictiveCoding()).withGranularity(Granularity.NEURON);
            return sweeps() ? plan : plan.withDiscipline(Discipline.TURN_TAKING);
        }
    }

    /** Writes down all events; several threads may deliver. */
    private static final class Notes implements Observer {
        private final Queue<String> order = new ConcurrentLinkedQueue<>();
        private final Queue<Frame> frames = new ConcurrentLinkedQueue<>();
        private final List<Settlement> verdicts = new ArrayList<>();
        private final List<Trained> ends = new ArrayList<>();

        @Override
        public void began(long phaseId, Phase phase) {
            order.add("began " + phaseId);
        }

        @Override
        public void sampled(Frame frame) {
            order.add("sampled " + frame.phaseId());
            frames.add(frame);
        }

        @Override
        public void judged(long phaseId, Settlement verdict) {
            order.add("judged " + phaseId);
            verdicts.add(verdict);
        }

        @Override
        public void presented(long phaseId, Trained end) {
            order.add("presented " + phaseId);
            ends.add(end);
        }

        private List<Frame> last() {
            return frames.stream().filter(Frame::last).toList();
        }

        private long total(Quantity quantity) {
            return last().stream().mapToLong(f -> (long) f.reading(quantity).value(0, 0)).sum();
        }
    }

    private static Problem problem(long seed) {
        return Problem.tanh(seed, 2, 3, 4, 3, 2);
    }

    /** All bits of two settlings with a change of the weights between them. */
    private static String bits(On on, RunPlan plan, Observation observation, long seed) {
        Problem p = problem(seed);
        StringBuilder out = new StringBuilder();
        try (Host host = on.host.get();
                Session session = host.open(p.network(), plan.withSeed(seed))) {
            session.observe(observation);
            for (double beta : new double[] {0.1, 0.2}) {
                Phase phase = p.centred(beta);
                Settled settled = Compare.settled(session.settle(phase, Budget.DEFAULT), on);
                RunReport report = session.report();
                out.append(report.traceHash()).append(' ').append(report.stateHash());
                out.append(' ').append(report.messages());
                double[] state = Compare.flat(settled.equilibrium(), 3);
                Arrays.stream(state).mapToLong(Double::doubleToRawLongBits).forEach(out::append);
                session.learn(settled, Estimator.CENTRED, 0.1);
            }
        }
        return out.toString();
    }

    private static List<Observation> observations() {
        return List.of(
                new Observation(EACH, frame -> {}),
                new Observation(EACH, new Ring(1)),
                new Observation(Sampling.everyWallNanos(1).withPopulation(2), frame -> {}));
    }

    @ParameterizedTest
    @EnumSource
    void observingChangesNoBit(On on) {
        String plain = bits(on, on.plan(), null, 1);
        for (Observation one : observations()) {
            assertEquals(plain, bits(on, on.plan(), one, 1), one.sampling().toString());
        }
        assertNotEquals(plain, bits(on, on.plan(), null, 2), "or all bits are the same");
    }

    @Test
    void observingChangesNoDelivery() {
        for (String delay : List.of("none", "exponential:100us", "pareto:50us,1.5")) {
            for (Granularity cells : List.of(Granularity.NEURON, Granularity.LAYER)) {
                RunPlan plan =
                        RunPlan.of(new PredictiveCoding())
                                .withGranularity(cells)
                                .withDelay(Delays.parse(delay));
                String plain = bits(On.VIRTUAL, plan, null, 3);
                for (Observation one : observations()) {
                    assertEquals(plain, bits(On.VIRTUAL, plan, one, 3), delay);
                }
                assertNotEquals(plain, bits(On.VIRTUAL, plan, null, 4), delay);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void lastFramesHoldTheStateThatIsJudged(On on) {
        Problem p = problem(5);
        Notes notes = new Notes();
        try (Host host = on.host.get();
                Session session = host.open(p.network(), on.plan())) {
            session.observe(new Observation(EACH, notes));
            Settlement verdict = session.settle(p.centred(0.1), Budget.DEFAULT);
            Equilibrium found = Compare.settled(verdict, on).equilibrium();

            assertSame(verdict, notes.verdicts.get(0));
            assertEquals(session.cells(), notes.last().stream().map(Frame::cell).toList());
            double[] energy = new double[4];
            for (Frame frame : notes.last()) {
                assertEquals(found.phaseId(), frame.phaseId());
                requireRows(found.activity(frame.cell().population()), frame, Quantity.ACTIVITY);
                requireRows(found.error(frame.cell().population()), frame, Quantity.ERROR);
                for (int c = 0; c < 4; c++) {
                    energy[c] += frame.reading(Quantity.ENERGY).value(0, c);
                }
            }
            for (int c = 0; c < 4; c++) {
                assertEquals(found.energy(c), energy[c], 0.0, "column " + c);
                assertTrue(energy[c] > 0, "column " + c);
            }
            assertEquals(0, notes.total(Quantity.IN_FLIGHT));
            assertEquals(session.report().messages(), notes.total(Quantity.SENT));
            assertTrue(
                    notes.frames.stream()
                            .anyMatch(f -> f.reading(Quantity.IN_FLIGHT).value(0, 0) > 0),
                    "nothing was ever in flight");
        }
    }

    private static void requireRows(Matrix expected, Frame frame, Quantity quantity) {
        Reading found = frame.reading(quantity);
        assertEquals(frame.cell().size(), found.rows());
        for (int r = 0; r < found.rows(); r++) {
            for (int k = 0; k < found.width(); k++) {
                assertEquals(expected.get(found.neuron(r), k), found.value(r, k), 0.0);
            }
        }
    }

    /** What a cell is off before it relaxes, and what caused that: all signals, once each. */
    @ParameterizedTest
    @EnumSource
    void residualsVanishAtRestAndEveryArrivalIsACause(On on) {
        Problem p = problem(7);
        Notes notes = new Notes();
        try (Host host = on.host.get();
                Session session = host.open(p.network(), on.plan())) {
            session.observe(new Observation(EACH, notes));
            Compare.settled(session.settle(p.centred(0.1), Budget.DEFAULT), on);
        }
        Map<CellId, Double> arrived = new ConcurrentHashMap<>();
        double largest = 0.0;
        for (Frame frame : notes.frames) {
            Reading causes = frame.reading(Quantity.ARRIVED);
            arrived.merge(frame.cell(), Arrays.stream(causes.values()).sum(), Double::sum);
            for (int r = 0; r < causes.rows(); r++) {
                assertNotEquals(frame.cell(), causes.sender(r));
            }
            for (double off : frame.reading(Quantity.RESIDUAL).values()) {
                largest = Math.max(largest, off);
                assertTrue(!frame.last() || off <= 1e-8, frame + ": " + off);
            }
        }
        assertTrue(largest > 0.1, "no cell was ever off: " + largest);
        for (Frame frame : notes.last()) {
            assertEquals(
                    frame.reading(Quantity.RECEIVED).value(0, 0),
                    arrived.get(frame.cell()),
                    frame.toString());
        }
    }

    /**
     * A single cell that steps by eta on (x - mu)^2 / 2 + beta (x - t)^2 / 2 is off by a factor 1 -
     * eta (1 + beta) less before each step.
     */
    @Test
    void residualsOfStepsShrinkAsTheoryStates() {
        Problem p = Problem.tanh(8, 1, 2, 3);
        Notes notes = new Notes();
        try (Host host = new VirtualHost();
                Session session = host.open(p.network(), RunPlan.of(Algorithms.gradient(0.25)))) {
            session.observe(new Observation(EACH, notes));
            Phase phase = Estimator.ONE_SIDED.phase(p.input(), p.target(), 0.1);
            Compare.settled(session.settle(phase, Budget.DEFAULT), "steps");
        }
        List<Double> off =
                notes.frames.stream()
                        .limit(20)
                        .map(f -> f.reading(Quantity.RESIDUAL).value(0, 0))
                        .toList();
        assertEquals(20, off.size());
        for (int k = 2; k < off.size(); k++) { // the first step follows rest, without an error
            assertEquals(1 - 0.25 * 1.1, off.get(k) / off.get(k - 1), 1e-6, off.toString());
        }
    }

    @ParameterizedTest
    @EnumSource
    void everyRelaxationOfEveryPhaseIsSampledInOrder(On on) {
        Problem p = problem(6);
        Notes notes = new Notes();
        try (Host host = on.host.get();
                Session session = host.open(p.network(), on.plan())) {
            session.observe(new Observation(EACH, notes));
            session.settle(p.centred(0.1), Budget.DEFAULT);
            session.settle(p.centred(0.2), Budget.DEFAULT);
        }
        List<String> phases = notes.order.stream().distinct().toList();
        assertEquals(
                List.of("began 1", "sampled 1", "judged 1", "began 2", "sampled 2", "judged 2"),
                phases);
        Map<List<Object>, Long> seen = new ConcurrentHashMap<>();
        for (Frame frame : notes.frames) {
            long before = seen.merge(List.of(frame.cell(), frame.phaseId()), 1L, Long::sum) - 1;
            assertEquals(before + 1, frame.sequence());
            assertEquals(frame.last() ? before : before + 1, frame.relaxations(), frame.toString());
        }
        assertTrue(notes.frames.size() > 4 * notes.last().size(), "few frames");
    }

    @Test
    void framesComeFromTheThreadThatOwnsTheCell() {
        assertEquals(List.of(), foreign(observer -> observer));
        assertNotEquals(List.of(), foreign(ObservationTest::onAnotherThread));
    }

    private static Observer onAnotherThread(Observer observer) {
        return frame -> {
            Thread other = new Thread(() -> observer.sampled(frame));
            other.start();
            try {
                other.join();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        };
    }

    /** Frames from a thread that did not relax the cell; the hook is called by the one that did. */
    private static List<String> foreign(UnaryOperator<Observer> delivery) {
        Problem p = problem(7);
        Map<Integer, Thread> owners = new ConcurrentHashMap<>();
        HookedRule rule = new HookedRule(s -> owners.put(s.population(), Thread.currentThread()));
        Queue<String> foreign = new ConcurrentLinkedQueue<>();
        AtomicLong frames = new AtomicLong();
        Thread caller = Thread.currentThread();
        Observer observer =
                frame -> {
                    Thread here = Thread.currentThread();
                    Thread owner = frame.last() ? caller : owners.get(frame.cell().population());
                    if (here != owner || !frame.last() && here == caller) {
                        foreign.add(frame + " on " + here + ", owner " + owner);
                    }
                    frames.incrementAndGet();
                };
        try (Host host = new AkkaHost(4);
                Session session = host.open(p.network(), RunPlan.of(rule))) {
            rule.arm();
            session.observe(new Observation(EACH, delivery.apply(observer)));
            for (double beta : new double[] {0.1, 0.2, 0.3}) {
                Compare.settled(session.settle(p.centred(beta), Budget.DEFAULT), beta);
            }
        }
        assertTrue(frames.get() > 20, frames.toString());
        return List.copyOf(foreign);
    }

    @ParameterizedTest
    @EnumSource
    void aRingThatIsTooSmallCountsWhatItLost(On on) {
        Problem p = problem(8);
        Ring small = new Ring(1);
        Ring large = new Ring(1 << 16);
        for (Ring ring : List.of(small, large)) {
            try (Host host = on.host.get();
                    Session session = host.open(p.network(), on.plan())) {
                session.observe(new Observation(EACH, ring));
                session.settle(p.centred(0.1), Budget.DEFAULT);
            }
        }
        Notes all = new Notes();
        long events = large.drain(all);
        assertEquals(0, large.lost());
        assertEquals(events, all.order.size());
        assertEquals(
                all.last().stream().mapToLong(f -> f.relaxations() + 1).sum(), all.frames.size());

        Notes one = new Notes();
        assertEquals(1, small.drain(one));
        assertEquals(List.of("judged 1"), List.copyOf(one.order));
        assertEquals(events - 1, small.lost());
    }

    private static Observer failing(String method) {
        return new Observer() {
            private void at(String here) {
                if (method.equals(here)) {
                    throw new ArithmeticException("planted");
                }
            }

            @Override
            public void began(long phaseId, Phase phase) {
                at("began");
            }

            @Override
            public void sampled(Frame frame) {
                at(frame.last() ? "last" : "sampled");
            }

            @Override
            public void judged(long phaseId, Settlement verdict) {
                at("judged");
            }
        };
    }

    @ParameterizedTest
    @EnumSource
    void anObserverThatFailsEndsTheSettlingByName(On on) {
        Problem p = problem(9);
        try (Host host = on.host.get();
                Session session = host.open(p.network(), on.plan())) {
            for (String method : List.of("began", "sampled", "last", "judged")) {
                Observer observer = failing(method);
                session.observe(new Observation(EACH, observer));
                RuntimeException thrown =
                        assertThrows(
                                RuntimeException.class,
                                () -> session.settle(p.centred(0.1), Budget.DEFAULT),
                                method);
                String expected =
                        "observer: %s: %s failed: java.lang.ArithmeticException: planted"
                                .formatted(
                                        observer.getClass().getName(),
                                        method.equals("last") ? "sampled" : method);
                String message = OwnPartException.in(thrown).getMessage();
                assertTrue(message.startsWith(expected), message);

                session.observe(null);
                Compare.settled(session.settle(p.centred(0.1), Budget.DEFAULT), method);
            }
            session.observe(new Observation(EACH, failing("none")));
            Compare.settled(session.settle(p.centred(0.1), Budget.DEFAULT), "no method fails");
        }
    }

    @ParameterizedTest
    @EnumSource
    void anObservationReplacesTheOneBefore(On on) {
        Problem p = problem(10);
        Notes first = new Notes();
        Notes second = new Notes();
        try (Host host = on.host.get();
                Session session = host.open(p.network(), on.plan())) {
            session.observe(new Observation(EACH, first));
            session.settle(p.centred(0.1), Budget.DEFAULT);
            int events = first.order.size();
            session.observe(new Observation(EACH.withNeurons(2, 1, 3), second));
            session.settle(p.centred(0.1), Budget.DEFAULT);
            assertEquals(events, first.order.size());
            assertEquals(
                    List.of("2[1]", "2[2]"),
                    second.last().stream().map(f -> f.cell().name()).toList());
            events = second.order.size();
            session.observe(null);
            session.settle(p.centred(0.1), Budget.DEFAULT);
            assertEquals(events, second.order.size());
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatASessionDoesNotHaveIsRefusedAndTheObservationStays(On on) {
        Problem p = problem(11);
        Notes notes = new Notes();
        try (Host host = on.host.get();
                Session session = host.open(p.network(), on.plan())) {
            session.observe(new Observation(EACH, notes));
            Stream<Sampling> bad = Stream.of(EACH.withPopulation(0), EACH.withNeurons(3, 0, 3));
            bad.forEach(
                    one ->
                            assertThrows(
                                    IllegalArgumentException.class,
                                    () -> session.observe(new Observation(one, notes)),
                                    one.toString()));
            Observation byTime = new Observation(Sampling.everyHostNanos(1_000_000), notes);
            if (on.sweeps()) {
                assertThrows(IllegalArgumentException.class, () -> session.observe(byTime));
            }
            session.settle(p.centred(0.1), Budget.DEFAULT);
            assertEquals(session.cells().size(), notes.last().size());
        }
    }

    @Test
    void virtualTimePacesFrames() {
        Problem p = problem(12);
        long period = 500_000;
        Notes notes = new Notes();
        RunPlan plan =
                RunPlan.of(new PredictiveCoding()).withDelay(Delays.parse("exponential:100us"));
        try (Host host = new VirtualHost();
                Session session = host.open(p.network(), plan)) {
            session.observe(new Observation(Sampling.everyHostNanos(period), notes));
            session.settle(p.centred(0.1), Budget.DEFAULT);
            assertEquals(session.report().hostNanos(), notes.last().get(0).time());
        }
        Map<CellId, Long> before = new ConcurrentHashMap<>();
        for (Frame frame : notes.frames) {
            assertEquals(Frame.Unit.VIRTUAL_NANOS, frame.unit());
            Long slot = before.put(frame.cell(), frame.time() / period);
            assertTrue(frame.last() || slot == null || slot < frame.time() / period);
        }
        long relaxations = notes.last().stream().mapToLong(Frame::relaxations).sum();
        assertTrue(notes.frames.size() < relaxations, "every relaxation was sampled");
        assertTrue(notes.frames.size() > 2 * notes.last().size(), notes.frames.size() + " frames");
    }

    @ParameterizedTest
    @EnumSource
    void aPresentationIsObservedToItsEnd(On on) {
        Problem p = problem(13);
        Notes notes = new Notes();
        RunPlan plan = RunPlan.of(new PredictiveCoding());
        try (Host host = on.host.get();
                Session session = host.open(p.network(), plan)) {
            session.observe(new Observation(EACH, notes));
            Trained end =
                    session.train(
                            p.nudged(0.1),
                            Estimator.ONE_SIDED,
                            new LearningStep(Optimiser.sgd(), 0.01, 1.0, 1),
                            0,
                            Budget.DEFAULT);
            assertSame(end, notes.ends.get(0));
        }
        List<String> order = List.copyOf(notes.order);
        assertEquals("began 1", order.get(0));
        assertEquals("presented 1", order.get(order.size() - 1));
        assertEquals(3, notes.last().size());
    }

    /** Or later settlings would change weights as well. */
    @ParameterizedTest
    @EnumSource
    void aPresentationEndsWhereAnObserverFails(On on) {
        Problem p = problem(15);
        RunPlan plan = RunPlan.of(new PredictiveCoding());
        LearningStep step = new LearningStep(Optimiser.sgd(), 0.01, 1.0, 1);
        AtomicLong frames = new AtomicLong();
        Observer late =
                frame -> {
                    if (frames.incrementAndGet() > 5) {
                        throw new ArithmeticException("planted");
                    }
                };
        try (Host host = on.host.get();
                Session session = host.open(p.network(), plan)) {
            session.observe(new Observation(EACH, late));
            assertThrows(
                    RuntimeException.class,
                    () ->
                            session.train(
                                    p.nudged(0.1), Estimator.ONE_SIDED, step, 0, Budget.DEFAULT));
            session.observe(null);
            double[] before = Compare.flat(session.parameters(), 3);
            Compare.settled(session.settle(p.nudged(0.1), Budget.DEFAULT), on);
            assertArrayEquals(before, Compare.flat(session.parameters(), 3));
            session.train(p.nudged(0.2), Estimator.ONE_SIDED, step, 0, Budget.DEFAULT);
            double[] after = Compare.flat(session.parameters(), 3);
            assertThrows(AssertionError.class, () -> assertArrayEquals(before, after));
        }
    }

    @Test
    void oneObservationOfEachLaneIsItsOwn() {
        Problem p = problem(14);
        List<Notes> notes = List.of(new Notes(), new Notes());
        try (Host host = new AkkaHost(2);
                Pipeline pipeline = host.open(p.network(), On.AKKA.plan(), 2)) {
            for (int k = 0; k < 2; k++) {
                pipeline.lane(k).observe(new Observation(EACH, notes.get(k)));
            }
            List<Settlement> verdicts =
                    pipeline.inEach(
                            2,
                            (lane, session) ->
                                    session.settle(p.centred(0.1 + 0.1 * lane), Budget.DEFAULT));
            for (int k = 0; k < 2; k++) {
                assertSame(verdicts.get(k), notes.get(k).verdicts.get(0));
                Equilibrium found = Compare.settled(verdicts.get(k), k).equilibrium();
                for (Frame frame : notes.get(k).last()) {
                    int population = frame.cell().population();
                    requireRows(found.activity(population), frame, Quantity.ACTIVITY);
                }
            }
        }
        double[] one = notes.get(0).last().get(9 - 1).reading(Quantity.ACTIVITY).values();
        double[] two = notes.get(1).last().get(9 - 1).reading(Quantity.ACTIVITY).values();
        assertThrows(AssertionError.class, () -> assertArrayEquals(one, two), "the same lane");
    }
}
