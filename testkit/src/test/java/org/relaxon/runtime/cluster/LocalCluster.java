package org.relaxon.runtime.cluster;

import java.util.ArrayList;
import java.util.List;

/** Nodes of a cluster in this JVM, each with an actor system of its own. */
final class LocalCluster implements AutoCloseable {
    private static final Address ANY = new Address("127.0.0.1", 0);

    private final List<ClusterNode> nodes = new ArrayList<>();

    LocalCluster(int count) {
        for (int k = 0; k < count; k++) {
            nodes.add(ClusterNode.start(ANY, k == 0 ? null : address(), 1));
        }
    }

    Address address() {
        return nodes.get(0).address();
    }

    ClusterHost host() {
        return new ClusterHost(ANY, address(), nodes.size());
    }

    @Override
    public void close() {
        nodes.forEach(ClusterNode::close);
    }
}
