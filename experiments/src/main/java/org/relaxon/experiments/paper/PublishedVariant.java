package org.relaxon.experiments.paper;

import java.util.ArrayList;
import java.util.List;
import org.relaxon.experiments.problem.Problem;
import org.relaxon.model.activation.StandardActivation;
import org.relaxon.model.loss.StandardLoss;
import org.relaxon.model.network.Network;
import org.relaxon.model.network.Parameters;
import org.relaxon.model.network.Population;

/**
 * Inference as the code of arXiv 2206.02629 runs it: all layers at once, e = x - mu, a fixed number
 * of sweeps, nothing judged. {@link GradientDescent} documents the details. Precision, step and
 * sweeps are separate here, so that a floor of the error can be traced to its cause.
 *
 * @param name in reports
 * @param singlePrecision float instead of double, parameters and data included
 * @param step of gradient descent, dimensionless, greater than 0
 * @param sweeps at least 1
 */
public record PublishedVariant(String name, boolean singlePrecision, double step, int sweeps) {
    /** The published figure over beta: step .1, 50 sweeps, single precision. */
    public static final PublishedVariant FIGURE =
            new PublishedVariant("published float .1x50", true, 0.1, 50);

    /** The published training: step .3, 50 sweeps, single precision. */
    public static final PublishedVariant TRAINING =
            new PublishedVariant("published float .3x50", true, 0.3, 50);

    /** Truncated like the figure, but not rounded. */
    public static final PublishedVariant TRUNCATED =
            new PublishedVariant("double .1x50", false, 0.1, 50);

    /** Rounded like the published code, but not truncated. */
    public static final PublishedVariant ROUNDED =
            new PublishedVariant("float .3x400", true, 0.3, 400);

    /** Neither truncated nor rounded to single precision. */
    public static final PublishedVariant CONVERGED =
            new PublishedVariant("double .3x400", false, 0.3, 400);

    /** In the order of reports. */
    public static final List<PublishedVariant> ALL =
            List.of(FIGURE, TRAINING, TRUNCATED, ROUNDED, CONVERGED);

    /**
     * Checks the ranges.
     *
     * @param name in reports
     * @param singlePrecision float instead of double, parameters and data included
     * @param step of gradient descent, dimensionless, greater than 0
     * @param sweeps at least 1
     */
    public PublishedVariant {
        if (!(step > 0) || Double.isInfinite(step)) {
            throw new IllegalArgumentException("step: need a finite number > 0, got " + step);
        }
        if (sweeps < 1) {
            throw new IllegalArgumentException("sweeps: need at least 1, got " + sweeps);
        }
    }

    /**
     * The result of one inference.
     *
     * @param gradient the updates stated as dLoss/dtheta, loss summed over the batch
     * @param distances from the feedforward pass in the same arithmetic, per layer, total last; the
     *     output's is that of its prediction
     * @param residual largest defect of a hidden state over beta; not acted on
     */
    public record Inferred(Parameters gradient, List<StateDistance> distances, double residual) {}

    /**
     * Infers a batch at the initial parameters of its network.
     *
     * @param problem network and batch
     * @param beta nudging strength, finite and greater than 0
     * @return the gradient and the distances after the inference
     * @throws IllegalArgumentException if the network is not a chain of ReLU layers with a linear
     *     output and the squared loss, or beta is not acceptable
     */
    public Inferred infer(Problem problem, double beta) {
        requirePublished(problem.network());
        if (!(beta > 0) || Double.isInfinite(beta)) {
            throw new IllegalArgumentException("beta: need a finite number > 0, got " + beta);
        }
        return singlePrecision
                ? infer(new FloatArithmetic(), problem, beta)
                : infer(new DoubleArithmetic(), problem, beta);
    }

    private <A> Inferred infer(Arithmetic<A> math, Problem problem, double beta) {
        Network network = problem.network();
        GradientDescent<A> descent =
                new GradientDescent<>(math, network, network.parameters(), step, sweeps);
        List<StateDistance> layers = new ArrayList<>();
        double residual = 0.0;
        for (int c = 0; c < problem.examples(); c++) {
            double[] input = problem.input().columnValues(c);
            residual =
                    Math.max(
                            residual, descent.infer(input, problem.target().columnValues(c), beta));
            for (int l = 1; l < network.populations().size(); l++) {
                StateDistance one =
                        StateDistance.of(
                                network.population(l).name(),
                                descent.activity(l, false),
                                descent.activity(l, true));
                if (c == 0) {
                    layers.add(one);
                } else {
                    layers.set(l - 1, layers.get(l - 1).plus(one.name(), one));
                }
            }
        }
        layers.add(layers.stream().reduce((a, b) -> a.plus("total", b)).orElseThrow());
        Parameters gradient = network.zeros();
        descent.gradient(network, beta, gradient);
        return new Inferred(gradient, List.copyOf(layers), residual);
    }

    /** Refuses a network to which the published code does not apply. */
    static void requirePublished(Network network) {
        if (network.loss() != StandardLoss.SQUARED) {
            throw new IllegalArgumentException(
                    "loss: the published inference is written for squared, got "
                            + network.loss().optionName());
        }
        for (Population p : network.populations()) {
            boolean chained =
                    p.index() == 0
                            ? p.role() == Population.Role.INPUT
                            : network.into(p.index()).size() == 1
                                    && network.into(p.index()).get(0).pre() == p.index() - 1;
            if (!chained) {
                throw new IllegalArgumentException(
                        "layers: population %s is not in a chain".formatted(p.name()));
            }
            StandardActivation asked =
                    p.role() == Population.Role.OUTPUT
                            ? StandardActivation.LINEAR
                            : StandardActivation.RELU;
            if (p.role() != Population.Role.INPUT && p.activation() != asked) {
                throw new IllegalArgumentException(
                        "activation: the published inference needs %s in population %s, got %s"
                                .formatted(
                                        asked.optionName(), p.name(), p.activation().optionName()));
            }
        }
    }
}
