package org.relaxon.tools.serve;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.relaxon.model.network.CellId;
import org.relaxon.model.network.Network;
import org.relaxon.model.phase.Phase;
import org.relaxon.model.rule.Rule;
import org.relaxon.model.rule.Trait;
import org.relaxon.runtime.observe.Frame;
import org.relaxon.runtime.observe.Observation;
import org.relaxon.runtime.observe.Observer;
import org.relaxon.runtime.observe.Quantity;
import org.relaxon.runtime.observe.Reading;
import org.relaxon.runtime.observe.Sampling;
import org.relaxon.tools.course.CellReadings;

/**
 * Puts together what cells report between two moments into one frame of a film: the first column of
 * every neuron that is drawn, sums over all cells, and how many parcels have arrived on which way.
 * All calls but {@link #received} come on the thread that settles.
 */
public final class FrameRecorder implements Observer {
    /** Ways that a frame names; parcels on others are counted alone. */
    private static final int WAYS_MAX = 400;

    private static final List<Quantity> COUNTS =
            List.of(Quantity.SENT, Quantity.RECEIVED, Quantity.STALE, Quantity.LOST);

    private final Layout layout;
    private final boolean errors;
    private final Consumer<String> film;
    private final CellReadings readings;
    private final Map<Long, Long> arrived = new TreeMap<>(); // by place of sender and receiver
    private final AtomicLong numbers;
    private long unnamed; // parcels that arrived on ways that are not drawn

    /**
     * A recorder.
     *
     * @param layout what is drawn
     * @param network whose energy is shown if it has one
     * @param rule whose errors are shown if it holds them
     * @param numbers of frames; the next one takes the present value
     * @param film receives every frame, a JSON object in one line
     */
    public FrameRecorder(
            Layout layout, Network network, Rule rule, AtomicLong numbers, Consumer<String> film) {
        this.layout = layout;
        this.numbers = numbers;
        this.film = film;
        errors = rule.traits().has(Trait.ERROR_FORM) || rule.traits().has(Trait.HOLDS_ERRORS);
        readings = new CellReadings(network, rule, layout.cells());
    }

    /** {@return whether frames show prediction errors} */
    public boolean hasErrors() {
        return errors;
    }

    /** {@return whether frames show the energy} */
    public boolean hasEnergy() {
        return readings.hasEnergy();
    }

    /** {@return what is to be observed: every relaxation of every cell} */
    public Observation observation() {
        Set<Quantity> what = EnumSet.copyOf(COUNTS);
        what.addAll(Set.of(Quantity.ACTIVITY, Quantity.RESIDUAL, Quantity.ARRIVED));
        if (errors) {
            what.add(Quantity.ERROR);
        }
        if (readings.hasEnergy()) {
            what.add(Quantity.ENERGY);
        }
        return new Observation(Sampling.everyRelaxations(1).withQuantities(what), this);
    }

    @Override
    public void began(long phaseId, Phase phase) {
        readings.clear();
        arrived.clear();
        unnamed = 0;
    }

    @Override
    public void sampled(Frame frame) {
        readings.put(frame);
        Reading causes = frame.reading(Quantity.ARRIVED);
        int to = layout.place(frame.cell());
        for (int r = 0; r < causes.rows(); r++) {
            long count = (long) causes.value(r, 0);
            int from = layout.place(causes.sender(r));
            if (to < 0 || from < 0) {
                unnamed += count;
            } else {
                arrived.merge((long) from << 32 | to, count, Long::sum);
            }
        }
    }

    /**
     * {@return parcels of the present phase that a cell has received, as of its last relaxation}
     *
     * @param cell any cell of the session
     */
    public long received(CellId cell) {
        Frame frame = readings.frame(cell);
        return frame == null ? 0 : (long) frame.reading(Quantity.RECEIVED).value(0, 0);
    }

    /** Closes a frame. */
    void frameEnded(int phase, Phase imposed, long nanos, long inFlight) {
        StringBuilder out = new StringBuilder(1024);
        out.append("{\"n\":").append(numbers.getAndIncrement());
        out.append(",\"phase\":").append(phase);
        out.append(",\"name\":\"").append(CellReadings.kind(imposed)).append('"');
        out.append(",\"t\":").append(nanos);
        out.append(",\"flying\":").append(inFlight);
        out.append(",\"energy\":").append(Compact.number(readings.energy(imposed)));
        out.append(",\"residual\":").append(Compact.number(readings.residual()));
        for (Quantity one : COUNTS) {
            out.append(",\"").append(one.optionName()).append("\":").append(readings.sum(one));
        }
        neurons(out, "x", Quantity.ACTIVITY);
        if (errors) {
            neurons(out, "e", Quantity.ERROR);
        }
        ways(out);
        film.accept(out.append('}').toString());
    }

    /** One array for each population, null for a neuron that has not been read. */
    private void neurons(StringBuilder out, String key, Quantity quantity) {
        List<double[]> values = new ArrayList<>();
        for (int p = 0; p < layout.populations(); p++) {
            double[] row = new double[layout.shown(p)];
            Arrays.fill(row, Double.NaN);
            values.add(row);
        }
        for (CellId cell : layout.drawn()) {
            Frame frame = readings.frame(cell);
            Reading one = frame == null ? null : frame.reading(quantity);
            double[] row = values.get(cell.population());
            for (int r = 0; one != null && r < one.rows() && cell.from() + r < row.length; r++) {
                row[cell.from() + r] = one.value(r, 0);
            }
        }
        out.append(",\"").append(key).append("\":[");
        for (int p = 0; p < values.size(); p++) {
            out.append(p == 0 ? "[" : ",[");
            for (int n = 0; n < values.get(p).length; n++) {
                out.append(n == 0 ? "" : ",").append(Compact.number(values.get(p)[n]));
            }
            out.append(']');
        }
        out.append(']');
    }

    /** Triples of sender, receiver and count, flat. */
    private void ways(StringBuilder out) {
        out.append(",\"ways\":[");
        int named = 0;
        for (Map.Entry<Long, Long> way : arrived.entrySet()) {
            if (named == WAYS_MAX) {
                unnamed += way.getValue();
                continue;
            }
            out.append(named++ == 0 ? "" : ",");
            out.append(way.getKey() >> 32).append(',').append(way.getKey().intValue());
            out.append(',').append(way.getValue());
        }
        out.append("],\"unnamed\":").append(unnamed);
        arrived.clear();
        unnamed = 0;
    }
}
