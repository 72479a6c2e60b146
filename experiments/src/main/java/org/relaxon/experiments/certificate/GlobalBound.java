package org.relaxon.experiments.certificate;

import org.relaxon.model.activation.Activation;
import org.relaxon.model.activation.StandardActivation;
import org.relaxon.model.loss.StandardLoss;
import org.relaxon.model.math.Matrix;
import org.relaxon.model.network.Population;

/**
 * The contraction of the fixed-point map from any start, for all examples at once and both signs of
 * beta: rho of a matrix that bounds its slopes. Below 1, every asynchronous iteration from rest
 * settles at the unique equilibrium (Baudet 1978; Bertsekas and Tsitsiklis 1989, section 6.2). It
 * is larger than that of the {@link ErrorFormMap} at one point: the price of a proof.
 *
 * <p>A Hopfield map has bounded slopes everywhere. Divergences multiply an error with a slope, so
 * their slopes are bounded only on a box: bounds of |x| and |v| of each neuron that the map cannot
 * exceed from within. The box grows from zero until it contains its own image up to round-off,
 * which proves that no asynchronous iteration from rest leaves it.
 */
final class GlobalBound {
    private static final int SWEEPS_MAX = 2000;
    private static final double ROUND_OFF = 1e-12;

    private final Synapses magnitudes;
    private final EnergyFamily family;
    private final double beta;
    private final double[] input; // |x| over all examples
    private final double[] target; // |T| likewise
    private final double[][] x; // the box: |x| by population
    private final double[][] v; // |v|
    private final double[][] error; // |e|, and |h| of Fenchel-Young

    private GlobalBound(CertificateQuery query) {
        Synapses synapses = new Synapses(query.network(), query.theta());
        int count = synapses.populations();
        this.magnitudes = synapses.absolute();
        this.family = query.family();
        this.beta = either(query.beta());
        this.input = largest(query.input());
        this.target = largest(query.target());
        this.x = new double[count][];
        this.v = new double[count][];
        this.error = new double[count][];
        for (int p = 0; p < count; p++) {
            int n = query.network().population(p).size();
            x[p] = magnitudes.isFree(p) ? new double[n] : input;
            v[p] = magnitudes.isFree(p) ? new double[n] : null;
            error[p] = new double[n];
        }
    }

    /** The bound; NaN or infinite if there is none. */
    static double of(CertificateQuery query) {
        return query.family() == EnergyFamily.HOPFIELD
                ? hopfield(query)
                : new GlobalBound(query).ofDivergence();
    }

    /**
     * |beta| such that 1 / (1 + beta) covers both signs: estimates may be centred. From 1 on there
     * is no negative beta, by the range of the squared loss.
     */
    private static double either(double beta) {
        return beta < 1.0 ? beta / (1.0 - beta) : beta;
    }

    private static double hopfield(CertificateQuery query) {
        Synapses synapses = new Synapses(query.network(), query.theta());
        return new HopfieldMap(synapses, steepest(query), query.gamma()).contraction();
    }

    /** Every neuron at its steepest; a nudge of either sign changes that of the output. */
    static OperatingPoint steepest(CertificateQuery query) {
        int count = query.network().populations().size();
        double[][] slope = new double[count][];
        for (Population p : query.network().populations()) {
            if (p.role() == Population.Role.INPUT) {
                continue;
            }
            double steep = slope(p.activation());
            if (p.role() == Population.Role.OUTPUT && query.beta() < 1.0) {
                double rest = 1.0 - query.beta() * steep;
                steep = rest > 0.0 ? steep / rest : Double.NaN;
            }
            slope[p.index()] = new double[p.size()];
            java.util.Arrays.fill(slope[p.index()], steep);
        }
        return new OperatingPoint(new double[count][], new double[count][], slope);
    }

    private double ofDivergence() {
        boolean kinked = false;
        for (Population p : magnitudes.network().populations()) {
            kinked |= magnitudes.isFree(p.index()) && !p.activation().smooth();
        }
        boolean squared = family == EnergyFamily.DIVERGENCE_SQUARED;
        boolean strong = !squared && beta > 1.4; // dual propagation is covered up to this point
        if (squared && kinked || strong || !isBoxed()) {
            return Double.NaN; // an error times a slope with a jump has no slope
        }
        int n = 2 * magnitudes.freeNeurons();
        return SpectralRadius.ofNonnegative(this::product, n, 2 * magnitudes.populations());
    }

    /** Finds a box that the map does not leave. */
    private boolean isBoxed() {
        for (int k = 0; k < SWEEPS_MAX; k++) {
            double grown = sweep();
            if (!(grown < Double.POSITIVE_INFINITY)) {
                return false;
            }
            if (grown <= ROUND_OFF) {
                return true; // its image is no larger
            }
        }
        return false;
    }

    /** Grows the box to hold its image; the largest relative growth, 0 if it did not grow. */
    private double sweep() {
        double most = 0.0;
        for (int p = 0; p < x.length; p++) {
            if (!magnitudes.isFree(p)) {
                continue;
            }
            Activation f = magnitudes.network().population(p).activation();
            double[] a = magnitudes.drive(p, x);
            double[] h = magnitudes.isOutput(p) ? null : magnitudes.feedback(p, v);
            double[] bias = magnitudes.biases(p);
            for (int i = 0; i < a.length; i++) {
                double mu = reach(f, a[i] + Math.abs(bias[i]));
                boolean squared = family == EnergyFamily.DIVERGENCE_SQUARED;
                double e = h == null ? outputError(i, mu) : h[i];
                error[p][i] = Math.max(error[p][i], e);
                double nextX =
                        h == null || squared ? mu + e : reach(f, a[i] + Math.abs(bias[i]) + e);
                double nextV = slope(f) * e;
                most = grow(x[p], i, nextX, grow(v[p], i, nextV, most));
            }
        }
        return most;
    }

    private static double grow(double[] box, int i, double next, double most) {
        double growth = next > box[i] ? (next - box[i]) / next : next <= box[i] ? 0.0 : Double.NaN;
        box[i] = Math.max(box[i], next);
        return Math.max(most, growth); // Math.max propagates NaN
    }

    /** |e| of the output under the nudge, and |h| of Fenchel-Young. */
    private double outputError(int i, double mu) {
        boolean bounded = magnitudes.network().loss() == StandardLoss.CROSS_ENTROPY;
        return beta * (target[i] + (bounded ? 1.0 : mu)); // at least beta / (1 + beta) of it
    }

    /** The matrix of slope bounds times a nonnegative vector: all x, then all v. */
    private double[] product(double[] flat) {
        int n = magnitudes.freeNeurons();
        double[][] dx = magnitudes.split(flat, 0);
        double[][] dv = magnitudes.split(flat, n);
        double[][] nextX = new double[dx.length][];
        double[][] nextV = new double[dx.length][];
        for (int p = 0; p < dx.length; p++) {
            if (!magnitudes.isFree(p)) {
                continue;
            }
            Activation f = magnitudes.network().population(p).activation();
            double[] da = magnitudes.drive(p, dx);
            nextX[p] = new double[da.length];
            nextV[p] = new double[da.length];
            if (magnitudes.isOutput(p)) {
                answer(p, f, da, nextV[p]);
                continue;
            }
            double[] dh = magnitudes.feedback(p, dv);
            boolean squared = family == EnergyFamily.DIVERGENCE_SQUARED;
            for (int i = 0; i < da.length; i++) {
                nextX[p][i] = slope(f) * da[i] + (squared ? 1.0 : slope(f)) * dh[i];
                nextV[p][i] = slope(f) * dh[i] + bent(f, error[p][i], squared) * da[i];
            }
        }
        double[] out = new double[flat.length];
        magnitudes.join(nextX, out, 0);
        magnitudes.join(nextV, out, n);
        return out;
    }

    /** |dv| of the output for |da|. */
    private void answer(int p, Activation f, double[] da, double[] dv) {
        if (magnitudes.network().loss() == StandardLoss.CROSS_ENTROPY) {
            double sum = 0.0;
            for (double one : da) {
                sum += one;
            }
            java.util.Arrays.fill(dv, 0.5 * beta * sum); // |L''| is at most 1/2
            return;
        }
        boolean squared = family == EnergyFamily.DIVERGENCE_SQUARED;
        for (int i = 0; i < da.length; i++) {
            double own = beta * slope(f) * slope(f);
            dv[i] = (own + bent(f, error[p][i], squared)) * da[i];
        }
    }

    /** |f'' e|, or |f'(a + h) - f'(a)| for |h| up to the error. */
    private static double bent(Activation f, double error, boolean squared) {
        double bend = error == 0.0 ? 0.0 : curvature(f) * error;
        return squared ? bend : Math.min(slope(f), bend);
    }

    /** sup |f| over |a| up to {@code a}. */
    private static double reach(Activation f, double a) {
        return switch ((StandardActivation) f) {
            case TANH, SIGMOID, HARD_SIGMOID -> 1.0;
            case LINEAR, RELU -> a;
            case SOFTPLUS -> a + StrictMath.log(2.0);
        };
    }

    /** sup |f'|. */
    private static double slope(Activation f) {
        return switch ((StandardActivation) f) {
            case TANH, LINEAR, RELU, SOFTPLUS -> 1.0;
            case SIGMOID -> 0.25;
            case HARD_SIGMOID -> 0.5;
        };
    }

    /** sup |f''|. */
    private static double curvature(Activation f) {
        return switch ((StandardActivation) f) {
            case TANH -> 4.0 / StrictMath.sqrt(27.0);
            case SIGMOID -> 1.0 / (6.0 * StrictMath.sqrt(3.0));
            case SOFTPLUS -> 0.25;
            case LINEAR -> 0.0;
            case RELU, HARD_SIGMOID -> Double.POSITIVE_INFINITY;
        };
    }

    private static double[] largest(Matrix m) {
        double[] out = new double[m.rows()];
        for (int r = 0; r < m.rows(); r++) {
            for (int c = 0; c < m.columns(); c++) {
                out[r] = Math.max(out[r], Math.abs(m.get(r, c)));
            }
        }
        return out;
    }
}
