package org.relaxon.experiments.training;

import java.util.Locale;

/** What becomes of the examples of an epoch that fill no whole minibatch. */
public enum LastBatch {
    /** They make a last, smaller one. */
    KEEP,
    /** They are not learned from in this epoch. */
    DROP;

    /** The name on the command line. */
    public String optionName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Returns the minibatches of an epoch.
     *
     * @param examples of the set, at least {@code batch}
     * @param batch examples of a whole minibatch, at least 1
     */
    public int perEpoch(int examples, int batch) {
        return examples / batch + (this == KEEP && examples % batch > 0 ? 1 : 0);
    }

    /**
     * Returns the examples of one minibatch.
     *
     * @param minibatch number since the beginning, from 0
     */
    public int size(long minibatch, int examples, int batch) {
        long position = minibatch % perEpoch(examples, batch);
        return (int) Math.min(batch, examples - position * batch);
    }

    /** Returns the examples of an epoch that are not learned from. */
    public int unused(int examples, int batch) {
        return this == DROP ? examples % batch : 0;
    }
}
