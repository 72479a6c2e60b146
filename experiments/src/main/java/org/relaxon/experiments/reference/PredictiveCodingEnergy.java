package org.relaxon.experiments.reference;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.relaxon.experiments.reference.Amplification.Divergence;
import org.relaxon.model.activation.StandardActivation;
import org.relaxon.model.math.Matrix;
import org.relaxon.model.network.Network;
import org.relaxon.model.network.Parameters;
import org.relaxon.model.network.Population;
import org.relaxon.model.network.Projection;

/**
 * The function that a layered divergence descends at a finite nudge: (F(beta, theta) - F(0, theta))
 * / beta, where F is the minimum over all free activities of I + beta Loss and I the sum over
 * populations of D(x, a) (Whittington and Bogacz 2017; Scellier and Bengio 2017 for the nudge).
 * F(0) = 0, at the feedforward pass. With the output held at the target, beta is infinite and the
 * scalar is the minimum of I itself.
 *
 * <p>Its gradient is the sum of a settled network's local updates, for every beta and not only in
 * the limit: the activities are at a minimum, so only the explicit dependence on theta counts. It
 * is computed in two ways: {@link #envelopeGradient} at the minimum, and {@link FiniteDifference}
 * only from values of {@link #difference}.
 *
 * <p>The minimum is the one downhill of the feedforward pass, by damped Newton steps to round-off,
 * one example at a time with dense matrices over all free activities: for small networks. Where f
 * has kinks, a minimum may lie on one, and is not found in this way; see {@link KinkedGradient}.
 * Immutable and stateless.
 */
public final class PredictiveCodingEnergy implements MinimumEnergy {
    private final Network network;
    private final Divergence divergence;
    private final double[] precision;
    private final double beta;
    private final Matrix input;
    private final Matrix target;
    private final Matrix[] start; // by population; null for the feedforward pass

    private PredictiveCodingEnergy(
            Network network,
            Divergence divergence,
            double[] precision,
            double beta,
            Matrix input,
            Matrix target,
            Matrix[] start) {
        this.network = network;
        this.divergence = divergence;
        this.precision = precision;
        this.beta = beta;
        this.input = input;
        this.target = target;
        this.start = start;
    }

    /**
     * {@return the energy of a nudged output; all precisions are 1}
     *
     * @param network graph, activations and loss
     * @param divergence between activity and prediction
     * @param beta nudging strength, finite and not 0; a negative one may leave no minimum
     * @param input shape (n_0, B)
     * @param target shape (n_L, B)
     * @throws IllegalArgumentException naming the part that does not fit; Fenchel-Young divergences
     *     need smooth activations
     */
    public static PredictiveCodingEnergy nudged(
            Network network, Divergence divergence, double beta, Matrix input, Matrix target) {
        if (!(Math.abs(beta) > 0.0 && Math.abs(beta) < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("beta: need a finite number, not 0, got " + beta);
        }
        return checked(network, divergence, beta, input, target);
    }

    /**
     * {@return the energy with the output held at the target, in which the network's loss is not
     * used}
     *
     * @param network graph and activations
     * @param divergence between activity and prediction
     * @param input shape (n_0, B)
     * @param target shape (n_L, B)
     * @throws IllegalArgumentException naming the part that does not fit; Fenchel-Young divergences
     *     need smooth activations and a linear output
     */
    public static PredictiveCodingEnergy clamped(
            Network network, Divergence divergence, Matrix input, Matrix target) {
        for (Population output : network.outputs()) {
            if (divergence == Divergence.FENCHEL_YOUNG
                    && output.activation() != StandardActivation.LINEAR) {
                throw new IllegalArgumentException(
                        "fenchel-young: an output that is held must be linear, got activation "
                                + output.activation().optionName());
            }
        }
        return checked(network, divergence, Double.POSITIVE_INFINITY, input, target);
    }

    private static PredictiveCodingEnergy checked(
            Network network, Divergence divergence, double beta, Matrix input, Matrix target) {
        Backprop.requireBatch(network, input, target);
        for (Population p : network.populations()) {
            if (divergence == Divergence.FENCHEL_YOUNG && !p.activation().smooth()) {
                throw new IllegalArgumentException(
                        "fenchel-young: population %s: activation %s has a kink"
                                .formatted(p.name(), p.activation().optionName()));
            }
        }
        double[] ones = new double[network.populations().size()];
        Arrays.fill(ones, 1.0);
        return new PredictiveCodingEnergy(network, divergence, ones, beta, input, target, null);
    }

    /**
     * {@return the same with precision P_p as the factor of population p's divergence}
     *
     * @param byPopulation one finite number above 0 per population; the input's is not read
     * @throws IllegalArgumentException naming the population whose precision is not allowed
     */
    public PredictiveCodingEnergy withPrecisions(double... byPopulation) {
        if (byPopulation.length != precision.length) {
            throw new IllegalArgumentException(
                    "%d precisions, the network has %d populations"
                            .formatted(byPopulation.length, precision.length));
        }
        for (Population p : network.populations()) {
            double value = byPopulation[p.index()];
            boolean fits = value > 0.0 && value < Double.POSITIVE_INFINITY;
            if (p.role() != Population.Role.INPUT && !fits) {
                throw new IllegalArgumentException(
                        "precision of population %s: need a finite number > 0, got %s"
                                .formatted(p.name(), value));
            }
        }
        return new PredictiveCodingEnergy(
                network, divergence, byPopulation.clone(), beta, input, target, start);
    }

    /**
     * {@return the same with the minimum downhill of given activities instead of the feedforward
     * pass} Where f has kinks that bend the energy downwards there are several minima.
     *
     * @param activities by population, shape (n, B); the input's are not read
     */
    public PredictiveCodingEnergy startingAt(Matrix[] activities) {
        return new PredictiveCodingEnergy(
                network, divergence, precision, beta, input, target, activities.clone());
    }

    Network network() {
        return network;
    }

    /**
     * {@return the number of units whose drive is on a kink of f in given activities, over all
     * columns}
     *
     * @param activities by population, shape (n, B)
     */
    public int onKinks(Matrix[] activities) {
        int count = 0;
        for (int c = 0; c < input.columns(); c++) {
            LayeredEnergy energy = energy(network.parameters(), c);
            count += KinkedPoint.count(energy, activities(activities, c));
        }
        return count;
    }

    /** Stationary points with units on kinks near given activities, one per column. */
    List<KinkedPoint> near(Matrix[] activities, double farthest) {
        List<KinkedPoint> out = new ArrayList<>();
        for (int c = 0; c < input.columns(); c++) {
            LayeredEnergy energy = energy(network.parameters(), c);
            out.add(KinkedPoint.near(energy, activities(activities, c), farthest));
        }
        return out;
    }

    private double[][] activities(Matrix[] all, int column) {
        double[][] x = new double[all.length][];
        for (Population p : network.populations()) {
            boolean given = p.role() == Population.Role.INPUT;
            x[p.index()] =
                    given
                            ? new Ends(network).part(p, input.columnValues(column))
                            : all[p.index()].columnValues(column);
        }
        return x;
    }

    /**
     * F(beta, theta) / beta, or F(theta) with the output held.
     *
     * @throws IllegalStateException if an example has no minimum that could be found
     */
    @Override
    public double difference(Parameters theta) {
        double sum = 0.0;
        for (int c = 0; c < input.columns(); c++) {
            sum += minimum(energy(theta, c), c).value() / scale();
        }
        return sum;
    }

    /**
     * {@return dI/dtheta at the minimum, over beta (1 with the output held), summed over the batch}
     * It is computed from the residuals, which are separate unknowns, so that small beta costs no
     * accuracy.
     *
     * @param theta weights and biases in the shapes of the network
     * @throws IllegalStateException if an example has no minimum that could be found
     */
    public Parameters envelopeGradient(Parameters theta) {
        Parameters out = network.zeros();
        for (int c = 0; c < input.columns(); c++) {
            LayeredEnergy energy = energy(theta, c);
            int column = c;
            add(ResidualSweeps.minimum(energy).orElseGet(() -> minimum(energy, column)), out);
        }
        return out;
    }

    /**
     * {@return the same where sweeps from the feedforward pass contract, whatever the size of the
     * network and however small a population's residual; empty where they do not}
     *
     * @param theta weights and biases in the shapes of the network
     */
    public Optional<Parameters> sweptGradient(Parameters theta) {
        Parameters out = network.zeros();
        for (int c = 0; c < input.columns(); c++) {
            Optional<LayeredEnergy.Point> at = ResidualSweeps.minimum(energy(theta, c));
            if (at.isEmpty()) {
                return Optional.empty();
            }
            add(at.get(), out);
        }
        return Optional.of(out);
    }

    private LayeredEnergy.Point minimum(LayeredEnergy energy, int column) {
        return start == null
                ? NewtonDescent.minimum(energy)
                : NewtonDescent.minimum(
                        energy, KinkedPoint.residuals(energy, activities(start, column)));
    }

    /** Adds dI/dtheta over beta at the minimum of one example. */
    void add(LayeredEnergy.Point at, Parameters out) {
        for (Projection e : network.projections()) {
            double[][] w = out.weights(e.index());
            double[] back = at.parts()[e.post()].byDrive();
            for (int i = 0; i < w.length; i++) {
                for (int j = 0; j < w[i].length; j++) {
                    w[i][j] += back[i] * at.x()[e.pre()][j] / scale();
                }
            }
        }
        for (Population p : network.populations()) {
            double[] b = out.biases(p.index());
            for (int i = 0; i < b.length; i++) {
                b[i] += at.parts()[p.index()].byDrive()[i] / scale();
            }
        }
    }

    private LayeredEnergy energy(Parameters theta, int column) {
        return new LayeredEnergy(
                network,
                theta,
                divergence,
                precision,
                beta,
                input.columnValues(column),
                target.columnValues(column));
    }

    /** The divisor of the energy: beta, or 1 with the output held. */
    double scale() {
        return beta == Double.POSITIVE_INFINITY ? 1.0 : beta;
    }
}
