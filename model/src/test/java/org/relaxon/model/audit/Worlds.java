package org.relaxon.model.audit;

import org.relaxon.model.activation.Activation;
import org.relaxon.model.activation.StandardActivation;
import org.relaxon.model.loss.Loss;
import org.relaxon.model.loss.StandardLoss;
import org.relaxon.model.math.CounterRandom;
import org.relaxon.model.math.Matrix;
import org.relaxon.model.network.Initialisation;
import org.relaxon.model.network.Network;
import org.relaxon.model.network.NetworkBuilder;

/** Networks and examples for the tests of this package. */
final class Worlds {
    private Worlds() {}

    static Network layered(Activation hidden, Loss loss, long seed, int... sizes) {
        return Network.layered(
                sizes, hidden, StandardActivation.LINEAR, loss, Initialisation.uniform(seed));
    }

    /** Two inputs' worth of paths of different length, a skip over the middle, and a twin path. */
    static Network graph(Activation hidden, Loss loss, long seed) {
        return new NetworkBuilder(loss)
                .input("in", 4)
                .hidden("a", 5, hidden)
                .hidden("b", 3, hidden)
                .output("out", 3, StandardActivation.LINEAR)
                .project("in-a", "in", "a")
                .project("a-b", "a", "b")
                .project("in-b", "in", "b")
                .project("a-out", "a", "out")
                .project("b-out", "b", "out")
                .project("b-out-again", "b", "out")
                .build(Initialisation.uniform(seed));
    }

    static Matrix normal(int rows, int columns, long seed) {
        double[] out = new double[rows * columns];
        for (int k = 0; k < out.length; k++) {
            out[k] = CounterRandom.normal(seed, 5, k);
        }
        return Matrix.of(rows, columns, out);
    }

    /** One-hot columns. */
    static Matrix classes(int rows, int columns) {
        double[] out = new double[rows * columns];
        for (int c = 0; c < columns; c++) {
            out[(c % rows) * columns + c] = 1.0;
        }
        return Matrix.of(rows, columns, out);
    }

    static Matrix target(Network network, int columns, long seed) {
        int n = network.output().size();
        return network.loss() == StandardLoss.SQUARED
                ? normal(n, columns, seed)
                : classes(n, columns);
    }

    /** One column of a flat (n, columns) array. */
    static double[] column(double[] flat, int columns, int c) {
        double[] out = new double[flat.length / columns];
        for (int i = 0; i < out.length; i++) {
            out[i] = flat[i * columns + c];
        }
        return out;
    }
}
