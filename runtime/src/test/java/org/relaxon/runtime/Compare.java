package org.relaxon.runtime;

import java.util.Arrays;
import java.util.stream.DoubleStream;
import org.relaxon.model.network.Parameters;
import org.relaxon.model.settle.Equilibrium;
import org.relaxon.model.settle.NotSettled;
import org.relaxon.model.settle.Settled;
import org.relaxon.model.settle.Settlement;

/** How tests compare results, and how they ask for the verdict they expect. */
final class Compare {
    private Compare() {}

    /** |a - b| / |b| in the Frobenius norm; 0 if both are zero, NaN if anything is. */
    static double relative(double[] a, double[] b) {
        if (a.length != b.length) {
            throw new AssertionError(a.length + " numbers against " + b.length);
        }
        double difference = 0.0;
        double size = 0.0;
        for (int k = 0; k < a.length; k++) {
            difference += (a[k] - b[k]) * (a[k] - b[k]);
            size += b[k] * b[k];
        }
        return difference == 0.0 ? 0.0 : Math.sqrt(difference / size);
    }

    /** Relative difference over all weights and biases together. */
    static double relative(Parameters a, Parameters b, int projections) {
        return relative(flat(a, projections), flat(b, projections));
    }

    /** Weights and biases of a chain of layers in one array. */
    static double[] flat(Parameters p, int projections) {
        DoubleStream all = DoubleStream.empty();
        for (int k = 0; k < projections; k++) {
            DoubleStream weights = Arrays.stream(p.weights(k)).flatMapToDouble(Arrays::stream);
            all = DoubleStream.concat(all, weights);
            all = DoubleStream.concat(all, Arrays.stream(p.biases(k + 1)));
        }
        return all.toArray();
    }

    /** Activities and errors of all layers above the input in one array. */
    static double[] flat(Equilibrium e, int layers) {
        DoubleStream all = DoubleStream.empty();
        for (int l = 1; l <= layers; l++) {
            all = DoubleStream.concat(all, Arrays.stream(e.activity(l).values()));
            all = DoubleStream.concat(all, Arrays.stream(e.error(l).values()));
        }
        return all.toArray();
    }

    static Settled settled(Settlement s, Object context) {
        if (s instanceof Settled settled) {
            return settled;
        }
        throw new AssertionError(context + " did not settle: " + s);
    }

    static NotSettled notSettled(Settlement s, Object context) {
        if (s instanceof NotSettled not) {
            return not;
        }
        throw new AssertionError(context + " is reported as settled");
    }
}
