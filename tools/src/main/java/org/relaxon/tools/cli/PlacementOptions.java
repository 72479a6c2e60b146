package org.relaxon.tools.cli;

import org.relaxon.model.network.Granularity;
import org.relaxon.runtime.delay.DelayModel;
import org.relaxon.runtime.delay.Delays;
import picocli.CommandLine.Option;

/** Options of commands that cut a network in one way and settle it under one delay. */
final class PlacementOptions {
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

    /** Neurons per cell. */
    Granularity granularity() {
        return Granularity.parse(granularity);
    }

    /** How long signals travel. */
    DelayModel delay() {
        return Delays.parse(delay);
    }
}
