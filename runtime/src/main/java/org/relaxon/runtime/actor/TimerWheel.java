package org.relaxon.runtime.actor;

import akka.actor.typed.ActorRef;
import java.util.concurrent.locks.LockSupport;
import org.agrona.concurrent.ManyToOneConcurrentArrayQueue;
import org.relaxon.runtime.metrics.SpanHistogram;
import org.relaxon.runtime.metrics.SpanRecorder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Delivers messages to actors at given moments: the delay line of all links and the clock of all
 * refractory periods. A hashed wheel (Varghese and Lauck 1987, scheme 6) turned by one thread of
 * its own, because the scheduler of the actor system resolves only milliseconds.
 *
 * <p>Resolution is one tick, about 33 us, plus the time in which the operating system wakes a
 * thread. Within one tick messages leave in order of insertion. Any thread may schedule; the
 * hand-over queue is bounded and a full one makes the scheduling thread wait for the wheel, which
 * itself never blocks.
 */
final class TimerWheel implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TimerWheel.class);
    private static final String OPENED = "jdk.internal.misc"; // to Agrona

    private static final int TICK_SHIFT = 15; // 2^15 ns
    private static final int SPOKES =
            4096; // one turn is 134 ms; later deadlines stay for more turns
    private static final int HANDOVER_CAPACITY = 1 << 16;
    private static final long NAP_TICKS = 2;

    /** A message in flight: one node of an intrusive list. */
    private static final class Entry {
        static final long NO_SIGNAL = Long.MIN_VALUE;
        final long deadline;
        final long since;
        final Runnable delivery;
        Entry next;

        Entry(long deadline, long since, Runnable delivery) {
            this.deadline = deadline;
            this.since = since;
            this.delivery = delivery;
        }
    }

    private final ManyToOneConcurrentArrayQueue<Entry> handover =
            new ManyToOneConcurrentArrayQueue<>(HANDOVER_CAPACITY);
    private final Entry[] first = new Entry[SPOKES];
    private final Entry[] last = new Entry[SPOKES];
    private final SpanRecorder lateness = SpanRecorder.ofOneThread();
    private final SpanRecorder latency = SpanRecorder.ofOneThread();
    private final Thread thread;
    private long tick;
    private int waiting;
    private volatile int waitingSeen;
    private volatile boolean asleep;
    private volatile boolean closed;

    /**
     * Refuses a JVM in which Agrona's queue cannot be loaded, before any thread exists that would
     * keep a failed program alive.
     */
    static void requireOpened() {
        Module agrona = ManyToOneConcurrentArrayQueue.class.getModule();
        if (!Object.class.getModule().isOpen(OPENED, agrona)) {
            throw new IllegalStateException(
                    "the actor host needs the JVM option --add-opens java.base/%s=%s; start java with it, or use another host"
                            .formatted(
                                    OPENED, agrona.isNamed() ? agrona.getName() : "ALL-UNNAMED"));
        }
    }

    TimerWheel(String name) {
        tick = System.nanoTime() >> TICK_SHIFT;
        thread = new Thread(this::turn, name);
        thread.setDaemon(true);
        thread.start();
    }

    /**
     * Delivers {@code message} to {@code target} at a given moment.
     *
     * @param now the caller's reading of {@link System#nanoTime}
     * @param deadline moment on the same clock
     */
    <T> void schedule(long now, long deadline, ActorRef<T> target, T message) {
        hand(new Entry(deadline, Entry.NO_SIGNAL, () -> target.tell(message)));
    }

    /** As {@link #schedule}, for a signal: its time in flight counts as latency. */
    <T> void carry(long now, long deadline, ActorRef<T> target, T message) {
        hand(new Entry(deadline, now, () -> target.tell(message)));
    }

    private void hand(Entry entry) {
        while (!handover.offer(entry)) {
            if (closed) {
                return;
            }
            LockSupport.unpark(thread);
            Thread.onSpinWait();
        }
        if (asleep) {
            LockSupport.unpark(thread);
        }
    }

    /** Messages in flight, as last counted by the wheel's thread. */
    int pending() {
        return waitingSeen + handover.size();
    }

    /** How late messages left since the last call, nanoseconds. */
    SpanHistogram takeLateness() {
        return lateness.take();
    }

    /** How long messages were in flight in all since the last call, nanoseconds. */
    SpanHistogram takeLatency() {
        return latency.take();
    }

    private void turn() {
        while (!closed) {
            if (waiting == 0) {
                tick = System.nanoTime() >> TICK_SHIFT; // not tick by tick through an idle hour
            }
            handover.drain(this::insert);
            fire(System.nanoTime());
            waitingSeen = waiting;
            rest();
        }
    }

    private void insert(Entry entry) {
        // a deadline that has passed goes to the tick that is fired next
        int spoke = (int) Math.max(entry.deadline >> TICK_SHIFT, tick) & (SPOKES - 1);
        if (first[spoke] == null) {
            first[spoke] = entry;
        } else {
            last[spoke].next = entry;
        }
        last[spoke] = entry;
        waiting++;
    }

    private void fire(long now) {
        long nowTick = now >> TICK_SHIFT;
        if (waiting == 0) {
            tick = nowTick;
            return;
        }
        for (; tick <= nowTick && waiting > 0; tick++) {
            fireSpoke((int) tick & (SPOKES - 1), now);
            if (tick == nowTick) {
                break; // the current tick is not over: it will be visited again
            }
        }
    }

    private void fireSpoke(int spoke, long now) {
        Entry entry = first[spoke];
        first[spoke] = null;
        last[spoke] = null;
        while (entry != null) {
            Entry next = entry.next;
            entry.next = null;
            waiting--;
            if (entry.deadline <= now) {
                deliver(entry);
                lateness.record(now - entry.deadline);
                if (entry.since != Entry.NO_SIGNAL) {
                    latency.record(now - entry.since);
                }
            } else {
                insert(entry);
            }
            entry = next;
        }
    }

    /** A failure of one session must not stop the clock of the others. */
    private static void deliver(Entry entry) {
        try {
            entry.delivery.run();
        } catch (RuntimeException e) {
            LOG.warn("a message could not be delivered", e);
        }
    }

    /** Sleeps until the next occupied tick; scheduling an earlier message ends the sleep. */
    private void rest() {
        long ticks = waiting == 0 ? Long.MAX_VALUE : ticksToNext();
        if (ticks <= NAP_TICKS) {
            LockSupport.parkNanos(1L << TICK_SHIFT);
            return;
        }
        asleep = true;
        if (handover.isEmpty() && !closed) {
            if (ticks == Long.MAX_VALUE) {
                LockSupport.park(this);
            } else {
                LockSupport.parkNanos(this, ticks - 1 << TICK_SHIFT);
            }
        }
        asleep = false;
    }

    private long ticksToNext() {
        for (int k = 0; k < SPOKES; k++) {
            if (first[(int) (tick + k) & (SPOKES - 1)] != null) {
                return k;
            }
        }
        return SPOKES;
    }

    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
    }
}
