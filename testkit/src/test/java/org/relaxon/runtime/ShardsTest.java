package org.relaxon.runtime;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.relaxon.model.network.Granularity;
import org.relaxon.model.network.Parameters;
import org.relaxon.model.phase.Phase;
import org.relaxon.model.plasticity.Estimator;
import org.relaxon.model.plasticity.LearningStep;
import org.relaxon.model.plasticity.Optimiser;
import org.relaxon.model.rule.Hopfield;
import org.relaxon.model.rule.PredictiveCoding;
import org.relaxon.model.settle.Conclusive;
import org.relaxon.model.settle.Settlement;
import org.relaxon.runtime.Session.Stepping;
import org.relaxon.runtime.actor.AkkaHost;
import org.relaxon.runtime.delay.Delays;
import org.relaxon.runtime.discipline.Discipline;
import org.relaxon.runtime.fault.Cut;
import org.relaxon.runtime.fault.Faults;
import org.relaxon.runtime.synchronous.SynchronousHost;
import org.relaxon.runtime.virtual.VirtualHost;
import org.relaxon.testkit.ImageProblem;
import org.relaxon.testkit.Problem;

/** No bit of a result depends on the number of shards into which the cells are divided. */
class ShardsTest {
    private static final int[] MORE = {2, 3, 7};

    /** Bytes of the time that steps took, by the wall clock, and of the checksum. */
    private static final int TIME_AND_CHECKSUM = 12;

    private static final RunPlan PLAN =
            RunPlan.of(new PredictiveCoding()).withGranularity(new Granularity(5));
    private static final RunPlan ASYNCHRONOUS =
            PLAN.withGranularity(Granularity.NEURON)
                    .withDelay(Delays.parse("exponential:100us"))
                    .withFaults(Faults.NONE.withDrop(0.1).withDuplicate(0.1))
                    .withProbes(true);

    /** Verdicts, reports, updates and weights of two phases and a step of learning. */
    private static String bits(Host host, RunPlan plan, Problem problem, Phase... phases) {
        StringBuilder out = new StringBuilder();
        try (host;
                Session session = host.open(problem.network(), plan)) {
            Settlement last = null;
            for (Phase phase : phases) {
                last = session.settle(phase, Budget.DEFAULT);
                out.append(InterruptedHost.text(last)).append(report(session.report()));
                session.snapshot("free");
            }
            if (last instanceof Conclusive settled) {
                Parameters update = session.update(settled, Estimator.ONE_SIDED).gradient();
                LearningStep step = new LearningStep(Optimiser.adam(), 0.1, 1.0, 1);
                session.learn(settled, Estimator.ONE_SIDED, step);
                out.append(text(problem, update)).append(text(problem, session.parameters()));
                session.memories(2).forEach(m -> out.append(text(problem, m)));
            }
        }
        return out.toString();
    }

    /** On actors counts and times depend on the machine. */
    private static String report(RunReport report) {
        boolean repeatable = report.traceHash() != 0 || report.histograms().isEmpty();
        return repeatable ? InterruptedHost.bits(report) : "" + report.stateHash();
    }

    private static String text(Problem problem, Parameters p) {
        List<Integer> hashes = new ArrayList<>();
        for (int k = 0; k < problem.network().projections().size(); k++) {
            hashes.add(java.util.Arrays.deepHashCode(p.weights(k)));
        }
        for (int k = 1; k < problem.network().populations().size(); k++) {
            hashes.add(java.util.Arrays.hashCode(p.biases(k)));
        }
        return hashes.toString();
    }

    private static void requireSame(IntFunction<Host> hosts, RunPlan plan, boolean contrast) {
        Problem problem = contrast ? Family.hopfield(3, 2) : ImageProblem.of(4);
        Phase nudged = problem.nudged(0.05);
        Phase[] phases =
                contrast
                        ? new Phase[] {problem.free(), nudged.startingFrom("free")}
                        : new Phase[] {nudged};
        String one = bits(hosts.apply(1), plan, problem, phases);
        assertTrue(one.startsWith("Settled"), one);
        for (int shards : MORE) {
            assertEquals(one, bits(hosts.apply(shards), plan, problem, phases), shards + " shards");
        }
        Phase[] other = {problem.nudged(0.06)};
        assertNotEquals(one, bits(hosts.apply(1), plan, problem, other), "nothing is compared");
    }

    static Stream<Arguments> hosts() {
        IntFunction<Host> virtual = VirtualHost::new;
        IntFunction<Host> synchronous = SynchronousHost::new;
        IntFunction<Host> akka = shards -> new AkkaHost(2, shards);
        RunPlan turns =
                ASYNCHRONOUS
                        .withProbes(false)
                        .withDelay(Delays.parse("exponential:20us"))
                        .withDiscipline(Discipline.TURN_TAKING);
        return Stream.of(
                Arguments.of(virtual, ASYNCHRONOUS),
                Arguments.of(synchronous, PLAN),
                Arguments.of(akka, turns.withGranularity(new Granularity(5))));
    }

    @ParameterizedTest
    @MethodSource("hosts")
    void settlingsAuditsUpdatesAndLearningHaveTheSameBits(IntFunction<Host> hosts, RunPlan plan) {
        requireSame(hosts, plan, false);
    }

    /** Their audits sweep three times, and compare with the state that a phase starts from. */
    @ParameterizedTest
    @MethodSource("hosts")
    void contrastsHaveTheSameBits(IntFunction<Host> hosts, RunPlan plan) {
        requireSame(hosts, plan.withRule(new Hopfield("ep")), true);
    }

    /** Link by link in their order, although the shards of both ends find them together. */
    @Test
    void linksWhoseLastSignalDidNotArriveAreTheSame() {
        Problem problem = Problem.tanh(3, 2, 4, 6, 5, 2);
        RunPlan cut =
                ASYNCHRONOUS.withCuts(
                        List.of(
                                Cut.parse("2[1]->3[0]"),
                                Cut.parse("3[1]->2[4]"),
                                Cut.parse("1->2")));
        String one = bits(new VirtualHost(1), cut, problem, problem.nudged(0.5));
        assertTrue(one.startsWith("NotSettled"), one);
        for (int shards : MORE) {
            Host host = new VirtualHost(shards);
            assertEquals(one, bits(host, cut, problem, problem.nudged(0.5)));
        }
    }

    @Test
    void whatIsSavedWithSomeShardsGoesOnWithOthers() {
        Problem problem = ImageProblem.of(4);
        byte[] saved = null;
        for (int shards : new int[] {1, 2, 3, 7}) {
            try (Session session = new VirtualHost(shards).open(problem.network(), ASYNCHRONOUS)) {
                Stepping stepping = session.begin(problem.nudged(0.05), Budget.DEFAULT);
                assertTrue(stepping.step(100));
                byte[] bytes = stepping.save();
                saved = saved == null ? bytes : saved;
                assertTrue(differing(saved, bytes) <= TIME_AND_CHECKSUM, shards + " shards");
                stepping.step(1);
                assertTrue(differing(saved, stepping.save()) > TIME_AND_CHECKSUM, "all is equal");
            }
        }
        String one = resumed(1, problem, saved);
        assertEquals(one, resumed(3, problem, saved));
    }

    private static int differing(byte[] a, byte[] b) {
        int count = Math.abs(a.length - b.length);
        for (int k = 0; k < Math.min(a.length, b.length); k++) {
            count += a[k] == b[k] ? 0 : 1;
        }
        return count;
    }

    private static String resumed(int shards, Problem problem, byte[] saved) {
        try (Session session = new VirtualHost(shards).open(problem.network(), ASYNCHRONOUS)) {
            Stepping stepping = session.resume(saved);
            assertArrayEquals(saved, stepping.save());
            Settlement end = stepping.finish();
            return InterruptedHost.text(end) + InterruptedHost.bits(session.report());
        }
    }
}
