package org.relaxon.tools.cli.sweep;

import java.util.List;
import java.util.Set;
import org.relaxon.tools.cli.option.TrainOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;

/** A grid of runs. */
@Command(
        name = "sweep",
        resourceBundle = "org.relaxon.tools.cli.sweep.options",
        description = {
            "Settles every point of a grid with every seed and compares with the"
                    + " algorithm's own reference: one row per run, whatever its verdict, a"
                    + " summary per point, and maps with the bounds of theory. A settling may"
                    + " send a million signals, unless --budget-messages sets another limit.",
            "With an axis or an option of train, such as rate or --epochs, every point is trained"
                    + " instead: one row per training, with its test accuracy.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  relaxon sweep --axis beta=1e-1,1e-2,1e-3 --axis gain=1,2,4,8 --out runs",
            "  relaxon sweep --algorithm ep --granularity neuron \\",
            "      --axis gain=.2,.6,1 --axis delay-mean=0ms,1ms --out runs",
            "  relaxon sweep --axis delay=all --axis threshold=1e-6,1e-10 \\",
            "      --shard 1/4 --out runs",
            "  relaxon sweep --data two-moons --axis rate=1e-3,1e-2 \\",
            "      --axis algorithm=pc-nudge,ep --out runs",
            "  relaxon sweep ... --resume runs/sweep/DIR     the missing rows",
            "  relaxon sweep ... --merge DIR,DIR --out runs  the parts of --shard as one"
        })
public final class SweepCommand extends GridCommand {
    @Mixin private TrainOptions unusedTrain; // read from the words of the command line

    /** Options of train that settle does not have. */
    @Override
    Set<String> trainingOptions() {
        return CommandSpec.forAnnotatedObject(new TrainOptions()).optionsMap().keySet();
    }

    @Override
    String verb() {
        return "sweep";
    }

    @Override
    List<String> usualAxes() {
        return List.of();
    }

    @Override
    double usualBeta() {
        return Double.NaN;
    }
}
