package org.relaxon.runtime.quiescence;

import org.relaxon.model.memento.StateReader;
import org.relaxon.model.memento.StateWriter;

/**
 * Decides from complete probe waves whether nothing is in flight. A wave asks every cell how many
 * signals it has sent and how many it has received <em>and processed</em>; it begins only after the
 * one before has ended.
 */
public interface WaveDetector {
    /**
     * Takes the totals of one complete wave.
     *
     * @param sent signals sent by all cells and wake-ups sent to them
     * @param processed signals and wake-ups that cells have received and relaxed upon
     * @return true if the network was quiescent when this wave began
     */
    boolean wave(long sent, long processed);

    /** Discards all waves: a new phase or a thaw begins. */
    void reset();

    /**
     * Writes down what it knows of earlier waves.
     *
     * @param out receives it
     */
    void save(StateWriter out);

    /**
     * Reads back what {@link #save} has written.
     *
     * @param in source of what was saved
     */
    void load(StateReader in);
}
