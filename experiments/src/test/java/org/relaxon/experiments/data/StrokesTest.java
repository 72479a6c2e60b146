package org.relaxon.experiments.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;

class StrokesTest {

    private final Strokes set = new Strokes(1, 2000);

    @Test
    void theBitsOfTheFirstHundredExamplesNeverChange() {
        CRC32 sum = new CRC32();
        ByteBuffer bits = ByteBuffer.allocate(set.inputs() * Double.BYTES);
        for (int index = 0; index < 100; index++) {
            for (double value : example(set, index)) {
                bits.putLong(Double.doubleToRawLongBits(value));
            }
            sum.update(bits.flip());
            bits.clear();
            sum.update(set.label(index));
        }

        assertEquals("712ecf19", Long.toHexString(sum.getValue()));
    }

    @Test
    void anExampleDependsOnNeitherTheSizeNorTheOrderOfQuestions() {
        double[] before = example(set, 42);
        example(set, 7);
        Strokes larger = new Strokes(1, 60_000);
        example(larger, 59_999);

        assertArrayEquals(before, example(set, 42));
        assertArrayEquals(before, example(larger, 42));
        assertEquals(set.label(42), larger.label(42));
    }

    @Test
    void seedsAndIndicesGiveDifferentImages() {
        Strokes other = new Strokes(2, 2000);
        for (int index = 0; index < 100; index++) {
            assertFalse(Arrays.equals(example(set, index), example(other, index)));
            assertFalse(Arrays.equals(example(set, index), example(set, index + 1)));
        }
    }

    @Test
    void everyTenExamplesHoldEveryDigitOnceButNotAlwaysInTheSameOrder() {
        int inOrder = 0;
        for (int block = 0; block < set.size(); block += 10) {
            int[] labels = new int[10];
            for (int k = 0; k < 10; k++) {
                labels[k] = set.label(block + k);
            }
            inOrder += labels[0] == 0 ? 1 : 0;
            Arrays.sort(labels);
            assertArrayEquals(new int[] {0, 1, 2, 3, 4, 5, 6, 7, 8, 9}, labels);
        }
        assertTrue(inOrder > 0 && inOrder < 60, inOrder + " of 200 blocks begin with 0");
    }

    @Test
    void valuesLieBetweenPaperAndInkAndBothOccur() {
        for (int index = 0; index < set.size(); index++) {
            double[] image = example(set, index);
            double lowest = Arrays.stream(image).min().getAsDouble();
            double highest = Arrays.stream(image).max().getAsDouble();
            assertEquals(-1, lowest, "paper of example " + index);
            assertTrue(highest > 0.5 && highest <= 1, "ink of example " + index);
            double inked = Arrays.stream(image).filter(value -> value > 0).count();
            assertTrue(inked > 20 && inked < 300, inked + " pixels in example " + index);
        }
    }

    @Test
    void theNearestOfTwoThousandExamplesUsuallyIsTheSameDigit() {
        double[][] known = new double[set.size()][];
        for (int index = 0; index < known.length; index++) {
            known[index] = example(set, index);
        }
        Strokes fresh = new Strokes(2, 200);
        int right = 0;
        for (int index = 0; index < fresh.size(); index++) {
            right += set.label(nearest(known, example(fresh, index))) == fresh.label(index) ? 1 : 0;
        }

        assertTrue(right > 0.9 * fresh.size(), right + " of " + fresh.size());
    }

    @Test
    void thereIsNoExampleBeforeTheFirstOrAfterTheLast() {
        double[] into = new double[set.inputs()];
        for (int index : new int[] {-1, set.size()}) {
            assertThrows(IndexOutOfBoundsException.class, () -> set.label(index));
            assertThrows(IndexOutOfBoundsException.class, () -> set.input(index, into, 0, 1));
        }
        assertThrows(IllegalArgumentException.class, () -> new Strokes(1, 0));
    }

    private static double[] example(DataSet set, int index) {
        double[] image = new double[set.inputs()];
        set.input(index, image, 0, 1);
        return image;
    }

    private static int nearest(double[][] known, double[] image) {
        int best = 0;
        double least = Double.POSITIVE_INFINITY;
        for (int index = 0; index < known.length; index++) {
            double square = 0;
            for (int j = 0; j < image.length; j++) {
                double difference = known[index][j] - image[j];
                square += difference * difference;
            }
            if (square < least) {
                least = square;
                best = index;
            }
        }
        return best;
    }
}
