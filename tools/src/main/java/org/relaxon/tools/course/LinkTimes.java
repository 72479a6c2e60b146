package org.relaxon.tools.course;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.relaxon.model.cell.Wiring;
import org.relaxon.model.network.Network;
import org.relaxon.runtime.Conditions;
import org.relaxon.runtime.Conditions.Timing;
import org.relaxon.runtime.Conditions.Timing.Travel;
import org.relaxon.runtime.RunPlan;
import org.relaxon.runtime.delay.DelayModel;
import org.relaxon.runtime.delay.DelayOn;
import org.relaxon.runtime.delay.Delays;
import org.relaxon.runtime.protocol.Channels;
import org.relaxon.runtime.protocol.Protocols;

/**
 * The travel times of all signals by link, as the models of a plan draw them: each model is asked
 * through one that writes down its answers. For one session of a host of one thread.
 */
final class LinkTimes {
    /** Columns of the table. */
    static final List<String> HEADER =
            List.of("link", "signals", "p50Nanos", "p90Nanos", "p99Nanos", "maxNanos");

    /** Stands for all links together. */
    static final String ALL = "all links";

    private static final int ROWS_MAX = 5000;

    private final Map<Long, Spans> byPath = new TreeMap<>();

    /** A growing list of numbers. */
    private static final class Spans {
        private long[] values = new long[16];
        private int size;

        void add(long value) {
            if (size == values.length) {
                values = Arrays.copyOf(values, 2 * size);
            }
            values[size++] = value;
        }

        long[] sorted() {
            long[] out = Arrays.copyOf(values, size);
            Arrays.sort(out);
            return out;
        }
    }

    /** Draws what another model draws. */
    private record Recorded(DelayModel inner, Map<Long, Spans> byPath) implements DelayModel {
        @Override
        public long nanos(long seed, long link, long draw) {
            return inner.nanos(seed, link, draw);
        }

        @Override
        public long nanos(long seed, long link, long draw, int numbers, long now) {
            long nanos = inner.nanos(seed, link, draw, numbers, now);
            byPath.computeIfAbsent(link, k -> new Spans()).add(nanos);
            return nanos;
        }

        @Override
        public long typicalNanos() {
            return inner.typicalNanos();
        }

        @Override
        public boolean statesMean() {
            return inner.statesMean();
        }

        @Override
        public String spec() {
            return inner.spec();
        }

        @Override
        public String remark() {
            return inner.remark();
        }
    }

    /** The same plan, whose models write down what they draw. */
    RunPlan recorded(RunPlan plan) {
        Conditions own = plan.conditions();
        Timing timing =
                new Timing(
                        own.timing().delays().stream()
                                .map(
                                        t ->
                                                new Travel(
                                                        t.projection(),
                                                        recorded(t.activity()),
                                                        recorded(t.feedback())))
                                .toList(),
                        own.timing().pauses());
        List<DelayOn> on =
                own.delaysOn().stream()
                        .map(d -> new DelayOn(d.from(), d.to(), recorded(d.model())))
                        .toList();
        return plan.withDelay(recorded(plan.delay()))
                .withConditions(
                        new Conditions(own.discipline(), own.delivery(), own.faults(), on, timing));
    }

    /** A model without delay stays as it is: hosts take a shorter way without one. */
    private DelayModel recorded(DelayModel model) {
        return model == null || model.equals(Delays.none()) ? model : new Recorded(model, byPath);
    }

    /** Rows of a table under {@link #HEADER}: all links, then each, the slowest first. */
    List<List<String>> rows(Network network, RunPlan plan) {
        Wiring wiring = Wiring.of(network, plan.granularity());
        Channels channels =
                Protocols.of(plan.conditions().discipline(), wiring, plan.rule()).channels();
        Spans all = new Spans();
        Map<String, long[]> spans = new TreeMap<>();
        byPath.forEach(
                (path, drawn) -> {
                    if (path >= 0 && path < channels.size()) { // no probe, and no way back
                        int k = (int) (long) path;
                        long[] sorted = drawn.sorted();
                        Arrays.stream(sorted).forEach(all::add);
                        spans.put(name(wiring, channels, k), sorted);
                    }
                });
        if (spans.isEmpty()) {
            return List.of();
        }
        List<List<String>> out = new ArrayList<>();
        out.add(row(ALL, all.sorted()));
        spans.entrySet().stream()
                .sorted(
                        Comparator.comparing(
                                (Map.Entry<String, long[]> e) -> -percentile(e.getValue(), 99)))
                .limit(ROWS_MAX)
                .forEach(e -> out.add(row(e.getKey(), e.getValue())));
        return out;
    }

    private static String name(Wiring wiring, Channels channels, int channel) {
        return wiring.cells().get(channels.from(channel)).name()
                + "->"
                + wiring.cells().get(channels.to(channel)).name();
    }

    private static List<String> row(String name, long[] sorted) {
        return List.of(
                name,
                Integer.toString(sorted.length),
                Long.toString(percentile(sorted, 50)),
                Long.toString(percentile(sorted, 90)),
                Long.toString(percentile(sorted, 99)),
                Long.toString(sorted[sorted.length - 1]));
    }

    /** The least value that is not below that share of all. */
    private static long percentile(long[] sorted, int percent) {
        return sorted[Math.max(0, (int) Math.ceil(sorted.length * percent / 100.0) - 1)];
    }
}
