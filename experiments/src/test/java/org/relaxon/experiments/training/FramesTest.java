package org.relaxon.experiments.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.relaxon.experiments.data.DataSet;
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
        return new Frames(new Minibatches(DOTS, 2, 3), Motion.parse(motion), 3);
    }

    private static Matrix[] still(long batch) {
        Matrix[] out = {Matrix.zeros(SIDE * SIDE, 2), Matrix.zeros(6, 2)};
        new Minibatches(DOTS, 2, 3).fill(batch, out[0], out[1]);
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
        new Frames(new Minibatches(DOTS, 2, 3), Motion.parse("shift:4"), 4).fill(17, input, target);
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
