package org.relaxon.experiments.reference;

import java.util.Arrays;
import java.util.Optional;
import org.relaxon.experiments.effort.Effort;
import org.relaxon.model.network.Population;
import org.relaxon.model.network.Projection;

/**
 * The minimum of a layered divergence under a small nudge, by sweeps from the feedforward pass:
 * downwards, residuals are set to the values implied by the populations above; upwards, activities
 * to those implied by the residuals. Every population's residual is accurate to its own last
 * digits, even if small beside the others, where a Newton step on all of them together would
 * resolve only the largest. Sweeps contract by about beta S ({@link Amplification}); where they do
 * not, there is no result. The fixed point is unique, so the method also applies to activations
 * with kinks, unless sweeps cross one for ever.
 */
final class ResidualSweeps {
    private static final int SWEEPS_MAX = 200;

    /** Change of a population's residual, relative to its size, that is rounding. */
    private static final double ROUND_OFF = 4e-15;

    /** Products with the weights that a sweep takes. */
    private static final long PRODUCTS = 4;

    /** Cost of one step of one output neuron, in products. */
    private static final int OUTPUT = 32;

    private ResidualSweeps() {}

    /** The minimum, or nothing if the sweeps do not contract. */
    static Optional<LayeredEnergy.Point> minimum(LayeredEnergy energy) {
        if (energy.clamped()) {
            return Optional.empty();
        }
        double[][] residuals = new double[energy.network().populations().size()][];
        for (Population p : energy.network().populations()) {
            residuals[p.index()] = new double[p.size()];
        }
        LayeredEnergy.Point at = energy.at(residuals);
        for (int sweep = 0; sweep < SWEEPS_MAX; sweep++) {
            Effort.spend(PRODUCTS * synapses(energy));
            double[][] next = residuals(energy, at);
            boolean still = true;
            for (int p = 0; p < next.length; p++) {
                still &= differ(next[p], at.v()[p]) <= ROUND_OFF;
            }
            for (Population p : energy.network().outputs()) {
                if (Double.isNaN(next[p.index()][0])) {
                    return Optional.empty();
                }
            }
            at = energy.at(next);
            if (still) {
                return Optional.of(at);
            }
        }
        return Optional.empty();
    }

    private static int size(LayeredEnergy energy, int population) {
        return energy.network().population(population).size();
    }

    private static long synapses(LayeredEnergy energy) {
        long sum = 0;
        for (Projection e : energy.network().projections()) {
            sum += (long) size(energy, e.pre()) * size(energy, e.post());
        }
        return sum;
    }

    /** The required residual of each population, from the output down. */
    private static double[][] residuals(LayeredEnergy energy, LayeredEnergy.Point at) {
        int count = at.v().length;
        double[][] out = new double[count][];
        for (int p = count - 1; p >= 0; p--) {
            Population own = energy.network().populations().get(p);
            if (own.role() == Population.Role.INPUT) {
                out[p] = new double[own.size()];
            } else if (own.role() == Population.Role.OUTPUT) {
                out[p] = output(energy, at, out, own);
            } else {
                out[p] = hidden(energy, at, out, own);
            }
        }
        return out;
    }

    /**
     * P v = -beta dLoss/dx plus the feedback of populations above if it projects onwards, where x
     * depends on v: repeated until v is constant, with full steps under the squared loss; NaN where
     * it does not converge.
     */
    private static double[] output(
            LayeredEnergy energy, LayeredEnergy.Point at, double[][] above, Population own) {
        double[] heard = hidden(energy, at, above, own);
        double strength = energy.beta() / energy.precision()[own.index()];
        double pace = strength > -1.0 ? 1.0 / (1.0 + strength) : 1.0;
        double[] v = at.v()[own.index()].clone();
        double[] aim = new Ends(energy.network()).part(own, energy.target());
        for (int k = 0; k < SWEEPS_MAX; k++) {
            Effort.spend((long) OUTPUT * v.length);
            PopulationDivergence part = part(energy, at, own, v);
            double[] pull = new OutputLoss(energy.network().loss()).gradient(part.x(), aim);
            double[] next = new double[v.length];
            for (int i = 0; i < next.length; i++) {
                next[i] = v[i] + pace * (heard[i] - strength * pull[i] - v[i]);
            }
            boolean still = differ(next, v) <= ROUND_OFF;
            v = next;
            if (still) {
                return v;
            }
        }
        Arrays.fill(v, Double.NaN);
        return v;
    }

    /** P v = -sum W^T dD/da of the populations above, with their new residuals. */
    private static double[] hidden(
            LayeredEnergy energy, LayeredEnergy.Point at, double[][] above, Population own) {
        double[] sum = new double[own.size()];
        for (Projection e : energy.network().projections()) {
            if (e.pre() != own.index()) {
                continue;
            }
            Population post = energy.network().populations().get(e.post());
            double[] back = part(energy, at, post, above[e.post()]).byDrive();
            double[][] w = energy.theta().weights(e.index());
            for (int i = 0; i < back.length; i++) {
                for (int j = 0; j < sum.length; j++) {
                    sum[j] -= w[i][j] * back[i] / energy.precision()[own.index()];
                }
            }
        }
        return sum;
    }

    /** The divergence of one population at the drive of a point and another residual. */
    private static PopulationDivergence part(
            LayeredEnergy energy, LayeredEnergy.Point at, Population own, double[] residual) {
        double[] a = energy.theta().biases(own.index()).clone();
        for (Projection e : energy.network().into(own.index())) {
            double[][] w = energy.theta().weights(e.index());
            for (int i = 0; i < a.length; i++) {
                for (int j = 0; j < w[i].length; j++) {
                    a[i] += w[i][j] * at.x()[e.pre()][j];
                }
            }
        }
        return PopulationDivergence.of(
                energy.divergence(),
                own.activation(),
                energy.precision()[own.index()],
                a,
                residual);
    }

    /** Largest difference over largest size; 0 if all are 0, NaN if any is not a number. */
    private static double differ(double[] now, double[] before) {
        double size = 0.0;
        double most = 0.0;
        for (int i = 0; i < now.length; i++) {
            size = Math.max(size, Math.abs(now[i]));
            most = Math.max(most, Math.abs(now[i] - (before == null ? 0.0 : before[i])));
        }
        return most == 0.0 ? 0.0 : most / size;
    }
}
