package org.relaxon.runtime.cluster;

import java.util.ArrayList;
import java.util.List;

/** Nodes of a cluster in this JVM, each with an actor system of its own. */
final class LocalCluster implements AutoCloseable {
    private static final Address ANY = new Address("127.0.0.1", 0);

    private final List<ClusterNode> nodes = new ArrayList<>();

    private final ClusterTls tls; // null without

    LocalCluster(int count) {
        this(count, null);
    }

    LocalCluster(int count, ClusterTls tls) {
        this.tls = tls;
        for (int k = 0; k < count; k++) {
            nodes.add(ClusterNode.start(ANY, k == 0 ? null : address(), 1, tls));
        }
    }

    Address address() {
        return nodes.get(0).address();
    }

    /** Messages that the first node has refused. */
    long refused() {
        return nodes.get(0).refused();
    }

    ClusterHost host() {
        return new ClusterHost(ANY, address(), nodes.size(), tls);
    }

    @Override
    public void close() {
        nodes.forEach(ClusterNode::close);
    }
}
