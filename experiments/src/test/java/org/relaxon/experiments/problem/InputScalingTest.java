package org.relaxon.experiments.problem;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.relaxon.experiments.data.DataSet;
import org.relaxon.experiments.format.NpzWriter;

class InputScalingTest {
    private static final int SIZE = 60;

    @TempDir private Path directory;

    /** Input 0 is 3 + 2 k, input 1 is constant, input 2 is k^2. */
    private Split file(Inputs inputs) throws IOException {
        Path file = directory.resolve("mine.npz");
        if (!Files.exists(file)) {
            double[][] x0 = new double[3][SIZE];
            double[] labels = new double[SIZE];
            for (int k = 0; k < SIZE; k++) {
                x0[0][k] = 3 + 2 * k;
                x0[1][k] = 7;
                x0[2][k] = k * k;
                labels[k] = k % 2;
            }
            try (NpzWriter npz = NpzWriter.create(file)) {
                npz.put("x0", x0);
                npz.put("labels", labels);
            }
        }
        return ProblemSpec.defaults().withData(file.toString()).split(50, 10, inputs);
    }

    private static double[] column(DataSet set, int input) {
        double[] out = new double[set.size()];
        double[] x = new double[set.inputs()];
        for (int k = 0; k < out.length; k++) {
            set.input(k, x, 0, 1);
            out[k] = x[input];
        }
        return out;
    }

    private static double mean(double[] values) {
        double sum = 0;
        for (double v : values) {
            sum += v / values.length;
        }
        return sum;
    }

    private static double deviation(double[] values) {
        double mean = mean(values);
        double sum = 0;
        for (double v : values) {
            sum += (v - mean) * (v - mean) / values.length;
        }
        return Math.sqrt(sum);
    }

    @Test
    void filesAreRawByDefault() throws IOException {
        double[] plain = column(file(null).train(), 0);
        for (int k = 0; k < plain.length; k++) {
            assertEquals(plain[k], column(file(Inputs.RAW).train(), 0)[k]);
            assertEquals(1.0, plain[k] % 2);
        }
        assertTrue(file(null).description().contains("inputs raw, as they stand in the file"));
    }

    @Test
    void standardInputsHaveMeanZeroAndDeviationOneOverTheExamplesToTrainOn() throws IOException {
        Split split = file(Inputs.STANDARD);
        for (int j : new int[] {0, 2}) {
            double[] x = column(split.train(), j);
            assertEquals(0, mean(x), 1e-14);
            assertEquals(1, deviation(x), 1e-14);
            // the test part is scaled by the same numbers, and is another sample
            double[] before = column(file(Inputs.RAW).train(), j);
            double[] test = column(file(Inputs.RAW).test(), j);
            assertEquals(
                    (test[3] - mean(before)) / deviation(before),
                    column(split.test(), j)[3],
                    1e-13);
        }
        for (double x : column(split.train(), 1)) {
            assertEquals(0, x);
        }
        assertTrue(split.description().contains("1 constant ones are 0"), split.description());
    }

    @Test
    void signedAndUnitFilesFillTheirRange() throws IOException {
        for (Inputs inputs : new Inputs[] {Inputs.SIGNED, Inputs.UNIT}) {
            Split split = file(inputs);
            double least = Double.POSITIVE_INFINITY;
            double most = Double.NEGATIVE_INFINITY;
            for (int j = 0; j < 3; j++) {
                for (double x : column(split.train(), j)) {
                    least = Math.min(least, x);
                    most = Math.max(most, x);
                }
            }
            assertEquals(inputs == Inputs.UNIT ? 0 : -1, least, 1e-12);
            assertEquals(1, most, 1e-12);
            assertTrue(split.description().contains("of the examples to train on"));
        }
        Path flat = directory.resolve("flat.npz");
        try (NpzWriter npz = NpzWriter.create(flat)) {
            npz.put("x0", new double[12], 2, 6);
            npz.put("labels", new double[] {0, 1, 0, 1, 0, 1});
        }
        ProblemSpec spec = ProblemSpec.defaults().withData(flat.toString());
        assertThrows(IllegalArgumentException.class, () -> spec.split(5, 1, Inputs.SIGNED));
        assertEquals(0, column(spec.split(5, 1, Inputs.STANDARD).train(), 0)[2]);
    }

    /** Border pixels are nearly constant: one scale for all of a picture. */
    @Test
    void picturesAreScaledAsAWhole() throws IOException {
        ProblemSpec spec = ProblemSpec.defaults().withData("strokes");
        Split split = spec.split(40, 10, Inputs.STANDARD);
        double mean = 0;
        double square = 0;
        for (int j = 0; j < 784; j++) {
            for (double x : column(split.train(), j)) {
                mean += x / 784 / 40;
                square += x * x / 784 / 40;
            }
        }
        assertEquals(0, mean, 1e-12);
        assertEquals(1, square, 1e-12);
        double[] signed = column(spec.split(40, 10).train(), 300);
        double[] unit = column(spec.split(40, 10, Inputs.UNIT).train(), 300);
        double[] raw = column(spec.split(40, 10, Inputs.RAW).train(), 300);
        for (int k = 0; k < 40; k++) {
            assertEquals(0.5 * signed[k] + 0.5, unit[k]);
            assertEquals(signed[k], raw[k]);
        }
    }

    @Test
    void examplesThatWereNotSelectedAreCounted() throws IOException {
        ProblemSpec spec = ProblemSpec.defaults().withData(directory.resolve("mine.npz") + "");
        file(null);
        assertEquals(0, spec.split(Integer.MAX_VALUE, Integer.MAX_VALUE).unselected());
        assertEquals(50, spec.split(Integer.MAX_VALUE, 3).train().size());
        assertEquals(10, spec.split(20, Integer.MAX_VALUE).test().size());
        assertEquals(30, spec.split(20, 10).unselected());
    }
}
