package org.relaxon.runtime.virtual;

import org.relaxon.model.memento.StateReader;
import org.relaxon.model.memento.StateWriter;
import org.relaxon.runtime.link.LinkPlan;
import org.relaxon.runtime.quiescence.WaveDetector;
import org.relaxon.runtime.settling.CellCounters;
import org.relaxon.runtime.shard.Division;
import org.relaxon.runtime.slot.Slot;

/**
 * Probe waves in virtual time: the root sends a probe to the detector of every shard, each adds up
 * the counts of its cells at that moment and answers with the totals, and both ways take the delays
 * of ordinary signals. The next wave begins after a pause that doubles, up to a limit, so that
 * probing never dominates. {@link VirtualHost#detectors} states which cells share a detector.
 */
final class ProbeWaves {
    private static final int CODE = -1;
    private static final long FIRST_PAUSE_NANOS = 1_000L;
    private static final long LAST_PAUSE_NANOS = 10_000_000L;

    /** The method of the root, and the cells of each detector under it. */
    record Detectors(WaveDetector root, Division shards) {}

    /** An event of a wave: a probe to the detector of a shard, or its report back. */
    record Event(long wave, int shard, long sent, long processed, boolean report) {
        void save(StateWriter out) {
            out.writeLong(wave);
            out.writeInt(shard);
            out.writeLong(sent);
            out.writeLong(processed);
            out.writeBoolean(report);
        }

        static Event load(StateReader in, int shards) {
            return new Event(
                    in.readLong(),
                    in.readInt(0, shards - 1),
                    in.readLong(),
                    in.readLong(),
                    in.readBoolean());
        }
    }

    private final WaveDetector root;
    private final Division shards;
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

    ProbeWaves(Detectors detectors, LinkPlan links, EventQueue queue, Slot[] slots) {
        root = detectors.root();
        shards = detectors.shards();
        this.links = links;
        this.queue = queue;
        this.slots = slots;
    }

    void begin(long phase, long now) {
        phaseId = phase;
        wave = 0;
        waves = 0;
        resume(now);
    }

    void resume(long now) {
        pause = FIRST_PAUSE_NANOS;
        root.reset();
        probe(now);
    }

    /**
     * Handles one event; true if it completed a wave after which the detector reports quiescence.
     */
    boolean handle(Event event, long now) {
        if (!event.report()) {
            queue.add(now + travel(event, now), CODE, report(event));
            return false;
        }
        sent += event.sent();
        processed += event.processed();
        if (--missing > 0) {
            return false;
        }
        waves++;
        if (root.wave(sent, processed)) {
            return true;
        }
        probe(now + pause);
        pause = Math.min(LAST_PAUSE_NANOS, 2 * pause);
        return false;
    }

    private Event report(Event probe) {
        long begun = 0;
        long done = 0;
        for (int k = shards.first(probe.shard()); k < shards.first(probe.shard() + 1); k++) {
            CellCounters c = slots[k].counters();
            begun += c.sent + c.wakeUps + slots[k].unconfirmed();
            done += c.processed;
        }
        return new Event(probe.wave(), probe.shard(), begun, done, true);
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
        missing = shards.parts();
        for (int k = 0; k < missing; k++) {
            Event probe = new Event(wave, k, 0, 0, false);
            queue.add(at + travel(probe, at), CODE, probe);
        }
    }

    private long travel(Event event, long at) {
        long channel = 2L * event.shard() + (event.report() ? 1 : 0);
        return links.controlNanos(channel, phaseId, event.wave(), at);
    }

    void save(StateWriter out) {
        root.save(out);
        for (long one : new long[] {phaseId, wave, waves, pause, sent, processed}) {
            out.writeLong(one);
        }
        out.writeInt(missing);
    }

    void load(StateReader in) {
        root.load(in);
        phaseId = in.readLong();
        wave = in.readLong();
        waves = in.readLong();
        pause = in.readLong();
        sent = in.readLong();
        processed = in.readLong();
        missing = in.readInt();
    }
}
