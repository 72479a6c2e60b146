package org.relaxon.model.audit;

import org.relaxon.model.activation.StandardActivation;
import org.relaxon.model.loss.Loss;
import org.relaxon.model.loss.StandardLoss;
import org.relaxon.model.network.Network;
import org.relaxon.model.network.Parameters;
import org.relaxon.model.network.Population;
import org.relaxon.model.network.Projection;

/**
 * The total energies that the rules claim to minimise, one example at a time, written from their
 * definitions and sharing nothing with cells, kernels or rules.
 */
enum Energy {
    /** 1/2 sum |x - f(a)|^2. */
    PREDICTIVE_CODING {
        @Override
        double divergence(StandardActivation f, double x, double a) {
            double d = x - value(f, a);
            return 0.5 * d * d;
        }
    },

    /** sum G(x) + G*(a) - x a with (G*)' = f. */
    FENCHEL_YOUNG {
        @Override
        double divergence(StandardActivation f, double x, double a) {
            return switch (f) {
                case LINEAR -> 0.5 * (x - a) * (x - a);
                case TANH ->
                        x * 0.5 * Math.log((1 + x) / (1 - x))
                                + 0.5 * Math.log(1 - x * x)
                                + Math.log(Math.cosh(a))
                                - x * a;
                case SIGMOID ->
                        x * Math.log(x)
                                + (1 - x) * Math.log(1 - x)
                                + Math.log(1 + Math.exp(a))
                                - x * a;
                default -> throw new IllegalArgumentException(f.name());
            };
        }
    };

    abstract double divergence(StandardActivation f, double x, double a);

    /** I(x) + beta L(x_L, T), x indexed by population and neuron. */
    double of(Network network, Parameters p, double[][] x, double[] target, double beta) {
        double total = 0.0;
        for (Population q : network.populations()) {
            if (q.role() == Population.Role.INPUT) {
                continue;
            }
            for (int i = 0; i < q.size(); i++) {
                double a = drive(network, p, x, q.index(), i);
                total += divergence((StandardActivation) q.activation(), x[q.index()][i], a);
            }
        }
        return total + beta * loss(network.loss(), x[network.output().index()], target);
    }

    static double drive(Network network, Parameters p, double[][] x, int population, int i) {
        double a = p.biases(population)[i];
        for (Projection e : network.projections()) {
            if (e.post() == population) {
                for (int j = 0; j < x[e.pre()].length; j++) {
                    a += p.weights(e.index())[i][j] * x[e.pre()][j];
                }
            }
        }
        return a;
    }

    static double value(StandardActivation f, double a) {
        return switch (f) {
            case LINEAR -> a;
            case TANH -> Math.tanh(a);
            case SIGMOID -> 1 / (1 + Math.exp(-a));
            case SOFTPLUS -> Math.log(1 + Math.exp(a));
            case RELU -> Math.max(0, a);
            case HARD_SIGMOID -> Math.max(0, Math.min(1, (a + 1) / 2));
        };
    }

    static double loss(Loss loss, double[] x, double[] target) {
        double sum = 0.0;
        double normaliser = 0.0;
        for (int i = 0; i < x.length; i++) {
            double d = x[i] - target[i];
            sum += loss == StandardLoss.SQUARED ? 0.5 * d * d : -target[i] * x[i];
            normaliser += Math.exp(x[i]);
        }
        return loss == StandardLoss.SQUARED ? sum : sum + Math.log(normaliser);
    }

    /** The feedforward state of one example. */
    static double[][] forward(Network network, Parameters p, double[] input) {
        double[][] x = new double[network.populations().size()][];
        for (Population q : network.populations()) {
            x[q.index()] = new double[q.size()];
            for (int i = 0; i < q.size(); i++) {
                x[q.index()][i] =
                        q.role() == Population.Role.INPUT
                                ? input[i]
                                : value(
                                        (StandardActivation) q.activation(),
                                        drive(network, p, x, q.index(), i));
            }
        }
        return x;
    }
}
