package org.relaxon.experiments.problem;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.relaxon.experiments.data.DataSet;
import org.relaxon.experiments.data.Strokes;
import org.relaxon.experiments.data.TwoMoons;

/** Data of one's own are read before they are used, and refused by the example that is wrong. */
class OwnExamplesTest {
    private static final int SIZE = 100;

    /** Right, but for what a test replaces. */
    private static class Own implements DataSet {
        @Override
        public String name() {
            return "own";
        }

        @Override
        public int size() {
            return SIZE;
        }

        @Override
        public int inputs() {
            return 2;
        }

        @Override
        public int classes() {
            return 2;
        }

        @Override
        public int label(int index) {
            return index % 2;
        }

        @Override
        public void input(int index, double[] into, int offset, int stride) {
            into[offset] = index;
            into[offset + stride] = -index;
        }
    }

    private static void refuses(String part, DataSet set) {
        String message =
                assertThrows(IllegalArgumentException.class, () -> OwnExamples.require(set))
                        .getMessage();
        assertTrue(message.startsWith("data: example "), message);
        assertTrue(message.contains(part), message);
    }

    @Test
    void whatIsRightPasses() {
        assertDoesNotThrow(() -> OwnExamples.require(new Own()));
        assertDoesNotThrow(() -> OwnExamples.require(new TwoMoons(1, SIZE, 0.1)));
        assertDoesNotThrow(() -> OwnExamples.require(new Strokes(1, SIZE)));
    }

    @Test
    void aLabelBeyondTheClassesIsRefused() {
        refuses(
                "2 of own has label 2, not in 0..1",
                new Own() {
                    @Override
                    public int label(int index) {
                        return index % 3;
                    }
                });
    }

    @Test
    void aPlaceOutsideTheColumnIsRefused() {
        refuses(
                "writes 0.0 to place 2 of a batch",
                new Own() {
                    @Override
                    public void input(int index, double[] into, int offset, int stride) {
                        into[offset] = index;
                        into[offset + 1] = -index;
                    }
                });
    }

    @Test
    void anInputThatChangesOrIsNoNumberIsRefused() {
        refuses(
                "is a function of the example alone",
                new Own() {
                    private int calls;

                    @Override
                    public void input(int index, double[] into, int offset, int stride) {
                        super.input(index + calls++, into, offset, stride);
                    }
                });
        refuses(
                "0 of own has input 1 = NaN",
                new Own() {
                    @Override
                    public void input(int index, double[] into, int offset, int stride) {
                        into[offset] = index;
                        into[offset + stride] = Double.NaN;
                    }
                });
    }
}
