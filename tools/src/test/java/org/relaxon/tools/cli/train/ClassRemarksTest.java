package org.relaxon.tools.cli.train;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.relaxon.experiments.data.DataSet;
import org.relaxon.experiments.data.Task;
import org.relaxon.experiments.problem.Split;

/** Mistakes in the classes of data are told, and nothing is told of data without them. */
class ClassRemarksTest {
    /**
     * Examples with one input, with targets of their own if {@code largest} is not null.
     *
     * @param largest position of the target that is 1
     */
    private record Examples(int classes, int[] labels, int[] largest) implements DataSet {
        @Override
        public String name() {
            return "examples";
        }

        @Override
        public int size() {
            return labels.length;
        }

        @Override
        public int inputs() {
            return 1;
        }

        @Override
        public void input(int index, double[] into, int offset, int stride) {
            into[offset] = 0.25 + index;
        }

        @Override
        public int label(int index) {
            return labels[index];
        }

        @Override
        public boolean hasTargets() {
            return largest != null;
        }

        @Override
        public boolean hasLabels() {
            return true;
        }

        @Override
        public void target(int index, double[] into, int offset, int stride) {
            if (largest == null) {
                oneHot(index, into, offset, stride);
                return;
            }
            for (int k = 0; k < classes; k++) {
                into[offset + k * stride] = k == largest[index] ? 1 : 0;
            }
        }
    }

    private static List<String> remarks(int classes, int[] train, int[] test) {
        return ClassRemarks.of(
                new Split(
                        new Examples(classes, train, null),
                        new Examples(classes, test, null),
                        0,
                        "examples"));
    }

    @Test
    void classesThatAllOccurAreNotRemarkedOn() {
        assertEquals(List.of(), remarks(3, new int[] {0, 1, 2, 1}, new int[] {2, 0}));
        assertEquals(List.of(), remarks(3, new int[] {0, 1, 2, 1}, new int[] {1, 1}));
    }

    @Test
    void aClassThatIsTestedAndNotTrainedIsNamed() {
        assertEquals(
                List.of("class 2 is among the test examples and not among those to train on"),
                remarks(3, new int[] {0, 1, 1}, new int[] {2, 0, 2}));
        assertEquals(
                List.of("classes 1, 2 are among the test examples and not among those to train on"),
                remarks(3, new int[] {0, 0, 0}, new int[] {2, 1}));
    }

    @Test
    void labelsThatSeemToBeginAtOneAreNamed() {
        assertEquals(
                List.of("class 0 is in no example: do the labels start at 1 instead of 0?"),
                remarks(3, new int[] {1, 2}, new int[] {2}));
        assertEquals(
                List.of("class 1 is in no example"), remarks(3, new int[] {0, 2}, new int[] {2}));
    }

    @Test
    void labelsThatContradictTheTargetsAreCounted() {
        Examples agreeing = new Examples(2, new int[] {0, 1}, new int[] {0, 1});
        Examples contradicting = new Examples(2, new int[] {0, 1, 1}, new int[] {0, 1, 0});
        assertEquals(List.of(), ClassRemarks.of(new Split(agreeing, agreeing, 0, "examples")));
        assertEquals(
                List.of(
                        "labels contradict the largest target in 1 of 5 examples; targets are"
                                + " learned, labels are scored"),
                ClassRemarks.of(new Split(contradicting, agreeing, 0, "examples")));
    }

    @Test
    void quantitiesHaveNoClasses() {
        Examples few = new Examples(3, new int[] {1, 1}, new int[] {0, 0});
        Split split = new Split(few, few, 0, "examples");
        assertEquals(2, ClassRemarks.of(split).size());
        assertEquals(List.of(), ClassRemarks.of(split.as(Task.REGRESSION)));
    }
}
