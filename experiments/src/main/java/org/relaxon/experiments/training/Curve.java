package org.relaxon.experiments.training;

import java.util.ArrayList;
import java.util.List;

/** The evaluations of one training, in the order of their steps. */
final class Curve {
    private final List<Evaluation> evaluations = new ArrayList<>();

    /** A copy of the evaluations so far. */
    List<Evaluation> evaluations() {
        return List.copyOf(evaluations);
    }

    /** Continues from the evaluations of a checkpoint. */
    void begin(List<Evaluation> before) {
        evaluations.addAll(before);
    }

    /**
     * Adds one.
     *
     * @param step changes of the weights before it
     * @param perEpoch steps of an epoch
     * @param gradient comparison of update and backprop gradient
     * @return the evaluation
     */
    Evaluation add(
            long step,
            long perEpoch,
            Examiner.Grade train,
            Examiner.Grade test,
            Alignment gradient) {
        Evaluation now =
                new Evaluation(
                        step,
                        (double) step / perEpoch,
                        train.loss(),
                        train.accuracy(),
                        test.loss(),
                        test.accuracy(),
                        train.r2(),
                        test.r2(),
                        train.unsettled() + test.unsettled(),
                        gradient.cosine(),
                        gradient.oneMinusCosine());
        evaluations.add(now);
        return now;
    }

    /** True if the last evaluation is that of this step. */
    boolean endsAt(long step) {
        return !evaluations.isEmpty() && evaluations.get(evaluations.size() - 1).step() == step;
    }

    /**
     * True if none of the last evaluations is better than all before them.
     *
     * @param patience number of evaluations; 0 for never
     */
    boolean isFlat(int patience) {
        if (patience == 0 || evaluations.size() <= patience) {
            return false;
        }
        int from = evaluations.size() - patience;
        double before =
                evaluations.subList(0, from).stream()
                        .mapToDouble(Evaluation::merit)
                        .filter(merit -> !Double.isNaN(merit))
                        .max()
                        .orElse(Double.NEGATIVE_INFINITY);
        return evaluations.subList(from, evaluations.size()).stream()
                .noneMatch(e -> e.merit() > before);
    }
}
