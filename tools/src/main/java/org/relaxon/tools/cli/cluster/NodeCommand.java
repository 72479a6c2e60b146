package org.relaxon.tools.cli.cluster;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import org.relaxon.runtime.cluster.Address;
import org.relaxon.runtime.cluster.ClusterNode;
import org.relaxon.tools.cli.option.Addresses;
import org.relaxon.tools.cli.process.ExitCode;
import org.relaxon.tools.cli.process.Program;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
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
            "  relaxon node --join 127.0.0.1:25520 --threads 1"
        })
public final class NodeCommand implements Callable<Integer> {
    @Spec private CommandSpec spec;

    @Option(
            names = "--listen",
            paramLabel = "HOST:PORT",
            defaultValue = "127.0.0.1:0",
            description =
                    "Where this node listens, on this machine; port 0 takes a free one. Default"
                            + " ${DEFAULT-VALUE}.")
    private String listen;

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
            names = "--until-eof",
            hidden = true,
            description = "End with standard input, and so with the process that writes it.")
    private boolean untilEof;

    @Override
    public Integer call() throws IOException {
        Address own = Addresses.loopback("listen", listen);
        Address other = join == null ? null : Addresses.loopback("join", join);
        int count = threads == null ? Runtime.getRuntime().availableProcessors() : threads;
        if (count < 1 || count > 1024) {
            throw new IllegalArgumentException("threads: %d is not in 1..1024".formatted(count));
        }
        PrintWriter out = spec.commandLine().getOut();
        try (ClusterNode node = ClusterNode.start(own, other, count)) {
            CompletableFuture<Void> stopped = new CompletableFuture<>();
            Program.of(spec).interruption().onStop(() -> stopped.complete(null));
            if (untilEof) {
                endWithInput(stopped);
            }
            out.println("node " + node.address() + (other == null ? "" : ", joins " + other));
            if (other == null) {
                out.println("join it with: relaxon node --join " + node.address());
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
