package org.relaxon.experiments.problem;

import java.util.Arrays;
import org.relaxon.experiments.data.DataSet;

/**
 * Examples of a user's data that are read before they are used: evenly spread over the set, each
 * twice, in a batch and alone.
 */
final class OwnExamples {
    private static final int LABELS = 1000;
    private static final int INPUTS = 16;
    private static final int COLUMN = 1;
    private static final int COLUMNS = 3;
    private static final double UNTOUCHED = 7.25;

    private final DataSet set;

    private OwnExamples(DataSet set) {
        this.set = set;
    }

    /**
     * Refuses a set that breaks the contract of {@link DataSet} in one of these examples.
     *
     * @throws IllegalArgumentException naming the set, the example and what it gives
     */
    static void require(DataSet set) {
        OwnExamples examples = new OwnExamples(set);
        int labels = Math.min(LABELS, set.size());
        for (int k = 0; set.hasLabels() && k < labels; k++) {
            examples.requireLabel((int) ((long) k * set.size() / labels));
        }
        int inputs = Math.min(INPUTS, set.size());
        for (int k = 0; k < inputs; k++) {
            examples.requireInput((int) ((long) k * set.size() / inputs));
        }
    }

    private void requireLabel(int example) {
        int label = set.label(example);
        int classes = Math.max(2, set.classes()); // one output distinguishes two
        if (label < 0 || label >= classes) {
            throw refused(example, "has label %d, not in 0..%d".formatted(label, classes - 1));
        }
        int again = set.label(example);
        if (again != label) {
            throw refused(example, "has label %d, and then %d".formatted(label, again));
        }
    }

    private void requireInput(int example) {
        int n = set.inputs();
        double[] alone = new double[n];
        set.input(example, alone, 0, 1);
        double[] expected = new double[n * COLUMNS];
        Arrays.fill(expected, UNTOUCHED);
        for (int j = 0; j < n; j++) {
            if (!Double.isFinite(alone[j])) {
                throw refused(example, "has input %d = %s".formatted(j, alone[j]));
            }
            expected[COLUMN + j * COLUMNS] = alone[j];
        }
        double[] batch = new double[n * COLUMNS];
        Arrays.fill(batch, UNTOUCHED);
        set.input(example, batch, COLUMN, COLUMNS);
        for (int k = 0; k < batch.length; k++) {
            if (Double.compare(batch[k], expected[k]) != 0) {
                throw refused(
                        example,
                        "writes %s to place %d of a batch, where %s was expected: input j belongs to offset + j * stride, and is a function of the example alone"
                                .formatted(batch[k], k, expected[k]));
            }
        }
    }

    private IllegalArgumentException refused(int example, String why) {
        return new IllegalArgumentException(
                "data: example %d of %s %s".formatted(example, set.name(), why));
    }
}
