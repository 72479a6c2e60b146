package org.relaxon.experiments.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.relaxon.experiments.data.DataSet;
import org.relaxon.experiments.data.ImageShape;
import org.relaxon.model.math.Matrix;

class FramesTest {
    private static final int SIDE = 5;

    /** Six pictures of one bright pixel in the middle, each brighter than the one before. */
    private static final DataSet DOTS =
            new DataSet() {
                @Override
                public String name() {
                    return "dots";
                }

                @Override
                public int size() {
                    return 6;
                }

                @Override
                public int inputs() {
                    return SIDE * SIDE;
                }

                @Override
                public int classes() {
                    return 6;
                }

                @Override
                public void input(int index, double[] into, int offset, int stride) {
                    for (int j = 0; j < SIDE * SIDE; j++) {
                        into[offset + j * stride] = j == SIDE * SIDE / 2 ? index : -1.0;
                    }
                }

                @Override
                public int label(int index) {
                    return index;
                }
            };

    private final Matrix input = Matrix.zeros(SIDE * SIDE, 2);
    private final Matrix target = Matrix.zeros(6, 2);

    private static Frames frames(String motion) {
        return new Frames(
                new Minibatches(DOTS, 2, LastBatch.KEEP, 3),
                Motion.parse(motion),
                ImageShape.of(DOTS),
                3);
    }

    private static Matrix[] still(long batch) {
        Matrix[] out = {Matrix.zeros(SIDE * SIDE, 2), Matrix.zeros(6, 2)};
        new Minibatches(DOTS, 2, LastBatch.KEEP, 3).fill(batch, out[0], out[1]);
        return out;
    }

    @Test
    void aFadeIsTheMeanOfTwoMinibatchesAndTheTargetOfTheNearer() {
        Frames fade = frames("fade:4");
        assertEquals(12, fade.perEpoch());
        for (long step = 0; step < 30; step++) { // beyond the end of two epochs
            fade.fill(step, input, target);
            Matrix[] from = still(step / 4);
            Matrix[] to = still(step / 4 + 1);
            double share = step % 4 / 4.0;
            for (int k = 0; k < input.values().length; k++) {
                assertEquals(
                        (1 - share) * from[0].values()[k] + share * to[0].values()[k],
                        input.values()[k],
                        1e-15);
            }
            assertEquals(share < 0.5 ? from[1] : to[1], target, "step " + step);
        }
    }

    @Test
    void aShiftMovesEveryPictureStraightAndShowsItWhereItBelongsInTheMiddle() {
        Frames shift = frames("shift:5");
        Set<String> directions = new TreeSet<>();
        for (long batch = 0; batch < 40; batch++) {
            int[][] at = new int[5][2];
            for (int frame = 0; frame < 5; frame++) {
                shift.fill(5 * batch + frame, input, target);
                assertEquals(still(batch)[1], target);
                for (int c = 0; c < 2; c++) {
                    at[frame][c] = dot(input, c);
                }
            }
            assertArrayEquals(new int[] {12, 12}, at[2]);
            for (int c = 0; c < 2; c++) {
                int down = at[3][c] / SIDE - 2;
                int right = at[3][c] % SIDE - 2;
                directions.add(down + "," + right);
                for (int frame = 0; frame < 5; frame++) {
                    int expected = 12 + (frame - 2) * (SIDE * down + right);
                    assertEquals(expected, at[frame][c], "frame " + frame);
                }
            }
        }
        assertEquals(8, directions.size(), directions.toString());
    }

    /** 25 pixels as 1 x 25, which are also a square. */
    @Test
    void rowsAndColumnsOfAPictureAreItsOwn() {
        Frames flat =
                new Frames(
                        new Minibatches(DOTS, 2, LastBatch.KEEP, 3),
                        Motion.parse("shift:3"),
                        Optional.of(new ImageShape(1, SIDE * SIDE)),
                        3);
        Set<Integer> places = new TreeSet<>();
        for (long batch = 0; batch < 40; batch++) {
            flat.fill(3 * batch + 2, input, target);
            for (int c = 0; c < 2; c++) {
                places.add(dot(input, c));
            }
        }
        // of one row a picture moves along it, or out of it
        assertEquals(Set.of(-1, 11, 13), places);
    }

    @Test
    void whatIsNoPictureIsNotMoved() {
        Minibatches batches = new Minibatches(DOTS, 2, LastBatch.KEEP, 3);
        for (String motion : new String[] {"shift:3", "shift:2@1ms"}) {
            IllegalArgumentException refused =
                    assertThrows(
                            IllegalArgumentException.class,
                            () -> new Frames(batches, Motion.parse(motion), Optional.empty(), 3));
            assertTrue(refused.getMessage().contains("needs pictures"), refused.getMessage());
        }
        new Frames(batches, Motion.parse("fade:3"), Optional.empty(), 3).fill(1, input, target);
    }

    /** Six examples in batches of 4: the last has 2, every example is seen once in an epoch. */
    @Test
    void theRestOfAnEpochIsASmallerMinibatchOrLeftOut() {
        Minibatches keep = new Minibatches(DOTS, 4, LastBatch.KEEP, 3);
        Minibatches drop = new Minibatches(DOTS, 4, LastBatch.DROP, 3);
        assertEquals(2, keep.perEpoch());
        assertEquals(1, drop.perEpoch());
        for (long epoch = 0; epoch < 5; epoch++) {
            Set<Double> seen = new TreeSet<>();
            for (long step = 2 * epoch; step < 2 * epoch + 2; step++) {
                assertEquals(step % 2 == 0 ? 4 : 2, keep.size(step));
                seen.addAll(middles(keep, step));
            }
            assertEquals(Set.of(0.0, 1.0, 2.0, 3.0, 4.0, 5.0), seen);
            assertEquals(4, drop.size(epoch));
            assertEquals(4, middles(drop, epoch).size());
        }
        assertEquals(0, LastBatch.KEEP.unused(6, 4));
        assertEquals(2, LastBatch.DROP.unused(6, 4));
        assertEquals(0, LastBatch.DROP.unused(8, 4));
        assertEquals(2, LastBatch.KEEP.perEpoch(8, 4));
    }

    @Test
    void examplesShownAreTheSumOverAllFrames() {
        for (LastBatch last : LastBatch.values()) {
            for (String motion : new String[] {"still", "fade:3"}) {
                Minibatches batches = new Minibatches(DOTS, 4, last, 3);
                Frames frames = new Frames(batches, Motion.parse(motion), Optional.empty(), 3);
                long sum = 0;
                for (long step = 0; step < 40; step++) {
                    assertEquals(sum, frames.shown(step), last + ", " + motion + ", " + step);
                    sum += frames.size(step);
                }
            }
        }
    }

    private static Set<Double> middles(Minibatches batches, long step) {
        Matrix in = Matrix.zeros(SIDE * SIDE, batches.size(step));
        batches.fill(step, in, Matrix.zeros(6, batches.size(step)));
        Set<Double> out = new TreeSet<>();
        for (int c = 0; c < in.columns(); c++) {
            out.add(in.get(SIDE * SIDE / 2, c));
        }
        return out;
    }

    /** 4 fade into 2 and 2 into 4: each into an example of the next batch. */
    @Test
    void batchesOfDifferentSizesFadeIntoEachOther() {
        Minibatches batches = new Minibatches(DOTS, 4, LastBatch.KEEP, 3);
        Frames fade = new Frames(batches, Motion.parse("fade:2"), Optional.empty(), 3);
        assertEquals(4, fade.perEpoch());
        int middle = SIDE * SIDE / 2;
        for (long step = 1; step < 12; step += 2) {
            int size = fade.size(step);
            Matrix in = Matrix.zeros(SIDE * SIDE, size);
            Matrix out = Matrix.zeros(6, size);
            fade.fill(step, in, out);
            Matrix own = Matrix.zeros(SIDE * SIDE, size);
            batches.fill(step / 2, own, Matrix.zeros(6, size));
            Matrix next = Matrix.zeros(SIDE * SIDE, batches.size(step / 2 + 1));
            batches.fill(step / 2 + 1, next, Matrix.zeros(6, next.columns()));
            for (int c = 0; c < size; c++) {
                double to = next.get(middle, c % next.columns());
                assertEquals(0.5 * (own.get(middle, c) + to), in.get(middle, c), 1e-15);
                assertEquals(1.0, out.get((int) to, c));
            }
        }
    }

    /** Where the one bright pixel is; everything else has to be background. */
    private static int dot(Matrix m, int column) {
        double[] picture = m.columnValues(column);
        int found = -1;
        for (int k = 0; k < picture.length; k++) {
            if (picture[k] != -1.0) {
                assertEquals(-1, found, Arrays.toString(picture));
                found = k;
            }
        }
        return found;
    }

    @Test
    void aPictureThatHasLeftIsBackground() {
        Frames shift = frames("shift:9");
        shift.fill(0, input, target);
        for (int c = 0; c < 2; c++) {
            assertEquals(-1, dot(input, c));
        }
    }

    @Test
    void framesDependOnSeedAndStepAlone() {
        Frames one = frames("shift:4");
        Frames other = frames("shift:4");
        one.fill(17, input, target);
        double[] first = input.values().clone();
        other.fill(90, input, target);
        other.fill(17, input, target);
        assertArrayEquals(first, input.values());
        new Frames(
                        new Minibatches(DOTS, 2, LastBatch.KEEP, 3),
                        Motion.parse("shift:4"),
                        ImageShape.of(DOTS),
                        4)
                .fill(17, input, target);
        boolean same = Arrays.equals(first, input.values());
        frames("shift:4").fill(18, input, target);
        assertFalse(same && Arrays.equals(first, input.values()), "nothing ever moves");
    }

    @ParameterizedTest
    @ValueSource(strings = {"still", "fade:2", "shift:28", "fade:3@500us", "shift:9@2ms"})
    void whatIsWrittenIsReadBack(String text) {
        assertEquals(text, Motion.parse(text).toString());
        assertEquals(text.contains("@"), Motion.parse(text).hurries());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "fade",
                "fade:",
                "fade:1",
                "fade:0",
                "fade:-3",
                "shift:10001",
                "still:3",
                "still@1ms",
                "fade:3@",
                "fade:3@0ms",
                "fade:3@-1ms",
                "turn:3",
                "fade:3.5"
            })
    void whatIsNoMotionIsRefused(String text) {
        String why =
                assertThrows(IllegalArgumentException.class, () -> Motion.parse(text)).getMessage();
        assertTrue(why.startsWith("motion: "), why);
    }
}
