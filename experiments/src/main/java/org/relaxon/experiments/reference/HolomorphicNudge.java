package org.relaxon.experiments.reference;

import org.relaxon.model.activation.StandardActivation;
import org.relaxon.model.loss.StandardLoss;
import org.relaxon.model.math.Matrix;
import org.relaxon.model.network.Network;
import org.relaxon.model.network.Parameters;
import org.relaxon.model.network.Population;
import org.relaxon.model.network.Projection;

/**
 * The estimate of holomorphic equilibrium propagation at finite beta with N points (Laborieux and
 * Zenke 2022), for the layered Hopfield energy I = sum G(s) - s^T (W s_pre + b), squared loss and
 * linear output: with w_k = exp(2 pi i k / N) and s the complex equilibrium at nudge beta w_k,
 *
 * <p>g = Re[-(1/(N beta)) sum over k of w_k^-1 s_post s_pre^T], without any conjugation; its error
 * against the implicit gradient is of order beta^N. Points k and N - k are conjugate, so N/2 + 1 of
 * them are computed; N = 2 is the centred estimate.
 *
 * <p>Each equilibrium is found by Newton's method to round-off, continued from the free one in
 * steps of beta: the branch is that of the free state given, or of the one that sweeps from zeros
 * reach. Round-off in the estimate is of order eps / beta. Dense matrices: for small networks.
 */
public final class HolomorphicNudge {
    private static final int SWEEPS = 400;

    /** Largest step of the nudge on the way to beta w. */
    private static final double STEP = 0.05;

    private static final double STEP_LEAST = 1e-4;

    /** Largest distance of a free state from the equilibrium that it is taken for. */
    private static final double NEAR = 1e-2;

    private final Network network;
    private final Parameters theta;
    private final int points;
    private final double beta;
    private final Matrix input;
    private final Matrix target;

    private HolomorphicNudge(
            Network network,
            Parameters theta,
            int points,
            double beta,
            Matrix input,
            Matrix target) {
        this.network = network;
        this.theta = theta;
        this.points = points;
        this.beta = beta;
        this.input = input;
        this.target = target;
    }

    /**
     * {@return the estimate, summed over the batch, on the branch of the free state that sweeps
     * from zeros reach}
     *
     * @param network graph, activations and loss
     * @param theta weights and biases in the shapes of the network
     * @param points N, even and at least 2
     * @param beta nudging strength, finite and above 0
     * @param input shape (n_0, B)
     * @param target shape (n_L, B)
     * @throws IllegalArgumentException naming the activation, loss, number or shape that does not
     *     fit
     * @throws IllegalStateException if an equilibrium is not found
     */
    public static Parameters estimate(
            Network network,
            Parameters theta,
            int points,
            double beta,
            Matrix input,
            Matrix target) {
        return estimate(network, theta, points, beta, input, target, null);
    }

    /**
     * {@return the estimate, summed over the batch, on the branch of given free states}
     *
     * @param network graph, activations and loss
     * @param theta weights and biases in the shapes of the network
     * @param points N, even and at least 2
     * @param beta nudging strength, finite and above 0
     * @param input shape (n_0, B)
     * @param target shape (n_L, B)
     * @param reached by population index, shape (n, B); the input's is not read. Must be within
     *     1e-2 of an equilibrium. Null to sweep from zeros
     */
    public static Parameters estimate(
            Network network,
            Parameters theta,
            int points,
            double beta,
            Matrix input,
            Matrix target,
            Matrix[] reached) {
        requireHolomorphic(network);
        Backprop.requireBatch(network, input, target);
        if (points < 2 || points % 2 != 0) {
            throw new IllegalArgumentException(
                    "points: need an even number of at least 2, got " + points);
        }
        if (!(beta > 0.0 && beta < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("beta: need a finite number > 0, got " + beta);
        }
        HolomorphicNudge nudge = new HolomorphicNudge(network, theta, points, beta, input, target);
        Parameters sum = network.zeros();
        for (int c = 0; c < input.columns(); c++) {
            nudge.addExample(c, reached, sum);
        }
        return sum;
    }

    private static void requireHolomorphic(Network network) {
        for (Population p : network.populations()) {
            boolean output = p.role() == Population.Role.OUTPUT;
            boolean fits =
                    p.activation() instanceof StandardActivation f
                            && (output ? f == StandardActivation.LINEAR : Complex.continues(f));
            if (p.role() != Population.Role.INPUT && !fits) {
                throw new IllegalArgumentException(
                        "holomorphic: population %s: activation %s does not fit, %s"
                                .formatted(
                                        p.name(),
                                        p.activation().optionName(),
                                        output
                                                ? "an output must be linear"
                                                : "it must be an analytic one"));
            }
        }
        if (network.loss() != StandardLoss.SQUARED) {
            throw new IllegalArgumentException(
                    "holomorphic: needs the squared loss, got " + network.loss().optionName());
        }
    }

    private void addExample(int c, Matrix[] reached, Parameters sum) {
        double[] x0 = input.columnValues(c);
        HolomorphicState state = new HolomorphicState(network, theta, x0, target.columnValues(c));
        Complex[] free = free(state, reached, c);
        for (int k = 0; k <= points / 2; k++) {
            double angle = 2 * Math.PI * k / points;
            Complex w = // exactly -1 at half a turn: the centred estimate stays real
                    2 * k == points
                            ? new Complex(-1.0, 0.0)
                            : new Complex(StrictMath.cos(angle), StrictMath.sin(angle));
            Complex[] s = follow(state, free, w.times(beta));
            boolean own = k == 0 || 2 * k == points; // its own conjugate
            double weight = -(own ? 1.0 : 2.0) / (points * beta);
            addPoint(state, x0, s, new Complex(w.re(), -w.im()).times(weight), sum);
        }
    }

    private Complex[] free(HolomorphicState state, Matrix[] reached, int c) {
        Complex[] start = state.swept(reached == null ? SWEEPS : 1);
        for (Population p : network.populations()) {
            boolean given = reached != null && p.role() != Population.Role.INPUT;
            for (int i = 0; given && i < p.size(); i++) {
                start[state.offset(p.index()) + i] = new Complex(reached[p.index()].get(i, c), 0.0);
            }
        }
        Complex[] found = state.equilibrium(new Complex(0.0, 0.0), start);
        for (int i = 0; i < start.length; i++) {
            if (found == null || !(Math.abs(found[i].re() - start[i].re()) <= NEAR)) {
                throw new IllegalStateException(
                        "holomorphic: example %d: the free state is not near an equilibrium"
                                .formatted(c));
            }
        }
        return found;
    }

    /** The equilibrium at nudge {@code goal} on the branch of the free one. */
    private static Complex[] follow(HolomorphicState state, Complex[] free, Complex goal) {
        double length = Math.hypot(goal.re(), goal.im());
        double step = STEP;
        double at = 0.0;
        Complex[] s = free;
        while (at < length) {
            double next = Math.min(length, at + step);
            Complex[] found = state.equilibrium(goal.times(next / length), s);
            if (found != null) {
                s = found;
                at = next;
            } else {
                step /= 2;
                if (step < STEP_LEAST) {
                    throw new IllegalStateException(
                            "holomorphic: the equilibrium is lost at |nudge| = " + at);
                }
            }
        }
        return s;
    }

    /** Adds Re[factor s_post s_pre^T]; the input is real. */
    private void addPoint(
            HolomorphicState state, double[] x0, Complex[] s, Complex factor, Parameters sum) {
        for (Projection e : network.projections()) {
            double[][] w = sum.weights(e.index());
            boolean clamped = network.population(e.pre()).role() == Population.Role.INPUT;
            for (int i = 0; i < w.length; i++) {
                Complex post = s[state.offset(e.post()) + i].times(factor);
                for (int j = 0; j < w[i].length; j++) {
                    w[i][j] +=
                            clamped
                                    ? post.re() * x0[network.firstRow(e.pre()) + j]
                                    : post.times(s[state.offset(e.pre()) + j]).re();
                }
            }
        }
        for (Population p : network.populations()) {
            double[] b = sum.biases(p.index());
            for (int i = 0; i < b.length; i++) {
                b[i] += factor.times(s[state.offset(p.index()) + i]).re();
            }
        }
    }
}
