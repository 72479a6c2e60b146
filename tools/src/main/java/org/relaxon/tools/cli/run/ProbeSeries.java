package org.relaxon.tools.cli.run;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.relaxon.experiments.format.NpzWriter;
import org.relaxon.model.network.CellId;
import org.relaxon.runtime.observe.Frame;
import org.relaxon.runtime.observe.Quantity;
import org.relaxon.runtime.observe.Reading;
import org.relaxon.tools.cli.run.Probes.Probed;
import org.relaxon.tools.cli.text.Figures;

/** What one probe has recorded: a row for each relaxation of its cells, in order. */
final class ProbeSeries {
    private final int number;
    private final Probe probe;
    private final List<CellId> cells;
    private final Set<CellId> own; // the same, for look-ups
    private final int[] neurons; // of all of them, ascending, as indices in the population
    private final List<Frame> frames = new ArrayList<>();
    private final List<String> kinds = new ArrayList<>(); // of the phase of every frame
    private final List<Long> steps = new ArrayList<>(); // of the training; 0 without one
    private final Map<Quantity, Integer> widths = new EnumMap<>(Quantity.class);
    private long lost;

    ProbeSeries(int number, Probe probe, List<CellId> cells) {
        this.number = number;
        this.probe = probe;
        this.cells = cells;
        own = Set.copyOf(cells);
        neurons = cells.stream().flatMapToInt(c -> IntStream.of(probe.neurons(c))).toArray();
    }

    int number() {
        return number;
    }

    Probe probe() {
        return probe;
    }

    List<Frame> frames() {
        return frames;
    }

    /** The neurons that are read, as indices in the population. */
    int[] neurons() {
        return neurons.clone();
    }

    /** The most numbers of a row. */
    long width(int columns) {
        long sum = 0;
        for (Quantity one : probe.quantities()) {
            sum += one.isPerNeuron() ? (long) neurons.length * columns : columns;
        }
        return sum;
    }

    /**
     * Accepts a frame if it is of one of its cells.
     *
     * @param kind of its phase
     * @param step of the training; 0 without one
     */
    void add(Frame frame, String kind, long step, boolean keeps) {
        if (!own.contains(frame.cell())) {
            return;
        }
        if (keeps) {
            frames.add(frame);
            kinds.add(kind);
            steps.add(step);
            for (Quantity one : probe.quantities()) {
                widths.merge(one, frame.reading(one).width(), Math::max);
            }
        } else {
            lost++;
        }
    }

    String fileName() {
        return "probe-" + number + ".csv";
    }

    Probed facts() {
        return new Probed(
                probe.text(),
                cells.stream().map(CellId::name).toList(),
                frames.size(),
                lost,
                fileName());
    }

    /** Names of the columns, the numbers of every quantity by neuron and column of the phase. */
    List<String> header() {
        List<String> out = new ArrayList<>(isOfTraining() ? List.of("step") : List.of());
        out.addAll(List.of("cell", "phase", "kind", "relaxation", "time", "unit"));
        out.addAll(List.of("last", "signals", "from"));
        for (Quantity quantity : probe.quantities()) {
            int width = width(quantity);
            for (int row : rowsOf(quantity)) {
                for (int k = 0; k < width; k++) {
                    out.add(name(quantity, row, k, width));
                }
            }
        }
        return out;
    }

    /** The neurons of a quantity that has some; one row without a neuron for all others. */
    private int[] rowsOf(Quantity quantity) {
        return quantity.isPerNeuron() ? neurons : new int[] {-1};
    }

    private static String name(Quantity quantity, int neuron, int k, int width) {
        String place = neuron < 0 ? "" : Integer.toString(neuron);
        if (width > 1) {
            place += (place.isEmpty() ? "" : ";") + k;
        }
        return quantity.optionName() + (place.isEmpty() ? "" : "[" + place + "]");
    }

    /** The most numbers of a neuron in any frame: phases have columns of their own. */
    private int width(Quantity quantity) {
        return widths.getOrDefault(quantity, 1);
    }

    /** One row for each frame, as texts. */
    List<List<String>> rows() {
        return IntStream.range(0, frames.size()).mapToObj(this::row).toList();
    }

    /** Whether the frames are of steps of a training. */
    private boolean isOfTraining() {
        return steps.stream().anyMatch(step -> step > 0);
    }

    /** The number of steps with a frame; 0 without a training. */
    long stepsSeen() {
        return steps.stream().filter(step -> step > 0).distinct().count();
    }

    private List<String> row(int index) {
        Frame frame = frames.get(index);
        Reading causes = frame.reading(Quantity.ARRIVED);
        List<String> out = new ArrayList<>();
        if (isOfTraining()) {
            out.add(Long.toString(steps.get(index)));
        }
        out.add(frame.cell().name());
        out.add(Long.toString(frame.phaseId()));
        out.add(kinds.get(index));
        out.add(Long.toString(frame.relaxations()));
        out.add(Long.toString(frame.time()));
        out.add(unit(frame));
        out.add(Boolean.toString(frame.last()));
        out.add(Long.toString(signals(causes)));
        out.add(from(causes));
        for (Quantity quantity : probe.quantities()) {
            for (double value : values(frame, quantity)) {
                out.add(Figures.finite(value));
            }
        }
        return out;
    }

    static String unit(Frame frame) {
        return switch (frame.unit()) {
            case VIRTUAL_NANOS -> "virtual ns";
            case WALL_NANOS -> "wall ns";
            case SWEEPS -> "sweeps";
        };
    }

    private static long signals(Reading causes) {
        return Math.round(Arrays.stream(causes.values()).sum());
    }

    /** Such as 1=1 3=2: one signal from cell 1 and two from cell 3. */
    private static String from(Reading causes) {
        return IntStream.range(0, causes.rows())
                .mapToObj(r -> causes.sender(r).name() + "=" + Math.round(causes.value(r, 0)))
                .collect(Collectors.joining(" "));
    }

    /** All numbers of a quantity, in the order of the header; NaN for those that a frame lacks. */
    private double[] values(Frame frame, Quantity quantity) {
        Reading reading = frame.reading(quantity);
        int width = width(quantity);
        int[] rows = rowsOf(quantity);
        double[] out = new double[rows.length * width];
        Arrays.fill(out, Double.NaN);
        for (int r = 0; r < reading.rows(); r++) {
            int at = place(rows, quantity.isPerNeuron() ? reading.neuron(r) : -1);
            for (int k = 0; at >= 0 && k < reading.width(); k++) {
                out[at * width + k] = reading.value(r, k);
            }
        }
        return out;
    }

    /** Position among ascending numbers; negative for one that is read for another probe. */
    private static int place(int[] rows, int number) {
        return Arrays.binarySearch(rows, number);
    }

    /**
     * Adds its arrays, whose names begin with p and its number: step (of a training), cell (index
     * in the session), phase, relaxation, time, last, senders (indices of cells), arrived (their
     * signals, shape (rows, senders)) and the quantities, shape (rows, neurons or 1, columns).
     */
    void put(NpzWriter npz) throws IOException {
        String prefix = "p" + number + "-";
        if (isOfTraining()) {
            npz.put(
                    prefix + "step",
                    steps.stream().mapToDouble(Long::doubleValue).toArray(),
                    steps.size());
        }
        put(npz, prefix + "cell", f -> f.cell().index());
        put(npz, prefix + "phase", Frame::phaseId);
        put(npz, prefix + "relaxation", Frame::relaxations);
        put(npz, prefix + "time", Frame::time);
        put(npz, prefix + "last", f -> f.last() ? 1 : 0);
        putCauses(npz, prefix);
        for (Quantity quantity : probe.quantities()) {
            int rows = rowsOf(quantity).length;
            int width = width(quantity);
            double[] all =
                    frames.stream()
                            .flatMapToDouble(f -> Arrays.stream(values(f, quantity)))
                            .toArray();
            npz.put(prefix + quantity.optionName(), all, frames.size(), rows, width);
        }
    }

    private void put(NpzWriter npz, String name, ToLongFunction<Frame> number) throws IOException {
        double[] all = frames.stream().mapToDouble(f -> (double) number.applyAsLong(f)).toArray();
        npz.put(name, all, frames.size());
    }

    private void putCauses(NpzWriter npz, String prefix) throws IOException {
        int[] senders =
                frames.stream()
                        .map(f -> f.reading(Quantity.ARRIVED))
                        .flatMapToInt(r -> IntStream.range(0, r.rows()).map(k -> sender(r, k)))
                        .distinct()
                        .sorted()
                        .toArray();
        double[] arrived = new double[frames.size() * senders.length];
        for (int f = 0; f < frames.size(); f++) {
            Reading causes = frames.get(f).reading(Quantity.ARRIVED);
            for (int r = 0; r < causes.rows(); r++) {
                int at = place(senders, sender(causes, r));
                arrived[f * senders.length + at] = causes.value(r, 0);
            }
        }
        if (senders.length > 0) {
            npz.put(
                    prefix + "senders",
                    Arrays.stream(senders).asDoubleStream().toArray(),
                    senders.length);
            npz.put(prefix + "arrived", arrived, frames.size(), senders.length);
        }
    }

    private static int sender(Reading causes, int row) {
        return causes.sender(row).index();
    }

    /** Whether the frames of any phase are at more than one moment. */
    boolean hasTime() {
        return frames.stream().anyMatch(f -> f.time() != 0L);
    }

    /** The number of cells with a frame. */
    long cellsSeen() {
        return frames.stream().map(Frame::cell).distinct().count();
    }

    /**
     * Time over all phases, as if each began when the one before ended; without delay the numbers
     * of the rows.
     *
     * @return one moment for each frame, in milliseconds or sweeps
     */
    double[] moments() {
        double[] out = new double[frames.size()];
        if (!hasTime()) {
            Arrays.setAll(out, f -> f + 1.0);
            return out;
        }
        double offset = 0.0;
        for (int f = 0; f < out.length; f++) {
            Frame frame = frames.get(f);
            if (f > 0 && isAnotherPhase(f)) {
                offset = out[f - 1];
            }
            boolean sweeps = frame.unit() == Frame.Unit.SWEEPS;
            out[f] = offset + (sweeps ? (double) frame.time() : frame.time() / 1e6);
        }
        return out;
    }

    /** Where a phase or a step of a training ends and the next begins, on the same axis. */
    double[] boundaries() {
        double[] moments = moments();
        return IntStream.range(1, frames.size())
                .filter(this::isAnotherPhase)
                .mapToDouble(f -> hasTime() ? moments[f - 1] : f + 0.5)
                .toArray();
    }

    /**
     * What lies between the {@link #boundaries}: the kind of each phase, or the step of the
     * training where it begins; empty for a single phase without one.
     */
    List<String> sections() {
        List<String> out = new ArrayList<>();
        for (int f = 0; f < frames.size(); f++) {
            if (f > 0 && !isAnotherPhase(f)) {
                continue;
            }
            boolean first = f == 0 || !steps.get(f).equals(steps.get(f - 1));
            long step = steps.get(f);
            out.add(
                    step == 0
                            ? kinds.get(f)
                            : !first ? "" : out.isEmpty() ? "step " + step : "" + step);
        }
        return out.size() > 1 || stepsSeen() > 0 ? out : List.of();
    }

    /** Whether several phases are of one step, or there is no training. */
    boolean hasPhases() {
        return boundaries().length >= Math.max(1, stepsSeen());
    }

    /** The number of the phase of each frame, from 0, in order. */
    int[] phases() {
        int[] out = new int[frames.size()];
        for (int f = 1; f < out.length; f++) {
            out[f] = out[f - 1] + (isAnotherPhase(f) ? 1 : 0);
        }
        return out;
    }

    private boolean isAnotherPhase(int f) {
        return frames.get(f).phaseId() != frames.get(f - 1).phaseId()
                || !steps.get(f).equals(steps.get(f - 1));
    }

    /** The numbers of one neuron, or of the cell, in the first column of every frame. */
    double[] curve(Quantity quantity, int place) {
        int width = width(quantity);
        return frames.stream().mapToDouble(f -> values(f, quantity)[place * width]).toArray();
    }
}
