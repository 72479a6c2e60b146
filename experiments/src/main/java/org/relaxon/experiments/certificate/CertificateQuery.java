package org.relaxon.experiments.certificate;

import org.relaxon.model.activation.StandardActivation;
import org.relaxon.model.math.Matrix;
import org.relaxon.model.network.Granularity;
import org.relaxon.model.network.Network;
import org.relaxon.model.network.Parameters;
import org.relaxon.model.network.Population;
import org.relaxon.runtime.delay.DelayModel;
import org.relaxon.runtime.delay.Delays;

/**
 * The run for which a certificate is computed.
 *
 * @param network graph, activations (standard ones) and loss
 * @param theta weights and biases in the shapes of the network
 * @param input shape (n_0, B)
 * @param target shape (n_L, B)
 * @param family the kind of energy
 * @param dynamics how cells move
 * @param beta nudging strength, in the range of the loss
 * @param gamma factor of the feedback of a Hopfield network, dimensionless, finite; others ignore
 *     it
 * @param granularity neurons per cell
 * @param delay how long signals travel
 * @param refractoryNanos mean pause of a cell between two relaxations (one tick), nanoseconds, at
 *     least 0; {@link #NO_TICK} if there is none that holds for all cells and links
 */
record CertificateQuery(
        Network network,
        Parameters theta,
        Matrix input,
        Matrix target,
        EnergyFamily family,
        Dynamics dynamics,
        double beta,
        double gamma,
        Granularity granularity,
        DelayModel delay,
        long refractoryNanos) {
    /** Instead of a mean pause: clocks of the cells' own, cells in step, or different delays. */
    public static final long NO_TICK = -1;

    /**
     * Checks shapes and ranges.
     *
     * @param network graph, activations (standard ones) and loss
     * @param theta weights and biases in the shapes of the network
     * @param input shape (n_0, B)
     * @param target shape (n_L, B)
     * @param family the energy
     * @param dynamics how cells move
     * @param beta nudging strength, in the range of the loss
     * @param gamma factor of the feedback of a Hopfield network, dimensionless, finite
     * @param granularity neurons per cell
     * @param delay how long signals travel
     * @param refractoryNanos mean pause of a cell between two relaxations (one tick), nanoseconds,
     *     at least 0
     * @throws IllegalArgumentException naming the part that does not fit
     */
    public CertificateQuery {
        requireShape("input", input, network.inputSize(), input.columns());
        requireShape("target", target, network.outputSize(), input.columns());
        if (input.columns() < 1) {
            throw new IllegalArgumentException("input: need at least one example");
        }
        if (!network.loss().accepts(beta)) {
            throw new IllegalArgumentException(
                    "beta: need a number %s, got %s".formatted(network.loss().betaRange(), beta));
        }
        if (!Double.isFinite(gamma)) {
            throw new IllegalArgumentException("gamma: need a finite number, got " + gamma);
        }
        if (refractoryNanos < NO_TICK) {
            throw new IllegalArgumentException(
                    "refractory: need at least 0 ns, got " + refractoryNanos);
        }
        for (Population p : network.populations()) {
            if (!(p.activation() instanceof StandardActivation)) {
                throw new IllegalArgumentException(
                        "population %s: no certificate for activation %s, only for standard ones"
                                .formatted(p.name(), p.activation().optionName()));
            }
        }
    }

    /**
     * {@return the mean one-way delay in ticks of a cell; infinite for a delay without refractory
     * period, NaN if the mean or the tick is not known}
     */
    public double delayTicks() {
        if (!delay.statesMean()) {
            return Double.NaN;
        }
        long travel = delay.typicalNanos();
        if (refractoryNanos == NO_TICK) {
            return delay.equals(Delays.none()) ? 0.0 : Double.NaN;
        }
        return travel == 0 ? 0.0 : (double) travel / refractoryNanos;
    }

    private static void requireShape(String name, Matrix m, int rows, int columns) {
        if (m.rows() != rows || m.columns() != columns) {
            throw new IllegalArgumentException(
                    "%s is %d x %d, need %d x %d"
                            .formatted(name, m.rows(), m.columns(), rows, columns));
        }
    }
}
