package org.relaxon.experiments.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Reads the real collections, where they are at hand; their figures are published with them. */
class RealImagesTest {

    /** Published figures have four digits. */
    private static final double HALF_DIGIT = 0.00005;

    @Test
    void mnistTrainingHalfHasItsPublishedCountsAndMean() throws IOException {
        IdxDataSet set = open("mnist", true);

        assertEquals(60_000, set.size());
        assertArrayEquals(
                new int[] {5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949},
                labels(set));
        assertEquals(0.1307, meanPixel(set), HALF_DIGIT);
    }

    @Test
    void mnistTestHalfHasItsPublishedCounts() throws IOException {
        IdxDataSet set = open("mnist", false);

        assertEquals(10_000, set.size());
        assertEquals(28 * 28, set.inputs());
        assertArrayEquals(
                new int[] {980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009}, labels(set));
    }

    @Test
    void fashionMnistIsBalancedAndHasItsPublishedMean() throws IOException {
        IdxDataSet training = open("fashion-mnist", true);
        int[] each = new int[10];
        Arrays.fill(each, 6000);
        assertArrayEquals(each, labels(training));
        assertEquals(0.2860, meanPixel(training), HALF_DIGIT);

        Arrays.fill(each, 1000);
        assertArrayEquals(each, labels(open("fashion-mnist", false)));
    }

    private static IdxDataSet open(String name, boolean training) throws IOException {
        Path root = Path.of(System.getProperty("relaxon.data", "../../shared/data"));
        Path directory = root.resolve(name);
        assumeTrue(
                Files.isDirectory(directory),
                "no %s here; set -Drelaxon.data to the directory that holds it".formatted(name));
        return IdxDataSet.open(name, directory, training);
    }

    private static int[] labels(DataSet set) {
        int[] counts = new int[set.classes()];
        for (int index = 0; index < set.size(); index++) {
            counts[set.label(index)]++;
        }
        return counts;
    }

    /** Mean over all pixels, from 0 to 1 as it is published. */
    private static double meanPixel(DataSet set) {
        double[] input = new double[set.inputs()];
        double sum = 0;
        for (int index = 0; index < set.size(); index++) {
            set.input(index, input, 0, 1);
            for (double value : input) {
                sum += (value + 1) / 2;
            }
        }
        return sum / set.size() / set.inputs();
    }
}
