package org.relaxon.runtime.actor;

import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;
import org.relaxon.runtime.metrics.SpanRecorder;
import org.relaxon.runtime.observe.Frame;
import org.relaxon.runtime.observe.Observation;
import org.relaxon.runtime.settling.CellCounters;
import org.relaxon.runtime.settling.Samplers;
import org.relaxon.runtime.slot.Slot;
import org.relaxon.runtime.slot.Slots;

/** The traces of cells in this JVM. */
record OwnTraces(List<Slot> slots, TimerWheel wheel, SpanRecorder inboxWait) implements Traces {
    @Override
    public void begin() {
        wheel.takeLateness();
        wheel.takeLatency();
        inboxWait.take();
    }

    @Override
    public CellCounters counters() {
        CellCounters total = new CellCounters();
        slots.forEach(s -> total.add(s.counters()));
        return total;
    }

    @Override
    public Map<String, Histogram> histograms() {
        return Map.of(
                "signalLatencyNanos", wheel.takeLatency(),
                "timerLatenessNanos", wheel.takeLateness(),
                "inboxWaitNanos", inboxWait.take());
    }

    @Override
    public Samplers observe(Observation observation) {
        return Slots.observe(slots, observation, Frame.Unit.WALL_NANOS); // seen with a message
    }
}
