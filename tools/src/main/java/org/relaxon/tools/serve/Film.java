package org.relaxon.tools.serve;

import java.util.ArrayList;
import java.util.List;

/**
 * The frames of a run, with a bound: when there is no room left, every second one is removed, so
 * that the frames kept always span the whole run. Thread-safe.
 */
public final class Film {
    /** Frames that are kept. */
    public static final int CAPACITY = 1500;

    private final List<String> frames = new ArrayList<>();
    private long removed;

    /**
     * Adds a frame.
     *
     * @param frame a JSON object in one line
     */
    public synchronized void add(String frame) {
        if (frames.size() == CAPACITY) {
            List<String> kept = new ArrayList<>(CAPACITY);
            for (int k = 0; k < CAPACITY; k += 2) {
                kept.add(frames.get(k));
            }
            removed += CAPACITY - kept.size();
            frames.clear();
            frames.addAll(kept);
        }
        frames.add(frame);
    }

    /** Removes all frames. */
    public synchronized void clear() {
        frames.clear();
        removed = 0;
    }

    /** {@return the frames as a JSON array} */
    public synchronized String json() {
        return "[" + String.join(",", frames) + "]";
    }

    /** {@return the frames kept, oldest first} */
    public synchronized List<String> frames() {
        return List.copyOf(frames);
    }

    /** {@return the number of frames removed for want of room} */
    public synchronized long removed() {
        return removed;
    }
}
