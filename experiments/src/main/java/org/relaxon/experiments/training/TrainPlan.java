package org.relaxon.experiments.training;

import org.relaxon.model.algorithm.Algorithm;
import org.relaxon.model.network.Network;
import org.relaxon.model.plasticity.Estimator;
import org.relaxon.model.plasticity.Optimiser;
import org.relaxon.runtime.Budget;
import org.relaxon.runtime.RunPlan;

/**
 * Everything that fixes a training beside the data.
 *
 * @param network with its initial weights
 * @param strength beta or gamma
 * @param run how each minibatch settles
 * @param batch examples that settle together
 * @param steps changes of the weights
 * @param rate learning rate of the first epoch, for gradients that are means over a batch
 * @param decay factor of the rate after each epoch, in (0, 1]
 * @param evaluateEvery steps between two evaluations
 * @param alignEvery steps between two comparisons with backprop; 0 for none but at evaluations
 * @param patience evaluations without a better accuracy after which the training stops; 0 for never
 * @param continual whether weights change at every relaxation rather than at equilibrium
 * @param dropsUnsettled whether examples that do not settle are left out rather than end it all
 * @param seed of the order of examples and of every session
 */
public record TrainPlan(
        Network network,
        Algorithm algorithm,
        Estimator estimator,
        double strength,
        RunPlan run,
        Budget budget,
        Optimiser optimiser,
        int batch,
        long steps,
        double rate,
        double decay,
        long evaluateEvery,
        long alignEvery,
        int patience,
        boolean continual,
        boolean dropsUnsettled,
        long seed) {

    /**
     * @throws IllegalArgumentException naming what is out of range
     */
    public TrainPlan {
        if (!(rate > 0) || Double.isInfinite(rate)) {
            throw new IllegalArgumentException("rate: need a finite number > 0, got " + rate);
        }
        if (!(decay > 0 && decay <= 1)) {
            throw new IllegalArgumentException("rate-decay: %s is not in (0, 1]".formatted(decay));
        }
        if (steps < 1 || evaluateEvery < 1) {
            throw new IllegalArgumentException(
                    "steps: need at least 1 step and 1 between evaluations, got %d and %d"
                            .formatted(steps, evaluateEvery));
        }
        if (alignEvery < 0) {
            throw new IllegalArgumentException("align-every: %d is negative".formatted(alignEvery));
        }
        if (patience < 0) {
            throw new IllegalArgumentException("patience: %d is negative".formatted(patience));
        }
        if (continual && !optimiser.equals(Optimiser.sgd())) {
            throw new IllegalArgumentException(
                    "optimiser: continual learning adds increments up, which only sgd does, not "
                            + optimiser.optionName());
        }
        if (run.rule().needsTurns()) {
            run.requireConsistent();
        }
    }

    /** What has to be the same for a checkpoint to be of this training, in one line. */
    String identity(String data) {
        return String.join(
                " | ",
                network.toString(),
                algorithm.optionName() + algorithm.variant(),
                estimator.optionName(),
                Double.toString(strength),
                run.granularity().toString(),
                run.discipline().toString(),
                run.delay().spec(),
                Double.toString(run.threshold()),
                run.kernels().name(),
                optimiser.toString(),
                Integer.toString(batch),
                Double.toString(rate),
                Double.toString(decay),
                Long.toString(evaluateEvery),
                Long.toString(alignEvery),
                continual ? "continual" : "phased",
                Long.toString(seed),
                data);
    }
}
