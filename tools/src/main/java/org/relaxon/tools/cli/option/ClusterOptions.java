package org.relaxon.tools.cli.option;

import java.util.List;
import org.relaxon.runtime.Host;
import org.relaxon.runtime.cluster.ClusterHost;
import org.relaxon.tools.cli.option.ConnectionOptions.Connection;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Options of the host cluster. */
public final class ClusterOptions {
    /** The name of the host. */
    public static final String CLUSTER = "cluster";

    @Mixin private ConnectionOptions connection;

    @Option(
            names = "--join",
            paramLabel = "HOST:PORT",
            description =
                    "A member of the cluster that holds the cells, for --host cluster; see relaxon"
                            + " node.")
    private String join;

    @Option(
            names = "--nodes",
            paramLabel = "N",
            description = "Nodes of the cluster to use. Default 1.")
    private Integer nodes;

    /** The host; it is to be closed. */
    Host open() {
        if (join == null) {
            throw new IllegalArgumentException(
                    "join: the host cluster needs a member of the cluster, --join HOST:PORT; to try"
                            + " it on this machine: relaxon cluster --nodes 3 -- check");
        }
        int count = nodes == null ? 1 : nodes;
        if (count < 1 || count > 1024) {
            throw new IllegalArgumentException("nodes: %d is not in 1..1024".formatted(count));
        }
        Connection own = connection.connection(join);
        return new ClusterHost(
                own.listen(),
                own.join(),
                count,
                own.tls(),
                line -> System.err.println("relaxon: " + line));
    }

    void requireRead(List<String> hosts) {
        String given = join != null ? "join" : nodes != null ? "nodes" : connection.given();
        if (!hosts.contains(CLUSTER) && given != null) {
            throw new IllegalArgumentException(
                    "%s: applies only to the host cluster, not to %s"
                            .formatted(given, String.join(", ", hosts)));
        }
    }
}
