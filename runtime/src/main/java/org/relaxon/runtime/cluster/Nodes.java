package org.relaxon.runtime.cluster;

import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorSystem;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.relaxon.model.cell.Wiring;
import org.relaxon.model.network.Network;
import org.relaxon.runtime.NodeLostException;
import org.relaxon.runtime.RunPlan;
import org.relaxon.runtime.settling.Judge;
import org.relaxon.runtime.settling.SettlingPipeline;
import org.relaxon.runtime.settling.SettlingSession;

/** The nodes of a cluster as its head knows them, and how cells are placed on them. */
final class Nodes {
    private final ActorSystem<HeadActor.Command> system;
    private final HeadActor.Found search;
    private final Set<String> unreached;
    private final PlacementTable table; // null for the default
    private final ClusterHost.Observer observer;
    private final Traffic traffic = new Traffic();
    private final int count;
    private volatile boolean measured;
    private final Set<ActorRef<NodeActor.Command>> lost = ConcurrentHashMap.newKeySet();

    /**
     * After a search that has found enough.
     *
     * @param system the head's
     * @param search goes on noting which nodes there are
     * @param unreached addresses of nodes that are not reached
     * @param table where cells are to be; null for the default
     * @param observer learns where cells are placed
     */
    Nodes(
            ActorSystem<HeadActor.Command> system,
            HeadActor.Found search,
            Set<String> unreached,
            PlacementTable table,
            ClusterHost.Observer observer) {
        this.system = system;
        this.search = search;
        this.unreached = unreached;
        this.table = table;
        this.observer = observer;
        count = search.count();
    }

    /** Nodes are to be measured in all sessions from now on. */
    void measure() {
        measured = true;
    }

    /** The nodes that the next session is placed on: the first that are there. */
    List<ActorRef<NodeActor.Command>> used() {
        return used(Set.of());
    }

    /** What has gone over every link. */
    Traffic traffic() {
        return traffic;
    }

    /** All nodes that are there. */
    List<ActorRef<NodeActor.Command>> present() {
        return search.present().stream().filter(n -> !lost.contains(n)).toList();
    }

    private List<ActorRef<NodeActor.Command>> used(Set<ActorRef<NodeActor.Command>> but) {
        return present().stream().filter(n -> !but.contains(n)).limit(count).toList();
    }

    /**
     * Places the cells of a session on as many nodes as are requested, or as there are.
     *
     * @param network with the weights to start from
     * @param plan everything else about the run
     * @param lanes number of lanes
     * @param why why they are placed again; null if they are not
     * @return its lanes
     * @throws NodeLostException if there is no node for them
     */
    Placed place(Network network, RunPlan plan, int lanes, NodeLostException why) {
        Set<ActorRef<NodeActor.Command>> silent = new HashSet<>(); // for the moment
        NodeLostException last = why;
        while (true) {
            if (system.getWhenTerminated().toCompletableFuture().isDone()) {
                throw last == null ? cutOff() : last;
            }
            List<ActorRef<NodeActor.Command>> nodes = used(silent);
            if (nodes.isEmpty()) {
                throw last == null
                        ? new NodeLostException("no node of the cluster is left")
                        : last.with("no node is left for its cells");
            }
            Wiring wiring = Wiring.of(network, plan.granularity());
            Placement placement = placement(wiring, nodes.size(), last != null);
            List<Placement.Share> shares =
                    placement.shares(nodes.stream().map(HeadSession::name).toList());
            nodes = placement.inOrder(nodes);
            HeadSession head =
                    HeadSession.of(
                            system,
                            nodes,
                            wiring,
                            placement.division(),
                            lanes,
                            traffic,
                            losses(silent));
            try {
                head.open(plan, measured);
                observer.placed(shares);
                if (last != null) {
                    remark(last, nodes);
                }
                return placed(head, wiring, plan, lanes);
            } catch (NodeLostException e) {
                last = e;
            }
        }
    }

    /** A table is of all nodes: once one is lost, cells are placed by the default. */
    private Placement placement(Wiring wiring, int present, boolean again) {
        boolean stated = table != null && !again && lost.isEmpty() && present == count;
        return stated ? Placement.of(table, wiring, present) : Placement.balanced(wiring, present);
    }

    private HeadSession.Losses losses(Set<ActorRef<NodeActor.Command>> silent) {
        return new HeadSession.Losses() {
            @Override
            public void lost(ActorRef<NodeActor.Command> node) {
                lost.add(node);
            }

            @Override
            public void silent(ActorRef<NodeActor.Command> node) {
                silent.add(node);
            }

            @Override
            public NodeLostException cutOff() {
                return Nodes.this.cutOff();
            }
        };
    }

    private void remark(NodeLostException why, List<ActorRef<NodeActor.Command>> nodes) {
        observer.remark(
                "%s; its cells are placed again, on %s, and what was in progress begins again"
                        .formatted(
                                why.getMessage(),
                                nodes.stream()
                                        .map(HeadSession::name)
                                        .collect(Collectors.joining(", "))));
    }

    private static Placed placed(HeadSession head, Wiring wiring, RunPlan plan, int lanes) {
        List<SettlingSession> sessions = new ArrayList<>();
        for (int k = 0; k < lanes; k++) {
            RunPlan own = SettlingPipeline.planOf(plan, k);
            Judge judge = new Judge(wiring, own.effectiveTolerance());
            sessions.add(new SettlingSession(wiring, own, head.runner(k), judge));
        }
        return new Placed(head, sessions);
    }

    /** The loss of most nodes, or of the way to them: this process has left the cluster. */
    private NodeLostException cutOff() {
        String which =
                unreached.isEmpty()
                        ? ""
                        : ": not reached " + String.join(", ", new TreeSet<>(unreached));
        return new NodeLostException(
                "this process was cut off from most nodes of the cluster" + which);
    }
}
