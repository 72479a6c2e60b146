package org.relaxon.experiments.certificate;

import org.relaxon.experiments.problem.Problem;
import org.relaxon.model.math.Matrix;
import org.relaxon.model.network.Network;

/**
 * The range of products of step and delay in which gradient steps of predictive coding cease to
 * settle, for small steps and near the free state.
 *
 * <p>The loop x_l, e_(l+1), x_l has gain k with delay 2d. If the layer above is held, x' = -eta (x
 * + k x(t - 2d)), which is stable up to {@link #held}; this is the bound of {@link StepLimit},
 * which is on the safe side. If the layer above is free and has nothing above itself, it follows, e
 * = x - J x_l(t - d) decays, and with lambda = eta s the equation is (1 + s)^2 = -k s exp(-2 s eta
 * d). On the imaginary axis s = i w its modulus gives w + 1/w = k, which no w solves if k &lt; 2:
 * then no delay destabilises. Otherwise its phase gives eta d = (3 pi / 2 - 2 arctan w) / (2 w) and
 * every pi / w more: at the larger w a pair of roots leaves the stable half plane, at the smaller
 * one a pair returns (as in Cooke and van den Driessche 1986). If the second pair leaves before the
 * first returns, stability is not regained: the first crossing is {@link #free}. For k from 2 to
 * about 2.2 the first pair returns earlier, the instability is weak, and no promise is made. With a
 * single hidden layer and a small nudge {@code free} is the threshold itself.
 *
 * @param gain k, the largest squared singular value of a layer's Jacobian, the worst of the batch
 * @param held eta d below which theory lets them settle; infinite for k of at most 1
 * @param free eta d above which they must fail; infinite if there is none
 */
public record DelayBounds(double gain, double held, double free) {
    /**
     * {@return the bounds of a loop of gain k}
     *
     * @param gain k, at least 0
     */
    public static DelayBounds of(double gain) {
        return new DelayBounds(gain, StepLimit.loop(gain), free(gain));
    }

    /**
     * {@return the bounds of a network at the free states of its examples}
     *
     * @param problem a chain of layers with at least one example
     * @throws IllegalArgumentException if a free state is not finite
     */
    public static DelayBounds of(Problem problem) {
        Network dense =
                problem.dense()
                        .orElseThrow(
                                () ->
                                        new IllegalArgumentException(
                                                "delays: the matrices would be too large"))
                        .network();
        Synapses synapses = new Synapses(dense, dense.parameters());
        double most = 0.0;
        for (int c = 0; c < problem.examples(); c++) {
            OperatingPoint at =
                    OperatingPoint.feedforward(synapses, column(problem.input(), c))
                            .orElseThrow(
                                    () ->
                                            new IllegalArgumentException(
                                                    "delays: the free state is not finite"));
            most =
                    Math.max(
                            most,
                            StepLimit.strongest(synapses, at, EnergyFamily.DIVERGENCE_SQUARED));
        }
        return of(most);
    }

    private static double free(double k) {
        if (!(k >= 2.0)) {
            return Double.POSITIVE_INFINITY;
        }
        double large = (k + Math.sqrt((k - 2.0) * (k + 2.0))) / 2.0;
        double leaves = crossing(large);
        boolean backBefore = crossing(1.0 / large) < leaves + Math.PI / large;
        return backBefore ? Double.POSITIVE_INFINITY : leaves;
    }

    private static double crossing(double w) {
        return (1.5 * Math.PI - 2.0 * Math.atan(w)) / (2.0 * w);
    }

    private static double[] column(Matrix m, int c) {
        double[] out = new double[m.rows()];
        for (int i = 0; i < out.length; i++) {
            out[i] = m.get(i, c);
        }
        return out;
    }
}
