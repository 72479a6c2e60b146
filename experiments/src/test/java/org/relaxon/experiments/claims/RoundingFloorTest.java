package org.relaxon.experiments.claims;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.relaxon.experiments.compare.GradientComparison;
import org.relaxon.experiments.problem.Problem;
import org.relaxon.experiments.problem.ProblemSpec;
import org.relaxon.experiments.reference.Backprop;
import org.relaxon.experiments.reference.Sums;
import org.relaxon.experiments.theory.Defaults;
import org.relaxon.model.algorithm.Algorithm;
import org.relaxon.model.algorithm.Algorithms;
import org.relaxon.model.algorithm.Form;
import org.relaxon.model.algorithm.Method;
import org.relaxon.model.algorithm.Reference;
import org.relaxon.model.loss.Loss;
import org.relaxon.model.loss.StandardLoss;
import org.relaxon.model.math.CounterRandom;
import org.relaxon.model.math.Matrix;
import org.relaxon.model.network.Network;
import org.relaxon.model.network.Parameters;
import org.relaxon.model.plasticity.Estimator;
import org.relaxon.runtime.Budget;
import org.relaxon.runtime.GradientEstimate;
import org.relaxon.runtime.RunPlan;
import org.relaxon.runtime.Session;
import org.relaxon.runtime.virtual.VirtualHost;

/** The floor beside the errors of real runs, which forty digits tell. */
class RoundingFloorTest {
    /** No error is that small a share of its floor in all networks of one kind. */
    private static final double LOOSE = 200.0;

    private static final double DISTANCE = 1e-10;

    private static final double THRESHOLD = 1e-15;

    /** One network whose target is near what it says. */
    private record Fitted(Problem problem, Parameters exact) {}

    private static Fitted recurrent(Loss loss, int depth) throws IOException {
        Problem base = base(Algorithms.equilibriumPropagation(Form.DIFFERENCE), loss, depth);
        Network n = base.network();
        double[] input = base.input().columnValues(0);
        double[] free = new ExactGradient(n, input, new double[n.output().size()]).freeOutput();
        double[] target = near(loss, free);
        Problem problem = with(base, target);
        return new Fitted(problem, new ExactGradient(n, input, target).implicit());
    }

    private static Fitted feedforward(Loss loss, int depth) throws IOException {
        Problem base = base(Algorithms.fixedPrediction(), loss, depth);
        Network n = base.network();
        double[] output =
                Backprop.of(n)
                        .gradient(n.parameters(), base.input(), base.target())
                        .output()
                        .columnValues(0);
        double[] target = near(loss, output);
        Problem problem = with(base, target);
        double[] input = base.input().columnValues(0);
        return new Fitted(problem, new ExactGradient(n, input, target).backprop());
    }

    private static Problem base(Algorithm algorithm, Loss loss, int depth) throws IOException {
        int[] layers = new int[depth + 1];
        Arrays.fill(layers, 4);
        layers[depth] = 3;
        ProblemSpec spec = ProblemSpec.defaults().withLoss(loss).withLayers(layers);
        return Defaults.of(algorithm).applyTo(spec).withSeed(depth).build();
    }

    private static double[] near(Loss loss, double[] output) {
        double[] target = output.clone();
        double sum = Arrays.stream(output).map(StrictMath::exp).sum();
        for (int i = 0; i < target.length; i++) {
            boolean entropy = loss == StandardLoss.CROSS_ENTROPY;
            double share = entropy ? StrictMath.exp(output[i]) / sum : output[i];
            double away =
                    entropy ? 0.1 * (i == 0 ? 1 : i == 1 ? -1 : 0) : CounterRandom.normal(7, 7, i);
            target[i] = share + DISTANCE * away;
        }
        return target;
    }

    private static Problem with(Problem base, double[] target) {
        Matrix input = Matrix.column(base.input().columnValues(0));
        return new Problem(base.network(), input, Matrix.column(target), base.data(), "near");
    }

    private static Parameters estimate(
            Algorithm algorithm, Estimator estimator, Problem p, double strength) {
        RunPlan plan = RunPlan.of(algorithm.rule()).withThreshold(THRESHOLD).withTolerance(1e-8);
        try (VirtualHost host = new VirtualHost();
                Session session = host.open(p.network(), plan)) {
            return GradientEstimate.of(
                            session,
                            new Method(algorithm, estimator, strength),
                            p.input(),
                            p.target(),
                            Budget.DEFAULT)
                    .update()
                    .gradient();
        }
    }

    private static double off(Network network, Parameters one, Parameters other) {
        Parameters difference = one.copy();
        Sums.add(network, other, -1.0, difference);
        return GradientComparison.norm(network, difference);
    }

    /** Share of the floor that an algorithm's error is, near its target, shallow and deep. */
    private static List<Double> shares(
            Algorithm algorithm, Estimator estimator, double strength, boolean plain, Loss loss)
            throws IOException {
        List<Double> shares = new ArrayList<>();
        for (int depth : new int[] {1, 3, 6}) {
            Fitted fitted =
                    algorithm.reference() == Reference.BACKPROP
                            ? feedforward(loss, depth)
                            : recurrent(loss, depth);
            Problem p = fitted.problem();
            double floor =
                    RoundingFloor.of(algorithm, p).bound(THRESHOLD, plain ? 1.0 / strength : 0.0);
            Parameters own = estimate(algorithm, estimator, p, strength);
            shares.add(off(p.network(), own, fitted.exact()) / floor);
        }
        return shares;
    }

    private static void assertCoveredAndTight(List<Double> shares) {
        double most = shares.stream().mapToDouble(s -> s).max().orElseThrow();
        assertTrue(shares.stream().allMatch(s -> s <= 1.0), shares.toString());
        assertTrue(most >= 1.0 / LOOSE, shares.toString());
    }

    @ParameterizedTest
    @EnumSource(StandardLoss.class)
    void theFloorCoversADataflow(Loss loss) throws IOException {
        Algorithm exact = Algorithms.fixedPrediction();
        assertCoveredAndTight(shares(exact, Estimator.ONE_SIDED, 1.0, false, loss));
    }

    @ParameterizedTest
    @EnumSource(StandardLoss.class)
    void theFloorCoversDifferences(Loss loss) throws IOException {
        Algorithm ep = Algorithms.equilibriumPropagation(Form.DIFFERENCE);
        assertCoveredAndTight(shares(ep, Estimator.CENTRED, 1e-5, false, loss));
    }

    @ParameterizedTest
    @EnumSource(StandardLoss.class)
    void theFloorCoversSubtractedProducts(Loss loss) throws IOException {
        Algorithm ep = Algorithms.equilibriumPropagation(Form.PLAIN);
        assertCoveredAndTight(shares(ep, Estimator.CENTRED, 1e-3, true, loss));
    }

    /**
     * A mistake that is a little larger than the floor is not within it, whatever rounding adds.
     */
    @ParameterizedTest
    @EnumSource(StandardLoss.class)
    void aMistakeBeyondTheFloorIsSeen(Loss loss) throws IOException {
        Algorithm ep = Algorithms.equilibriumPropagation(Form.DIFFERENCE);
        Fitted fitted = recurrent(loss, 3);
        Problem p = fitted.problem();
        double floor = RoundingFloor.of(ep, p).bound(THRESHOLD, 0.0);
        Parameters own = estimate(ep, Estimator.CENTRED, p, 1e-5);
        assertTrue(off(p.network(), own, fitted.exact()) <= floor);

        own.weights(1)[0][0] += 2.1 * floor;

        assertFalse(off(p.network(), own, fitted.exact()) <= floor);
        assertTrue(floor < 1e-2 * GradientComparison.norm(p.network(), fitted.exact()));
    }
}
