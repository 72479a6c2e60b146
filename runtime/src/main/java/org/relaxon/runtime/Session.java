package org.relaxon.runtime;

import java.util.List;
import org.relaxon.model.network.CellId;
import org.relaxon.model.network.Network;
import org.relaxon.model.network.Parameters;
import org.relaxon.model.phase.Phase;
import org.relaxon.model.plasticity.Estimator;
import org.relaxon.model.plasticity.LearningStep;
import org.relaxon.model.plasticity.LocalUpdate;
import org.relaxon.model.settle.Conclusive;
import org.relaxon.model.settle.Settlement;
import org.relaxon.model.settle.Trained;
import org.relaxon.runtime.observe.Observation;

/**
 * A network's cells on a host, ready to settle any number of phases. One thread at a time uses a
 * session; {@link #cancel} may be called from any.
 */
public interface Session extends AutoCloseable {
    /**
     * A settling that runs a number of events at a time and then returns control, with parcels in
     * flight. An event is the arrival of a parcel, a confirmation or a probe, the relaxation of a
     * cell, or the end of a pause. However the events are divided into steps, deliveries, states,
     * counts and verdict are those of {@link #settle} in every bit. The wall-clock time in the
     * report is that of the steps, without the time between them.
     *
     * <p>Until its verdict is known, its session refuses every other use except {@link #cancel},
     * {@link #close}, {@link #network} and {@link #cells}. To end it early, cancel the session and
     * {@link #finish}. One thread at a time uses it.
     */
    interface Stepping {
        /**
         * Runs the next events. Fewer are run if the settling ends before; none after that. A
         * request to cancel and the limits of the budget are obeyed before every event.
         *
         * @param events the largest number of events to run, at least 1
         * @return whether the settling goes on; false once its verdict is known
         * @throws IllegalArgumentException if the number is below 1
         * @throws IllegalStateException if the session is closed, if an exception has ended this
         *     settling before, or if one of its own events makes this call
         */
        boolean step(long events);

        /**
         * {@return the host time of the last delivery or relaxation, nanoseconds since the begin}
         */
        long hostNanos();

        /** {@return the number of parcels that have been sent and have not arrived} */
        long inFlight();

        /**
         * Runs all events that are left.
         *
         * @return the verdict; the same one again if it is known already
         * @throws IllegalStateException as {@link #step}
         */
        Settlement finish();

        /**
         * Writes this settling down between two events, with the state of all cells, their weights
         * and saved states, and the parcels in flight. {@link Session#resume} goes on from there,
         * in another process as well. This settling goes on as if nothing had happened.
         *
         * @return bytes of the present version, which a checksum protects; at most 2^30
         * @throws IllegalStateException if the verdict is known, or as {@link #step}
         */
        byte[] save();
    }

    /**
     * Settles the network in one phase and judges the result.
     *
     * @param phase inputs, targets and strengths imposed
     * @param budget limits of the settling
     * @return the verdict
     * @throws IllegalArgumentException if the phase does not fit the network
     */
    Settlement settle(Phase phase, Budget budget);

    /**
     * Begins a settling that runs as many events at a time as the caller chooses, with the same
     * result as {@link #settle}. No event has run yet.
     *
     * @param phase inputs, targets and strengths imposed
     * @param budget limits of the settling
     * @return the settling; until it ends, this session refuses other uses
     * @throws IllegalArgumentException if the phase does not fit the network
     * @throws UnsupportedOperationException if the host cannot stop between two events; {@code
     *     virtual} can
     */
    Stepping begin(Phase phase, Budget budget);

    /**
     * Goes on with a settling that was written down, possibly by another process. Deliveries,
     * states, counts and verdict are those of the settling that was not interrupted, in every bit,
     * and so is all that follows in this session: weights, memories of the optimiser and states
     * saved by name are replaced as well. An observer gets frames from here on.
     *
     * @param saved what {@link Stepping#save} returned in a session of the same network (its
     *     weights may differ) and plan
     * @return the settling; until it ends, this session refuses other uses
     * @throws IllegalArgumentException if the bytes are not whole, have another version, or were
     *     saved under another network or plan; the message names the offset and what was expected
     *     there. Bytes that are whole and make no sense close the session.
     * @throws IllegalStateException if the session is in use, or is a lane that shares its weights
     * @throws UnsupportedOperationException if the host cannot stop between two events; {@code
     *     virtual} can
     */
    Stepping resume(byte[] saved);

    /**
     * Makes smaller changes worth a signal in all subsequent settlings, for two contrasted phases
     * of which the first was not settled well enough.
     *
     * @param times powers of 100 by which the threshold falls, not below the rounding of
     *     activities; 0 for the plan's own threshold
     * @return false if the plan fixes its threshold, or it cannot be lowered further
     */
    default boolean lowerThresholds(int times) {
        return false;
    }

    /** {@return counts and histograms of the last settling} */
    RunReport report();

    /**
     * Gathers the local updates at the equilibrium just settled, stated as gradients. All entries
     * are finite.
     *
     * @param settled verdict on the last settling
     * @param estimator multiples of the strength, with the share of each
     * @return the local updates of all synapses
     * @throws IllegalStateException if another phase has been settled or weights have changed since
     * @throws ArithmeticException if an entry is not finite, naming the array
     */
    LocalUpdate update(Conclusive settled, Estimator estimator);

    /**
     * {@return the local updates in the state that the cells hold, settled or not} This is not
     * claimed to be a gradient; it shows the error that a refusal prevents.
     *
     * @param estimator multiples of the strength, with the share of each
     * @throws IllegalStateException if there is no state under the present weights
     */
    Parameters unprovenUpdate(Estimator estimator);

    /**
     * Lets every synapse change by -rate times its own local update, without gathering anything.
     *
     * @param settled verdict on the last settling
     * @param estimator multiples of the strength, with the share of each
     * @param rate learning rate, finite
     * @throws IllegalStateException if another phase has been settled or weights have changed since
     * @throws ArithmeticException if any local update is not finite; no weight has changed then
     */
    void learn(Conclusive settled, Estimator estimator, double rate);

    /**
     * Lets every synapse change by its own optimiser: all of them once, or none.
     *
     * @param settled verdict on the last settling
     * @param estimator multiples of the strength, with the share of each
     * @param step optimiser, rate and number of the change
     * @throws IllegalStateException if another phase has been settled or weights have changed since
     * @throws ArithmeticException if any local update is not finite; no weight has changed then
     */
    void learn(Conclusive settled, Estimator estimator, LearningStep step);

    /**
     * Presents a phase while the weights change: after relaxations a cell changes its own synapses
     * by how much its local update has moved. Nothing is audited and no gradient is claimed; the
     * presentation ends when the network is quiet or the budget is spent. One that starts from the
     * state in which another ended continues with the same activities; only what is clamped has
     * changed.
     *
     * @param phase inputs, targets and strengths imposed
     * @param estimator multiples of the strength, with the share of each
     * @param step rate and share; its optimiser must be plain descent
     * @param wholeUpdates relaxations of each cell that are followed by a whole update; 0 if every
     *     one is followed by the change of the update
     * @param budget limits of the presentation
     * @return how the presentation ended
     * @throws IllegalArgumentException if the phase does not fit the network, the optimiser is not
     *     plain descent, or feedback weights change with every step of the weights, of which there
     *     are none here
     */
    Trained train(
            Phase phase, Estimator estimator, LearningStep step, long wholeUpdates, Budget budget);

    /**
     * {@return copies of the memories that the synapses hold for their optimiser}
     *
     * @param count numbers per synapse, 0 to 2
     */
    List<Parameters> memories(int count);

    /**
     * Replaces the memories of the synapses.
     *
     * @param memories one set per memory of the optimiser, in the shapes of the parameters
     * @throws IllegalArgumentException if a value is not finite
     */
    void loadMemories(List<Parameters> memories);

    /** {@return a copy of the current weights and biases} */
    Parameters parameters();

    /**
     * Replaces all weights and biases.
     *
     * @param parameters arrays in the shapes of the network
     * @throws IllegalArgumentException if a value is not finite
     */
    void load(Parameters parameters);

    /**
     * Saves the present state under a name, for {@link Phase#startingFrom}; a change of weights
     * discards it. A phase that starts from a state that had not settled does not settle either.
     * After {@link #train} this is the final state of the presentation, which no audit has judged:
     * the next presentation can continue from it, whether or not the network was at rest.
     *
     * @param name name of the saved state
     * @throws IllegalStateException if there is no state under the present weights
     */
    void snapshot(String name);

    /**
     * Observes all subsequent settlings and presentations. It changes no bit of their results.
     *
     * @param observation replaces the one before; null removes it
     * @throws IllegalArgumentException if the session has no such neurons, or its host no such time
     */
    void observe(Observation observation);

    /** {@return the network that this session runs, with its initial weights} */
    Network network();

    /** {@return the cells that this session runs, in the order of their indices} */
    List<CellId> cells();

    /** Stops the settling in progress, which ends with a verdict. Thread-safe. */
    void cancel();

    @Override
    void close();
}
