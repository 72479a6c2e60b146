package org.relaxon.model.loss;

import java.util.Arrays;
import org.relaxon.model.math.CounterRandom;
import org.relaxon.model.math.Elementary;
import org.relaxon.model.math.Numeral;

/**
 * Checks a user's loss against its own derivatives by central differences along random directions.
 * Without this check a wrong sign or a forgotten factor would appear on both sides of every
 * comparison.
 */
public final class StatedDerivatives {
    private static final int POINTS = 4;

    /** Balances truncation, about h^2, and rounding, about 1e-16 / h. */
    private static final double STEP = 1e-5;

    private static final double TOLERANCE = 1e-6;
    private static final double ROUNDING = 1e-12;

    /** The column of a batch in which an example is computed again. */
    private static final int COLUMN = 1;

    private static final int COLUMNS = 3;

    /** What the other columns hold: another example, and a mark of places to be left alone. */
    private static final double OTHER = 0.75;

    private static final double OTHER_TARGET = 0.25;
    private static final double UNTOUCHED = 7.25;

    private final Loss loss;
    private final int n;
    private final double[] x;
    private final double[] target;
    private final double[] direction;

    private StatedDerivatives(Loss loss, int n, int point) {
        this.loss = loss;
        this.n = n;
        x = normals(n, 3L * point);
        direction = normals(n, 3L * point + 1);
        target = normals(n, 3L * point + 2);
        if (loss.needsDistribution()) {
            double sum = 0.0;
            for (int i = 0; i < n; i++) {
                target[i] = Math.abs(target[i]);
                sum += target[i];
            }
            for (int i = 0; i < n; i++) {
                target[i] /= sum;
            }
        }
    }

    private static double[] normals(int n, long stream) {
        double[] out = new double[n];
        for (int i = 0; i < n; i++) {
            out[i] = CounterRandom.normal(0, stream, i);
        }
        return out;
    }

    /**
     * Refuses a loss whose derivatives contradict its value, or that mixes the columns of a batch.
     *
     * @param loss the loss to check
     * @param n outputs
     * @throws IllegalArgumentException naming the wrong method and both numbers
     */
    public static void require(Loss loss, int n) {
        for (int point = 0; point < POINTS; point++) {
            StatedDerivatives here = new StatedDerivatives(loss, n, point);
            here.requireFinite("value", here.value(0.0));
            here.requirePull();
            here.requireCurvature();
            here.requireColumn();
        }
    }

    /**
     * A column of a batch gives what the same example gives alone, and reads and writes no other.
     */
    private void requireColumn() {
        double[] batch = spread(moved(0.0), OTHER);
        double[] targets = spread(target, OTHER_TARGET);
        double alone = value(0.0);
        double among = loss.value(batch, targets, n, COLUMNS, COLUMN);
        same("value", among, alone);
        double[] plain = pull(0.0);
        double[] expected = spread(plain, UNTOUCHED);
        double[] out = spread(new double[n], UNTOUCHED);
        loss.pull(batch, targets, n, COLUMNS, COLUMN, Elementary.STRICT, out);
        for (int k = 0; k < out.length; k++) {
            same("pull", out[k], expected[k]);
        }
        int entries = loss.couplesOutputs() ? n * n : n;
        double[] second = new double[entries];
        double[] there = new double[entries];
        loss.curvature(x, target, n, 1, 0, Elementary.STRICT, second);
        loss.curvature(batch, targets, n, COLUMNS, COLUMN, Elementary.STRICT, there);
        for (int k = 0; k < entries; k++) {
            same("curvature", there[k], second[k]);
        }
    }

    /** The values as one column of a batch, of which all other columns hold another number. */
    private static double[] spread(double[] values, double other) {
        double[] out = new double[values.length * COLUMNS];
        Arrays.fill(out, other);
        for (int i = 0; i < values.length; i++) {
            out[i * COLUMNS + COLUMN] = values[i];
        }
        return out;
    }

    private void same(String method, double among, double alone) {
        if (!(Math.abs(among - alone) <= ROUNDING * Math.max(1.0, Math.abs(alone)))) {
            throw new IllegalArgumentException(
                    "loss: %s of %s gives %s in a batch, where the example alone gives %s: element i of column c lies at i * stride + c, and other columns do not count"
                            .formatted(
                                    method,
                                    loss.optionName(),
                                    Numeral.inSentence(among),
                                    Numeral.inSentence(alone)));
        }
    }

    private void requirePull() {
        double stated = -dot(pull(0.0));
        double found = (value(STEP) - value(-STEP)) / (2.0 * STEP);
        compare("pull", "-dL/dx", "value", stated, found);
    }

    private void requireCurvature() {
        double[] h = new double[loss.couplesOutputs() ? n * n : n];
        loss.curvature(x, target, n, 1, 0, Elementary.STRICT, h);
        double stated = 0.0;
        for (int i = 0; i < n; i++) {
            if (!loss.couplesOutputs()) {
                stated += h[i] * direction[i] * direction[i];
                continue;
            }
            for (int j = 0; j < n; j++) {
                stated += h[i * n + j] * direction[i] * direction[j];
            }
        }
        double found = (dot(pull(-STEP)) - dot(pull(STEP))) / (2.0 * STEP);
        compare("curvature", "d2L/dx2", "pull", stated, found);
    }

    private void compare(String method, String what, String from, double stated, double found) {
        requireFinite(method, stated);
        double size = Math.max(1.0, Math.max(Math.abs(stated), Math.abs(found)));
        if (!(Math.abs(stated - found) <= TOLERANCE * size)) {
            throw new IllegalArgumentException(
                    "loss: %s of %s is not %s: along one direction it gives %s, differences of %s give %s"
                            .formatted(
                                    method,
                                    loss.optionName(),
                                    what,
                                    Numeral.inSentence(stated),
                                    from,
                                    Numeral.inSentence(found)));
        }
    }

    private void requireFinite(String method, double given) {
        if (!Double.isFinite(given)) {
            throw new IllegalArgumentException(
                    "loss: %s of %s gives %s at an output and a target that are finite"
                            .formatted(method, loss.optionName(), Numeral.inSentence(given)));
        }
    }

    private double value(double t) {
        return loss.value(moved(t), target, n, 1, 0);
    }

    private double[] pull(double t) {
        double[] out = new double[n];
        loss.pull(moved(t), target, n, 1, 0, Elementary.STRICT, out);
        return out;
    }

    private double[] moved(double t) {
        double[] out = new double[n];
        for (int i = 0; i < n; i++) {
            out[i] = x[i] + t * direction[i];
        }
        return out;
    }

    private double dot(double[] v) {
        double sum = 0.0;
        for (int i = 0; i < n; i++) {
            sum += v[i] * direction[i];
        }
        return sum;
    }
}
