package org.relaxon.runtime.quiescence;

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
}
