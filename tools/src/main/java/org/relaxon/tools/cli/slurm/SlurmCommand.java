package org.relaxon.tools.cli.slurm;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.relaxon.experiments.storage.WholeFile;
import org.relaxon.tools.cli.option.KeyOptions;
import org.relaxon.tools.cli.option.OutputOptions;
import org.relaxon.tools.cli.process.ExitCode;
import org.relaxon.tools.cli.process.Program;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

/** Writes a batch script that runs a command on the machines of a scheduler. */
@Command(
        name = "slurm",
        description = {
            "Writes a batch script of Slurm: a command with its cells on several machines, or, for"
                    + " sweep and stress, one part of the grid on each. Everything after -- is the"
                    + " command. Nothing is submitted: sbatch FILE does it.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  relaxon slurm --nodes 4 --tls keys --file job.sh -- check --layers 64,256,10",
            "  relaxon slurm --nodes 8 --time 4:00:00 -- sweep --axis gain=1,2,4,8 --out runs",
            "  relaxon slurm --nodes 1 --mem 16G -- train --data strokes --layers 784,64,10"
        })
public final class SlurmCommand implements Callable<Integer> {
    private static final int PORT_MAX = 65535;

    /** Options of the command that the script states itself. */
    private static final Set<String> OWN =
            Set.of("--join", "--nodes", "--listen", "--tls", "--insecure");

    private static final Set<String> OWN_OF_PARTS = Set.of("--shard", "--resume", "--merge");

    @Spec private CommandSpec spec;

    @Option(
            names = "--nodes",
            paramLabel = "N",
            defaultValue = "2",
            description =
                    "Machines; of sweep and stress, parts of the grid. Default ${DEFAULT-VALUE}.")
    private int nodes;

    @Option(
            names = "--cpus",
            paramLabel = "C",
            defaultValue = "4",
            description = "Processors on each machine. Default ${DEFAULT-VALUE}.")
    private int cpus;

    @Option(
            names = "--mem",
            paramLabel = "M",
            defaultValue = "8G",
            description =
                    "Memory on each machine, such as 500M or 8G, from which heaps are made."
                            + " Default ${DEFAULT-VALUE}.")
    private String memory;

    @Option(
            names = "--time",
            paramLabel = "T",
            defaultValue = "1:00:00",
            description =
                    "Time limit, [DAYS-]HOURS:MINUTES:SECONDS. train, sweep and stress go on after it"
                            + " in a new allocation. Default ${DEFAULT-VALUE}.")
    private String time;

    @Option(
            names = "--partition",
            paramLabel = "P",
            description = "Partition of the machines. Default that of the scheduler.")
    private String partition;

    @Option(
            names = "--port",
            paramLabel = "N",
            description =
                    "Port at which the first node listens. Default one made of the number of the"
                            + " job.")
    private Integer port;

    @Mixin private KeyOptions keys;

    @Option(
            names = "--file",
            paramLabel = "FILE",
            description = "Where to write the script. Default standard output.")
    private Path file;

    @Parameters(paramLabel = "COMMAND", arity = "1..*", description = "The command, after --.")
    private List<String> command;

    @Override
    public Integer call() throws IOException {
        Allocation allocation =
                new Allocation(nodes, cpus, Allocation.mebibytes(memory), time, partition);
        if (port != null && (port < 1 || port > PORT_MAX)) {
            throw new IllegalArgumentException(
                    "port: %d is not in 1..%d".formatted(port, PORT_MAX));
        }
        SlurmScript script =
                new SlurmScript(
                        allocation, command, launcher(), port == null ? 0 : port, connection());
        requireRunnable(script.kind());
        PrintWriter out = spec.commandLine().getOut();
        if (file == null) {
            out.print(script.text());
            out.flush();
            return ExitCode.DONE;
        }
        OutputOptions.requireNew("file", file);
        WholeFile.create(file, WholeFile.Content.text(script.text()));
        out.println("written to " + file);
        out.println("submit it with: sbatch " + file);
        if (script.kind() == SlurmScript.Kind.ARRAY) {
            out.println(
                    "join the parts with: relaxon %s ... --merge DIR,DIR,..."
                            .formatted(command.get(0)));
        }
        return ExitCode.DONE;
    }

    /** The launcher of this program; the job runs where it was written. */
    private static String launcher() {
        String root = System.getProperty("relaxon.root");
        return root == null ? "relaxon" : Path.of(root, "bin", "relaxon").toString();
    }

    private List<String> connection() {
        List<String> out = new ArrayList<>();
        if (keys.tls() != null) {
            out.addAll(List.of("--tls", keys.tls().toAbsolutePath().normalize().toString()));
        }
        if (keys.isInsecure()) {
            out.add("--insecure");
        }
        return out;
    }

    /** Refuses now what would fail when the job begins, perhaps hours later. */
    private void requireRunnable(SlurmScript.Kind kind) {
        String verb = command.get(0);
        if (List.of("cluster", "node", "slurm", "help").contains(verb)) {
            throw new IllegalArgumentException(
                    "slurm: %s is no command for a job; give one such as check".formatted(verb));
        }
        Set<String> own = kind == SlurmScript.Kind.ARRAY ? OWN_OF_PARTS : OWN;
        for (String word : command) {
            String name = word.replaceFirst("=.*", "");
            if (own.contains(name) || kind == SlurmScript.Kind.CLUSTER && name.equals("--host")) {
                throw new IllegalArgumentException(
                        "%s: the script states it; leave it out of the command"
                                .formatted(name.substring(2)));
            }
        }
        CommandSpec parsed = parsed();
        boolean connects = kind == SlurmScript.Kind.CLUSTER;
        if (connects
                && (parsed.findOption("--join") == null || parsed.findOption("--host") == null)) {
            throw new IllegalArgumentException(
                    "nodes: %s runs on one machine; give --nodes 1".formatted(verb));
        }
        if (connects && keys.given() == null) {
            throw new IllegalArgumentException(
                    "tls: machines connect to each other: give --tls DIR, or --insecure on a"
                            + " network that you trust");
        }
        keys.requireOne();
        if (!connects && (!connection().isEmpty() || port != null)) {
            throw new IllegalArgumentException(
                    "%s: this job has no connections; leave it out"
                            .formatted(port != null ? "port" : keys.given()));
        }
    }

    /** The verb of the command, whose options are all known. */
    private CommandSpec parsed() {
        Program program = Program.of(spec);
        try {
            ParseResult last =
                    program.commandLine(program.interruption())
                            .parseArgs(command.toArray(String[]::new));
            while (last.hasSubcommand()) {
                last = last.subcommand();
            }
            return last.commandSpec();
        } catch (ParameterException e) {
            throw new IllegalArgumentException("command: " + e.getMessage(), e);
        }
    }
}
