package org.relaxon.tools.serve;

import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Passes events to all pages that are open. Each has a queue of its own with a bound, so that a
 * slow page delays neither the run nor the others: what finds no room is left out and counted.
 */
public final class Broadcast {
    /** Events that wait for one page. */
    static final int CAPACITY = 256;

    private final List<Subscription> pages = new CopyOnWriteArrayList<>();

    /** The events of one page. */
    final class Subscription implements AutoCloseable {
        private final BlockingQueue<String> waiting = new ArrayBlockingQueue<>(CAPACITY);
        private final AtomicLong dropped = new AtomicLong();

        /** The next event in the form of server-sent events; null if none came in time. */
        String next(long millis) throws InterruptedException {
            String event = waiting.poll(millis, TimeUnit.MILLISECONDS);
            long lost = event == null ? 0 : dropped.getAndSet(0);
            return lost == 0 ? event : event + text("dropped", Long.toString(lost));
        }

        @Override
        public void close() {
            pages.remove(this);
        }
    }

    /** Events from now on. */
    Subscription subscribe() {
        Subscription page = new Subscription();
        pages.add(page);
        return page;
    }

    /**
     * Sends an event to every page.
     *
     * @param name of the event
     * @param json its data in one line
     */
    public void publish(String name, String json) {
        String event = text(name, json);
        for (Subscription page : pages) {
            if (!page.waiting.offer(event)) {
                page.dropped.incrementAndGet();
            }
        }
    }

    private static String text(String name, String json) {
        return "event: " + name + "\ndata: " + json + "\n\n";
    }
}
