package org.relaxon.experiments.claims;

import java.util.ArrayList;
import java.util.List;
import org.relaxon.experiments.compare.GradientComparison;
import org.relaxon.experiments.compare.ProjectionComparison;
import org.relaxon.model.algorithm.Reference;
import org.relaxon.model.network.Network;
import org.relaxon.model.network.Parameters;

/**
 * The required ranges of the relative errors of an estimate: of all weights and biases together,
 * and of every projection and every population's biases separately, so that no layer's error is
 * hidden by another's.
 *
 * @param total of everything
 * @param parts in the order of {@link GradientComparison#projections}
 */
public record ErrorWindows(ErrorWindow total, List<ErrorWindow> parts) {
    /**
     * Where nothing is predicted but a bound of the whole, a single part may be off by this many
     * times as much.
     */
    private static final double PART = 10.0;

    /** A window that contains nothing, for everything. */
    public static final ErrorWindows NONE =
            new ErrorWindows(new ErrorWindow(Double.NaN, Double.NaN), List.of());

    /**
     * Windows around errors that were predicted for this particular problem.
     *
     * @param predicted comparison of the ideal estimate with its limit, and its scale
     * @param converges the gradient that it converges to
     * @param noise relative error of the whole from rounding and unsent changes
     * @param absolute true if rounding scales with the whole, as where products are subtracted;
     *     false if it scales with each part
     */
    static ErrorWindows around(
            Network network,
            Predicted predicted,
            Parameters converges,
            double noise,
            boolean absolute) {
        double[] sizes = sizes(network, converges);
        List<ErrorWindow> parts = new ArrayList<>();
        List<ProjectionComparison> all = predicted.beside().projections();
        for (int k = 0; k < all.size(); k++) {
            double error = all.get(k).relativeError() * predicted.scale();
            double own = absolute ? noise * sizes[sizes.length - 1] / sizes[k] : noise;
            parts.add(ErrorWindow.around(error, own));
        }
        return new ErrorWindows(ErrorWindow.around(predicted.error(), noise), parts);
    }

    /** Windows of an estimate that is exact up to a bound. */
    static ErrorWindows exact(Claim claim, Network network, Parameters converges) {
        double[] sizes = sizes(network, converges);
        boolean absolute =
                claim.reference() == Reference.FINITE_DIFFERENCE
                        || claim.reference() == Reference.LINEAR;
        List<ErrorWindow> parts = new ArrayList<>();
        for (int k = 0; k < sizes.length - 1; k++) {
            double factor = absolute ? sizes[sizes.length - 1] / sizes[k] : network.depth();
            parts.add(new ErrorWindow(0.0, claim.bound() * factor));
        }
        return new ErrorWindows(new ErrorWindow(0.0, claim.bound()), parts);
    }

    /** Windows where only the whole is bounded. */
    static ErrorWindows bounded(ErrorWindow whole, Network network) {
        int parts =
                GradientComparison.of(network, network.zeros(), network.zeros())
                        .projections()
                        .size();
        ErrorWindow part = new ErrorWindow(0.0, PART * whole.upper());
        return new ErrorWindows(whole, java.util.Collections.nCopies(parts, part));
    }

    /**
     * Extended for rounding of a gradient that is small because of cancellation.
     *
     * @param reference the gradient compared with
     * @param floor difference of estimate and reference that rounding explains, Frobenius norm
     */
    ErrorWindows widened(Network network, Parameters reference, double floor) {
        double[] sizes = sizes(network, reference);
        List<ErrorWindow> wider = new ArrayList<>();
        for (int k = 0; k < parts.size(); k++) {
            wider.add(parts.get(k).widened(floor / sizes[k]));
        }
        return new ErrorWindows(total.widened(floor / sizes[sizes.length - 1]), wider);
    }

    /** Frobenius norms of all parts, and of the whole at the end. */
    private static double[] sizes(Network network, Parameters gradient) {
        GradientComparison beside = GradientComparison.of(network, gradient, network.zeros());
        double[] out = new double[beside.projections().size() + 1];
        for (int k = 0; k < out.length; k++) {
            ProjectionComparison one =
                    k < out.length - 1 ? beside.projections().get(k) : beside.total();
            out[k] = one.rmse() * Math.sqrt(one.elements());
        }
        return out;
    }
}
