package org.relaxon.tools.cli;

import java.util.List;
import java.util.Set;
import org.relaxon.tools.cli.bench.BenchCommand;
import org.relaxon.tools.cli.check.CheckCommand;
import org.relaxon.tools.cli.cluster.ClusterCommand;
import org.relaxon.tools.cli.cluster.NodeCommand;
import org.relaxon.tools.cli.completion.CompletionCommand;
import org.relaxon.tools.cli.data.DataCommand;
import org.relaxon.tools.cli.list.ListCommand;
import org.relaxon.tools.cli.network.NetworkCommand;
import org.relaxon.tools.cli.paper.PaperCommand;
import org.relaxon.tools.cli.paper.PaperTrainingCommand;
import org.relaxon.tools.cli.report.ReportCommand;
import org.relaxon.tools.cli.reproduce.ReproduceCommand;
import org.relaxon.tools.cli.serve.ServeCommand;
import org.relaxon.tools.cli.settle.SettleCommand;
import org.relaxon.tools.cli.slurm.SlurmCommand;
import org.relaxon.tools.cli.sweep.StressCommand;
import org.relaxon.tools.cli.sweep.SweepCommand;
import org.relaxon.tools.cli.train.TrainCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;

/**
 * All verbs, in the order of the help. Reading the options of every verb takes a fifth of a short
 * run, so that the options of one are read where the others are not needed.
 */
final class Verbs {
    private static final List<Class<?>> ALL =
            List.of(
                    CheckCommand.class,
                    SettleCommand.class,
                    TrainCommand.class,
                    ServeCommand.class,
                    SweepCommand.class,
                    StressCommand.class,
                    PaperCommand.class,
                    PaperTrainingCommand.class,
                    ReproduceCommand.class,
                    ReportCommand.class,
                    NodeCommand.class,
                    ClusterCommand.class,
                    SlurmCommand.class,
                    BenchCommand.class,
                    NetworkCommand.class,
                    DataCommand.class,
                    ListCommand.class,
                    CompletionCommand.class,
                    HelpCommand.class);

    /** Verbs that read the options of others. */
    private static final Set<String> READERS = Set.of("help", "sweep", "stress", "completion");

    private Verbs() {}

    /** Adds all verbs with their options. */
    static void addAll(CommandLine root) {
        ALL.forEach(root::addSubcommand);
    }

    /** Adds one verb with its options, and of all others only the names. */
    static void addOne(CommandLine root, String verb) {
        for (Class<?> type : ALL) {
            String name = name(type);
            root.addSubcommand(name.equals(verb) ? type : CommandSpec.create().name(name));
        }
    }

    /** {@return whether a command line begins with a verb that needs no other} */
    static boolean oneSuffices(String... args) {
        return args.length > 0
                && !READERS.contains(args[0])
                && ALL.stream().anyMatch(type -> name(type).equals(args[0]));
    }

    private static String name(Class<?> type) {
        return type.getAnnotation(Command.class).name();
    }
}
