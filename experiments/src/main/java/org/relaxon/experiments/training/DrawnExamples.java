package org.relaxon.experiments.training;

import org.relaxon.experiments.problem.Problem;
import org.relaxon.experiments.theory.MinimumJudge;
import org.relaxon.model.math.CounterRandom;
import org.relaxon.model.math.Matrix;
import org.relaxon.model.network.Parameters;
import org.relaxon.model.settle.Conclusive;
import org.relaxon.model.settle.Settlement;
import org.relaxon.runtime.GradientEstimate;

/** Judges whether some examples of a training, drawn by its seed, rested at a minimum. */
final class DrawnExamples {
    private static final long STREAM = 1L << 53;

    /** One example is drawn in so many steps, on average. */
    private static final double EVERY = 20.0;

    private final TrainPlan plan;
    private final TrainCounts counts;

    DrawnExamples(TrainPlan plan, TrainCounts counts) {
        this.plan = plan;
        this.counts = counts;
    }

    /** True if an example of this step is to be judged; the first step always has one. */
    boolean asks(long step) {
        return step == 1 || CounterRandom.uniform(plan.seed(), STREAM, step) * EVERY < 1.0;
    }

    /**
     * Judges one example of a minibatch, if the minibatch settled.
     *
     * @param theta the weights under which it settled
     */
    void judge(
            long step, GradientEstimate estimate, Parameters theta, Matrix input, Matrix target) {
        double share = CounterRandom.uniform(plan.seed(), STREAM + 1, step);
        Problem problem =
                new Problem(plan.network().with(theta), input, target, "training", "training");
        int example = (int) (share * input.columns());
        MinimumJudge found =
                MinimumJudge.ofExample(
                        plan.method().algorithm().rule(),
                        problem,
                        estimate,
                        plan.run().effectiveTolerance(),
                        example);
        if (found.minima() + found.saddles() + found.unknown() > 0) {
            counts.judge(found.saddles() > 0, found.unknown() > 0);
        } else {
            counts.passOver(isSettled(estimate.verdict(), example, input.columns()));
        }
    }

    private static boolean isSettled(Settlement verdict, int example, int examples) {
        return verdict instanceof Conclusive done
                && done.columns().stream()
                        .anyMatch(v -> v.settled() && v.column() % examples == example);
    }
}
