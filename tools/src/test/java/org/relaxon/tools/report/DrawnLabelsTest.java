package org.relaxon.tools.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.relaxon.tools.report.DrawnLabels.Area;

/** Words along curves overlap neither each other nor boxes. */
class DrawnLabelsTest {
    private static final int[] CURVE = {0, 100, 100, 100, 200, 100, 300, 100};

    private static Area place(DrawnLabels labels, boolean above) {
        return labels.place(List.of("name", "delay constant:1ms"), above, CURVE);
    }

    @Test
    void wordsOfCurvesThatCoincideStandApart() {
        DrawnLabels labels = new DrawnLabels();
        labels.block(new Area(120, 90, 60, 20));
        List<Area> placed = new ArrayList<>(List.of(new Area(120, 90, 60, 20)));
        for (int k = 0; k < 20; k++) {
            Area next = place(labels, false);
            placed.forEach(one -> assertFalse(one.overlaps(next), one + " " + next));
            assertTrue(next.left() >= 0 && next.top() >= 0, next.toString());
            placed.add(next);
        }
        int bottom = placed.stream().mapToInt(a -> a.top() + a.height()).max().orElseThrow();
        assertEquals(bottom, labels.bottom());
    }

    /** Words move along their curve to where no other one passes; their own may. */
    @Test
    void wordsKeepClearOfOtherCurves() {
        int[] other = {150, 0, 150, 60, 150, 140, 150, 200};
        DrawnLabels labels = new DrawnLabels();
        labels.avoid(CURVE);
        assertEquals(place(new DrawnLabels(), false), place(labels, false));
        DrawnLabels crossed = new DrawnLabels();
        crossed.avoid(CURVE);
        crossed.avoid(other);
        Area words = place(crossed, false);
        assertFalse(words.overlaps(new Area(150, 0, 1, 200)), words.toString());
        assertTrue(words.top() < 100 && words.top() + words.height() > 100, words.toString());
    }

    /** The twin: without the first words, the second would have their place. */
    @Test
    void aloneTheyStandAtTheMiddle() {
        Area first = place(new DrawnLabels(), false);
        Area second = place(new DrawnLabels(), false);
        assertTrue(first.overlaps(second));
        assertEquals(150, first.left() + first.width() / 2);
        assertEquals(100, first.top() + first.height() / 2);
        Area above = place(new DrawnLabels(), true);
        assertTrue(above.top() + above.height() < 100, above.toString());
    }
}
