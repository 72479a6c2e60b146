package org.relaxon.experiments.certificate;

import java.util.Optional;
import org.relaxon.model.activation.Activation;
import org.relaxon.model.activation.StandardActivation;
import org.relaxon.model.math.Elementary;

/**
 * The free equilibrium of one example, by population.
 *
 * @param activity x; that of the clamped population is the input
 * @param drive the argument of f; null for the clamped population
 * @param slope f' there; null for the clamped population
 */
record OperatingPoint(double[][] activity, double[][] drive, double[][] slope) {
    private static final int SWEEPS_MAX = 20_000;

    /** The feedforward pass; empty if it is not finite. */
    static Optional<OperatingPoint> feedforward(Synapses synapses, double[] input) {
        OperatingPoint point = zeros(synapses, input);
        double change = point.sweep(synapses, 0.0);
        return change < Double.POSITIVE_INFINITY ? Optional.of(point) : Optional.empty();
    }

    /**
     * Solves s = f(W s_pre + b + gamma W^T s_post) by sequential sweeps over the populations from
     * zeros, until a sweep changes nothing but the last few bits. Sequential sweeps descend the
     * energy for gamma = 1; empty if they do not come to rest.
     */
    static Optional<OperatingPoint> hopfield(Synapses synapses, double[] input, double gamma) {
        OperatingPoint point = zeros(synapses, input);
        for (int k = 0; k < SWEEPS_MAX; k++) {
            double change = point.sweep(synapses, gamma);
            if (change <= 8 * Math.ulp(1.0)) {
                return Optional.of(point);
            }
            if (!(change < Double.POSITIVE_INFINITY)) {
                return Optional.empty();
            }
        }
        return Optional.empty();
    }

    private static OperatingPoint zeros(Synapses synapses, double[] input) {
        int count = synapses.populations();
        OperatingPoint out =
                new OperatingPoint(new double[count][], new double[count][], new double[count][]);
        for (int p = 0; p < count; p++) {
            boolean free = synapses.isFree(p);
            int n = synapses.network().population(p).size();
            out.activity[p] = free ? new double[n] : input;
            out.drive[p] = free ? new double[n] : null;
            out.slope[p] = free ? new double[n] : null;
        }
        return out;
    }

    /** Largest change over max(1, |x|); NaN if anything is not a number. */
    private double sweep(Synapses synapses, double gamma) {
        double most = 0.0;
        for (int p = 0; p < activity.length; p++) {
            if (!synapses.isFree(p)) {
                continue;
            }
            Activation f = synapses.network().population(p).activation();
            double[] a = synapses.drive(p, activity);
            double[] b = synapses.biases(p);
            double[] back = gamma == 0.0 ? new double[a.length] : synapses.feedback(p, activity);
            boolean lateral = synapses.isLateral(p);
            for (int i = 0; i < a.length; i++) {
                double h =
                        lateral // one after another: all at once they may swing for ever
                                ? b[i] + synapses.field(p, i, gamma, activity)
                                : a[i] + b[i] + gamma * back[i];
                double x = f.value(h, Elementary.STRICT);
                double change = Math.abs(x - activity[p][i]) / Math.max(1.0, Math.abs(x));
                most = Math.max(most, change); // Math.max propagates NaN
                activity[p][i] = x;
                drive[p][i] = h;
                slope[p][i] = f.slope(h, x, Elementary.STRICT);
            }
        }
        return most;
    }

    /** f''(a), 0 for a piecewise linear f. */
    static double curvature(Activation activation, double a) {
        double f = activation.value(a, Elementary.STRICT);
        double slope = activation.slope(a, f, Elementary.STRICT);
        return switch ((StandardActivation) activation) {
            case TANH -> -2.0 * f * slope;
            case SIGMOID -> slope * (1.0 - 2.0 * f);
            case SOFTPLUS -> slope * (1.0 - slope); // f' is the logistic function
            case LINEAR, RELU, HARD_SIGMOID -> 0.0;
        };
    }
}
