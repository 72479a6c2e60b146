package org.relaxon.tools.cli.option;

import org.relaxon.model.network.Granularity;
import org.relaxon.runtime.delay.DelayModel;
import org.relaxon.runtime.delay.Delays;
import picocli.CommandLine.Option;

/** Options of commands that cut a network in one way and settle it under one delay. */
public final class PlacementOptions {
    @Option(
            names = "--granularity",
            paramLabel = "G",
            defaultValue = "layer",
            description = "neuron, block:K or layer. Default ${DEFAULT-VALUE}.")
    private String granularity;

    @Option(
            names = "--delay",
            paramLabel = "D",
            defaultValue = "none",
            description = "Travel time of signals, see relaxon list. Default ${DEFAULT-VALUE}.")
    private String delay;

    /** {@return neurons per cell} */
    public Granularity granularity() {
        return Granularity.parse(granularity);
    }

    /** {@return how long signals travel} */
    public DelayModel delay() {
        return Delays.parse(delay);
    }
}
