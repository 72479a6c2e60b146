package org.relaxon.experiments.training;

import org.relaxon.runtime.RunReport;

/** What a training has spent and lost so far. */
public final class TrainCounts {
    private long messages;
    private long synapticOperations;
    private long dropped;
    private long restless;

    TrainCounts() {}

    void add(RunReport report) {
        messages += report.messages();
        synapticOperations += report.synapticOperations();
    }

    void drop(int examples) {
        dropped += examples;
    }

    void hurry() {
        restless++;
    }

    void set(long allMessages, long allOperations, long allDropped, long allRestless) {
        messages = allMessages;
        synapticOperations = allOperations;
        dropped = allDropped;
        restless = allRestless;
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

    /** Frames that ended before the network was at rest. */
    public long restless() {
        return restless;
    }
}
