package org.relaxon.tools.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** A film and the queue of a page have bounds, and count what they leave out. */
class FilmTest {
    @Test
    void aFullFilmKeepsEverySecondFrame() {
        Film film = new Film();
        for (int k = 0; k < Film.CAPACITY; k++) {
            film.add(Integer.toString(k));
        }
        assertEquals(0, film.removed());
        film.add("new");
        assertEquals(Film.CAPACITY / 2 + 1, film.frames().size());
        assertEquals(Film.CAPACITY / 2, film.removed());
        assertEquals("0", film.frames().get(0));
        assertEquals("2", film.frames().get(1));
        assertTrue(film.json().startsWith("[0,2,4,") && film.json().endsWith(",new]"));
        film.clear();
        assertEquals("[]", film.json());
        assertEquals(0, film.removed());
    }

    @Test
    void aSlowPageLosesEventsAndLearnsHowMany() throws InterruptedException {
        Broadcast broadcast = new Broadcast();
        try (Broadcast.Subscription slow = broadcast.subscribe()) {
            for (int k = 0; k < Broadcast.CAPACITY + 3; k++) {
                broadcast.publish("frame", Integer.toString(k));
            }
            assertEquals("event: frame\ndata: 0\n\nevent: dropped\ndata: 3\n\n", slow.next(1));
            assertEquals("event: frame\ndata: 1\n\n", slow.next(1));
        }
        try (Broadcast.Subscription later = broadcast.subscribe()) {
            assertNull(later.next(1));
        }
    }
}
