package org.relaxon.experiments.reproduction.published;

/**
 * What the authors report for one row of a table: github.com/nshkrdotcom/pc-alm, for schedules
 * reports/prebeam at commit 359a957 (seeds 0 to 4; 0 to 2 at 16 and 64 layers), for stale reads
 * results/exp1_2 at 5a23b89 and for triggers results/exp4_1 at 5a23b89 (seeds 0 to 2 each). NaN
 * where they state none.
 *
 * @param cosine mean over seeds of the cosine of the whole gradient
 * @param deviation its standard deviation over seeds
 * @param earlyCosine mean of the cosine of the early quarter of the layers
 * @param earlyNorm mean of length over that of backprop there
 * @param reached90 median, over the runs that reach it, of the sweeps until nine tenths of the
 *     layers are reached
 * @param sweeps mean sweeps of a run with triggers
 */
public record PublishedFigure(
        double cosine,
        double deviation,
        double earlyCosine,
        double earlyNorm,
        double reached90,
        double sweeps) {
    private static final int BASE = 32;

    private static PublishedFigure of(double cosine, double deviation) {
        return of(cosine, deviation, Double.NaN, Double.NaN, Double.NaN);
    }

    private static PublishedFigure of(
            double cosine, double deviation, double early, double norm, double reached) {
        return new PublishedFigure(cosine, deviation, early, norm, reached, Double.NaN);
    }

    private static PublishedFigure read(double cosine, double deviation, double early) {
        return of(cosine, deviation, early, Double.NaN, Double.NaN);
    }

    private static PublishedFigure trigger(double cosine, double deviation, double sweeps) {
        return new PublishedFigure(cosine, deviation, Double.NaN, Double.NaN, Double.NaN, sweeps);
    }

    /**
     * {@return the figure of a schedule; null if there is none}
     *
     * @param fashion whether for Fashion-MNIST, or for synthetic data
     * @param depth number of weight matrices
     * @param schedule the schedule
     */
    public static PublishedFigure of(boolean fashion, int depth, PublishedSchedule schedule) {
        if (fashion) {
            return depth == BASE ? fashion(schedule) : null;
        }
        return switch (depth) {
            case 16 -> shallow(schedule);
            case BASE -> base(schedule);
            case 64 -> deep(schedule);
            default -> null;
        };
    }

    private static PublishedFigure base(PublishedSchedule schedule) {
        return switch (schedule) {
            case SYNCHRONOUS -> of(0.9516, 0.0035, 0.8956, 0.642, 60);
            case COORDINATE -> of(0.9356, 0.0418, 0.8959, 0.610, 58);
            case PERMUTATION -> of(0.9561, 0.0059, 0.8993, 0.905, 54);
            case GLOBAL_STALE -> of(0.8884, 0.0439, 0.8967, 0.379, 64);
            case GLOBAL_OLDER -> of(0.8509, 0.0348, 0.9003, 0.259, Double.NaN);
            case LOCAL -> of(0.9696, 0.0013, 0.9377, 0.900, 52);
            case LOCAL_QUARTER -> of(0.9707, 0.0015, 0.9395, 0.885, 52);
            case LOCAL_STALE -> of(0.9724, 0.0040, 0.9446, 0.829, 52);
            case RATES -> of(0.4719, 0.3339, -0.0159, 0.0001, Double.NaN);
        };
    }

    private static PublishedFigure fashion(PublishedSchedule schedule) {
        return switch (schedule) {
            case SYNCHRONOUS -> of(0.9477, 0.0124);
            case COORDINATE -> of(0.9359, 0.0267);
            case PERMUTATION -> of(0.9558, 0.0054);
            case GLOBAL_STALE -> of(0.8803, 0.0424);
            case LOCAL -> of(0.9688, 0.0079);
            case LOCAL_STALE -> of(0.9689, 0.0132);
            default -> null;
        };
    }

    private static PublishedFigure shallow(PublishedSchedule schedule) {
        return switch (schedule) {
            case SYNCHRONOUS -> of(0.9561, 0.0053);
            case COORDINATE -> of(0.9392, 0.0083);
            case PERMUTATION -> of(0.9642, 0.0023);
            case GLOBAL_STALE -> of(0.9111, 0.0374);
            case LOCAL -> of(0.9725, 0.0054);
            case LOCAL_STALE -> of(0.9687, 0.0103);
            default -> null;
        };
    }

    private static PublishedFigure deep(PublishedSchedule schedule) {
        return switch (schedule) {
            case SYNCHRONOUS -> of(0.9554, 0.0058);
            case COORDINATE -> of(0.9566, 0.0067);
            case PERMUTATION -> of(0.9532, 0.0095);
            case GLOBAL_STALE -> of(0.8988, 0.0182);
            case LOCAL -> of(0.9687, 0.0071);
            case LOCAL_STALE -> of(0.9734, 0.0053);
            default -> null;
        };
    }

    /**
     * {@return the figure of a stale read, at 32 layers; null at others}
     *
     * @param fashion whether for Fashion-MNIST, or for synthetic data
     * @param depth number of weight matrices
     * @param read which read is stale
     */
    public static PublishedFigure of(boolean fashion, int depth, StaleRead read) {
        if (depth != BASE) {
            return null;
        }
        return switch (read) {
            case NONE -> fashion ? read(.9648, .0067, .9408) : read(.9704, .0033, .9283);
            case BELOW -> fashion ? read(.9754, .0044, .9541) : read(.9780, .0031, .9472);
            case ABOVE -> fashion ? read(.9505, .0057, .9326) : read(.9638, .0029, .9201);
            case STATES -> fashion ? read(.9270, .0382, .9257) : read(.9513, .0223, .9231);
            case NEXT -> fashion ? read(.8744, .0563, .9701) : read(.9288, .0134, .9665);
            case OWN -> fashion ? read(-.0941, .0771, .0249) : read(-.0520, .0771, .0179);
            case ALL -> fashion ? read(.0081, .0289, .3059) : read(.0008, .0239, .3103);
        };
    }

    /**
     * {@return the figure of a threshold, at 32 layers; null if there is none}
     *
     * @param fashion whether for Fashion-MNIST, or for synthetic data
     * @param depth number of weight matrices
     * @param threshold of the root mean square; negative: all layers always fire
     */
    public static PublishedFigure of(boolean fashion, int depth, double threshold) {
        if (depth != BASE) {
            return null;
        }
        if (threshold < 0.0) {
            return fashion ? trigger(.9440, .0044, 32) : trigger(.9519, .0031, 32);
        }
        if (threshold == 1e-5) {
            return fashion ? trigger(.9355, .0061, 17.0) : trigger(.9531, .0088, 17.0);
        }
        if (threshold == 3e-5) {
            return fashion ? trigger(.7600, .0109, 3.55) : trigger(.8103, .0072, 2.78);
        }
        if (threshold == 1e-4) {
            return fashion ? trigger(.6736, .0394, .41) : trigger(.7558, .0166, .30);
        }
        return null;
    }
}
