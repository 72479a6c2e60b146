package org.relaxon.runtime.cluster;

import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.CompletableFuture;

/** A node in a process of its own, which ends with its standard input. */
final class NodeMain {
    private NodeMain() {}

    /**
     * Runs a node.
     *
     * @param args where it listens, and a member to join
     */
    public static void main(String[] args) {
        Address join = args.length > 1 ? Address.parse(args[1]) : null;
        ClusterNode node = ClusterNode.start(Address.parse(args[0]), join, 1);
        System.out.println("node " + node.address());
        var unused = CompletableFuture.runAsync(NodeMain::untilEndOfInput);
        node.ended().join();
        System.exit(3);
    }

    private static void untilEndOfInput() {
        try {
            System.in.transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            // as if it had ended
        }
        Runtime.getRuntime().halt(0);
    }
}
