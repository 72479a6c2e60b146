package org.relaxon.runtime.settling;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntBinaryOperator;
import org.relaxon.model.phase.Phase;
import org.relaxon.model.settle.Settlement;
import org.relaxon.model.settle.Trained;
import org.relaxon.runtime.observe.Frame;
import org.relaxon.runtime.observe.Observation;
import org.relaxon.runtime.observe.Observer;
import org.relaxon.runtime.observe.Sampling;

/**
 * The observation of one session: a sampler for each cell that is read, and the events between
 * runs. Without an observation there are no samplers and no events.
 */
public final class Samplers {
    /** Observes nothing. */
    public static final Samplers NONE = new Samplers(null, new Sampler[0]);

    private final Observer observer; // null for none
    private final Sampler[] byCell; // null for a cell that is not read

    private Samplers(Observer observer, Sampler[] byCell) {
        this.observer = observer;
        this.byCell = byCell;
    }

    /**
     * Makes the samplers of an observation.
     *
     * @param observation what to observe; null for nothing
     * @param unit what the host counts as time
     * @param cells all cells, by index
     * @param senders index of the cell that sends to a slot of a cell
     * @return the samplers
     * @throws IllegalArgumentException if the session has no such neurons, or no such time
     */
    public static Samplers of(
            Observation observation,
            Frame.Unit unit,
            List<CountedCell> cells,
            IntBinaryOperator senders) {
        if (observation == null) {
            return NONE;
        }
        Sampling sampling = observation.sampling();
        sampling.requireSites(cells.stream().map(c -> c.cell().id()).toList());
        if (unit == Frame.Unit.SWEEPS && sampling.every() == Sampling.Every.HOST_NANOS) {
            throw new IllegalArgumentException(
                    "sampling: every %d host nanos needs a host that keeps time, virtual or akka;"
                                    .formatted(sampling.period())
                            + " hosts that sweep sample by relaxations or wall nanos");
        }
        Sampler[] byCell = new Sampler[cells.size()];
        for (int k = 0; k < byCell.length; k++) {
            CountedCell one = cells.get(k);
            if (sampling.neurons(one.cell().id()).length > 0) {
                Pacer pacer = new Pacer(sampling, System::nanoTime, unit == Frame.Unit.WALL_NANOS);
                int cell = k;
                byCell[k] =
                        new Sampler(
                                one.cell(),
                                one.counters(),
                                observation,
                                unit,
                                pacer,
                                slot -> cells.get(senders.applyAsInt(cell, slot)).cell().id());
            }
        }
        return new Samplers(observation.observer(), byCell);
    }

    /**
     * {@return the sampler of a cell; null for a cell that is not read}
     *
     * @param cell index of the cell
     */
    public Sampler of(int cell) {
        return cell < byCell.length ? byCell[cell] : null;
    }

    /** A phase begins. */
    void began(long phaseId, Phase phase) {
        for (Sampler one : byCell) {
            if (one != null) {
                one.open(phaseId, phase.columns());
            }
        }
        deliver("began", o -> o.began(phaseId, phase));
    }

    /** A run has ended at a moment of the host, and the cells belong to the session again. */
    void ended(long at) {
        for (Sampler one : byCell) {
            if (one != null) {
                one.ended(at);
            }
        }
    }

    void judged(long phaseId, Settlement verdict) {
        deliver("judged", o -> o.judged(phaseId, verdict));
    }

    void presented(long phaseId, Trained end) {
        deliver("presented", o -> o.presented(phaseId, end));
    }

    private void deliver(String method, Consumer<Observer> event) {
        if (observer == null) {
            return;
        }
        try {
            event.accept(observer);
        } catch (RuntimeException | Error e) {
            throw Sampler.failure(observer, method, e);
        }
    }
}
