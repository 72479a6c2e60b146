package org.relaxon.experiments.training;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.relaxon.experiments.certificate.Certificate;
import org.relaxon.experiments.certificate.Certificates;
import org.relaxon.experiments.problem.Problem;
import org.relaxon.model.math.Matrix;
import org.relaxon.model.network.Network;
import org.relaxon.model.network.Parameters;
import org.relaxon.model.rule.Trait;

/** Likely causes if a minibatch takes more messages to settle than at the beginning. */
final class GrowthCause {
    private static final double UNIT_ROUND_OFF = 0x1.0p-53;
    private static final int EXAMPLES = 8;

    private final TrainPlan plan;

    GrowthCause(TrainPlan plan) {
        this.plan = plan;
    }

    /**
     * All likely causes in one line, with remedies.
     *
     * @param now weights and biases
     * @param input of the minibatch, shape (n_0, B)
     * @param target of the minibatch, shape (n_L, B)
     * @param held additional units that were held at a kink in the last steps
     */
    String describe(Parameters now, Matrix input, Matrix target, long held) {
        List<String> causes = new ArrayList<>();
        addWeights(causes, now, some(input), some(target));
        addThreshold(causes, now, input);
        if (held > 0) {
            causes.add(
                    ("%d more units were held at a kink, where cells approach rest by steps;"
                                    + " a smaller strength brings fewer there")
                            .formatted(held));
        }
        return causes.isEmpty() ? "no likely cause found" : String.join("; ", causes);
    }

    /**
     * A perturbation shrinks by the contraction at every step, so the number of steps to a
     * threshold is proportional to the inverse of its logarithm; where the bound of all states is
     * not below 1, it need not shrink.
     */
    private void addWeights(List<String> causes, Parameters now, Matrix input, Matrix target) {
        Certificate start = certificate(plan.network(), input, target);
        Certificate here = certificate(plan.network().with(now), input, target);
        double before = start.contraction();
        double after = here.contraction();
        String remedy = "a smaller --rate or a --weight-decay keeps them small";
        if (start.certified() && !here.certified()) {
            causes.add(
                    "weights have grown beyond those that are proven to settle (%s); %s"
                            .formatted(here.why(), remedy));
        } else if (after > before) {
            causes.add(
                    String.format(
                            Locale.ROOT,
                            "weights have grown: contraction %.3f, %.3f at the start; the nearer"
                                    + " to 1, the more steps; %s",
                            after,
                            before,
                            remedy));
        }
    }

    /** The certificate for these examples; its contraction is NaN where there is none. */
    private Certificate certificate(Network network, Matrix input, Matrix target) {
        Problem shown = new Problem(network, input, target, "training", "training");
        return Certificates.of(plan.method(), shown, plan.run())
                .orElse(Certificate.without("no bound is known"));
    }

    /** A change of activity by rounding alone would be sent again and again. */
    private void addThreshold(List<String> causes, Parameters now, Matrix input) {
        double threshold = plan.run().signalling().least();
        double rounding = UNIT_ROUND_OFF * largestDrive(now, input);
        if (!plan.method().algorithm().rule().traits().has(Trait.HOLDS_ERRORS)
                && threshold < rounding) {
            causes.add(
                    String.format(
                            Locale.ROOT,
                            "the threshold %.1e lies below the rounding of a drive, %.1e;"
                                    + " --threshold sets it",
                            threshold,
                            rounding));
        }
    }

    /** A bound on the terms of a drive, with activities up to 1 or to the largest input. */
    private double largestDrive(Parameters now, Matrix input) {
        double scale = 1.0;
        for (double x : input.values()) {
            scale = Math.max(scale, Math.abs(x));
        }
        double largest = 0.0;
        for (int p = 0; p < plan.network().projections().size(); p++) {
            for (double[] row : now.weights(p)) {
                double sum = 0.0;
                for (double w : row) {
                    sum += Math.abs(w);
                }
                largest = Math.max(largest, sum * scale);
            }
        }
        return largest;
    }

    /** The first examples: a bound is computed for each, and the worst counts. */
    private static Matrix some(Matrix batch) {
        int count = Math.min(batch.columns(), EXAMPLES);
        Matrix out = Matrix.zeros(batch.rows(), count);
        for (int i = 0; i < batch.rows(); i++) {
            for (int c = 0; c < count; c++) {
                out.values()[i * count + c] = batch.get(i, c);
            }
        }
        return out;
    }
}
