package org.relaxon.tools.cli.option;

import java.util.List;
import org.relaxon.runtime.Host;
import org.relaxon.runtime.cluster.ClusterHost;
import org.relaxon.runtime.cluster.NodeUsage;
import picocli.CommandLine.Option;

/** The option that has the nodes of a cluster measure themselves. */
public final class NodeMeasureOptions {
    @Option(
            names = "--measure-nodes",
            description =
                    "With --host cluster: state the memory that the cells take on each node, for"
                            + " which it collects its heap, and their work.")
    private boolean given;

    private List<NodeUsage> usage = List.of();

    /**
     * {@return the host, whose nodes will be measured if that is requested}
     *
     * @param host before a session is opened
     * @throws IllegalArgumentException if it has no nodes
     */
    public Host of(Host host) {
        if (given) {
            if (!(host instanceof ClusterHost cluster)) {
                host.close();
                throw new IllegalArgumentException(
                        "measure-nodes: applies only to the host cluster, not to "
                                + host.optionName());
            }
            cluster.measure();
        }
        return host;
    }

    /**
     * Measures them on request.
     *
     * @param host whose last session is open, and where nothing runs
     */
    public void measure(Host host) {
        if (given) {
            usage = ((ClusterHost) host).usage();
        }
    }

    /** {@return what they measured, in their order; empty if it was not requested} */
    public List<NodeUsage> usage() {
        return usage;
    }
}
