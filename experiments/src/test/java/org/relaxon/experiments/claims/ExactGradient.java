package org.relaxon.experiments.claims;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Arrays;
import org.relaxon.model.activation.Activation;
import org.relaxon.model.activation.StandardActivation;
import org.relaxon.model.loss.StandardLoss;
import org.relaxon.model.network.Network;
import org.relaxon.model.network.Parameters;
import org.relaxon.model.network.Population;
import org.relaxon.model.network.Projection;

/**
 * Gradients of small networks in forty digits: of the loss at the feedforward pass, and of the loss
 * at the free equilibrium as a contrast of two states at a strength of 1e-10, centred. For tanh and
 * linear units. It shares no arithmetic with the program.
 */
final class ExactGradient {
    private static final MathContext DIGITS = new MathContext(42);
    private static final BigDecimal ONE = BigDecimal.ONE;
    private static final BigDecimal TWO = BigDecimal.valueOf(2);
    private static final BigDecimal AT_REST = new BigDecimal("1e-38");
    private static final BigDecimal STRENGTH = new BigDecimal("1e-10");
    private static final int SWEEPS_MAX = 5000;

    private final Network network;
    private final Parameters theta;
    private final double[] input;
    private final double[] target;

    ExactGradient(Network network, double[] input, double[] target) {
        this.network = network;
        this.theta = network.parameters();
        this.input = input;
        this.target = target;
    }

    /** dLoss/dtheta at the feedforward pass, rounded at the end. */
    Parameters backprop() {
        BigDecimal[][] x = zeros();
        for (Population p : network.populations()) {
            if (p.role() != Population.Role.INPUT) {
                relax(p, x, null, false);
            }
        }
        BigDecimal[][] back = zeros(); // dL/dx
        back[network.output().index()] = lossGradient(x);
        Parameters out = network.zeros();
        for (int k = back.length - 1; k >= 0; k--) {
            Population p = network.population(k);
            if (p.role() == Population.Role.INPUT) {
                continue;
            }
            BigDecimal[] a = drive(p, x, false);
            for (int i = 0; i < a.length; i++) {
                BigDecimal delta = times(back[k][i], slope(p.activation(), x[k][i]));
                out.biases(k)[i] = delta.doubleValue();
                for (Projection e : network.into(k)) {
                    for (int j = 0; j < x[e.pre()].length; j++) {
                        out.weights(e.index())[i][j] = times(delta, x[e.pre()][j]).doubleValue();
                        BigDecimal w = new BigDecimal(theta.weights(e.index())[i][j]);
                        back[e.pre()][j] = back[e.pre()][j].add(times(w, delta), DIGITS);
                    }
                }
            }
        }
        return out;
    }

    /** dLoss/dtheta at the free equilibrium, rounded at the end. */
    Parameters implicit() {
        BigDecimal[][] plus = settled(STRENGTH);
        BigDecimal[][] minus = settled(STRENGTH.negate());
        BigDecimal width = STRENGTH.multiply(TWO).negate();
        Parameters out = network.zeros();
        for (Projection e : network.projections()) {
            double[][] w = out.weights(e.index());
            for (int i = 0; i < w.length; i++) {
                for (int j = 0; j < w[i].length; j++) {
                    BigDecimal high = times(plus[e.post()][i], plus[e.pre()][j]);
                    BigDecimal low = times(minus[e.post()][i], minus[e.pre()][j]);
                    w[i][j] = high.subtract(low).divide(width, DIGITS).doubleValue();
                }
            }
        }
        for (Population p : network.populations()) {
            double[] b = out.biases(p.index());
            for (int i = 0; p.role() != Population.Role.INPUT && i < b.length; i++) {
                BigDecimal moved = plus[p.index()][i].subtract(minus[p.index()][i]);
                b[i] = moved.divide(width, DIGITS).doubleValue();
            }
        }
        return out;
    }

    /** Output of the free equilibrium. */
    double[] freeOutput() {
        return Arrays.stream(settled(BigDecimal.ZERO)[network.output().index()])
                .mapToDouble(BigDecimal::doubleValue)
                .toArray();
    }

    private BigDecimal[][] settled(BigDecimal beta) {
        BigDecimal[][] x = zeros();
        for (int k = 0; k < SWEEPS_MAX; k++) {
            BigDecimal moved = BigDecimal.ZERO;
            for (Population p : network.populations()) {
                if (p.role() != Population.Role.INPUT) {
                    moved = moved.max(relax(p, x, beta, true));
                }
            }
            if (moved.compareTo(AT_REST) <= 0) {
                return x;
            }
        }
        throw new AssertionError("sweeps do not contract");
    }

    /** Moves a population to f(drive); returns the largest move. */
    private BigDecimal relax(Population p, BigDecimal[][] x, BigDecimal beta, boolean recurrent) {
        BigDecimal[] a = drive(p, x, recurrent);
        if (p.role() == Population.Role.OUTPUT && beta != null) {
            BigDecimal[] g = lossGradient(x);
            for (int i = 0; i < a.length; i++) {
                a[i] = a[i].subtract(times(beta, g[i]), DIGITS);
            }
        }
        BigDecimal most = BigDecimal.ZERO;
        for (int i = 0; i < a.length; i++) {
            BigDecimal next = value(p.activation(), a[i]);
            most = most.max(next.subtract(x[p.index()][i]).abs());
            x[p.index()][i] = next;
        }
        return most;
    }

    private BigDecimal[] drive(Population p, BigDecimal[][] x, boolean recurrent) {
        BigDecimal[] a = new BigDecimal[p.size()];
        for (int i = 0; i < a.length; i++) {
            a[i] = new BigDecimal(theta.biases(p.index())[i]);
        }
        for (Projection e : network.projections()) {
            double[][] w = theta.weights(e.index());
            for (int i = 0; i < w.length; i++) {
                for (int j = 0; j < w[i].length; j++) {
                    BigDecimal weight = new BigDecimal(w[i][j]);
                    if (e.post() == p.index()) {
                        a[i] = a[i].add(times(weight, x[e.pre()][j]), DIGITS);
                    } else if (recurrent && e.pre() == p.index()) {
                        a[j] = a[j].add(times(weight, x[e.post()][i]), DIGITS);
                    }
                }
            }
        }
        return a;
    }

    private BigDecimal[] lossGradient(BigDecimal[][] x) {
        BigDecimal[] top = x[network.output().index()].clone();
        BigDecimal sum = BigDecimal.ZERO;
        boolean entropy = network.loss() == StandardLoss.CROSS_ENTROPY;
        for (int i = 0; entropy && i < top.length; i++) {
            top[i] = exp(top[i]);
            sum = sum.add(top[i], DIGITS);
        }
        for (int i = 0; i < top.length; i++) {
            BigDecimal share = entropy ? top[i].divide(sum, DIGITS) : top[i];
            top[i] = share.subtract(new BigDecimal(target[i]), DIGITS);
        }
        return top;
    }

    private BigDecimal[][] zeros() {
        BigDecimal[][] x = new BigDecimal[network.populations().size()][];
        for (Population p : network.populations()) {
            x[p.index()] = new BigDecimal[p.size()];
            for (int i = 0; i < p.size(); i++) {
                boolean given = p.role() == Population.Role.INPUT;
                x[p.index()][i] = given ? new BigDecimal(input[i]) : BigDecimal.ZERO;
            }
        }
        return x;
    }

    private static BigDecimal times(BigDecimal a, BigDecimal b) {
        return a.multiply(b, DIGITS);
    }

    private static BigDecimal value(Activation f, BigDecimal a) {
        if (f == StandardActivation.LINEAR) {
            return a;
        }
        BigDecimal e = exp(times(TWO, a));
        return e.subtract(ONE).divide(e.add(ONE), DIGITS);
    }

    private static BigDecimal slope(Activation f, BigDecimal x) {
        return f == StandardActivation.LINEAR ? ONE : ONE.subtract(times(x, x));
    }

    /** By its series at a 256th of the argument, squared eight times. */
    static BigDecimal exp(BigDecimal a) {
        BigDecimal small = a.divide(BigDecimal.valueOf(256), DIGITS);
        BigDecimal term = ONE;
        BigDecimal sum = ONE;
        for (int k = 1; k < 40 && term.signum() != 0; k++) {
            term = times(term, small).divide(BigDecimal.valueOf(k), DIGITS);
            sum = sum.add(term, DIGITS);
        }
        for (int k = 0; k < 8; k++) {
            sum = times(sum, sum);
        }
        return sum;
    }
}
