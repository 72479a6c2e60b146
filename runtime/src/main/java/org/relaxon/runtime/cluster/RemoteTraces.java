package org.relaxon.runtime.cluster;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.HdrHistogram.Histogram;
import org.relaxon.model.memento.StateReader;
import org.relaxon.runtime.actor.Traces;
import org.relaxon.runtime.observe.Observation;
import org.relaxon.runtime.settling.CellCounters;
import org.relaxon.runtime.settling.Samplers;

/** The traces of a lane on all nodes. */
final class RemoteTraces implements Traces {

    private final List<Calls> calls;
    private final int lane;

    RemoteTraces(List<Calls> calls, int lane) {
        this.calls = calls;
        this.lane = lane;
    }

    @Override
    public void begin() {
        calls.stream()
                .map(c -> c.begin(lane, Task.BEGIN_TRACES, out -> {}, in -> null))
                .toList()
                .forEach(HeadSession::end);
    }

    @Override
    public CellCounters counters() {
        CellCounters total = new CellCounters();
        inEach(Task.COUNTERS, RemoteTraces::counters).forEach(total::add);
        return total;
    }

    private static CellCounters counters(StateReader in) {
        CellCounters own = new CellCounters();
        own.load(in);
        return own;
    }

    /** The results of a task on all nodes, side by side. */
    private <T> List<T> inEach(Task task, Function<StateReader, T> result) {
        List<Supplier<T>> begun =
                calls.stream().map(c -> c.begin(lane, task, out -> {}, result)).toList();
        return begun.stream().map(Supplier::get).toList();
    }

    @Override
    public Map<String, Histogram> histograms() {
        Map<String, Histogram> all = new HashMap<>();
        for (Map<String, Histogram> own : inEach(Task.HISTOGRAMS, HistogramForm::load)) {
            own.forEach(
                    (name, one) ->
                            all.merge(
                                    name,
                                    one,
                                    (a, b) -> {
                                        a.add(b);
                                        return a;
                                    }));
        }
        return all;
    }

    @Override
    public Samplers observe(Observation observation) {
        if (observation == null) {
            return Samplers.NONE;
        }
        throw new IllegalArgumentException(
                "observe: host cluster takes no frames; use virtual or akka");
    }
}
