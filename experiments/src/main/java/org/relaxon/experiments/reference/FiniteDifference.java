package org.relaxon.experiments.reference;

import java.util.ArrayList;
import java.util.List;
import org.relaxon.model.network.Network;
import org.relaxon.model.network.Parameters;
import org.relaxon.model.network.Population;
import org.relaxon.model.network.Projection;

/**
 * The gradient of a scalar from its values only, one parameter at a time: central differences at
 * steps h and h/2, combined so that the term in h^2 cancels (Richardson 1911), D = (4 D(h/2) -
 * D(h)) / 3.
 *
 * <p>With h = 2^-9 the remaining truncation error is h^4/480 times the fifth derivative, about
 * 3e-14 of it, and round-off is about 1e3 eps times the value, 2e-13 of it: where value and
 * derivatives are of order one expect an absolute error of 1e-12 to 1e-11 per parameter. A scalar
 * with a relative error r gives an error of about 1e3 r.
 *
 * <p>Near a zero of the scalar that is its minimum, as where a network fits its target, the
 * derivative is small and the truncation error is not. There round-off is small as well, about the
 * square root of the value, so that h follows that root down to 2^-17. Where the network has kinks
 * h is made smaller until the derivative does not change with it.
 *
 * <p>Where a minimum is nearly lost, as close to a fold, derivatives of high order are large and so
 * is truncation. The change by the term in h^2 shows this; h is then halved until the derivatives
 * of two steps agree, and the one with the least distance to its neighbour is kept (after Ridders
 * 1982). These distances are the {@link Derivative#uncertainty}.
 */
public final class FiniteDifference {
    /** The most parameters that are differentiated one at a time. */
    public static final int PARAMETERS_MAX = 5000;

    /** A power of two, so that theta + h and theta - h are mostly exact. */
    private static final double STEP = 0x1p-9;

    private static final double STEP_LEAST = 0x1p-17;

    /** Smaller steps that are tried near a kink, each by this factor. */
    private static final int SHORTER_MAX = 3;

    private static final double SHORTER = 0x1p-4;

    /** Two derivatives closer than this, relative, are the same. */
    private static final double SAME = 1e-8;

    /** Halvings of a step whose truncation is not small. */
    private static final int HALVINGS_MAX = 8;

    /** A term in h^2 of at most this, relative to the whole gradient, is small. */
    private static final double SMALL = 1e-6;

    /** Two derivatives closer than this, relative to the whole gradient, are the same. */
    private static final double SAME_IN_ALL = 1e-10;

    /** Roundings of the value in a derivative by differences. */
    private static final double ULPS = 64.0;

    private final MinimumEnergy energy;
    private final boolean smooth;
    private final double value;
    private final double step;
    private double norm; // of the gradient by the first step
    private double squares; // of the uncertainties

    /**
     * A gradient by differences.
     *
     * @param gradient dE/dtheta
     * @param uncertainty estimate of its distance from the derivative, Frobenius norm, over the
     *     parameters whose step had to be made smaller; the others add what is negligible
     */
    public record Derivative(Parameters gradient, double uncertainty) {}

    private FiniteDifference(MinimumEnergy energy, boolean smooth, double value) {
        this.energy = energy;
        this.smooth = smooth;
        this.value = value;
        this.step = step(value);
    }

    /**
     * Differentiates with respect to every weight and bias. A number that several synapses share is
     * moved in all of them, also across projections.
     *
     * @param network whose shapes {@code theta} has
     * @param theta point of differentiation; not written to
     * @param energy evaluated four times per parameter, more often where that is not enough
     * @return dE/dtheta
     * @throws IllegalArgumentException if the network has more than {@value #PARAMETERS_MAX}
     *     parameters
     */
    public static Parameters gradient(Network network, Parameters theta, MinimumEnergy energy) {
        return derivative(network, theta, energy).gradient();
    }

    /**
     * Differentiates likewise, and states how far the result can be off.
     *
     * @param network whose shapes {@code theta} has
     * @param theta point of differentiation; not written to
     * @param energy as of {@link #gradient}
     * @return dE/dtheta and its uncertainty
     * @throws IllegalArgumentException as of {@link #gradient}
     */
    public static Derivative derivative(Network network, Parameters theta, MinimumEnergy energy) {
        long count = count(network);
        if (count > PARAMETERS_MAX) {
            throw new IllegalArgumentException(
                    "finite differences: the network has %d parameters, the limit is %d; choose another reference, such as implicit or backprop"
                            .formatted(count, PARAMETERS_MAX));
        }
        Parameters moved = theta.copy();
        boolean smooth = CrossedKinks.isSmooth(network);
        FiniteDifference differ = new FiniteDifference(energy, smooth, energy.difference(moved));
        Parameters out = network.zeros();
        List<Row> rows = rows(network, moved, out);
        rows.forEach(row -> differ.add(moved, row));
        if (smooth) {
            rows.forEach(row -> differ.sharpen(moved, row));
        }
        return new Derivative(network.sumTied(out), Math.sqrt(differ.squares));
    }

    /**
     * Numbers that are differentiated by, one at a time.
     *
     * @param values arrays of the same numbers: more than one where projections share weights
     * @param found derivatives
     * @param half central differences at half the first step
     * @param bent how far these are from those at the first step
     */
    private record Row(double[][] values, double[] found, double[] half, double[] bent) {
        static Row of(double[][] values, double[] found) {
            return new Row(values, found, new double[found.length], new double[found.length]);
        }

        double value(int k) {
            return values[0][k];
        }

        void set(int k, double value) {
            for (double[] same : values) {
                same[k] = value;
            }
        }
    }

    /** All rows of weights, each once, then all biases. */
    private static List<Row> rows(Network network, Parameters moved, Parameters out) {
        List<Row> rows = new ArrayList<>();
        for (Projection owner : owners(network)) {
            double[][] found = out.weights(owner.index());
            for (int i = 0; i < found.length; i++) {
                int row = i;
                double[][] values =
                        network.projections().stream()
                                .filter(e -> e.weightsOf() == owner.index())
                                .map(e -> moved.weights(e.index())[row])
                                .toArray(double[][]::new);
                rows.add(Row.of(values, found[i]));
            }
        }
        for (Population p : network.populations()) {
            rows.add(Row.of(new double[][] {moved.biases(p.index())}, out.biases(p.index())));
        }
        return rows;
    }

    private static List<Projection> owners(Network network) {
        return network.projections().stream().filter(e -> e.weightsOf() == e.index()).toList();
    }

    /** The power of two at the root of the value, within its limits. */
    private static double step(double value) {
        double root = Math.sqrt(Math.abs(value));
        if (!(root < STEP)) { // also NaN
            return STEP;
        }
        return root > STEP_LEAST ? Math.scalb(1.0, Math.getExponent(root)) : STEP_LEAST;
    }

    private static long count(Network network) {
        long count = 0;
        for (Projection e : owners(network)) {
            long rows = e.connectivity().rows(network.population(e.post()).size());
            count += rows * e.connectivity().rowLength(network.population(e.pre()).size());
        }
        for (Population p : network.populations()) {
            count += p.role() == Population.Role.INPUT ? 0 : p.size();
        }
        return count;
    }

    /**
     * Derivatives by the first step; by central differences at half of it, and how much smaller the
     * term in h^2 is there.
     */
    private void add(Parameters moved, Row row) {
        for (int k = 0; k < row.found.length; k++) {
            double h = step;
            double coarse = central(moved, row, k, h);
            double fine = central(moved, row, k, h / 2);
            double found = extrapolated(coarse, fine);
            row.half[k] = fine;
            row.bent[k] = Math.abs(fine - coarse);
            for (int n = 0; !smooth && n < SHORTER_MAX; n++) {
                h *= SHORTER;
                double shorter = extrapolated(moved, row, k, h);
                double rounding = ULPS * Math.ulp(value) / h;
                if (Math.abs(shorter - found) <= SAME * Math.abs(shorter) + rounding) {
                    break; // the result of the longer step has less rounding
                }
                found = shorter;
            }
            row.found[k] = found;
            norm = Math.hypot(norm, found);
        }
    }

    /** Shorter steps where the term in h^2 was not small. */
    private void sharpen(Parameters moved, Row row) {
        double[] found = row.found;
        for (int k = 0; k < found.length; k++) {
            if (row.bent[k] <= SMALL * norm + ULPS * Math.ulp(value) / step) {
                continue;
            }
            double h = step / 2;
            double coarse = row.half[k];
            double longer = found[k];
            double least = Double.POSITIVE_INFINITY;
            for (int n = 0; n < HALVINGS_MAX && !(least <= SAME_IN_ALL * norm); n++) {
                h /= 2;
                double fine = central(moved, row, k, h);
                double shorter = extrapolated(coarse, fine);
                coarse = fine;
                double apart = Math.abs(shorter - longer);
                if (apart < least) {
                    least = apart;
                    found[k] = apart <= SAME_IN_ALL * norm ? longer : shorter;
                }
                longer = shorter;
            }
            squares += least * least;
        }
    }

    private double extrapolated(Parameters moved, Row row, int k, double h) {
        double coarse = central(moved, row, k, h);
        return extrapolated(coarse, central(moved, row, k, h / 2));
    }

    /** Without the term in h^2, from central differences at h and at half of it. */
    private static double extrapolated(double coarse, double fine) {
        return (4 * fine - coarse) / 3;
    }

    /** Leaves the values unchanged. */
    private double central(Parameters moved, Row row, int k, double h) {
        double kept = row.value(k);
        double right = kept + h;
        double left = kept - h;
        row.set(k, right);
        double above = energy.difference(moved);
        row.set(k, left);
        double below = energy.difference(moved);
        row.set(k, kept);
        return (above - below) / (right - left); // the steps actually taken
    }
}
