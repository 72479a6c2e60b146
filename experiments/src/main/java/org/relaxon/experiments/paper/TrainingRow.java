package org.relaxon.experiments.paper;

import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import org.relaxon.experiments.sweep.Interval;
import org.relaxon.experiments.training.Alignment;
import org.relaxon.experiments.training.TrainResult;

/**
 * One training at one beta beside backprop.
 *
 * @param data the training and test examples
 * @param seed of weights and data
 * @param beta nudging strength
 * @param alignments of every minibatch, over those of its examples that settled
 * @param settled result of training by cells
 * @param baseline result of training by backprop on the same minibatches
 */
public record TrainingRow(
        String data,
        long seed,
        double beta,
        List<Alignment> alignments,
        TrainResult settled,
        TrainResult baseline) {
    /** The cosine that the local updates of every minibatch should reach. */
    public static final double COSINE = 0.999999;

    /**
     * Copies the list.
     *
     * @param data the training and test examples
     * @param seed of weights and data
     * @param beta nudging strength
     * @param alignments of every minibatch, over those of its examples that settled
     * @param settled result of training by cells
     * @param baseline result of training by backprop on the same minibatches
     */
    public TrainingRow {
        alignments = List.copyOf(alignments);
    }

    /** {@return the number of minibatches that were compared} */
    public long compared() {
        return compared(Alignment::cosine).count();
    }

    /** {@return the number of compared minibatches with examples that did not settle} */
    public long comparedInPart() {
        return compared(Alignment::examples).filter(n -> n < TrainingBesideBackprop.BATCH).count();
    }

    /**
     * {@return the share of the compared minibatches with a cosine of at least {@link #COSINE}; NaN
     * if there are none}
     */
    public double aligned() {
        return compared(Alignment::cosine)
                .map(c -> c >= COSINE ? 1 : 0)
                .average()
                .orElse(Double.NaN);
    }

    /** {@return the number of minibatches in which the nudge moved a unit across its kink} */
    public long crossed() {
        return compared(Alignment::crossed).filter(n -> n > 0).count();
    }

    /** {@return the largest 1 - cosine of the other minibatches; NaN if there are none} */
    public double mostApartUncrossed() {
        return alignments.stream()
                .filter(a -> a.exists() && a.crossed() == 0)
                .mapToDouble(Alignment::oneMinusCosine)
                .max()
                .orElse(Double.NaN);
    }

    /** {@return the least cosine of the compared minibatches; NaN if there are none} */
    public double leastCosine() {
        return compared(Alignment::cosine).min().orElse(Double.NaN);
    }

    /**
     * {@return the largest 1 - cosine of the compared minibatches, without cancellation; NaN if
     * there are none}
     */
    public double mostApart() {
        return compared(Alignment::oneMinusCosine).max().orElse(Double.NaN);
    }

    /**
     * {@return the median 1 - cosine of the compared minibatches, without cancellation; NaN if
     * there are none}
     */
    public double medianApart() {
        return median(Alignment::oneMinusCosine);
    }

    /** {@return the median cosine of the compared minibatches; NaN if there are none} */
    public double medianCosine() {
        return median(Alignment::cosine);
    }

    /** {@return the median |g - R| / |R| of the compared minibatches; NaN if there are none} */
    public double medianDistance() {
        return median(Alignment::relativeError);
    }

    /** {@return the largest |g - R| / |R| of the compared minibatches; NaN if there are none} */
    public double mostDistance() {
        return compared(Alignment::relativeError).max().orElse(Double.NaN);
    }

    private double median(ToDoubleFunction<Alignment> figure) {
        return Interval.median(compared(figure).toArray());
    }

    private DoubleStream compared(ToDoubleFunction<Alignment> figure) {
        return alignments.stream().filter(Alignment::exists).mapToDouble(figure);
    }
}
