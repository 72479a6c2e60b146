package org.relaxon.runtime.cluster;

import java.util.ArrayList;
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
    /** Learns what nodes have sent since the session began. */
    interface Links {
        /** A node's total to another, or to the head where both are the same. */
        void sent(int from, int to, Sent.Totals total);
    }

    private final List<Calls> calls;
    private final int lane;
    private final Links links;

    RemoteTraces(List<Calls> calls, int lane, Links links) {
        this.calls = calls;
        this.lane = lane;
        this.links = links;
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
        List<Supplier<CellCounters>> begun = new ArrayList<>();
        for (int k = 0; k < calls.size(); k++) {
            int node = k;
            begun.add(calls.get(k).begin(lane, Task.COUNTERS, out -> {}, in -> counters(node, in)));
        }
        begun.forEach(one -> total.add(one.get()));
        return total;
    }

    private CellCounters counters(int node, StateReader in) {
        CellCounters own = new CellCounters();
        own.load(in);
        for (int k = 0; k < calls.size(); k++) {
            links.sent(node, k, Sent.Totals.load(in));
        }
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
