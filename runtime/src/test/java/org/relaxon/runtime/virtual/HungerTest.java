package org.relaxon.runtime.virtual;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.relaxon.model.signal.Parcel;
import org.relaxon.model.signal.Signal;

class HungerTest {
    private static final int STARVED = 1;

    private final Hunger hunger = new Hunger(new int[] {0, 3, 0});

    private static Parcel parcel(long version) {
        return new Signal(1, version, new double[1], 0, 1);
    }

    private void feedOthers(int times) {
        for (int k = 0; k < times; k++) {
            assertFalse(hunger.keeps(2 * (k % 2), 9, parcel(k), 0));
        }
    }

    @Test
    void aParcelWaitsForSoManyDeliveriesToOthersAndNoMore() {
        feedOthers(5);
        assertTrue(hunger.keeps(STARVED, 7, parcel(1), 0));
        feedOthers(1);
        assertTrue(hunger.keeps(STARVED, 8, parcel(2), 0));
        feedOthers(1);
        assertEquals(-1, hunger.next(false));
        feedOthers(1);

        assertEquals(STARVED, hunger.next(false));
        assertEquals(7, hunger.channel());
        assertEquals(1, hunger.parcel().version());
        assertEquals(3, hunger.waited());
        assertEquals(-1, hunger.next(false), "the second came later");
        feedOthers(1);
        assertEquals(STARVED, hunger.next(false));
        assertEquals(8, hunger.channel());
        assertEquals(0, hunger.size());
    }

    @Test
    void whenNothingElseIsLeftTheOldestIsFedAtOnce() {
        hunger.keeps(STARVED, 7, parcel(1), 0);
        hunger.keeps(STARVED, 8, parcel(2), 0);

        assertEquals(STARVED, hunger.next(true));
        assertEquals(7, hunger.channel());
        assertEquals(0, hunger.waited(), "nobody was fed before it");
        assertEquals(1, hunger.size());
        hunger.clear();
        assertEquals(-1, hunger.next(true));
    }
}
