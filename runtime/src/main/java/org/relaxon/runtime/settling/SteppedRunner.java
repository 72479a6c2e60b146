package org.relaxon.runtime.settling;

import java.util.List;
import org.relaxon.model.cell.Link;
import org.relaxon.model.memento.StateReader;
import org.relaxon.model.memento.StateWriter;
import org.relaxon.model.phase.Phase;
import org.relaxon.model.settle.Reason;
import org.relaxon.runtime.Budget;

/**
 * A runner that handles one event after another on the calling thread, and can therefore stop
 * between any two of them with parcels in flight.
 */
public interface SteppedRunner extends Runner {
    /**
     * Opens a phase, as {@link #begin} does, and handles no event yet.
     *
     * @param phaseId id that the parcels of this settling carry
     * @param phase inputs, targets and strengths imposed
     * @param budget limits of the settling
     */
    void open(long phaseId, Phase phase, Budget budget);

    /**
     * Prepares to continue, as {@link #resume} does, and handles no event yet.
     *
     * @param unheard links whose last signal did not arrive
     * @param pauseNanos length of the pause in nanoseconds of host time
     */
    void reopen(List<Link> unheard, long pauseNanos);

    /**
     * Handles events until the network is quiescent or must stop, or until enough are handled.
     *
     * @param events the largest number of events to handle
     * @return the number of events handled
     */
    long step(long events);

    /**
     * Writes down all that changes in this runner, with its cells and the parcels in flight.
     *
     * @param out receives it
     */
    void save(StateWriter out);

    /**
     * Reads back what {@link #save} has written, in the place of {@link #open}.
     *
     * @param in source of what was saved
     * @param phaseId id of the settling
     * @param phase the phase that was open
     * @param budget limits of the settling
     */
    void load(StateReader in, long phaseId, Phase phase, Budget budget);

    /** {@return whether this run has ended, so that no event is left to handle} */
    boolean hasEnded();

    /** {@return null if the run that has ended is quiescent, else why it stopped} */
    Reason stopped();

    @Override
    default Reason begin(long phaseId, Phase phase, Budget budget) {
        open(phaseId, phase, budget);
        return toItsEnd();
    }

    @Override
    default Reason resume(List<Link> unheard, long pauseNanos) {
        reopen(unheard, pauseNanos);
        return toItsEnd();
    }

    /** Handles all events of this run; why it stopped. */
    private Reason toItsEnd() {
        while (!hasEnded()) {
            step(Long.MAX_VALUE);
        }
        return stopped();
    }

    @Override
    default SteppedRunner stepped() {
        return this;
    }
}
