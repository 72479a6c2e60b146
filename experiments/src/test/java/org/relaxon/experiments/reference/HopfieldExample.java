package org.relaxon.experiments.reference;

import java.util.ArrayList;
import java.util.List;
import org.relaxon.experiments.compare.GradientComparison;
import org.relaxon.experiments.compare.ReferenceGradient;
import org.relaxon.model.activation.Activation;
import org.relaxon.model.activation.StandardActivation;
import org.relaxon.model.loss.Loss;
import org.relaxon.model.loss.StandardLoss;
import org.relaxon.model.math.CounterRandom;
import org.relaxon.model.math.Matrix;
import org.relaxon.model.network.Initialisation;
import org.relaxon.model.network.Initialisation.Scheme;
import org.relaxon.model.network.Network;
import org.relaxon.model.network.NetworkBuilder;
import org.relaxon.model.network.Parameters;
import org.relaxon.model.network.Population;
import org.relaxon.model.network.Projection;

/** A Hopfield-type network of unequal sizes with a batch. */
record HopfieldExample(Network network, Matrix input, Matrix target) {
    static final int BATCH = 2;

    private static final double GAIN = 0.4;

    /** Less, as every projection draws for its own fan-in: softplus has no equilibrium at .4. */
    private static final double GAIN_WITH_SKIPS = 0.25;

    static final List<StandardActivation> SMOOTH =
            List.of(
                    StandardActivation.LINEAR,
                    StandardActivation.TANH,
                    StandardActivation.SIGMOID,
                    StandardActivation.SOFTPLUS);

    static HopfieldExample layered(Activation hidden, Activation output, Loss loss, long seed) {
        Initialisation init = new Initialisation(Scheme.NORMAL, GAIN, seed);
        return of(Network.layered(new int[] {5, 7, 6, 3}, hidden, output, loss, init), seed);
    }

    /** in(3) -> a(4) -> b(5) -> out(2), with in -> b, in -> out and a -> out besides. */
    static HopfieldExample skips(Activation hidden, long seed) {
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
                        .build(new Initialisation(Scheme.NORMAL, GAIN_WITH_SKIPS, seed)),
                seed);
    }

    /** Smooth hidden and output activations with both losses, three seeds, and skip connections. */
    static List<HopfieldExample> smooth() {
        List<HopfieldExample> all = new ArrayList<>();
        for (long seed = 1; seed <= 3; seed++) {
            for (Activation f : SMOOTH) {
                all.add(layered(f, StandardActivation.LINEAR, StandardLoss.SQUARED, seed));
                all.add(layered(f, StandardActivation.LINEAR, StandardLoss.CROSS_ENTROPY, seed));
                all.add(layered(StandardActivation.TANH, f, StandardLoss.SQUARED, seed));
                all.add(skips(f, seed));
            }
        }
        return all;
    }

    /** A fifth of the smooth ones: every kind and activation, spread over the seeds. */
    static List<HopfieldExample> everyFifth() {
        List<HopfieldExample> all = smooth();
        List<HopfieldExample> some = new ArrayList<>();
        for (int k = 0; k < all.size(); k += 5) {
            some.add(all.get(k));
        }
        return some;
    }

    static HopfieldExample of(Network network, long seed) {
        Matrix input = Matrix.zeros(network.input().size(), BATCH);
        Matrix target = Matrix.zeros(network.output().size(), BATCH);
        for (int k = 0; k < input.values().length; k++) {
            input.values()[k] = CounterRandom.normal(seed, 91, k);
        }
        for (int k = 0; k < target.values().length; k++) {
            target.values()[k] = CounterRandom.uniform(seed, 92, k);
        }
        if (network.loss() == StandardLoss.CROSS_ENTROPY) {
            for (int c = 0; c < BATCH; c++) {
                double sum = 0;
                for (double t : target.columnValues(c)) {
                    sum += t;
                }
                for (int i = 0; i < target.rows(); i++) {
                    target.values()[i * BATCH + c] /= sum;
                }
            }
        }
        return new HopfieldExample(network, input, target);
    }

    Parameters theta() {
        return network.parameters();
    }

    /** Free states from zeros at this feedback gain, by population, shape (n, B). */
    Matrix[] reached(double gamma) {
        HopfieldEquilibrium at = HopfieldEquilibrium.of(network, theta(), gamma);
        double[][][] states = new double[BATCH][][];
        for (int c = 0; c < BATCH; c++) {
            states[c] = at.free(input.columnValues(c));
        }
        return together(states);
    }

    Matrix[] nudged(double beta) {
        HopfieldEquilibrium at = HopfieldEquilibrium.of(network, theta(), 1);
        double[][][] states = new double[BATCH][][];
        for (int c = 0; c < BATCH; c++) {
            double[][] free = at.free(input.columnValues(c));
            states[c] = sum(free, at.nudge(free, target.columnValues(c), beta));
        }
        return together(states);
    }

    Matrix[] clamped() {
        HopfieldEquilibrium at = HopfieldEquilibrium.of(network, theta(), 1);
        double[][][] states = new double[BATCH][][];
        for (int c = 0; c < BATCH; c++) {
            double[][] free = at.free(input.columnValues(c));
            states[c] = at.clamped(input.columnValues(c), target.columnValues(c), free);
        }
        return together(states);
    }

    ReferenceGradient implicit() {
        return ImplicitGradient.of(network, theta(), input, target, reached(1));
    }

    ReferenceGradient metric() {
        return MetricWeightedGradient.of(network, theta(), input, target, reached(1));
    }

    Parameters backprop() {
        return Backprop.of(network).gradient(theta(), input, target).gradient();
    }

    double distance(Parameters found, Parameters reference) {
        return GradientComparison.relativeDifference(network, found, reference);
    }

    /** A copy with the weights of one projection times a factor: a planted mistake. */
    static Parameters scaled(Parameters gradient, int projection, double factor) {
        Parameters out = gradient.copy();
        for (double[] row : out.weights(projection)) {
            for (int j = 0; j < row.length; j++) {
                row[j] *= factor;
            }
        }
        return out;
    }

    /**
     * A planted mistake for a batch of one: the gradient without s_post p_pre^T. The biases of a
     * contrast are -p.
     */
    static Parameters withoutTransposedTerm(Network network, Parameters gradient, double[][] s) {
        Parameters out = gradient.copy();
        for (Projection e : network.projections()) {
            if (e.pre() != network.input().index()) {
                double[][] w = out.weights(e.index());
                for (int i = 0; i < w.length; i++) {
                    for (int j = 0; j < w[i].length; j++) {
                        w[i][j] -= s[e.post()][i] * gradient.biases(e.pre())[j];
                    }
                }
            }
        }
        return out;
    }

    /** The first example alone. */
    HopfieldExample first() {
        return new HopfieldExample(
                network,
                Matrix.column(input.columnValues(0)),
                Matrix.column(target.columnValues(0)));
    }

    Matrix[] reachedFirst() {
        return together(HopfieldEquilibrium.of(network, theta(), 1).free(input.columnValues(0)));
    }

    static double[][] sum(double[][] s, double[][] d) {
        double[][] out = new double[s.length][];
        for (int p = 0; p < s.length; p++) {
            out[p] = s[p].clone();
            for (int i = 0; i < out[p].length; i++) {
                out[p][i] += d[p][i];
            }
        }
        return out;
    }

    Matrix[] together(double[][]... states) {
        Matrix[] out = new Matrix[network.populations().size()];
        for (Population p : network.populations()) {
            out[p.index()] = Matrix.zeros(p.size(), states.length);
            for (int c = 0; c < states.length; c++) {
                for (int i = 0; i < p.size(); i++) {
                    out[p.index()].values()[i * states.length + c] = states[c][p.index()][i];
                }
            }
        }
        return out;
    }

    @Override
    public String toString() {
        return network
                + " "
                + network.population(1).activation().optionName()
                + " "
                + network.output().activation().optionName()
                + " "
                + network.loss().optionName();
    }
}
