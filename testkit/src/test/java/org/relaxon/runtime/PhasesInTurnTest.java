package org.relaxon.runtime;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
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
import org.relaxon.model.algorithm.PhaseSpec;
import org.relaxon.model.math.Matrix;
import org.relaxon.model.network.Network;
import org.relaxon.model.plasticity.Estimator;
import org.relaxon.model.settle.Conclusive;
import org.relaxon.model.settle.Equilibrium;
import org.relaxon.model.settle.Settled;
import org.relaxon.runtime.Family.Member;
import org.relaxon.runtime.actor.AkkaHost;
import org.relaxon.runtime.synchronous.RedBlackHost;
import org.relaxon.runtime.synchronous.SynchronousHost;
import org.relaxon.runtime.virtual.VirtualHost;
import org.relaxon.testkit.Compare;
import org.relaxon.testkit.Problem;

/** An algorithm of one's own that settles its multiples of beta in turn, not side by side. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PhasesInTurnTest {
    private static final double BETA = 0.1;

    private final Host virtual = new VirtualHost();
    private final Host akka = new AkkaHost(2);
    private final Problem problem = Family.hopfield(5, 3);

    @AfterAll
    void close() {
        akka.close();
    }

    /** The same algorithm, with a phase for each multiple of the estimator. */
    private static Algorithm inTurn(Algorithm like, double[] multiples, double[] shares) {
        List<PhaseSpec> before = like.phases().stream().filter(PhaseSpec::isFree).toList();
        PhaseSpec under = like.sharing().get(0);
        Stream<PhaseSpec> each =
                Stream.iterate(0, s -> s + 1)
                        .limit(multiples.length)
                        .map(s -> named(under, s).at(multiples[s]).withShare(shares[s]));
        return new Algorithm(
                "in-turn",
                "",
                like.rule(),
                Stream.concat(before.stream(), each).toList(),
                like.strength(),
                like.reference(),
                like.order());
    }

    private static PhaseSpec named(PhaseSpec like, int number) {
        return new PhaseSpec(
                "phase " + number,
                like.output(),
                like.multiples(),
                like.start(),
                like.differences(),
                like.share(),
                like.held());
    }

    static Stream<Member> members() {
        return Stream.of(
                new Member(Algorithms.pcNudge(), Estimator.CENTRED, 0.05, 1e-11),
                new Member(Algorithms.fenchelYoung(), Estimator.CENTRED, 0.05, 1e-11),
                new Member(
                        Algorithms.equilibriumPropagation(Form.PLAIN),
                        Estimator.CENTRED,
                        BETA,
                        1e-10),
                new Member(
                        Algorithms.equilibriumPropagation(Form.DIFFERENCE),
                        Estimator.CENTRED,
                        BETA,
                        1e-11),
                new Member(
                        Algorithms.equilibriumPropagation(Form.DIFFERENCE),
                        Estimator.parse("2@1/-1@2"),
                        BETA,
                        1e-11),
                new Member(Algorithms.coupled(Form.PLAIN), Estimator.CENTRED, BETA, 1e-10));
    }

    /** Free, +beta and -beta, one after another, on all hosts: the centred estimator in columns. */
    @ParameterizedTest
    @MethodSource("members")
    void phasesInTurnEqualColumnsSideBySide(Member m) {
        Estimator e = m.estimator();
        Algorithm own = inTurn(m.algorithm(), e.spread(1.0, 1), e.shares());
        assertEquals(List.of(e), own.estimators());
        Member turns = new Member(own, e, m.strength(), m.same());
        for (Host host : List.of(virtual, akka, new SynchronousHost(), new RedBlackHost())) {
            String context = m + ", " + host.optionName();
            GradientEstimate columns = Family.estimate(host, Family.plan(m), m, problem);
            GradientEstimate found = Family.estimate(host, Family.plan(m), turns, problem);
            double off =
                    Compare.relative(Family.flat(found, context), Family.flat(columns, context));
            assertTrue(off <= m.same(), context + ": off by " + off);
            assertEquals(3, found.update().examples(), context);
            assertEquals(e, found.update().estimator(), context);
            requireSameColumns(found, columns, context);
        }
    }

    /** The verdict covers the columns of all phases, in the order of the estimator's. */
    private void requireSameColumns(
            GradientEstimate found, GradientEstimate columns, String context) {
        Equilibrium turns = assertInstanceOf(Settled.class, found.verdict()).equilibrium();
        Equilibrium beside = assertInstanceOf(Settled.class, columns.verdict()).equilibrium();
        assertArrayEquals(beside.phase().betas(), turns.phase().betas(), context);
        assertEquals(beside.phase().input(), turns.phase().input(), context);
        assertEquals(beside.phase().target(), turns.phase().target(), context);
        assertEquals(beside.phase().start(), turns.phase().start(), context);
        assertEquals(
                ((Settled) columns.verdict()).columns().size(),
                ((Settled) found.verdict()).columns().size(),
                context);
        for (int p = 0; p < beside.populations(); p++) {
            double[] one = beside.activity(p).values();
            assertArrayEquals(one, turns.activity(p).values(), 1e-10, context);
        }
        for (int c = 0; c < turns.phase().columns(); c++) {
            double energy = beside.energy(c);
            assertEquals(energy, turns.energy(c), 1e-8 * (1 + Math.abs(energy)), context);
        }
    }

    /** The twin: other shares of the same phases are another gradient. */
    @ParameterizedTest
    @MethodSource("members")
    void otherSharesAreAnotherEstimate(Member m) {
        double[] multiples = m.estimator().spread(1.0, 1);
        Algorithm own = inTurn(m.algorithm(), multiples, new double[] {0.9, 0.1});
        Member turns = new Member(own, own.estimators().get(0), m.strength(), 0);
        double[] columns = Family.flat(Family.estimate(virtual, Family.plan(m), m, problem), m);
        double[] found = Family.flat(Family.estimate(virtual, Family.plan(m), turns, problem), m);
        double off = Compare.relative(found, columns);
        assertTrue(off > 1e-5, m + ": off by " + off);
    }

    /** Contrastive Hebbian learning: a gain of its own in every free phase. */
    @ParameterizedTest
    @MethodSource("gains")
    void gainsInTurnEqualGainsSideBySide(Form form, double same) {
        Member columns =
                new Member(Algorithms.contrastiveHebbian(form), Estimator.CENTRED, BETA, same);
        Algorithm like = columns.algorithm();
        Algorithm own =
                new Algorithm(
                        "in-turn",
                        "",
                        like.rule(),
                        List.of(
                                PhaseSpec.free("rest up").at(+1.0),
                                PhaseSpec.free("rest down").at(-1.0),
                                displaced("up", "rest up", form).at(+1.0),
                                displaced("down", "rest down", form).at(-1.0)),
                        like.strength(),
                        like.reference(),
                        like.order());
        Member turns = new Member(own, Estimator.CENTRED, BETA, same);
        for (Host host : List.of(virtual, akka, new SynchronousHost())) {
            GradientEstimate expected =
                    Family.estimate(host, Family.plan(columns), columns, problem);
            GradientEstimate found = Family.estimate(host, Family.plan(columns), turns, problem);
            double off =
                    Compare.relative(Family.flat(found, turns), Family.flat(expected, columns));
            assertTrue(off <= same, host.optionName() + ": off by " + off);
            Equilibrium free = ((Conclusive) found.free()).equilibrium();
            Equilibrium besides = ((Conclusive) expected.free()).equilibrium();
            for (int c = 0; c < 6; c++) {
                assertEquals(besides.phase().gamma(c), free.phase().gamma(c));
            }
            assertArrayEquals(besides.activity(2).values(), free.activity(2).values(), 1e-10);
        }
    }

    static Stream<org.junit.jupiter.params.provider.Arguments> gains() {
        return Stream.of(
                org.junit.jupiter.params.provider.Arguments.of(Form.PLAIN, 1e-9),
                org.junit.jupiter.params.provider.Arguments.of(Form.DIFFERENCE, 1e-11));
    }

    private static PhaseSpec displaced(String name, String start, Form form) {
        PhaseSpec out = PhaseSpec.displaced(name, start).withShare(0.5);
        return form == Form.DIFFERENCE ? out.differencesFrom(start) : out;
    }

    /** Phases that prepare: the last starts from a state that two others led to. */
    @Test
    void aPhaseWithoutAShareChangesOnlyWhereTheNextStarts() {
        Algorithm ep = Algorithms.equilibriumPropagation(Form.DIFFERENCE);
        Algorithm own =
                new Algorithm(
                        "in-turn",
                        "",
                        ep.rule(),
                        List.of(
                                PhaseSpec.nudged("strong").at(4.0).withShare(0.0),
                                PhaseSpec.free("released").startingFrom("strong"),
                                PhaseSpec.nudged("up").at(1.0).differencesFrom("released")),
                        ep.strength(),
                        ep.reference(),
                        ep.order());
        Member plain = new Member(ep, Estimator.ONE_SIDED, BETA, 1e-11);
        Member turns = new Member(own, Estimator.ONE_SIDED, BETA, 1e-11);
        double[] expected =
                Family.flat(Family.estimate(virtual, Family.plan(plain), plain, problem), plain);
        double[] found =
                Family.flat(Family.estimate(virtual, Family.plan(plain), turns, problem), turns);
        assertEquals(0.0, Compare.relative(found, expected), plain.same());
    }

    /** The same session settles an algorithm again: nothing is left over from the pass before. */
    @Test
    void aSecondEstimateOnOneSessionIsTheFirst() {
        Algorithm own =
                inTurn(
                        Algorithms.equilibriumPropagation(Form.PLAIN),
                        new double[] {1, -1},
                        new double[] {0.5, 0.5});
        Method method = new Method(own, Estimator.CENTRED, BETA);
        Network network = problem.network();
        Matrix x = problem.input();
        Matrix t = problem.target();
        try (Session session =
                new SynchronousHost().open(network, RunPlan.of(own.rule()).withThreshold(1e-14))) {
            GradientEstimate one =
                    GradientEstimate.withinOneBasin(session, method, x, t, Budget.DEFAULT);
            GradientEstimate two =
                    GradientEstimate.withinOneBasin(session, method, x, t, Budget.DEFAULT);
            assertArrayEquals(Family.flat(one, "first"), Family.flat(two, "second"));
            assertEquals(one.report().messages(), two.report().messages());
        }
    }
}
