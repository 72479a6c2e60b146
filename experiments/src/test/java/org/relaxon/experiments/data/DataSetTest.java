package org.relaxon.experiments.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.relaxon.experiments.format.NpzWriter;
import org.relaxon.experiments.format.Samples;

/** What every set promises, checked on one of each kind; no two sizes of a batch are equal. */
class DataSetTest {

    private static final double UNTOUCHED = 77;

    @TempDir private Path directory;

    private List<DataSet> sets;

    @BeforeEach
    void openOneOfEachKind() throws IOException {
        Files.write(directory.resolve("train-images-idx3-ubyte"), Samples.idx(5, 2, 3));
        Files.write(
                directory.resolve("train-labels-idx1-ubyte"),
                Samples.idxOf(new int[] {5}, (byte) 3, (byte) 1, (byte) 4, (byte) 1, (byte) 5));
        Path npz = directory.resolve("mine.npz");
        try (NpzWriter writer = NpzWriter.create(npz)) {
            writer.put("x0", new double[][] {{1, 2, 3, 4}, {5, 6, 7, 8}, {9, 10, 11, 12}});
            writer.put("target", new double[][] {{0.5, 0, 1, 0}, {0.25, 1, 0, 0}});
        }
        sets =
                List.of(
                        new Strokes(1, 10),
                        new TwoMoons(1, 10, 0.1),
                        IdxDataSet.open("idx", directory, true),
                        NpzDataSet.open(npz));
    }

    @Test
    void anInputIsWrittenAsOneColumnOfABatchAndNothingElseIsTouched() {
        for (DataSet set : sets) {
            double[] alone = new double[set.inputs()];
            set.input(3, alone, 0, 1);

            double[] batch = batchOf(set.inputs(), 7);
            set.input(3, batch, 4, 7);

            assertArrayEquals(withColumn(alone, 4, 7), batch, set.name());
        }
    }

    @Test
    void aTargetIsWrittenAsOneColumnOfABatchAndNothingElseIsTouched() {
        for (DataSet set : sets) {
            double[] alone = new double[set.classes()];
            set.target(3, alone, 0, 1);

            double[] batch = batchOf(set.classes(), 6);
            set.target(3, batch, 2, 6);

            assertArrayEquals(withColumn(alone, 2, 6), batch, set.name());
        }
    }

    @Test
    void theOneHotVectorIsOneAtTheLabelAndZeroElsewhere() {
        for (DataSet set : sets) {
            for (int index = 0; index < 4; index++) {
                double[] expected = new double[set.classes()];
                expected[set.label(index)] = 1;
                double[] column = batchOf(set.classes(), 3);

                set.oneHot(index, column, 1, 3);

                assertArrayEquals(withColumn(expected, 1, 3), column, set.name());
            }
        }
    }

    @Test
    void aColumnThatDoesNotFitIsRefusedBeforeAnythingIsWritten() {
        for (DataSet set : sets) {
            double[] batch = batchOf(set.inputs(), 3);
            for (int[] wrong : new int[][] {{3, 3}, {-1, 3}, {0, batch.length}, {0, 0}, {0, -1}}) {
                assertThrows(
                        IndexOutOfBoundsException.class,
                        () -> set.input(0, batch, wrong[0], wrong[1]),
                        set.name());
                assertEquals(
                        batch.length, Arrays.stream(batch).filter(v -> v == UNTOUCHED).count());
            }
        }
    }

    @Test
    void anIndexOutsideTheSetIsRefused() {
        for (DataSet set : sets) {
            double[] into = new double[1000];
            for (int index : new int[] {-1, set.size()}) {
                assertThrows(IndexOutOfBoundsException.class, () -> set.label(index));
                assertThrows(IndexOutOfBoundsException.class, () -> set.input(index, into, 0, 1));
                assertThrows(IndexOutOfBoundsException.class, () -> set.target(index, into, 0, 1));
            }
        }
    }

    private static double[] batchOf(int rows, int columns) {
        double[] batch = new double[rows * columns];
        Arrays.fill(batch, UNTOUCHED);
        return batch;
    }

    private static double[] withColumn(double[] values, int column, int columns) {
        double[] batch = batchOf(values.length, columns);
        for (int row = 0; row < values.length; row++) {
            batch[row * columns + column] = values[row];
        }
        return batch;
    }
}
