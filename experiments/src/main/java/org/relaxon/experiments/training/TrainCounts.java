package org.relaxon.experiments.training;

import org.relaxon.runtime.RunReport;

/** What a training has spent and lost so far. */
public final class TrainCounts {
    private long messages;
    private long synapticOperations;
    private long dropped;

    TrainCounts() {}

    void add(RunReport report) {
        messages += report.messages();
        synapticOperations += report.synapticOperations();
    }

    void drop(int examples) {
        dropped += examples;
    }

    void set(long allMessages, long allOperations, long allDropped) {
        messages = allMessages;
        synapticOperations = allOperations;
        dropped = allDropped;
    }

    /** Signals between cells. */
    public long messages() {
        return messages;
    }

    /** Multiplications by a weight while settling. */
    public long synapticOperations() {
        return synapticOperations;
    }

    /** Examples that did not settle and were left out. */
    public long dropped() {
        return dropped;
    }
}
