package org.relaxon.experiments.reference;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.relaxon.experiments.effort.Effort;
import org.relaxon.model.math.Matrix;
import org.relaxon.model.network.Network;
import org.relaxon.model.network.Parameters;

/**
 * The gradient of a layered divergence's minimum where units stand on kinks of f. There each unit
 * feeds back s e with some s between the slopes of the two sides (Clarke 1975), where all
 * presynaptic neurons must be at rest. This determines s, unless more units are on kinks than there
 * are neurons that receive their feedback, or no free neuron drives them. Undetermined slopes are
 * chosen as close to an estimate as the sides allow, so that the result is a proof: an estimate
 * that is not close to it is not in the set. The activities reached by cells are used, their slopes
 * are not.
 */
public final class KinkedGradient {
    /** The most units whose slopes are searched for together. */
    private static final int UNITS_MAX = 1000;

    /** Weight of the rest condition relative to the estimate. */
    private static final double REST = 1e4;

    /** The largest imbalance of neurons at rest, relative to the sum of its terms. */
    private static final double AT_REST = 1e-8;

    /** A slope this close to that of a side counts as the side's. */
    private static final double SIDE = 1e-6;

    /**
     * Each pass reduces the estimate's influence on slopes that rest determines by the square of
     * {@link #REST}.
     */
    private static final int PASSES = 2;

    private static final int SWEEPS_MAX = 10_000;

    private final Network network;
    private final List<PredictiveCodingEnergy> energies;
    private final List<Site> sites = new ArrayList<>();
    private final List<KinkedPoint> points = new ArrayList<>();

    private KinkedGradient(Network network, List<PredictiveCodingEnergy> energies) {
        this.network = network;
        this.energies = energies;
    }

    /** One unit on its kink in one column of one energy. */
    private record Site(KinkedPoint point, KinkedPoint.Unit unit, double share) {
        double pull() {
            return point.pull(unit);
        }

        /** Change of a presynaptic neuron's imbalance per unit of slope. */
        double rest(int free) {
            return unit.row()[free] * pull() * share;
        }

        /** Change of the gradient of the unit's bias per unit of slope. */
        double bias() {
            return -pull() * share;
        }
    }

    /**
     * {@return the gradient, the mean of those of all energies, that is nearest to an estimate}
     *
     * @param network graph, activations and loss
     * @param energies of squared distances, one per block of columns
     * @param reached activities by population for each of them, shape (n, B)
     * @param estimate stated as dLoss/dtheta, summed over the batch
     * @param farthest largest distance in one neuron between a stationary point and them
     * @throws NotAnEquilibriumException if one is further away
     * @throws IllegalStateException if no slopes between those of both sides let all neurons rest,
     *     or more units are on kinks than are searched for
     */
    public static Parameters nearest(
            Network network,
            List<PredictiveCodingEnergy> energies,
            List<Matrix[]> reached,
            Parameters estimate,
            double farthest) {
        KinkedGradient search = new KinkedGradient(network, energies);
        for (int k = 0; k < energies.size(); k++) {
            double share = 1.0 / (energies.get(k).scale() * energies.size());
            for (KinkedPoint point : energies.get(k).near(reached.get(k), farthest)) {
                search.points.add(point);
                for (KinkedPoint.Unit unit : point.units()) {
                    search.sites.add(new Site(point, unit, share));
                }
            }
        }
        return search.run(estimate);
    }

    private Parameters run(Parameters estimate) {
        if (sites.size() > UNITS_MAX) {
            throw new IllegalStateException(
                    "%d units stand on a kink; slopes are looked for of up to %d"
                            .formatted(sites.size(), UNITS_MAX));
        }
        double[] slopes = slopes(estimate, gradient());
        for (int k = 0; k < slopes.length; k++) {
            Site site = sites.get(k);
            requireSlope(site, slopes[k]);
            site.point().feedBack(site.unit(), slopes[k]);
        }
        points.forEach(this::requireRest);
        return gradient();
    }

    private Parameters gradient() {
        Parameters out = network.zeros();
        int perEnergy = points.size() / energies.size();
        for (int k = 0; k < energies.size(); k++) {
            Parameters one = network.zeros();
            for (KinkedPoint point : points.subList(k * perEnergy, (k + 1) * perEnergy)) {
                energies.get(k).add(point.at(), one);
            }
            Sums.add(network, one, 1.0 / energies.size(), out);
        }
        return out;
    }

    /**
     * Least squares of rest and distance from the estimate, within both sides; then again from the
     * result, so that a distant estimate does not influence slopes that rest determines.
     */
    private double[] slopes(Parameters estimate, Parameters without) {
        int n = sites.size();
        double[] rest = new double[n];
        double[] near = new double[n];
        DMatrixRMaj distance = new DMatrixRMaj(n, n);
        DMatrixRMaj normal = new DMatrixRMaj(n, n);
        for (int k = 0; k < n; k++) {
            rest[k] = imbalance(sites.get(k));
            near[k] = aim(sites.get(k), estimate, without);
            for (int m = 0; m < n; m++) {
                distance.set(k, m, change(sites.get(k), sites.get(m)));
                normal.set(k, m, distance.get(k, m) + rest(sites.get(k), sites.get(m)));
            }
            if (normal.get(k, k) == 0.0) {
                normal.set(k, k, 1.0); // feedback is 0 whatever the slope
            }
        }
        double[] s = clipped(normal, sum(rest, near));
        for (int k = 0; k < PASSES; k++) {
            near = times(distance, s);
            s = clipped(normal, sum(rest, near));
        }
        return s;
    }

    private static double[] sum(double[] a, double[] b) {
        double[] out = a.clone();
        for (int k = 0; k < b.length; k++) {
            out[k] += b[k];
        }
        return out;
    }

    private static double[] times(DMatrixRMaj a, double[] s) {
        double[] out = new double[s.length];
        for (int k = 0; k < s.length; k++) {
            for (int m = 0; m < s.length; m++) {
                out[k] += a.get(k, m) * s[m];
            }
        }
        return out;
    }

    /** Inner product of the changes by two slopes where presynaptic neurons must rest. */
    private static double rest(Site a, Site b) {
        double sum = 0.0;
        for (int j = 0; a.point() == b.point() && j < a.unit().row().length; j++) {
            sum += REST * REST * a.rest(j) * b.rest(j);
        }
        return sum;
    }

    /** Inner product of the changes of the gradient by two slopes. */
    private double change(Site a, Site b) {
        boolean same =
                a.unit().population() == b.unit().population()
                        && a.unit().neuron() == b.unit().neuron();
        return same ? a.bias() * b.bias() * (1.0 + inputs(a, b)) : 0.0;
    }

    /** Inner product of the presynaptic activities of two columns. */
    private double inputs(Site a, Site b) {
        double sum = 0.0;
        for (var e : network.into(a.unit().population())) {
            double[] x = a.point().at().x()[e.pre()];
            double[] y = b.point().at().x()[e.pre()];
            for (int j = 0; j < x.length; j++) {
                sum += x[j] * y[j];
            }
        }
        return sum;
    }

    /** Inner product of the change by one slope and the imbalance to be cancelled. */
    private static double imbalance(Site site) {
        double[] imbalance = site.point().imbalance();
        double sum = 0.0;
        for (int j = 0; j < imbalance.length; j++) {
            sum += REST * REST * site.rest(j) * imbalance[j] * site.share();
        }
        return sum;
    }

    /** Inner product of the change by one slope and the desired change of the gradient. */
    private double aim(Site site, Parameters estimate, Parameters without) {
        int p = site.unit().population();
        int i = site.unit().neuron();
        double sum = site.bias() * (estimate.biases(p)[i] - without.biases(p)[i]);
        for (var e : network.into(p)) {
            double[] x = site.point().at().x()[e.pre()];
            double[] wanted = estimate.weights(e.index())[i];
            double[] now = without.weights(e.index())[i];
            for (int j = 0; j < x.length; j++) {
                sum += site.bias() * x[j] * (wanted[j] - now[j]);
            }
        }
        return sum;
    }

    /** The solution if it lies within the sides, otherwise the least squares within them. */
    private double[] clipped(DMatrixRMaj normal, double[] right) {
        double[] s = new double[right.length];
        try {
            s = new LinearSystem(normal).solve(right);
        } catch (IllegalStateException e) {
            Arrays.fill(s, 0.0); // several are equally close
        }
        boolean within = true;
        for (int k = 0; k < s.length; k++) {
            double inside = within(sites.get(k), s[k]);
            within &= Math.abs(inside - s[k]) <= AT_REST;
            s[k] = inside;
        }
        for (int sweep = 0; !within && sweep < SWEEPS_MAX; sweep++) {
            Effort.spend((long) s.length * s.length);
            within = true;
            for (int k = 0; k < s.length; k++) {
                double rest = right[k];
                for (int m = 0; m < s.length; m++) {
                    rest -= m == k ? 0.0 : normal.get(k, m) * s[m];
                }
                double next = within(sites.get(k), rest / normal.get(k, k));
                within &= Math.abs(next - s[k]) <= 1e-14;
                s[k] = next;
            }
        }
        return s;
    }

    private static double within(Site site, double s) {
        double low = Math.min(site.unit().left(), site.unit().right());
        double high = Math.max(site.unit().left(), site.unit().right());
        return Math.max(low, Math.min(high, s));
    }

    /** Where the energy bends downwards at the kink, a unit may rest only on one of its sides. */
    private void requireSlope(Site site, double s) {
        KinkedPoint.Unit unit = site.unit();
        boolean side = Math.abs(s - unit.left()) <= SIDE || Math.abs(s - unit.right()) <= SIDE;
        boolean down = site.pull() * (unit.right() - unit.left()) > 0.0;
        if (unit.moves() && down && !side) {
            throw new IllegalStateException(
                    "unit %d of population %s stands on a kink where its energy has a maximum"
                            .formatted(
                                    unit.neuron(), network.population(unit.population()).name()));
        }
    }

    private void requireRest(KinkedPoint point) {
        double[] left = point.imbalance().clone();
        for (KinkedPoint.Unit unit : point.units()) {
            double back = point.at().parts()[unit.population()].byDrive()[unit.neuron()];
            for (int j = 0; j < left.length; j++) {
                left[j] += unit.row()[j] * back;
            }
        }
        double sum = 0.0;
        for (double d : left) {
            sum += Math.abs(d);
        }
        if (!point.units().isEmpty() && !(sum <= AT_REST * point.scale())) {
            throw new IllegalStateException(
                    "%d units stand on a kink, and no slopes between those of both sides let their"
                                    .formatted(point.units().size())
                            + " presynaptic neurons rest; relative gradient "
                            + sum / point.scale());
        }
    }
}
