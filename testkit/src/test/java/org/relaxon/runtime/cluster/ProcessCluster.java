package org.relaxon.runtime.cluster;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Nodes in processes of their own, and a head in this one, each behind a relay. */
final class ProcessCluster implements AutoCloseable {
    /** A node. */
    record Node(ChildProcess process, Relays.Ports ports) {
        String name() {
            return ports.address().toString();
        }
    }

    private static final Object SETTINGS = new Object(); // of this JVM, for one host at a time

    /** A node that was removed from the cluster ends by itself within so long. */
    private static final long STRAY_SECONDS = 45;

    private static final long LET_IN_SECONDS = 60;

    private final int count;
    private final Relays relays = new Relays();
    private final List<Node> nodes = new ArrayList<>();
    private final Queue<String> remarks = new ConcurrentLinkedQueue<>();
    private Relays.Ports head;
    private ClusterHost host;

    ProcessCluster(int count) {
        this.count = count;
        renew();
    }

    /** All nodes live and the head is among them, with as few new processes as possible. */
    void renew() {
        relays.heal();
        boolean whole = host != null && !host.isCutOff();
        List<String> members = whole ? host.present() : List.of();
        for (Iterator<Node> each = nodes.iterator(); each.hasNext(); ) {
            Node node = each.next();
            boolean member = members.contains(node.name()) && node.process().isAlive();
            if (!member) {
                if (whole && !node.process().endsWithin(STRAY_SECONDS)) {
                    System.out.println("stray: " + node.name());
                    node.process().kill();
                }
                each.remove();
            }
        }
        if (!whole || nodes.size() < count - 1) {
            restart();
            return;
        }
        while (nodes.size() < count) {
            add();
        }
        List<String> names = nodes.stream().map(Node::name).toList();
        if (!Until.isSoon(LET_IN_SECONDS, () -> host.present().containsAll(names))) {
            System.out.println("new nodes are not let in; the cluster begins anew");
            restart();
        }
    }

    private void restart() {
        end();
        for (int k = 0; k < count; k++) {
            add();
        }
        head = relays.open();
        relays.belongs(head, ProcessHandle.current().pid());
        synchronized (SETTINGS) {
            String before = System.getProperty("relaxon.cluster.settings", "");
            System.setProperty("relaxon.cluster.settings", head.settings());
            host =
                    new ClusterHost(
                            head.address(),
                            nodes.get(0).ports().address(),
                            count,
                            null,
                            remarks::add);
            System.setProperty("relaxon.cluster.settings", before);
        }
    }

    private void add() {
        Relays.Ports ports = relays.open();
        List<String> args = new ArrayList<>(List.of(ports.address().toString()));
        if (!nodes.isEmpty()) {
            args.add(nodes.get(0).name());
        }
        ChildProcess process =
                ChildProcess.start(NodeMain.class, ports.settings(), args.toArray(String[]::new));
        relays.belongs(ports, process.pid());
        nodes.add(new Node(process, ports));
    }

    List<Node> nodes() {
        return nodes;
    }

    /** The port of the head, as the nodes know it. */
    int head() {
        return head.known();
    }

    Relays relays() {
        return relays;
    }

    ClusterHost host() {
        return host;
    }

    /** Takes what the head has said about lost nodes. */
    List<String> takeRemarks() {
        List<String> all = List.copyOf(remarks);
        remarks.clear();
        return all;
    }

    private void end() {
        nodes.forEach(n -> n.process().close());
        nodes.clear();
        if (host != null) {
            host.close();
            host = null;
        }
    }

    @Override
    public void close() {
        end();
        relays.close();
    }
}
