package org.relaxon.experiments.reference;

import java.util.List;
import org.relaxon.model.network.Network;
import org.relaxon.model.network.Parameters;
import org.relaxon.model.network.Projection;
import org.relaxon.model.plasticity.LearningStep;
import org.relaxon.model.plasticity.Optimiser;
import org.relaxon.model.plasticity.UpdateGate;

/**
 * The result of one step of an optimiser with a given gradient, by the published formulas: Polyak
 * (1964) for momentum, algorithm 1 of Kingma and Ba (2015) for Adam, weight decay decoupled from
 * the gradient after Loshchilov and Hutter (2019). Shares no arithmetic with the cells; the
 * optimiser's own gate decides which synapses change.
 */
public final class ReferenceStep {
    private static final double EPSILON = 1e-8;

    private final Optimiser optimiser;
    private final double rate;
    private final double share;
    private final long number;

    private ReferenceStep(LearningStep step) {
        optimiser = step.optimiser();
        rate = step.rate();
        share = step.share();
        number = step.number();
    }

    /**
     * {@return weights and biases after the step}
     *
     * @param network whose shapes all parameters have
     * @param step optimiser with its settings
     * @param before weights and biases before it
     * @param memories the memories of the synapses before it; missing ones are zeros
     * @param gradient summed over the examples; the step's share makes it a mean
     */
    public static Parameters of(
            Network network,
            LearningStep step,
            Parameters before,
            List<Parameters> memories,
            Parameters gradient) {
        ReferenceStep one = new ReferenceStep(step);
        Parameters m = memories.isEmpty() ? network.zeros() : memories.get(0);
        Parameters v = memories.size() < 2 ? network.zeros() : memories.get(1);
        Parameters out = before.copy();
        for (Projection e : network.projections()) {
            int p = e.index();
            for (int i = 0; i < out.weights(p).length; i++) {
                one.move(
                        out.weights(p)[i],
                        gradient.weights(p)[i],
                        m.weights(p)[i],
                        v.weights(p)[i],
                        UpdateGate.weights(e.weightsOf(), i),
                        one.optimiser.weightDecay());
            }
        }
        network.populations().stream()
                .mapToInt(population -> population.index())
                .filter(k -> !network.into(k).isEmpty())
                .forEach(
                        k ->
                                one.move(
                                        out.biases(k),
                                        gradient.biases(k),
                                        m.biases(k),
                                        v.biases(k),
                                        UpdateGate.biases(k),
                                        0.0));
        return out;
    }

    private void move(double[] w, double[] g, double[] m, double[] v, long row, double decay) {
        for (int k = 0; k < w.length; k++) {
            if (optimiser.gate().opens(row, k, number)) {
                w[k] -= rate * (direction(share * g[k], m[k], v[k]) + decay * w[k]);
            }
        }
    }

    private double direction(double g, double m, double v) {
        double b1 = optimiser.first();
        double b2 = optimiser.second();
        return switch (optimiser.kind()) {
            case SGD -> g;
            case MOMENTUM -> b1 * m + g;
            case ADAM -> {
                double mean = (b1 * m + (1 - b1) * g) / (1 - StrictMath.pow(b1, (double) number));
                double square =
                        (b2 * v + (1 - b2) * g * g) / (1 - StrictMath.pow(b2, (double) number));
                yield mean / (StrictMath.sqrt(square) + EPSILON);
            }
        };
    }
}
