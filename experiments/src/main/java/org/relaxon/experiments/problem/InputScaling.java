package org.relaxon.experiments.problem;

import java.util.Arrays;
import java.util.Locale;
import org.relaxon.experiments.data.DataSet;

/**
 * The transformation of inputs before they are presented: input j becomes scale x + shift, with one
 * scale and shift for all inputs or one for each.
 *
 * @param scale 1 number, or one per input
 * @param shift as many
 * @param text description, for display
 */
record InputScaling(double[] scale, double[] shift, String text) {
    /** No transformation. */
    static InputScaling none(String text) {
        return affine(1.0, 0.0, text);
    }

    private static InputScaling affine(double scale, double shift, String text) {
        return new InputScaling(new double[] {scale}, new double[] {shift}, text);
    }

    /** From [-1, 1] to [0, 1]. */
    static InputScaling unit() {
        return affine(0.5, 0.5, "unit, x 0.5 + 0.5");
    }

    /**
     * From the range of all numbers of a set to [least, 1].
     *
     * @throws IllegalArgumentException if all numbers are the same
     */
    static InputScaling range(DataSet set, Inputs inputs, double least) {
        double[] x = new double[set.inputs()];
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        for (int k = 0; k < set.size(); k++) {
            set.input(k, x, 0, 1);
            for (double value : x) {
                low = Math.min(low, value);
                high = Math.max(high, value);
            }
        }
        if (!(high > low)) {
            throw new IllegalArgumentException(
                    "inputs: all inputs to train on are %s, which no scale makes %s"
                            .formatted(low, inputs.optionName()));
        }
        double scale = (1.0 - least) / (high - low);
        return affine(
                scale,
                least - scale * low,
                "%s, from [%s, %s] of the examples to train on"
                        .formatted(inputs.optionName(), low, high));
    }

    /**
     * To mean 0 and standard deviation 1 over a set: of all pixels together if they make a picture,
     * otherwise of each input. Inputs that are the same in all examples become 0.
     */
    static InputScaling standard(DataSet set) {
        boolean picture = set.image().isPresent();
        int n = set.inputs();
        double[] x = new double[n];
        double[] mean = new double[picture ? 1 : n];
        double[] squares = new double[mean.length];
        long seen = 0;
        for (int k = 0; k < set.size(); k++) {
            set.input(k, x, 0, 1);
            for (int j = 0; j < n; j++) {
                int at = picture ? 0 : j;
                long count = picture ? ++seen : k + 1L;
                double before = x[j] - mean[at];
                mean[at] += before / count; // Welford 1962
                squares[at] += before * (x[j] - mean[at]);
            }
        }
        double count = picture ? seen : set.size();
        double[] scale = new double[mean.length];
        double[] shift = new double[mean.length];
        for (int j = 0; j < mean.length; j++) {
            double deviation = Math.sqrt(squares[j] / count);
            scale[j] = deviation > 0 ? 1.0 / deviation : 0.0;
            shift[j] = -mean[j] * scale[j];
        }
        long constant = Arrays.stream(scale).filter(s -> s == 0).count();
        String text =
                picture
                        ? String.format(
                                Locale.ROOT,
                                "standard, minus mean %.6g, times %.6g, of all pixels",
                                mean[0],
                                scale[0])
                        : "standard, each minus its mean, over its standard deviation"
                                + (constant > 0 ? "; " + constant + " constant ones are 0" : "");
        return new InputScaling(scale, shift, text + ", of the examples to train on");
    }

    /** Whether inputs stay unchanged. */
    boolean isNone() {
        return scale.length == 1 && scale[0] == 1.0 && shift[0] == 0.0;
    }

    /** One number as presented. */
    double apply(int input, double x) {
        int j = scale.length == 1 ? 0 : input;
        return scale[j] * x + shift[j];
    }
}
