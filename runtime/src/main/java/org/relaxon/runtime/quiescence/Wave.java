package org.relaxon.runtime.quiescence;

/**
 * Collects the answers to one wave after another. The detector of a shard collects those of its
 * cells, the root those of the detectors: what the root finds after its wave is complete is what it
 * would find by asking every cell, and each cell has been read once between the begin and the end
 * of that wave. The four-counter method asks for no more, so that it holds for waves in two levels
 * as it does for plain ones, whatever is in flight between shards.
 */
public final class Wave {
    private final int members;
    private long number;
    private int missing;
    private long sent;
    private long processed;
    private long signals;
    private long relaxations;

    /**
     * Begins with no wave.
     *
     * @param members number of cells or detectors that answer, at least 1
     */
    public Wave(int members) {
        this.members = members;
    }

    /**
     * Begins a wave and discards the one before, complete or not.
     *
     * @param wave number of the wave
     * @return false if a wave with this number or a larger one has begun already
     */
    public boolean begin(long wave) {
        if (wave <= number) {
            return false;
        }
        number = wave;
        missing = members;
        sent = 0;
        processed = 0;
        signals = 0;
        relaxations = 0;
        return true;
    }

    /** {@return the number of the wave that began last; 0 before the first} */
    public long number() {
        return number;
    }

    /**
     * Takes the answer of one member; each member answers once.
     *
     * @param wave number of the wave that it answers; another than the present is ignored
     * @param own its counts
     * @return whether it was the last one, so that {@link #total} is complete
     */
    public boolean answer(long wave, Counts own) {
        if (wave != number || missing == 0) {
            return false;
        }
        sent += own.sent();
        processed += own.processed();
        signals += own.signals();
        relaxations += own.relaxations();
        missing--;
        return missing == 0;
    }

    /** {@return the sum of all answers to the present wave} */
    public Counts total() {
        return new Counts(sent, processed, signals, relaxations);
    }
}
