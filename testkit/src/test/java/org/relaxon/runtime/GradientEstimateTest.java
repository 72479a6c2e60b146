package org.relaxon.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.relaxon.model.algorithm.Algorithm;
import org.relaxon.model.algorithm.Algorithms;
import org.relaxon.model.algorithm.Form;
import org.relaxon.model.algorithm.Method;
import org.relaxon.model.network.Granularity;
import org.relaxon.model.plasticity.Estimator;
import org.relaxon.model.settle.Completed;
import org.relaxon.model.settle.NotSettled;
import org.relaxon.model.settle.Settled;
import org.relaxon.runtime.Family.Member;
import org.relaxon.runtime.actor.AkkaHost;
import org.relaxon.runtime.delay.Delays;
import org.relaxon.runtime.synchronous.RedBlackHost;
import org.relaxon.runtime.synchronous.SynchronousHost;
import org.relaxon.runtime.virtual.VirtualHost;
import org.relaxon.testkit.Compare;
import org.relaxon.testkit.Problem;

/** Every algorithm on every host, cut and delayed in several ways, gives one gradient. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GradientEstimateTest {
    private final Host virtual = new VirtualHost();
    private final Host akka = new AkkaHost(2);
    private final Problem problem = Family.hopfield(5, 3);

    static Stream<Member> members() {
        return Family.members().stream();
    }

    @AfterAll
    void close() {
        akka.close();
    }

    private double[] reference(Member m) {
        return Family.flat(
                Family.estimate(new SynchronousHost(), Family.plan(m), m, problem),
                m + ", synchronous");
    }

    private void requireSame(Host host, RunPlan plan, Member m, double[] expected) {
        String context =
                "%s, %s, %s, %s, %s"
                        .formatted(
                                m,
                                host.optionName(),
                                plan.granularity(),
                                plan.delay().spec(),
                                problem);
        double[] found = Family.flat(Family.estimate(host, plan, m, problem), context);
        double off = Compare.relative(found, expected);
        assertTrue(off <= m.same(), context + ": off by " + off);
    }

    @ParameterizedTest
    @MethodSource("members")
    void allHostsAndGranularitiesAgree(Member m) {
        double[] expected = reference(m);
        for (String granularity : List.of("layer", "block:3", "neuron")) {
            RunPlan plan = Family.plan(m).withGranularity(Granularity.parse(granularity));
            requireSame(new SynchronousHost(), plan, m, expected);
            requireSame(new RedBlackHost(), plan, m, expected);
            requireSame(virtual, plan, m, expected);
            requireSame(akka, plan, m, expected);
        }
    }

    @ParameterizedTest
    @MethodSource("members")
    void allDelayModelsAgree(Member m) {
        double[] expected = reference(m);
        for (String delay : List.of("constant:100us", "exponential:100us", "pareto:50us,1.5")) {
            for (String granularity : List.of("layer", "neuron")) {
                RunPlan plan =
                        Family.plan(m)
                                .withGranularity(Granularity.parse(granularity))
                                .withDelay(Delays.parse(delay));
                requireSame(virtual, plan, m, expected);
            }
        }
        RunPlan plan = Family.plan(m).withDelay(Delays.parse("exponential:100us"));
        requireSame(akka, plan, m, expected);
    }

    /** The twin of agreement: no two of the energies have the same gradient. */
    @Test
    void theMembersThatShouldDifferDo() {
        List<Algorithm> apart =
                List.of(
                        Algorithms.fixedPrediction(),
                        Algorithms.pc(Algorithms.coordinate()),
                        Algorithms.equilibriumPropagation(Form.DIFFERENCE),
                        Algorithms.contrastiveHebbian(Form.DIFFERENCE),
                        Algorithms.clampedHebbian(Form.DIFFERENCE),
                        Algorithms.coupled(Form.DIFFERENCE));
        double[][] found = new double[apart.size()][];
        for (int k = 0; k < found.length; k++) {
            Algorithm a = apart.get(k);
            Member m = new Member(a, Estimator.ONE_SIDED, k == 1 ? 1.0 : 0.1, 0);
            found[k] = Family.flat(Family.estimate(virtual, Family.plan(m), m, problem), m);
            for (int j = 0; j < k; j++) {
                double off = Compare.relative(found[k], found[j]);
                assertTrue(off > 1e-3, a.optionName() + " and number " + j + ": " + off);
            }
        }
    }

    /** Three roads to backprop, and two forms of each contrast. */
    @Test
    void theMembersThatShouldAgreeInTheLimitDo() {
        double[] exact = estimate(Algorithms.fixedPrediction(), Estimator.ONE_SIDED, 1.0);
        double[] wave = estimate(Algorithms.zeroDivergence(1.0), Estimator.ONE_SIDED, 1.0);
        assertEquals(0.0, Compare.relative(wave, exact), 1e-14);
        double[] pc = estimate(Algorithms.pcNudge(), Estimator.CENTRED, 1e-5);
        assertEquals(0.0, Compare.relative(pc, exact), 1e-8);
        double[] fy = estimate(Algorithms.fenchelYoung(), Estimator.CENTRED, 1e-5);
        assertEquals(0.0, Compare.relative(fy, exact), 1e-8);
        double[] dual = estimate(Algorithms.dualPropagation(), Estimator.ONE_SIDED, 1e-4);
        assertEquals(0.0, Compare.relative(dual, exact), 1e-7);
        double[] ep =
                estimate(
                        Algorithms.equilibriumPropagation(Form.DIFFERENCE),
                        Estimator.CENTRED,
                        1e-5);
        double[] hep = estimate(Algorithms.holomorphic(), Estimator.roots(8), 0.1);
        assertEquals(0.0, Compare.relative(hep, ep), 1e-6);
        assertTrue(Compare.relative(ep, exact) > 1e-2, "the implicit gradient is not backprop");
    }

    private double[] estimate(Algorithm a, Estimator e, double strength) {
        Member m = new Member(a, e, strength, 0);
        return Family.flat(Family.estimate(virtual, Family.plan(m), m, problem), m);
    }

    @ParameterizedTest
    @MethodSource("members")
    void theVerdictAndTheCountsAreThoseOfAllPhases(Member m) {
        try (Session session = virtual.open(problem.network(), Family.plan(m))) {
            GradientEstimate estimate =
                    GradientEstimate.of(
                            session, m.method(), problem.input(), problem.target(), Budget.DEFAULT);
            boolean dataflow = List.of("fpa-pc", "z-il").contains(m.algorithm().optionName());
            Class<?> expected = dataflow ? Completed.class : Settled.class;
            assertInstanceOf(expected, estimate.verdict());
            assertEquals(3, estimate.update().examples(), m.toString());
            long last = session.report().relaxations();
            if (m.algorithm().hasFreePhase()) {
                assertInstanceOf(Settled.class, estimate.free());
                assertTrue(estimate.report().relaxations() > last, m.toString());
                assertTrue(estimate.report().messages() > session.report().messages());
            } else {
                assertNull(estimate.free());
                assertSame(session.report(), estimate.report());
            }
            assertEquals(estimate.report().messages(), estimate.report().delivered());
        }
    }

    @ParameterizedTest
    @MethodSource("members")
    void withoutMessagesThereIsNoUpdate(Member m) {
        try (Session session = virtual.open(problem.network(), Family.plan(m))) {
            GradientEstimate estimate =
                    GradientEstimate.of(
                            session,
                            m.method(),
                            problem.input(),
                            problem.target(),
                            Budget.DEFAULT.withMessages(1));
            assertInstanceOf(NotSettled.class, estimate.verdict());
            assertNull(estimate.update());
            assertTrue(!estimate.isConclusive());
            if (m.algorithm().hasFreePhase()) {
                assertSame(estimate.free(), estimate.verdict());
            }
        }
    }

    @Test
    void anEstimatorThatDoesNotFitIsRefusedByName() {
        Method one = new Method(Algorithms.dualPropagation(), Estimator.ONE_SIDED, 0.1);
        String said =
                assertThrows(
                                IllegalArgumentException.class,
                                () -> one.withEstimator(Estimator.CENTRED))
                        .getMessage();
        assertTrue(said.contains("dual-propagation") && said.contains("centred"), said);
    }
}
