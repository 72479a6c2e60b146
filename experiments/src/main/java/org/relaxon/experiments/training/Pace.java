package org.relaxon.experiments.training;

import org.relaxon.model.plasticity.RateSchedule;

/**
 * How much is learned at a time, for how long, and how often somebody looks.
 *
 * @param batch examples that settle together
 * @param lastBatch what becomes of the examples of an epoch that fill no whole batch
 * @param steps changes of the weights
 * @param rate learning rate of the first epoch, for gradients that are means over a batch
 * @param decay factor of the rate after each epoch, in (0, 1]
 * @param rateSchedule how the rate falls over all steps besides
 * @param evaluateEvery steps between two evaluations
 * @param alignEvery steps between two comparisons with backprop; 0 for none but at evaluations
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
     * @throws IllegalArgumentException naming what is out of range
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
        if (inFlight < 1 || inFlight > batch) {
            throw new IllegalArgumentException(
                    "in-flight: %d is not in 1..%d, the examples of a batch"
                            .formatted(inFlight, batch));
        }
    }

    /** So many steps at a constant rate, with an evaluation at the end. */
    public static Pace of(int batch, long steps, double rate) {
        return new Pace(
                batch, LastBatch.KEEP, steps, rate, 1.0, RateSchedule.CONSTANT, steps, 0, 0, 1);
    }

    /** The same with another use of the examples that fill no whole batch. */
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

    /** The same with another factor of the rate after each epoch. */
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

    /** The same with a rate that falls over all steps in another way. */
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
     * Learning rate of one step.
     *
     * @param step number of steps before this one, 0 to one less than that of the training
     * @param perEpoch steps of an epoch, at least 1
     */
    public double rateAt(long step, long perEpoch) {
        long epochs = step / perEpoch; // whole ones
        double decayed = rate * StrictMath.pow(decay, (double) epochs);
        return decayed * rateSchedule.factor(step, steps);
    }

    /** The same with evaluations every so many steps. */
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

    /** The same with comparisons with backprop every so many steps. */
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

    /** The same ending after so many evaluations without a better accuracy. */
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

    /** The same with so many parts of a batch in flight. */
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
