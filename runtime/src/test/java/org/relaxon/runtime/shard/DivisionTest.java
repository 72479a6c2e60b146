package org.relaxon.runtime.shard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class DivisionTest {
    @Test
    void everyCellIsInTheRangeThatStatesIt() {
        for (int cells = 1; cells <= 40; cells++) {
            for (int parts = 1; parts <= cells; parts++) {
                Division d = new Division(cells, parts);
                assertEquals(0, d.first(0));
                assertEquals(cells, d.first(parts));
                for (int k = 0; k < parts; k++) {
                    int size = d.first(k + 1) - d.first(k);
                    assertTrue(size == cells / parts || size == (cells + parts - 1) / parts);
                    for (int cell = d.first(k); cell < d.first(k + 1); cell++) {
                        assertEquals(k, d.of(cell), d + ", cell " + cell);
                    }
                }
            }
        }
    }

    @Test
    void manyCellsDoNotOverflow() {
        Division d = new Division(Integer.MAX_VALUE, 1024);
        assertEquals(1023, d.of(Integer.MAX_VALUE - 1));
        assertEquals(512, d.of(d.first(512)));
        assertEquals(511, d.of(d.first(512) - 1));
    }

    @Test
    void thereIsNoEmptyRange() {
        assertEquals(3, Division.atMost(7, 3).parts());
        assertEquals(2, Division.atMost(2, 3).parts());
        Exception refused = assertThrows(IllegalArgumentException.class, () -> new Division(3, 4));
        assertEquals("shards: 4 is not in 1..3, the number of cells", refused.getMessage());
        assertThrows(IllegalArgumentException.class, () -> Division.atMost(0, 3));
    }
}
