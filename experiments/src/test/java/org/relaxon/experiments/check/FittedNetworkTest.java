package org.relaxon.experiments.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.relaxon.experiments.claims.Claim;
import org.relaxon.experiments.claims.RoundingFloor;
import org.relaxon.experiments.claims.Yardstick;
import org.relaxon.experiments.problem.Problem;
import org.relaxon.experiments.problem.ProblemSpec;
import org.relaxon.experiments.reference.Backprop;
import org.relaxon.experiments.reference.HopfieldEquilibrium;
import org.relaxon.experiments.reference.NotAnEquilibriumException;
import org.relaxon.experiments.theory.Defaults;
import org.relaxon.model.algorithm.Algorithm;
import org.relaxon.model.algorithm.Algorithms;
import org.relaxon.model.algorithm.Form;
import org.relaxon.model.algorithm.Method;
import org.relaxon.model.algorithm.Reference;
import org.relaxon.model.loss.StandardLoss;
import org.relaxon.model.math.CounterRandom;
import org.relaxon.model.math.Matrix;
import org.relaxon.model.network.Granularity;
import org.relaxon.model.network.Network;
import org.relaxon.model.plasticity.Estimator;
import org.relaxon.model.rule.Hopfield;
import org.relaxon.model.rule.StatedEnergy.Kind;
import org.relaxon.runtime.delay.Delays;
import org.relaxon.runtime.settling.CancelWatch;
import org.relaxon.runtime.virtual.VirtualHost;

/** A network that fits its target, or nearly, has gradients of the size of rounding. */
class FittedNetworkTest {
    private static final double[] DISTANCES = {0, 1e-4, 1e-8, 1e-12};

    static List<Family.Member> members() {
        List<Family.Member> all = new ArrayList<>();
        for (Family.Member m : Family.members(ProblemSpec.defaults())) {
            if (!m.method().algorithm().optionName().equals("precision-pc")) {
                all.add(m); // its precisions are for another depth
            }
        }
        return all;
    }

    @ParameterizedTest
    @MethodSource("members")
    void everyAlgorithmHoldsHoweverNearItsTarget(Family.Member m) throws IOException {
        for (int[] layers : new int[][] {{4, 3}, {4, 5, 3}}) {
            for (double distance : DISTANCES) {
                assertHolds(with(m, layers), distance);
            }
        }
    }

    /** What rounding and unsent changes leave grows with the layers that they go through. */
    @ParameterizedTest
    @MethodSource("members")
    void deepNetworksHoldAsWell(Family.Member m) throws IOException {
        for (double distance : new double[] {1e-4, 1e-12}) {
            assertHolds(with(m, 4, 5, 5, 5, 5, 5, 3), distance);
        }
    }

    private static void assertHolds(Family.Member m, double distance) throws IOException {
        CheckSeed seed = run(m, near(m, distance), null);
        assertEquals("", why(m, null, seed), () -> m + " " + distance);
        assertTrue(seed.settled());
    }

    @Test
    void whatRoundingHidesIsSaid() throws IOException {
        Family.Member m = member(Algorithms.pcNudge(), Estimator.ONE_SIDED, 1e-4, 4, 5, 3);

        CheckSeed far = run(m, near(m, 1.0), null);
        CheckSeed near = run(m, near(m, 1e-12), null);
        CheckSeed at = run(m, near(m, 0.0), null);

        assertEquals("", far.remark());
        assertEquals(1.0, far.order(), 0.05);
        assertTrue(near.remark().startsWith("order not measurable"), near.remark());
        assertTrue(at.remark().endsWith("to rounding"), at.remark());
    }

    @Test
    void oneOutputUnderCrossEntropyHasNoGradient() throws IOException {
        ProblemSpec spec =
                ProblemSpec.defaults().withLayers(4, 3, 1).withLoss(StandardLoss.CROSS_ENTROPY);
        Family.Member m =
                new Family.Member(
                        new Method(Algorithms.pcNudge(), Estimator.ONE_SIDED, 1e-4), spec);

        CheckSeed seed = run(m, spec.build(), null);

        assertEquals("", why(m, null, seed));
        assertEquals("estimate and reference are zero, to rounding", seed.remark());
    }

    @Test
    void contrastiveHebbianLearningOfOneLayerIsExact() throws IOException {
        Family.Member m =
                member(Algorithms.contrastiveHebbian(Form.PLAIN), Estimator.ONE_SIDED, 1e-2, 4, 3);

        CheckSeed seed = run(m, m.problem().build(), null);

        assertEquals("", why(m, null, seed));
        assertTrue(seed.relativeError() < 1e-12);
    }

    /** Rounding excuses no other gradient: neither a small one nor one that is zero. */
    @Test
    void aWrongGradientIsSeenThereAsWell() throws IOException {
        Algorithm ep = Algorithms.equilibriumPropagation(Form.DIFFERENCE);
        Family.Member m = member(ep, Estimator.CENTRED, 1e-3, 4, 5, 3);

        for (double distance : new double[] {1e-4, 1e-8}) {
            CheckSeed small = run(m, near(m, distance), Reference.BACKPROP);
            assertFalse(why(m, Reference.BACKPROP, small).isEmpty(), "" + distance);
        }
        Problem fitted = feedforward(m.problem().build());
        CheckSeed zero = run(m, fitted, Reference.BACKPROP);
        assertEquals("the reference is zero", zero.comparison().total().cosineReason());
        assertFalse(why(m, Reference.BACKPROP, zero).isEmpty());
    }

    @Test
    void roundingIsALargeShareOfSmallGradientsOnly() throws IOException {
        Family.Member m = member(Algorithms.pcNudge(), Estimator.ONE_SIDED, 1e-4, 4, 5, 3);

        double far = RoundingFloor.of(m.method().algorithm(), near(m, 1.0)).condition();
        double near = RoundingFloor.of(m.method().algorithm(), near(m, 1e-8)).condition();

        assertTrue(far >= 1.0 && far < 30.0, "" + far);
        assertTrue(near > 1e6 && near < 1e10, "" + near);
    }

    private static Family.Member member(
            Algorithm algorithm, Estimator estimator, double strength, int... layers) {
        ProblemSpec spec = Defaults.of(algorithm).applyTo(ProblemSpec.defaults());
        return new Family.Member(
                new Method(algorithm, estimator, strength), spec.withLayers(layers));
    }

    private static Family.Member with(Family.Member m, int... layers) {
        return new Family.Member(m.method(), m.problem().withLayers(layers));
    }

    private static String why(Family.Member m, Reference against, CheckSeed seed) {
        Claim claim = Claim.of(m.method().algorithm(), m.method().estimator(), against);
        return new Verdict(claim).whyNot(List.of(seed), List.of());
    }

    private static CheckSeed run(Family.Member m, Problem problem, Reference against) {
        Claim claim = Claim.of(m.method().algorithm(), m.method().estimator(), against);
        Network n = problem.network();
        try (VirtualHost host = new VirtualHost();
                CancelWatch watch = new CancelWatch(() -> false)) {
            CheckPlan plan =
                    CheckPlan.of(m.problem(), List.of(host)).withMember(m).withAgainst(against);
            ReferenceProblem reference =
                    new ReferenceProblem(
                            1,
                            problem,
                            Backprop.of(n)
                                    .gradient(n.parameters(), problem.input(), problem.target()));
            Yardstick yardstick =
                    new Yardstick(
                            claim,
                            problem,
                            reference.reference().gradient(),
                            m.method().strength(),
                            NotAnEquilibriumException.FARTHEST);
            CaseSettings settings =
                    new CaseSettings(m.method(), host, Granularity.LAYER, Delays.none());
            return new CaseRunner(plan, settings, watch, claim).run(reference, yardstick);
        }
    }

    /** The problem with a target at a distance from the free output of the algorithm. */
    private static Problem near(Family.Member m, double distance) throws IOException {
        Problem base = m.problem().build();
        Network n = base.network();
        boolean recurrent =
                m.method().algorithm().rule() instanceof Hopfield
                        || m.method().algorithm().rule().energy().kind() == Kind.COMPLEX_HOPFIELD;
        boolean gain = m.method().algorithm().strength() == Algorithm.Strength.GAMMA;
        HopfieldEquilibrium at =
                HopfieldEquilibrium.of(n, n.parameters(), gain ? m.method().strength() : 1.0);
        Matrix target = Matrix.zeros(n.output().size(), base.examples());
        for (int c = 0; c < base.examples(); c++) {
            double[] x =
                    recurrent
                            ? at.free(base.input().columnValues(c))[n.output().index()]
                            : output(base).columnValues(c);
            double[] share = n.loss() == StandardLoss.CROSS_ENTROPY ? softmax(x) : x;
            for (int i = 0; i < share.length; i++) {
                double moved =
                        n.loss() == StandardLoss.CROSS_ENTROPY
                                ? (i == 0 ? 0.1 : i == 1 ? -0.1 : 0.0)
                                : CounterRandom.normal(7, 7, i);
                target.values()[i * base.examples() + c] = share[i] + distance * moved;
            }
        }
        return with(base, target);
    }

    private static Problem feedforward(Problem base) {
        return with(base, output(base));
    }

    private static Problem with(Problem base, Matrix target) {
        return new Problem(base.network(), base.input(), target, base.data(), base.description());
    }

    private static Matrix output(Problem p) {
        Network n = p.network();
        return Backprop.of(n).gradient(n.parameters(), p.input(), p.target()).output();
    }

    private static double[] softmax(double[] x) {
        double[] q = new double[x.length];
        double sum = 0.0;
        for (int i = 0; i < q.length; i++) {
            q[i] = StrictMath.exp(x[i]);
            sum += q[i];
        }
        for (int i = 0; i < q.length; i++) {
            q[i] /= sum;
        }
        return q;
    }
}
