package org.relaxon.runtime.cluster;

import java.util.concurrent.CompletableFuture;
import org.relaxon.model.algorithm.Algorithms;
import org.relaxon.runtime.Budget;
import org.relaxon.runtime.RunPlan;
import org.relaxon.runtime.Session;
import org.relaxon.testkit.Problem;

/** A head in a process of its own, which settles a network and keeps its session for good. */
final class HeadMain {
    private HeadMain() {}

    /**
     * Runs a head.
     *
     * @param args where it listens, and a member to join
     */
    public static void main(String[] args) {
        Problem problem = Problem.tanh(1, 3, 4, 6, 5, 3);
        ClusterHost host = new ClusterHost(Address.parse(args[0]), Address.parse(args[1]), 2);
        Session session = host.open(problem.network(), RunPlan.of(Algorithms.pcNudge().rule()));
        System.out.println(session.settle(problem.nudged(0.05), Budget.DEFAULT));
        new CompletableFuture<Void>().join();
    }
}
