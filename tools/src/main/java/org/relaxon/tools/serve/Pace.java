package org.relaxon.tools.serve;

import java.util.concurrent.TimeUnit;

/**
 * When a settling that is watched may go on: so many frames a second of wall-clock time, each over
 * a span of virtual time; not at all while paused; or without waiting. One thread settles, any
 * others change the pace.
 */
public final class Pace {
    /** Frames per second of wall-clock time. */
    public static final int RATE = 30;

    private static final long PERIOD_NANOS = TimeUnit.SECONDS.toNanos(1) / RATE;

    /** How much longer frames are while nothing waits: few enough to be sent. */
    private static final long FAST = 8;

    private boolean paused;
    private boolean fast;
    private boolean closed;
    private long steps; // frames to run although it is paused
    private double speed; // virtual nanoseconds per second
    private long due; // moment of the next frame

    /**
     * A pace that waits.
     *
     * @param speed virtual nanoseconds per second of wall-clock time, above 0
     */
    public Pace(double speed) {
        this.speed = speed;
    }

    /**
     * {@return one that never waits}
     *
     * @param speed virtual nanoseconds of {@value #RATE} / {@value #FAST} frames
     */
    public static Pace unpaced(double speed) {
        Pace pace = new Pace(speed);
        pace.fast = true;
        return pace;
    }

    /** Stops before the next frame. */
    public synchronized void pause() {
        paused = true;
        fast = false;
        steps = 0;
    }

    /** Goes on at the speed. */
    public synchronized void resume() {
        paused = false;
        fast = false;
        notifyAll();
    }

    /** Runs one frame, and pauses after it. */
    public synchronized void step() {
        paused = true;
        fast = false;
        steps++;
        notifyAll();
    }

    /** Goes on without waiting. */
    public synchronized void toTheEnd() {
        paused = false;
        fast = true;
        notifyAll();
    }

    /** Lets the settling go on without waiting, whatever is requested later: it is cancelled. */
    public synchronized void close() {
        closed = true;
        notifyAll();
    }

    /** {@return whether it waits for {@link #resume} or {@link #step}} */
    public synchronized boolean isPaused() {
        return paused;
    }

    /** {@return whether it waits for nothing} */
    public synchronized boolean isFast() {
        return fast;
    }

    /** {@return virtual nanoseconds per second of wall-clock time} */
    public synchronized double speed() {
        return speed;
    }

    /**
     * Changes the speed.
     *
     * @param value virtual nanoseconds per second of wall-clock time, above 0
     */
    public synchronized void setSpeed(double value) {
        speed = value;
    }

    /** {@return the virtual time that the next frame spans, at least 1} */
    synchronized long frameNanos() {
        long span = (long) (speed / RATE);
        return Math.max(1L, fast ? FAST * span : span);
    }

    /** Waits until the next frame may run. */
    synchronized void await() throws InterruptedException {
        while (!closed && !fast) {
            if (paused) {
                if (steps > 0) {
                    steps--;
                    return;
                }
                wait();
                continue;
            }
            long now = System.nanoTime();
            if (due - now <= 0 || due - now > PERIOD_NANOS) {
                due = Math.max(due, now - PERIOD_NANOS) + PERIOD_NANOS;
                return;
            }
            TimeUnit.NANOSECONDS.timedWait(this, due - now);
        }
    }
}
