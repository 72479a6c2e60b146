package org.relaxon.testkit;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.stream.DoubleStream;
import org.relaxon.model.network.Network;
import org.relaxon.model.network.Parameters;
import org.relaxon.model.network.Population;
import org.relaxon.model.network.Projection;
import org.relaxon.model.settle.Equilibrium;
import org.relaxon.model.settle.NotSettled;
import org.relaxon.model.settle.Settled;
import org.relaxon.model.settle.Settlement;

/** How tests compare results, and how they require the verdict that they expect. */
public final class Compare {
    private Compare() {}

    /**
     * {@return |a - b| / |b| in the Frobenius norm; 0 if the arrays are equal, NaN if an entry is}
     *
     * @param a what is compared
     * @param b what it is compared with, of the same length
     */
    public static double relative(double[] a, double[] b) {
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

    /**
     * {@return the relative difference over all weights and biases together}
     *
     * @param a what is compared
     * @param b what it is compared with
     * @param projections number of projections of the chain of layers
     */
    public static double relative(Parameters a, Parameters b, int projections) {
        return relative(flat(a, projections), flat(b, projections));
    }

    /**
     * {@return the relative difference over all weights and biases of any network together}
     *
     * @param network network that the parameters belong to
     * @param a what is compared
     * @param b what it is compared with
     */
    public static double relative(Network network, Parameters a, Parameters b) {
        return relative(flat(network, a), flat(network, b));
    }

    /**
     * {@return weights and biases of a chain of layers in one array}
     *
     * @param p parameters
     * @param projections number of projections of the chain
     */
    public static double[] flat(Parameters p, int projections) {
        DoubleStream all = DoubleStream.empty();
        for (int k = 0; k < projections; k++) {
            DoubleStream weights = Arrays.stream(p.weights(k)).flatMapToDouble(Arrays::stream);
            all = DoubleStream.concat(all, weights);
            all = DoubleStream.concat(all, Arrays.stream(p.biases(k + 1)));
        }
        return all.toArray();
    }

    /**
     * {@return all weights and biases of any network in one array}
     *
     * @param network network that the parameters belong to
     * @param p parameters in its shapes
     */
    public static double[] flat(Network network, Parameters p) {
        DoubleStream all = DoubleStream.empty();
        for (Projection e : network.projections()) {
            DoubleStream weights =
                    Arrays.stream(p.weights(e.index())).flatMapToDouble(Arrays::stream);
            all = DoubleStream.concat(all, weights);
        }
        for (Population n : network.populations()) {
            all = DoubleStream.concat(all, Arrays.stream(p.biases(n.index())));
        }
        return all.toArray();
    }

    /**
     * {@return activities and errors of all layers above the input in one array}
     *
     * @param e state of a chain of layers
     * @param layers number of layers above the input
     */
    public static double[] flat(Equilibrium e, int layers) {
        DoubleStream all = DoubleStream.empty();
        for (int l = 1; l <= layers; l++) {
            all = DoubleStream.concat(all, Arrays.stream(e.activity(l).values()));
            all = DoubleStream.concat(all, Arrays.stream(e.error(l).values()));
        }
        return all.toArray();
    }

    /**
     * {@return the verdict, which must be settled}
     *
     * @param s verdict
     * @param context what the failure names
     */
    public static Settled settled(Settlement s, Object context) {
        if (s instanceof Settled settled) {
            return settled;
        }
        throw new AssertionError(context + " did not settle: " + s);
    }

    /**
     * {@return the verdict, which must not be settled}
     *
     * @param s verdict
     * @param context what the failure names
     */
    public static NotSettled notSettled(Settlement s, Object context) {
        if (s instanceof NotSettled not) {
            return not;
        }
        throw new AssertionError(context + " is reported as settled");
    }

    /**
     * {@return the message of a refusal, which must be one line}
     *
     * @param refused must throw an {@link IllegalArgumentException}
     */
    public static String refusal(Runnable refused) {
        String message = assertThrows(IllegalArgumentException.class, refused::run).getMessage();
        assertFalse(message.contains("\n"), message);
        return message;
    }
}
