package org.relaxon.runtime.virtual;

import org.relaxon.model.memento.StateReader;
import org.relaxon.model.memento.StateWriter;
import org.relaxon.runtime.link.LinkPlan;
import org.relaxon.runtime.quiescence.WaveDetector;
import org.relaxon.runtime.settling.CellCounters;
import org.relaxon.runtime.slot.Slot;

/**
 * Probe waves in virtual time: the detector sends a probe to every cell, each answers with its
 * counts, and both ways take the delays of ordinary signals. The next wave begins after a pause
 * that doubles, up to a limit, so that probing never dominates.
 */
final class ProbeWaves {
    private static final int CODE = -1;
    private static final long FIRST_PAUSE_NANOS = 1_000L;
    private static final long LAST_PAUSE_NANOS = 10_000_000L;

    /** An event of a wave: a probe to a cell, or its report back. */
    record Event(long wave, int cell, long sent, long processed, boolean report) {
        void save(StateWriter out) {
            out.writeLong(wave);
            out.writeInt(cell);
            out.writeLong(sent);
            out.writeLong(processed);
            out.writeBoolean(report);
        }

        static Event load(StateReader in, int cells) {
            return new Event(
                    in.readLong(),
                    in.readInt(0, cells - 1),
                    in.readLong(),
                    in.readLong(),
                    in.readBoolean());
        }
    }

    private final WaveDetector detector;
    private final LinkPlan links;
    private final EventQueue queue;
    private final Slot[] slots;
    private long phaseId;
    private long wave;
    private long waves;
    private long pause;
    private long sent;
    private long processed;
    private int missing;

    ProbeWaves(WaveDetector detector, LinkPlan links, EventQueue queue, Slot[] slots) {
        this.detector = detector;
        this.links = links;
        this.queue = queue;
        this.slots = slots;
    }

    void begin(long phase, long now, int cells) {
        phaseId = phase;
        wave = 0;
        waves = 0;
        resume(now);
    }

    void resume(long now) {
        pause = FIRST_PAUSE_NANOS;
        detector.reset();
        probe(now);
    }

    /**
     * Handles one event; true if it completed a wave after which the detector reports quiescence.
     */
    boolean handle(Event event, long now) {
        if (!event.report()) {
            Slot slot = slots[event.cell()];
            CellCounters c = slot.counters();
            long under = c.sent + c.wakeUps + slot.unconfirmed();
            long travel = travel(event, now);
            queue.add(
                    now + travel,
                    CODE,
                    new Event(event.wave(), event.cell(), under, c.processed, true));
            return false;
        }
        sent += event.sent();
        processed += event.processed();
        if (--missing > 0) {
            return false;
        }
        waves++;
        if (detector.wave(sent, processed)) {
            return true;
        }
        probe(now + pause);
        pause = Math.min(LAST_PAUSE_NANOS, 2 * pause);
        return false;
    }

    /** Probes and reports in the queue. */
    int underWay() {
        return missing;
    }

    long waves() {
        return waves;
    }

    private void probe(long at) {
        wave++;
        sent = 0;
        processed = 0;
        missing = slots.length;
        for (int k = 0; k < slots.length; k++) {
            Event probe = new Event(wave, k, 0, 0, false);
            queue.add(at + travel(probe, at), CODE, probe);
        }
    }

    private long travel(Event event, long at) {
        long channel = 2L * event.cell() + (event.report() ? 1 : 0);
        return links.controlNanos(channel, phaseId, event.wave(), at);
    }

    void save(StateWriter out) {
        detector.save(out);
        for (long one : new long[] {phaseId, wave, waves, pause, sent, processed}) {
            out.writeLong(one);
        }
        out.writeInt(missing);
    }

    void load(StateReader in) {
        detector.load(in);
        phaseId = in.readLong();
        wave = in.readLong();
        waves = in.readLong();
        pause = in.readLong();
        sent = in.readLong();
        processed = in.readLong();
        missing = in.readInt();
    }
}
