package org.relaxon.experiments.check;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.relaxon.experiments.check.Family.Member;
import org.relaxon.experiments.claims.Claim;
import org.relaxon.experiments.problem.Problem;
import org.relaxon.experiments.problem.ProblemSpec;
import org.relaxon.experiments.reference.Backprop;
import org.relaxon.model.algorithm.Algorithm.Start;
import org.relaxon.model.algorithm.Algorithm.Strength;
import org.relaxon.model.algorithm.Reference;
import org.relaxon.model.network.Parameters;
import org.relaxon.model.phase.Phase;
import org.relaxon.model.plasticity.DeltaRule;
import org.relaxon.model.plasticity.Estimator;
import org.relaxon.model.plasticity.HebbianRule;
import org.relaxon.model.plasticity.LocalRule;
import org.relaxon.model.rule.MistakenRule;
import org.relaxon.model.rule.Rule;
import org.relaxon.model.rule.Trait;
import org.relaxon.model.state.CellState;
import org.relaxon.runtime.Host;
import org.relaxon.runtime.virtual.VirtualHost;

/** One mistake at a time, made by every member of the family that can make it: none may pass. */
class PlantedMistakesTest {
    private static final ProblemSpec SQUARE =
            ProblemSpec.defaults().withLayers(4, 6, 6, 3).withBatch(3);
    private static final VirtualHost HOST = new VirtualHost();
    private static final List<Member> MEMBERS = Family.members(SQUARE);

    @Test
    void withoutAMistakeEveryMemberHolds() {
        assertAll(
                MEMBERS.stream()
                        .map(
                                m ->
                                        (Executable)
                                                () -> {
                                                    CheckCase found = run(m, HOST);
                                                    assertTrue(found.holds(), found.toString());
                                                }));
    }

    @Test
    void aSignErrorInOneProjectionIsNoticed() {
        noticed(m -> true, update((m, g) -> Gradients.scaled(g, -1, 1)));
    }

    @Test
    void aMissingDivisionByTheStrengthIsNoticed() {
        noticed(m -> m.method().strength() < 1, update((m, g) -> all(g, m.method().strength())));
    }

    @Test
    void aThousandthTooMuchIsNoticedWhereTheErrorIsSmaller() {
        noticed(m -> smallError(m), update((m, g) -> all(g, 1.001)));
    }

    @Test
    void aTransposedUpdateIsNoticed() {
        noticed(m -> true, update((m, g) -> Gradients.transposed(g, 1)));
    }

    @Test
    void aDroppedBiasIsNoticed() {
        noticed(
                m -> true,
                update(
                        (m, g) -> {
                            Arrays.fill(g.biases(2), 0.0);
                            return g;
                        }));
    }

    @Test
    void anUpdateThatIsAveragedOverTheBatchIsNoticed() {
        noticed(m -> true, update((m, g) -> all(g, 1.0 / 3)));
    }

    @Test
    void aStrengthThatIsAveragedOverTheBatchIsNoticed() {
        noticed(
                m -> m.method().algorithm().strength() == Strength.BETA,
                (m, host) -> TamperingHost.withPhases(host, PlantedMistakesTest::averaged));
    }

    @Test
    void aReferenceThatIsReturnedAsTheEstimateIsNoticed() {
        noticed(
                m ->
                        Claim.of(m.method().algorithm(), m.method().estimator(), null).order() > 0
                                && m.method().strength() < 1,
                (m, host) -> TamperingHost.withUpdates(host, g -> reference(m)));
    }

    @Test
    void backpropInPlaceOfAnotherReferenceIsNoticed() {
        noticed(
                m -> m.method().algorithm().reference() != Reference.BACKPROP,
                (m, host) -> TamperingHost.withUpdates(host, g -> backprop(m)));
    }

    @Test
    void anExampleThatIsLeftOutOfTheBatchIsNoticed() {
        noticed(m -> true, learning((m, local) -> dropping(local)));
    }

    @Test
    void halvedFeedbackIsNoticed() {
        noticed(m -> true, hearing(s -> scale(s.feedback(), 0.5)));
    }

    @Test
    void feedbackWithTheWrongSignIsNoticed() {
        noticed(m -> true, hearing(s -> scale(s.feedback(), -1.0)));
    }

    @Test
    void feedbackThatTakesOneNeuronForAnotherIsNoticed() {
        noticed(m -> true, hearing(PlantedMistakesTest::rotate));
    }

    @Test
    void aDroppedSlopeIsNoticed() {
        noticed(
                m ->
                        m.method().algorithm().rule().traits().has(Trait.READS_SLOPE)
                                && !m.method()
                                        .algorithm()
                                        .rule()
                                        .traits()
                                        .has(Trait.SENDS_CURVATURE),
                (m, host) ->
                        TamperingHost.withRules(
                                host,
                                rule ->
                                        MistakenRule.sending(
                                                rule,
                                                s ->
                                                        System.arraycopy(
                                                                s.error(),
                                                                0,
                                                                s.backward(),
                                                                0,
                                                                s.error().length))));
    }

    @Test
    void aSlopeTooManyIsNoticed() {
        noticed(
                m -> !m.method().algorithm().rule().traits().has(Trait.READS_SLOPE),
                (m, host) ->
                        TamperingHost.withRules(
                                host,
                                rule -> MistakenRule.sending(rule, s -> scale(s.backward(), 0.9))));
    }

    @Test
    void aFreePhaseThatIsNotSubtractedIsNoticed() {
        noticed(
                PlantedMistakesTest::isPlainOneSided,
                learning(
                        (m, local) ->
                                (s, w, f) ->
                                        local.postsynaptic(s, w, f))); // without its anchored term
    }

    @Test
    void theNudgedPartAloneOfADifferenceIsNoticed() {
        noticed(
                m -> m.method().algorithm().start() == Start.DIFFERENCES,
                learning((m, local) -> (s, w, f) -> local.postsynaptic(s, w, f)));
    }

    @Test
    void aMissingPowerOfTheGainIsNoticed() {
        noticed(
                m -> m.method().algorithm().strength() == Strength.GAMMA,
                learning((m, local) -> (s, w, f) -> ungained(local, s, w, f)));
    }

    @Test
    void aPreviousPhaseInPlaceOfThePresentOneIsNoticed() {
        noticed(
                m -> m.method().algorithm().start() == Start.FREE && isHebbian(m),
                learning((m, local) -> (s, w, f) -> stale(local, s, w, f)));
    }

    @Test
    void theErrorInPlaceOfWhatIsSentBackIsNoticed() {
        noticed(
                m -> m.method().algorithm().rule().traits().has(Trait.READS_SLOPE),
                learning((m, local) -> PlantedMistakesTest::ofTheError));
    }

    private static BiFunction<Member, Host, Host> update(
            BiFunction<Member, Parameters, Parameters> mistake) {
        return (m, host) -> TamperingHost.withUpdates(host, g -> mistake.apply(m, g));
    }

    private static BiFunction<Member, Host, Host> hearing(Consumer<CellState> mistake) {
        return (m, host) ->
                TamperingHost.withRules(host, rule -> MistakenRule.hearing(rule, mistake));
    }

    private static BiFunction<Member, Host, Host> learning(
            BiFunction<Member, LocalRule, LocalRule> mistake) {
        return (m, host) ->
                TamperingHost.withRules(
                        host,
                        (Rule rule) ->
                                MistakenRule.learning(rule, local -> mistake.apply(m, local)));
    }

    private static void noticed(
            Predicate<Member> concerned, BiFunction<Member, Host, Host> mistaken) {
        List<Member> members = MEMBERS.stream().filter(concerned).toList();
        assertFalse(members.isEmpty());
        Stream<Executable> all =
                members.stream()
                        .map(
                                m ->
                                        () -> {
                                            assertNoticed(m, mistaken.apply(m, HOST));
                                        });
        assertAll(all);
    }

    private static void assertNoticed(Member m, Host host) throws IOException {
        CheckCase found = run(m, host);
        assertFalse(found.holds(), found.toString());
    }

    private static CheckCase run(Member m, Host host) throws IOException {
        CheckPlan plan = CheckPlan.of(SQUARE, List.of(HOST)).withMember(m).withHosts(host);
        return new LocalUpdatesMatchReference(plan).run().cases().get(0);
    }

    private static boolean isHebbian(Member m) {
        return m.method().algorithm().rule().localRule() instanceof HebbianRule;
    }

    private static boolean isPlainOneSided(Member m) {
        return isHebbian(m)
                && m.method().algorithm().start() == Start.FREE
                && m.method().estimator() != Estimator.CENTRED
                && !m.method().estimator().isComplex();
    }

    /** Exact, or with an error that is predicted to be far below a thousandth. */
    private static boolean smallError(Member m) {
        Claim claim = Claim.of(m.method().algorithm(), m.method().estimator(), null);
        return claim.isExact() || StrictMath.pow(m.method().strength(), claim.order()) <= 1e-4;
    }

    private static Parameters all(Parameters g, double factor) {
        for (int layer = 1; layer <= 3; layer++) {
            scale(g.biases(layer), factor);
        }
        return Gradients.scaled(g, factor, 0, 1, 2);
    }

    private static void scale(double[] values, double factor) {
        for (int k = 0; k < values.length; k++) {
            values[k] *= factor;
        }
    }

    /** Every neuron hears what its neighbour should. */
    private static void rotate(CellState s) {
        double[] f = s.feedback();
        double[] old = f.clone();
        int width = f.length / s.neurons();
        for (int k = 0; k < f.length; k++) {
            f[k] = old[(k + width) % f.length];
        }
    }

    private static Phase averaged(Phase phase) {
        double[] betas = phase.betas();
        if (phase.target() == null) {
            return phase;
        }
        scale(betas, 1.0 / 3);
        Phase out = Phase.nudged(phase.input(), phase.target(), betas);
        out = phase.output() == Phase.Output.DISPLACED ? out.displaced() : out;
        return phase.start() == null
                ? out
                : phase.differences()
                        ? out.differencesFrom(phase.start())
                        : out.startingFrom(phase.start());
    }

    private static Parameters backprop(Member m) {
        try {
            Problem p = m.problem().build();
            return Backprop.of(p.network())
                    .gradient(p.network().parameters(), p.input(), p.target())
                    .gradient();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** The gradient that judges the member, as the first run without a mistake computed it. */
    private static Parameters reference(Member m) {
        if (m.method().algorithm().reference() == Reference.BACKPROP) {
            return backprop(m);
        }
        try {
            return run(m, HOST).seeds().get(0).reference().copy();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static LocalRule dropping(LocalRule local) {
        return new LocalRule() {
            @Override
            public void postsynaptic(CellState s, double[] weights, double[] factor) {
                local.postsynaptic(s, without(weights), factor);
            }

            @Override
            public boolean anchored(CellState s, double[] weights, double[] factor) {
                return local.anchored(s, without(weights), factor);
            }
        };
    }

    /** Columns of the first of three examples count nothing. */
    private static double[] without(double[] weights) {
        double[] out = weights.clone();
        for (int c = 0; c < out.length; c += 3) {
            out[c] = 0.0;
        }
        return out;
    }

    /** Undoes the power of the gain, in the contrast of the nudged phase. */
    private static void ungained(LocalRule local, CellState s, double[] w, double[] factor) {
        local.postsynaptic(s, w, factor);
        for (int k = 0; k < factor.length; k++) {
            factor[k] *= StrictMath.pow(s.gamma(k % s.columns()), s.height());
        }
    }

    private static void stale(LocalRule local, CellState s, double[] w, double[] factor) {
        double[] now = s.activity().clone();
        System.arraycopy(s.anchor().activity(), 0, s.activity(), 0, now.length);
        local.postsynaptic(s, w, factor);
        System.arraycopy(now, 0, s.activity(), 0, now.length);
    }

    private static void ofTheError(CellState s, double[] weights, double[] factor) {
        double[] sent = s.backward().clone();
        System.arraycopy(s.error(), 0, s.backward(), 0, sent.length);
        DeltaRule.INSTANCE.postsynaptic(s, weights, factor);
        System.arraycopy(sent, 0, s.backward(), 0, sent.length);
    }
}
