package org.relaxon.tools.cli.option;

import java.util.List;
import org.relaxon.runtime.Host;
import org.relaxon.runtime.cluster.Address;
import org.relaxon.runtime.cluster.ClusterHost;
import org.relaxon.tools.cli.option.ConnectionOptions.Connection;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Options of the host cluster. */
public final class ClusterOptions {
    /** The name of the host. */
    public static final String CLUSTER = "cluster";

    @Mixin private ConnectionOptions connection;

    private static final int NODES_MAX = 1024;
    private static final Address ANY_PORT = new Address("127.0.0.1", 0);

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

    /**
     * {@return whether a cluster to join was given}
     *
     * @throws IllegalArgumentException if only its connection was
     */
    public boolean isJoined() {
        if (join == null && connection.given() != null) {
            throw new IllegalArgumentException(
                    connection.given()
                            + ": is of a connection to a cluster; give --join HOST:PORT");
        }
        return join != null;
    }

    /**
     * {@return the number of nodes to use}
     *
     * @param usual if none was given
     */
    public int nodes(int usual) {
        int count = nodes == null ? usual : nodes;
        if (count < 1 || count > NODES_MAX) {
            throw new IllegalArgumentException(
                    "nodes: %d is not in 1..%d".formatted(count, NODES_MAX));
        }
        return count;
    }

    /** The host; it is to be closed. */
    Host open(CellPlacement placement) {
        Connection own = connection();
        return placement.opened(
                new ClusterHost(
                        own.listen(),
                        own.join(),
                        nodes(1),
                        own.tls(),
                        placement.table(),
                        placement));
    }

    /**
     * {@return the host, to be closed}
     *
     * @param count number of nodes to use
     */
    public Host open(int count) {
        Connection own = connection();
        return new ClusterHost(own.listen(), own.join(), count, own.tls(), ClusterOptions::remark);
    }

    private Connection connection() {
        if (join == null) {
            throw new IllegalArgumentException(
                    "join: the host cluster needs a member of the cluster, --join HOST:PORT; to try"
                            + " it on this machine: relaxon cluster --nodes 3 -- check");
        }
        return connection.connection(join);
    }

    /**
     * {@return a host whose nodes are on this machine, to be closed}
     *
     * @param member where one of them listens
     * @param count number of nodes to use
     */
    public static Host local(String member, int count) {
        return new ClusterHost(
                ANY_PORT, Address.parse(member), count, null, ClusterOptions::remark);
    }

    private static void remark(String line) {
        System.err.println("relaxon: " + line);
    }

    void requireRead(List<String> hosts, CellPlacement placement) {
        String given = join != null ? "join" : nodes != null ? "nodes" : connection.given();
        given = given == null && placement.isGiven() ? "placement" : given;
        if (!hosts.contains(CLUSTER) && given != null) {
            throw new IllegalArgumentException(
                    "%s: applies only to the host cluster, not to %s"
                            .formatted(given, String.join(", ", hosts)));
        }
    }
}
