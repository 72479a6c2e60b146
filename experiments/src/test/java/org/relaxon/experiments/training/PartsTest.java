package org.relaxon.experiments.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.relaxon.model.math.Matrix;

class PartsTest {
    private static final Matrix WHOLE =
            Matrix.of(2, 5, new double[] {1, 2, 3, 4, 5, 10, 20, 30, 40, 50});

    @Test
    void partsHaveAllColumnsInOrder() {
        Parts parts = new Parts(5, 3);

        assertArrayEquals(new double[] {1, 10}, parts.of(WHOLE, 0).values());
        assertArrayEquals(new double[] {2, 3, 20, 30}, parts.of(WHOLE, 1).values());
        assertArrayEquals(new double[] {4, 5, 40, 50}, parts.of(WHOLE, 2).values());
        assertEquals(2, parts.of(WHOLE, 1).columns());
        assertEquals(
                WHOLE,
                parts.join(IntStream.range(0, 3).mapToObj(k -> parts.of(WHOLE, k)).toList()));
    }

    @Test
    void sizesDifferByOneAtMost() {
        for (int examples = 1; examples < 40; examples++) {
            for (int most = 1; most < 50; most++) {
                Parts parts = new Parts(examples, most);
                int[] sizes = IntStream.range(0, parts.count()).map(parts::size).toArray();
                assertEquals(Math.min(examples, most), sizes.length);
                assertEquals(examples, IntStream.of(sizes).sum());
                int least = IntStream.of(sizes).min().orElseThrow();
                assertEquals(
                        least + (examples % sizes.length == 0 ? 0 : 1),
                        IntStream.of(sizes).max().orElseThrow());
            }
        }
    }

    @Test
    void onePartIsTheWholeItself() {
        Parts parts = new Parts(5, 1);
        assertSame(WHOLE, parts.of(WHOLE, 0));
    }
}
