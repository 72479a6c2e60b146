package org.relaxon.runtime.settling;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.IntFunction;
import org.relaxon.model.cell.Cell;
import org.relaxon.model.cell.CellResidual;
import org.relaxon.model.network.CellId;
import org.relaxon.model.part.OwnPartException;
import org.relaxon.runtime.observe.Frame;
import org.relaxon.runtime.observe.Observation;
import org.relaxon.runtime.observe.Observer;
import org.relaxon.runtime.observe.Quantity;
import org.relaxon.runtime.observe.Reading;

/**
 * Takes the frames of one cell. It belongs to the owner of the cell, and reads the cell only at the
 * owner's own moments: before and after a relaxation, and after a run.
 */
public final class Sampler {
    private final Cell cell;
    private final CellCounters counters;
    private final List<Quantity> quantities;
    private final Observer observer;
    private final int[] neurons;
    private final Frame.Unit unit;
    private final Pacer pacer;
    private final IntFunction<CellId> senders; // by slot
    private final boolean residuals;
    private final SortedMap<CellId, Long> arrived; // since the last frame; null if not sampled
    private double[] residual; // before the last relaxation; null outside it
    private long phaseId;
    private int columns;
    private long frames;

    Sampler(
            Cell cell,
            CellCounters counters,
            Observation observation,
            Frame.Unit unit,
            Pacer pacer,
            IntFunction<CellId> senders) {
        this.cell = cell;
        this.counters = counters;
        this.unit = unit;
        this.pacer = pacer;
        this.senders = senders;
        quantities = observation.sampling().quantities();
        observer = observation.observer();
        neurons = observation.sampling().neurons(cell.id());
        residuals = quantities.contains(Quantity.RESIDUAL);
        arrived =
                quantities.contains(Quantity.ARRIVED)
                        ? new TreeMap<>(Comparator.comparingInt(CellId::index))
                        : null;
    }

    /** Begins a phase. */
    void open(long id, int phaseColumns) {
        phaseId = id;
        columns = phaseColumns;
        frames = 0;
        residual = null;
        if (arrived != null) {
            arrived.clear();
        }
        pacer.open();
    }

    /**
     * The cell has received a parcel of this phase.
     *
     * @param slot in which its protocol accepts it
     */
    public void received(int slot) {
        if (arrived != null) {
            arrived.merge(senders.apply(slot), 1L, Long::sum);
        }
    }

    /** The cell is about to recompute its state. */
    public void relaxing() {
        residual = residuals ? CellResidual.of(cell) : null;
    }

    /**
     * The cell has recomputed its state.
     *
     * @param at the present moment of the host since the phase began
     */
    public void relaxed(long at) {
        if (pacer.isDue(cell.steps(), at)) {
            take(at, false);
        }
    }

    /** The run has ended at a moment of the host. */
    void ended(long at) {
        if (pacer.isDueAtEnd(at)) {
            take(at, true);
        }
    }

    private void take(long at, boolean last) {
        List<Reading> readings = new ArrayList<>(quantities.size());
        for (Quantity quantity : quantities) {
            readings.add(read(quantity, last));
        }
        Frame frame =
                new Frame(cell.id(), phaseId, ++frames, cell.steps(), at, unit, last, readings);
        if (arrived != null) {
            arrived.clear();
        }
        try {
            observer.sampled(frame);
        } catch (RuntimeException | Error e) {
            throw failure(observer, "sampled", e);
        }
    }

    private Reading read(Quantity quantity, boolean last) {
        return switch (quantity) {
            case ACTIVITY -> ofNeurons(quantity, cell.activity());
            case ERROR -> ofNeurons(quantity, cell.error());
            case RESIDUAL -> ofNeurons(quantity, last ? CellResidual.of(cell) : residual);
            case ENERGY -> Reading.ofCell(quantity, energy());
            case SENT -> count(quantity, counters.said);
            case RECEIVED -> count(quantity, counters.received - counters.wakeUps);
            case STALE -> count(quantity, counters.stale);
            case LOST -> count(quantity, counters.lost());
            case IN_FLIGHT -> count(quantity, counters.sent + counters.wakeUps - counters.received);
            case ARRIVED -> Reading.ofSenders(quantity, arrived);
        };
    }

    private static Reading count(Quantity quantity, long number) {
        return Reading.ofCell(quantity, (double) number);
    }

    private Reading ofNeurons(Quantity quantity, double[] all) {
        CellId id = cell.id();
        return Reading.ofNeurons(quantity, id.from(), id.size(), neurons, all);
    }

    private double[] energy() {
        double[] energy = new double[columns];
        cell.audit().addEnergy(energy);
        return energy;
    }

    /** The exception to throw where a method of an observer failed. */
    static OwnPartException failure(Observer observer, String method, Throwable thrown) {
        return OwnPartException.of(
                "observer: %s: %s".formatted(observer.getClass().getName(), method), thrown);
    }
}
