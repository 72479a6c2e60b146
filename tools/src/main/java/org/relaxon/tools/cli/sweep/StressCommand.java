package org.relaxon.tools.cli.sweep;

import java.util.List;
import picocli.CommandLine.Command;

/** A sweep over conditions that make settling hard. */
@Command(
        name = "stress",
        resourceBundle = "org.relaxon.tools.cli.sweep.options",
        description = {
            "A sweep over conditions that make settling hard. Without --axis: twelve"
                    + " delays, from none to heavy tails, by shares of lost signals up to one"
                    + " half, with pc-nudge at beta 1e-2. Takes the options of sweep.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  relaxon stress --out runs",
            "  relaxon stress --granularity neuron --seeds 2",
            "  relaxon stress --axis delay=all --axis gain=1,2,4"
        })
public final class StressCommand extends GridCommand {
    private static final String DELAYS =
            "delay=none;constant:100us;constant:1ms;constant:10ms;uniform:0ms,2ms;uniform:0ms,20ms;"
                    + "exponential:100us;exponential:1ms;exponential:10ms;"
                    + "pareto:333us,1.5;pareto:1ms,1.2;pareto:1ms,1.01";

    /** One line per axis; the first two form the map. */
    private static final List<String> AXES =
            List.of(DELAYS, "drop=0,0.01,0.02,0.05,0.1,0.15,0.2,0.3,0.4,0.5");

    @Override
    String verb() {
        return "stress";
    }

    @Override
    List<String> usualAxes() {
        return AXES;
    }

    /** Large enough for the bounds to lie within the default gains. */
    @Override
    double usualBeta() {
        return 1e-2;
    }
}
