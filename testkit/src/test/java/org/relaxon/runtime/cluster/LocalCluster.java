package org.relaxon.runtime.cluster;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Nodes of a cluster in this JVM, each with an actor system of its own. */
final class LocalCluster implements AutoCloseable {
    static final Address ANY = new Address("127.0.0.1", 0);

    /** Nodes find each other sooner. */
    private static final String HASTE =
            """
            akka.cluster.gossip-interval = 100 ms
            akka.cluster.leader-actions-interval = 100 ms
            akka.cluster.periodic-tasks-initial-delay = 100 ms
            """;

    static {
        System.setProperty("relaxon.cluster.settings", HASTE);
    }

    private final List<ClusterNode> nodes = new ArrayList<>();
    private final Queue<String> remarks = new ConcurrentLinkedQueue<>();

    private final ClusterTls tls; // null without

    LocalCluster(int count) {
        this(count, null);
    }

    LocalCluster(int count, ClusterTls tls) {
        this.tls = tls;
        for (int k = 0; k < count; k++) {
            add();
        }
    }

    /** One more node. */
    ClusterNode add() {
        ClusterNode node = ClusterNode.start(ANY, nodes.isEmpty() ? null : address(), 1, tls);
        nodes.add(node);
        return node;
    }

    ClusterNode node(int index) {
        return nodes.get(index);
    }

    int count() {
        return nodes.size();
    }

    /** Ends a node while others count on it. */
    void end(int index) {
        nodes.get(index).close();
    }

    Address address() {
        return nodes.get(0).address();
    }

    /** Messages that the first node has refused. */
    long refused() {
        return nodes.get(0).refused();
    }

    ClusterHost host() {
        return host(nodes.size());
    }

    ClusterHost host(int count) {
        return new ClusterHost(ANY, address(), count, tls, remarks::add);
    }

    /** A host on all nodes that places cells as a table states, and notes where they are. */
    ClusterHost host(PlacementTable table, List<List<Placement.Share>> placed) {
        return new ClusterHost(
                ANY,
                address(),
                nodes.size(),
                tls,
                table,
                new ClusterHost.Observer() {
                    @Override
                    public void remark(String line) {
                        remarks.add(line);
                    }

                    @Override
                    public void placed(List<Placement.Share> shares) {
                        placed.add(shares);
                    }
                });
    }

    /** The cells that nodes hold, by address. */
    Map<String, List<String>> cells() {
        Map<String, List<String>> out = new TreeMap<>();
        nodes.forEach(n -> out.put(n.address().toString(), n.cells()));
        return out;
    }

    /** What hosts have said about lost nodes. */
    List<String> remarks() {
        return List.copyOf(remarks);
    }

    @Override
    public void close() {
        nodes.parallelStream().forEach(ClusterNode::close);
    }
}
