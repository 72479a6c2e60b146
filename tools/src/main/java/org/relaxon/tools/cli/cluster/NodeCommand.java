package org.relaxon.tools.cli.cluster;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import org.relaxon.runtime.cluster.ClusterNode;
import org.relaxon.runtime.cluster.KeyFiles;
import org.relaxon.tools.cli.option.ConnectionOptions;
import org.relaxon.tools.cli.option.ConnectionOptions.Connection;
import org.relaxon.tools.cli.process.ExitCode;
import org.relaxon.tools.cli.process.Program;
import org.relaxon.tools.cli.text.Launcher;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Holds cells of the runs of other processes. */
@Command(
        name = "node",
        description = {
            "Holds cells for the runs of other processes, until it is stopped. The first node begins"
                    + " a cluster, all others join it.",
            ""
        },
        footer = {
            "",
            "Examples, each in a terminal of its own; then relaxon check --host cluster --join"
                    + " 127.0.0.1:25520 --nodes 2:",
            "  relaxon node --listen 127.0.0.1:25520                begins a cluster",
            "  relaxon node --join 127.0.0.1:25520                  joins it",
            "  relaxon node --join 127.0.0.1:25520 --threads 1",
            "  relaxon node --make-keys keys                        keys for other machines",
            "  relaxon node --listen 10.0.0.1:25520 --tls keys"
        })
public final class NodeCommand implements Callable<Integer> {
    @Spec private CommandSpec spec;

    @Mixin private ConnectionOptions connection;

    @Option(
            names = "--join",
            paramLabel = "HOST:PORT",
            description = "A member of the cluster to join. Without it a new cluster begins.")
    private String join;

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "Threads that run cells. Default one per processor.")
    private Integer threads;

    @Option(
            names = "--make-keys",
            paramLabel = "DIR",
            description =
                    "Make the keys for --tls in a new directory, and end: one certificate that all"
                            + " members use, or one for each NAME in a directory of its own. They"
                            + " are valid for a year. Every process that has one is a member: copy"
                            + " them privately.")
    private Path makeKeys;

    @Parameters(paramLabel = "NAME", arity = "0..*", description = "Names for --make-keys.")
    private List<String> names = List.of();

    @Option(
            names = "--until-eof",
            hidden = true,
            description = "End with standard input, and so with the process that writes it.")
    private boolean untilEof;

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        if (makeKeys != null) {
            return makeKeys(out);
        }
        if (!names.isEmpty()) {
            throw new IllegalArgumentException(
                    "%s: names go with --make-keys DIR".formatted(names.get(0)));
        }
        Connection own = connection.connection(join);
        int count = threads == null ? Runtime.getRuntime().availableProcessors() : threads;
        if (count < 1 || count > 1024) {
            throw new IllegalArgumentException("threads: %d is not in 1..1024".formatted(count));
        }
        try (ClusterNode node = ClusterNode.start(own.listen(), own.join(), count, own.tls())) {
            CompletableFuture<Void> stopped = new CompletableFuture<>();
            Program.of(spec).interruption().onStop(() -> stopped.complete(null));
            if (untilEof) {
                endWithInput(stopped);
            }
            out.println("node " + node.address() + (join == null ? "" : ", joins " + own.join()));
            if (join == null) {
                String joining = Launcher.recorded(connection.joining(node.address()));
                out.println("join it with: " + Launcher.typed(joining));
            }
            out.flush();
            CompletableFuture.anyOf(stopped, node.ended()).join();
            if (!stopped.isDone()) {
                spec.commandLine()
                        .getErr()
                        .println(
                                "relaxon: the node has left the cluster: it was not reached, or was"
                                        + " in the smaller part of a cluster that broke in two");
                return ExitCode.NOT_SETTLED;
            }
        }
        return ExitCode.DONE;
    }

    private int makeKeys(PrintWriter out) throws IOException {
        if (join != null || connection.given() != null || threads != null) {
            throw new IllegalArgumentException("make-keys: takes no other option, only names");
        }
        KeyFiles.make(makeKeys, names);
        out.printf("keys in %s, valid for %d days; copy ", makeKeys, KeyFiles.DAYS);
        out.println(
                names.isEmpty()
                        ? "the directory to every machine of the cluster, privately"
                        : "to each machine the directory of its name, privately");
        out.println("use them with: relaxon node --listen HOST:PORT --tls DIR");
        out.flush();
        return ExitCode.DONE;
    }

    private static void endWithInput(CompletableFuture<Void> stopped) {
        Thread reader =
                new Thread(
                        () -> {
                            try {
                                System.in.transferTo(OutputStream.nullOutputStream());
                            } catch (IOException e) {
                                // as if it had ended
                            }
                            stopped.complete(null);
                        },
                        "relaxon-input");
        reader.setDaemon(true);
        reader.start();
    }
}
