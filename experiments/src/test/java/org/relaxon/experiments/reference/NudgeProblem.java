package org.relaxon.experiments.reference;

import java.util.function.DoubleUnaryOperator;
import org.relaxon.experiments.compare.GradientComparison;
import org.relaxon.model.activation.Activation;
import org.relaxon.model.activation.StandardActivation;
import org.relaxon.model.loss.Loss;
import org.relaxon.model.loss.StandardLoss;
import org.relaxon.model.math.CounterRandom;
import org.relaxon.model.math.Matrix;
import org.relaxon.model.network.Initialisation;
import org.relaxon.model.network.Network;
import org.relaxon.model.network.NetworkBuilder;
import org.relaxon.model.network.Parameters;
import org.relaxon.model.network.Projection;

/** A network with a batch of two examples, and what tests ask of a gradient. */
record NudgeProblem(Network network, Matrix input, Matrix target) {
    private static final int BATCH = 2;

    /** 5-7-6-3 with a linear output and uniform weights. */
    static NudgeProblem chain(Activation hidden, Loss loss, long seed) {
        return chain(hidden, loss, Initialisation.uniform(seed), 5, 7, 6, 3);
    }

    static NudgeProblem chain(Activation hidden, Loss loss, Initialisation init, int... sizes) {
        return of(
                Network.layered(sizes, hidden, StandardActivation.LINEAR, loss, init), init.seed());
    }

    /** in(3) -> a(4) -> b(5) -> out(2), with in -> b, in -> out and a -> out besides. */
    static NudgeProblem withSkips(Activation hidden, Initialisation init) {
        return of(
                new NetworkBuilder(StandardLoss.SQUARED)
                        .input("in", 3)
                        .hidden("a", 4, hidden)
                        .hidden("b", 5, hidden)
                        .output("out", 2, StandardActivation.LINEAR)
                        .project("in-a", "in", "a")
                        .project("a-out", "a", "out")
                        .project("in-b", "in", "b")
                        .project("a-b", "a", "b")
                        .project("b-out", "b", "out")
                        .project("in-out", "in", "out")
                        .build(init),
                init.seed());
    }

    /** Inputs N(0, 1); targets uniform in +-.8, or all of the weight on one class. */
    static NudgeProblem of(Network network, long seed) {
        Matrix input = Matrix.zeros(network.input().size(), BATCH);
        Matrix target = Matrix.zeros(network.output().size(), BATCH);
        for (int k = 0; k < input.values().length; k++) {
            input.values()[k] = CounterRandom.normal(seed, 101, k);
        }
        for (int k = 0; k < target.values().length; k++) {
            boolean hot = k / BATCH == k % BATCH;
            target.values()[k] =
                    network.loss() == StandardLoss.CROSS_ENTROPY
                            ? hot ? 1.0 : 0.0
                            : 1.6 * CounterRandom.uniform(seed, 102, k) - 0.8;
        }
        return new NudgeProblem(network, input, target);
    }

    Parameters theta() {
        return network.parameters();
    }

    Parameters backprop() {
        return Backprop.of(network).gradient(theta(), input, target).gradient();
    }

    Parameters differences(MinimumEnergy energy) {
        return FiniteDifference.gradient(network, theta(), energy);
    }

    /** |found - reference| / |reference|. */
    double distance(Parameters found, Parameters reference) {
        return GradientComparison.relativeDifference(network, found, reference);
    }

    /** A copy with one projection's values mapped. */
    Parameters planted(Parameters gradient, int projection, DoubleUnaryOperator mistake) {
        Parameters out = gradient.copy();
        for (double[] row : out.weights(projection)) {
            for (int j = 0; j < row.length; j++) {
                row[j] = mistake.applyAsDouble(row[j]);
            }
        }
        return out;
    }

    /** A copy in which every value is multiplied. */
    Parameters scaled(Parameters gradient, double factor) {
        Parameters out = gradient;
        for (Projection e : network.projections()) {
            out = planted(out, e.index(), x -> factor * x);
        }
        for (int p = 0; p < network.populations().size(); p++) {
            for (int i = 0; i < out.biases(p).length; i++) {
                out.biases(p)[i] *= factor;
            }
        }
        return out;
    }
}
