package org.relaxon.experiments.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.relaxon.experiments.format.NpzWriter;

class TaskTest {
    @TempDir private Path directory;
    private int files;

    private DataSet set(double[][] target, double... labels) throws IOException {
        int size = target == null ? labels.length : target[0].length;
        Path file = directory.resolve(files++ + ".npz");
        try (NpzWriter npz = NpzWriter.create(file)) {
            double[][] input = new double[2][size];
            for (int k = 0; k < size; k++) {
                input[0][k] = k;
                input[1][k] = -0.5 * k;
            }
            npz.put("x0", input);
            if (target != null) {
                npz.put("target", target);
            }
            if (labels.length > 0) {
                npz.put("labels", labels);
            }
        }
        return NpzDataSet.open(file);
    }

    private Task inferred(double[]... target) throws IOException {
        return Task.of(set(target));
    }

    @Test
    void labelsAndOneHotAndSoftTargetsAreClasses() throws IOException {
        assertEquals(Task.CLASSIFICATION, Task.of(new TwoMoons(1, 10, 0.1)));
        assertEquals(Task.CLASSIFICATION, Task.of(set(null, 0, 1, 2)));
        assertEquals(Task.CLASSIFICATION, inferred(new double[][] {{1, 0, 0}, {0, 1, 1}}));
        assertEquals(Task.CLASSIFICATION, inferred(new double[][] {{1, -1, -1}, {-1, 1, 1}}));
        assertEquals(Task.CLASSIFICATION, inferred(new double[][] {{1, .3, .5}, {0, .7, .5}}));
        assertEquals(
                Task.CLASSIFICATION, Task.of(set(new double[][] {{3, 4, 1}, {2, 7, 0}}, 1, 0, 1)));
    }

    @Test
    void oneOutputOfTwoCodesIsBinaryAndAnythingElseIsNot() throws IOException {
        assertEquals(Task.BINARY, inferred(new double[] {0, 1, 1}));
        assertEquals(Task.BINARY, inferred(new double[] {-1, 1, 1}));
        assertEquals(Task.BINARY, Task.of(set(null, -1, 1, 1)));
        assertEquals(Task.REGRESSION, inferred(new double[] {-1, 1, 0}));
        assertEquals(Task.REGRESSION, inferred(new double[] {0, 1, 1.0000001}));
        assertEquals(Task.REGRESSION, inferred(new double[] {0.3, -4, 1}));
    }

    @Test
    void targetsThatEqualTheInputsAreReconstructedAndOthersAreQuantities() throws IOException {
        assertEquals(Task.RECONSTRUCTION, inferred(new double[][] {{0, 1, 2}, {0, -0.5, -1}}));
        assertEquals(Task.REGRESSION, inferred(new double[][] {{0, 1, 2}, {0, -0.5, -1.01}}));
        assertEquals(Task.REGRESSION, inferred(new double[][] {{1, 0, 1}, {0, 1, 1}}));
        assertEquals(Task.REGRESSION, inferred(new double[][] {{1, 0, -.1}, {0, 1, 1.1}}));
    }

    /** A part alone could be of another task. */
    @Test
    void bothPartsOfTheDataDecide() throws IOException {
        DataSet codes = set(new double[][] {{0, 1, 1}});
        DataSet quantities = set(new double[][] {{0, 1, 0.5}});
        assertEquals(Task.REGRESSION, Task.of(codes, quantities));
        assertEquals(Task.REGRESSION, Task.of(quantities, codes));
        assertEquals(0.0, TaskView.inferred(set(null, -1, 1), set(null, -1, -1)).threshold());
        assertEquals(0.5, TaskView.inferred(codes, codes).threshold());
    }

    @Test
    void anotherTaskCanBeAskedForWhereTheDataAllowIt() throws IOException {
        DataSet moons = new TwoMoons(1, 10, 0.1);
        TaskView binary = TaskView.as(Task.BINARY, moons, moons);
        assertEquals(1, binary.train().classes());
        double[] target = new double[1];
        for (int k = 0; k < 10; k++) {
            binary.train().target(k, target, 0, 1);
            assertEquals(moons.label(k), target[0]);
        }
        TaskView same = TaskView.as(Task.RECONSTRUCTION, moons, moons);
        double[] input = new double[2];
        double[] again = new double[2];
        same.train().input(3, input, 0, 1);
        same.train().target(3, again, 0, 1);
        assertArrayEquals(input, again);
        assertEquals(Task.RECONSTRUCTION, Task.of(same.train(), same.test()));
        assertEquals(2, TaskView.as(Task.REGRESSION, moons, moons).train().classes());
        DataSet quantities = set(new double[][] {{0, 1, 0.5}});
        for (Task task : new Task[] {Task.BINARY, Task.CLASSIFICATION}) {
            String refused =
                    assertThrows(
                                    IllegalArgumentException.class,
                                    () -> TaskView.as(task, quantities, quantities))
                            .getMessage();
            assertTrue(refused.startsWith("task: " + task.optionName() + " needs"), refused);
        }
    }
}
