package org.relaxon.experiments.training;

import org.relaxon.model.plasticity.RateSchedule;

/**
 * Batch size, length of a training, rate, and frequency of evaluations.
 *
 * @param batch examples that settle together
 * @param lastBatch treatment of the examples of an epoch that do not fill a whole batch
 * @param steps changes of the weights
 * @param rate learning rate of the first epoch, for gradients that are means over a batch
 * @param decay factor of the rate after each epoch, in (0, 1]
 * @param rateSchedule additional fall of the rate over all steps
 * @param evaluateEvery steps between two evaluations
 * @param alignEvery steps between two comparisons with backprop; 0 for comparisons only at
 *     evaluations
 * @param patience evaluations without a better test accuracy, or where the task has none a lower
 *     test loss, after which the training stops; 0 for never
 * @param inFlight parts of a batch that settle at the same time through the same cells, each by
 *     itself, 1 to the batch; the weights change when all have settled
 */
public record Pace(
        int batch,
        LastBatch lastBatch,
        long steps,
        double rate,
        double decay,
        RateSchedule rateSchedule,
        long evaluateEvery,
        long alignEvery,
        int patience,
        int inFlight) {

    /**
     * Checks the ranges.
     *
     * @param batch examples that settle together
     * @param lastBatch treatment of the examples of an epoch that do not fill a whole batch
     * @param steps changes of the weights
     * @param rate learning rate of the first epoch, for gradients that are means over a batch
     * @param decay factor of the rate after each epoch, in (0, 1]
     * @param rateSchedule additional fall of the rate over all steps
     * @param evaluateEvery steps between two evaluations
     * @param alignEvery steps between two comparisons with backprop
     * @param patience evaluations without a better test accuracy, or where the task has none a
     *     lower test loss, after which the training stops
     * @param inFlight parts of a batch that settle at the same time through the same cells, each by
     *     itself, 1 to the batch
     * @throws IllegalArgumentException naming the value that is out of range
     */
    public Pace {
        if (batch < 1) {
            throw new IllegalArgumentException("batch: need at least 1, got " + batch);
        }
        if (!(rate > 0) || Double.isInfinite(rate)) {
            throw new IllegalArgumentException("rate: need a finite number > 0, got " + rate);
        }
        if (!(decay > 0 && decay <= 1)) {
            throw new IllegalArgumentException("rate-decay: %s is not in (0, 1]".formatted(decay));
        }
        if (steps < 1) {
            throw new IllegalArgumentException("steps: need at least 1, got " + steps);
        }
        if (evaluateEvery < 1) {
            throw new IllegalArgumentException(
                    "evaluate-every: need at least 1 step, got " + evaluateEvery);
        }
        if (alignEvery < 0) {
            throw new IllegalArgumentException("align-every: %d is negative".formatted(alignEvery));
        }
        if (patience < 0) {
            throw new IllegalArgumentException("patience: %d is negative".formatted(patience));
        }
        if (inFlight < 1 || inFlight > batch) {
            throw new IllegalArgumentException(
                    "in-flight: %d is not in 1..%d, the examples of a batch"
                            .formatted(inFlight, batch));
        }
    }

    /**
     * {@return a pace of a number of steps at a constant rate, with an evaluation at the end}
     *
     * @param batch examples that settle together, at least 1
     * @param steps changes of the weights, at least 1
     * @param rate learning rate, finite and greater than 0
     */
    public static Pace of(int batch, long steps, double rate) {
        return new Pace(
                batch, LastBatch.KEEP, steps, rate, 1.0, RateSchedule.CONSTANT, steps, 0, 0, 1);
    }

    /**
     * {@return the same with another treatment of the examples that do not fill a whole batch}
     *
     * @param value the treatment
     */
    public Pace withLastBatch(LastBatch value) {
        return new Pace(
                batch,
                value,
                steps,
                rate,
                decay,
                rateSchedule,
                evaluateEvery,
                alignEvery,
                patience,
                inFlight);
    }

    /**
     * {@return the same at another learning rate of the first epoch}
     *
     * @param value finite and greater than 0
     */
    public Pace withRate(double value) {
        return new Pace(
                batch,
                lastBatch,
                steps,
                value,
                decay,
                rateSchedule,
                evaluateEvery,
                alignEvery,
                patience,
                inFlight);
    }

    /**
     * {@return the same with another factor of the rate after each epoch}
     *
     * @param value factor in (0, 1]
     */
    public Pace withDecay(double value) {
        return new Pace(
                batch,
                lastBatch,
                steps,
                rate,
                value,
                rateSchedule,
                evaluateEvery,
                alignEvery,
                patience,
                inFlight);
    }

    /**
     * {@return the same with another fall of the rate over all steps}
     *
     * @param value how the rate falls
     */
    public Pace withRateSchedule(RateSchedule value) {
        return new Pace(
                batch,
                lastBatch,
                steps,
                rate,
                decay,
                value,
                evaluateEvery,
                alignEvery,
                patience,
                inFlight);
    }

    /**
     * {@return the learning rate of one step}
     *
     * @param step number of steps before this one, 0 to one less than that of the training
     * @param perEpoch steps of an epoch, at least 1
     */
    public double rateAt(long step, long perEpoch) {
        long epochs = step / perEpoch; // full ones
        double decayed = rate * StrictMath.pow(decay, (double) epochs);
        return decayed * rateSchedule.factor(step, steps);
    }

    /**
     * {@return the same with another number of steps between evaluations}
     *
     * @param every steps between two evaluations, at least 1
     */
    public Pace withEvaluations(long every) {
        return new Pace(
                batch,
                lastBatch,
                steps,
                rate,
                decay,
                rateSchedule,
                every,
                alignEvery,
                patience,
                inFlight);
    }

    /**
     * {@return the same with another number of steps between comparisons with backprop}
     *
     * @param every steps between two comparisons; 0 for comparisons only at evaluations
     */
    public Pace withAlignments(long every) {
        return new Pace(
                batch,
                lastBatch,
                steps,
                rate,
                decay,
                rateSchedule,
                evaluateEvery,
                every,
                patience,
                inFlight);
    }

    /**
     * {@return the same with another patience}
     *
     * @param evaluations number of evaluations without a better one after which the training stops;
     *     0 for never
     */
    public Pace withPatience(int evaluations) {
        return new Pace(
                batch,
                lastBatch,
                steps,
                rate,
                decay,
                rateSchedule,
                evaluateEvery,
                alignEvery,
                evaluations,
                inFlight);
    }

    /**
     * {@return the same with another number of parts in flight}
     *
     * @param parts parts of a batch that settle at the same time, 1 to the batch
     */
    public Pace withInFlight(int parts) {
        return new Pace(
                batch,
                lastBatch,
                steps,
                rate,
                decay,
                rateSchedule,
                evaluateEvery,
                alignEvery,
                patience,
                parts);
    }
}
