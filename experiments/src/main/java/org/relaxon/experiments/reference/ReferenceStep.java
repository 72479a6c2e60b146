package org.relaxon.experiments.reference;

import java.util.List;
import org.relaxon.model.network.Network;
import org.relaxon.model.network.Parameters;
import org.relaxon.model.network.Population;
import org.relaxon.model.network.Projection;
import org.relaxon.model.network.Projection.FeedbackWeights.Kind;
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
     * {@return weights and biases after the step} Feedback weights of its own stay as they were;
     * what they do to the weights counts.
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
            one.complete(network, e, before, out);
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

    /**
     * What feedback weights of its own that follow the weights do to these, beside the update: W
     * decays by kappa, or moves by -2 c rate (W - B) / n over the n neurons that are not clamped. A
     * synapse whose gate is closed stays.
     */
    private void complete(Network network, Projection e, Parameters before, Parameters out) {
        if (!e.hasOwnFeedback() || !e.ownFeedback().learns()) {
            return;
        }
        boolean decays = e.ownFeedback().kind() == Kind.KOLEN_POLLACK;
        double strength = e.ownFeedback().strength();
        double share = decays ? strength : 2.0 * strength * rate / freeNeurons(network);
        double[][] w = before.weights(e.index());
        double[][] b = before.feedback(e.index());
        for (int i = 0; i < w.length; i++) {
            for (int j = 0; j < w[i].length; j++) {
                double from = decays ? 0.0 : b[i][j];
                if (optimiser.gate().opens(UpdateGate.weights(e.weightsOf(), i), j, number)) {
                    out.weights(e.index())[i][j] -= share * (w[i][j] - from);
                }
            }
        }
    }

    private static int freeNeurons(Network network) {
        return network.populations().stream()
                .filter(p -> p.role() != Population.Role.INPUT)
                .mapToInt(Population::size)
                .sum();
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
