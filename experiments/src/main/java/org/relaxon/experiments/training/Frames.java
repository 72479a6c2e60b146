package org.relaxon.experiments.training;

import java.util.Arrays;
import java.util.Optional;
import org.relaxon.experiments.data.ImageShape;
import org.relaxon.model.math.CounterRandom;
import org.relaxon.model.math.Matrix;

/**
 * The inputs shown at each step of a training: still minibatches, or their frames. Every frame is a
 * pure function of the seed and the step.
 */
final class Frames {
    private static final long DIRECTION_STREAM = 1L << 51;
    private static final int DIRECTIONS = 8;

    private final Minibatches batches;
    private final Motion motion;
    private final ImageShape image; // null if the inputs are not pictures
    private final long seed;

    /**
     * @param image how the inputs make a picture, if they do
     * @throws IllegalArgumentException if pictures should move and there are none
     */
    Frames(Minibatches batches, Motion motion, Optional<ImageShape> image, long seed) {
        if (motion.kind() == Motion.Kind.SHIFT && image.isEmpty()) {
            throw new IllegalArgumentException(
                    "motion: %s needs pictures, and the inputs make none".formatted(motion));
        }
        this.batches = batches;
        this.motion = motion;
        this.image = image.orElse(null);
        this.seed = seed;
    }

    /** Steps in an epoch. */
    long perEpoch() {
        return (long) batches.perEpoch() * motion.frames();
    }

    /** Examples of one frame. */
    int size(long step) {
        return batches.size(step / motion.frames());
    }

    /** Examples of all frames before a step. */
    long shown(long step) {
        long epochs = step / perEpoch();
        long left = step % perEpoch(); // all minibatches but the last of an epoch are full
        return epochs * batches.examplesPerEpoch() * motion.frames()
                + left * batches.size(0)
                - left % motion.frames() * (batches.size(0) - size(step));
    }

    /**
     * One frame.
     *
     * @param step from 0
     * @param input receives shape (n_0, B)
     * @param target receives shape (n_L, B)
     */
    void fill(long step, Matrix input, Matrix target) {
        long batch = step / motion.frames();
        int frame = (int) (step % motion.frames());
        switch (motion.kind()) {
            case STILL -> batches.fill(batch, input, target);
            case FADE -> fade(batch, frame, input, target);
            case SHIFT -> {
                batches.fill(batch, input, target);
                shift(batch, frame, input);
            }
        }
    }

    /**
     * The target is that of the example with the larger weight. Into a smaller batch the examples
     * fade in turn, and a smaller one fades into the first examples of a larger.
     */
    private void fade(long batch, int frame, Matrix input, Matrix target) {
        double share = (double) frame / motion.frames();
        Matrix own = Matrix.zeros(target.rows(), target.columns());
        Matrix next = Matrix.zeros(input.rows(), input.columns());
        batches.fill(batch + 1, next, target);
        batches.fill(batch, input, own);
        if (share < 0.5) {
            System.arraycopy(own.values(), 0, target.values(), 0, own.values().length);
        }
        double[] in = input.values();
        for (int k = 0; k < in.length; k++) {
            in[k] = (1.0 - share) * in[k] + share * next.values()[k];
        }
    }

    /** In the middle frame a picture is at its original position. */
    private void shift(long batch, int frame, Matrix input) {
        int by = frame - motion.frames() / 2;
        int columns = input.columns();
        for (int c = 0; c < columns; c++) {
            long draw = batch * columns + c;
            int direction =
                    (int) (DIRECTIONS * CounterRandom.uniform(seed, DIRECTION_STREAM, draw));
            int cell = direction < 4 ? direction : direction + 1; // of 3 x 3 without the centre
            move(input, c, by * (cell / 3 - 1), by * (cell % 3 - 1));
        }
    }

    /** Moves one picture; the least value of the picture fills the gap. */
    private void move(Matrix input, int column, int down, int right) {
        int rows = image.rows();
        int columns = image.columns();
        double[] picture = input.columnValues(column);
        double background = Arrays.stream(picture).min().orElseThrow();
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                int fromRow = i - down;
                int fromColumn = j - right;
                boolean inside =
                        fromRow >= 0 && fromRow < rows && fromColumn >= 0 && fromColumn < columns;
                input.values()[(i * columns + j) * input.columns() + column] =
                        inside ? picture[fromRow * columns + fromColumn] : background;
            }
        }
    }
}
