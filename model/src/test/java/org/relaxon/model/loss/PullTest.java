package org.relaxon.model.loss;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.relaxon.model.math.CounterRandom;
import org.relaxon.model.math.Elementary;

class PullTest {
    private static final int N = 4;
    private static final int STRIDE = 3;

    @ParameterizedTest
    @EnumSource
    void thePullIsMinusTheSlopeOfTheLossInEveryColumn(StandardLoss loss) {
        double[] x = new double[N * STRIDE];
        double[] t = new double[N * STRIDE];
        for (int k = 0; k < x.length; k++) {
            x[k] = 2 * CounterRandom.normal(5, 1, k);
            t[k] = k / STRIDE == k % STRIDE ? 1.0 : 0.0; // sums to 1
        }
        double h = 1e-5;
        for (int c = 0; c < STRIDE; c++) {
            double[] out = new double[N * STRIDE];
            java.util.Arrays.fill(out, 99);
            loss.pull(x, t, N, STRIDE, c, Elementary.STRICT, out);
            double size = 0.0;
            for (int k = 0; k < out.length; k++) {
                if (k % STRIDE != c) {
                    assertEquals(99, out[k], "another column was written");
                    continue;
                }
                double kept = x[k];
                x[k] = kept + h;
                double up = loss.value(x, t, N, STRIDE, c);
                x[k] = kept - h;
                double down = loss.value(x, t, N, STRIDE, c);
                x[k] = kept;
                assertEquals(-(up - down) / (2 * h), out[k], 1e-9, loss + ", element " + k);
                size = Math.max(size, Math.abs(out[k]));
            }
            assertTrue(size > 0.05, "a wrong sign would pass: " + size);
        }
    }

    /** To first order the nudge is beta times the pull. */
    @ParameterizedTest
    @EnumSource
    void aSmallNudgeGoesWhereThePullPoints(StandardLoss loss) {
        double[] x = {0.3, -0.2, 1.5, 0.4};
        double[] t = {0, 1, 0, 0};
        double[] pull = new double[4];
        double[] nudge = new double[4];
        loss.pull(x, t, 4, 1, 0, Elementary.STRICT, pull);
        loss.nudge(x, t, 1e-7, 4, 1, 0, Elementary.STRICT, nudge);
        for (int k = 0; k < 4; k++) {
            assertEquals(pull[k], nudge[k] / 1e-7, 3e-7 * Math.abs(pull[k]) + 1e-7, loss + " " + k);
        }
    }

    @ParameterizedTest
    @EnumSource
    void farOutThePullStaysFinite(StandardLoss loss) {
        double[] out = new double[2];
        double[] x = {900, -900};
        loss.pull(x, new double[] {0, 1}, 2, 1, 0, Elementary.STRICT, out);
        double[] expected =
                loss == StandardLoss.SQUARED ? new double[] {-900, 901} : new double[] {-1, 1};
        assertEquals(expected[0], out[0]);
        assertEquals(expected[1], out[1]);
    }
}
