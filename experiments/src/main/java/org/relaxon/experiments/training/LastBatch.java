package org.relaxon.experiments.training;

import java.util.Locale;

/** Treatment of the examples of an epoch that do not fill a whole minibatch. */
public enum LastBatch {
    /** They form a last, smaller one. */
    KEEP,
    /** They are not learned from in this epoch. */
    DROP;

    /** {@return the name on the command line} */
    public String optionName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * {@return the minibatches of an epoch}
     *
     * @param examples of the set, at least {@code batch}
     * @param batch examples of a whole minibatch, at least 1
     */
    public int perEpoch(int examples, int batch) {
        return examples / batch + (this == KEEP && examples % batch > 0 ? 1 : 0);
    }

    /**
     * {@return the examples of one minibatch}
     *
     * @param minibatch number since the beginning, from 0
     * @param examples of the set, at least {@code batch}
     * @param batch examples of a whole minibatch, at least 1
     */
    public int size(long minibatch, int examples, int batch) {
        long position = minibatch % perEpoch(examples, batch);
        return (int) Math.min(batch, examples - position * batch);
    }

    /**
     * {@return the number of examples of an epoch that are not learned from}
     *
     * @param examples of the set, at least {@code batch}
     * @param batch examples of a whole minibatch, at least 1
     */
    public int unused(int examples, int batch) {
        return this == DROP ? examples % batch : 0;
    }
}
