package org.relaxon.runtime.cluster;

import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorSystem;
import akka.cluster.typed.Cluster;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.relaxon.model.cell.Wiring;
import org.relaxon.model.network.Network;
import org.relaxon.model.rule.RuleContract;
import org.relaxon.runtime.Host;
import org.relaxon.runtime.Pipeline;
import org.relaxon.runtime.RunPlan;
import org.relaxon.runtime.Session;
import org.relaxon.runtime.settling.Judge;
import org.relaxon.runtime.settling.SettlingPipeline;
import org.relaxon.runtime.settling.SettlingSession;
import org.relaxon.runtime.shard.Division;

/**
 * Runs cells in actors on the nodes of a cluster. This process, the head, holds no cells: it opens
 * sessions, coordinates their runs, and judges them.
 */
public final class ClusterHost implements Host {
    /** Far longer than nodes on one network need to find each other. */
    private static final Duration JOIN_LIMIT = Duration.ofSeconds(30);

    private final ActorSystem<HeadActor.Command> system;
    private final List<ActorRef<NodeActor.Command>> nodes;

    /**
     * Joins a cluster.
     *
     * @param listen where this process listens
     * @param join a member of the cluster
     * @param nodes number of nodes to wait for, at least 1; the first of them are used
     * @throws IllegalStateException if so many nodes are not found, stating how many are
     */
    public ClusterHost(Address listen, Address join, int nodes) {
        this(listen, join, nodes, null);
    }

    /**
     * Joins a cluster.
     *
     * @param listen where this process listens
     * @param join a member of the cluster
     * @param nodes number of nodes to wait for, at least 1; the first of them are used
     * @param tls its connections; null leaves them open to all processes that reach it
     * @throws IllegalStateException if so many nodes are not found, stating how many are
     * @throws IllegalArgumentException if this process and the member refuse each other
     */
    public ClusterHost(Address listen, Address join, int nodes, ClusterTls tls) {
        if (tls != null) {
            tls.meet(join);
        }
        system =
                ClusterNode.system(
                        HeadActor.create(),
                        ClusterConfig.of(listen, ClusterConfig.HEAD, 1, tls != null),
                        tls);
        ClusterNode.join(system, join);
        this.nodes = find(join, nodes);
    }

    private List<ActorRef<NodeActor.Command>> find(Address join, int count) {
        CompletableFuture<List<ActorRef<NodeActor.Command>>> found = new CompletableFuture<>();
        HeadActor.Found seen = new HeadActor.Found(count, found);
        system.tell(seen);
        try {
            return found.get(JOIN_LIMIT.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (TimeoutException | java.util.concurrent.ExecutionException e) {
            // refused below
        }
        String which = seen.seen();
        close();
        throw new IllegalStateException(
                "join: found %s at %s, need %d; start nodes with: relaxon node --join %s"
                        .formatted(which, join, count, join));
    }

    @Override
    public String optionName() {
        return "cluster";
    }

    /** {@return the addresses of the nodes, in the order of their shards} */
    public List<String> nodes() {
        return nodes.stream().map(n -> HeadSession.name(n)).toList();
    }

    @Override
    public Session open(Network network, RunPlan plan) {
        return sessions(network, plan, 1).get(0);
    }

    @Override
    public Pipeline open(Network network, RunPlan plan, int lanes) {
        SettlingPipeline.requireLanes(plan, lanes);
        return SettlingPipeline.around(sessions(network, plan, lanes), lanes);
    }

    private List<SettlingSession> sessions(Network network, RunPlan plan, int lanes) {
        RuleContract.require(plan.rule(), network);
        if (!plan.faults().starved().isEmpty()) {
            throw new IllegalArgumentException(
                    "starve: the operating system schedules actors, and their deliveries are not"
                            + " counted; use --host virtual");
        }
        Wiring wiring = Wiring.of(network, plan.granularity());
        Division division = Division.balanced(Synapses.byCell(wiring), nodes.size());
        HeadSession head =
                HeadSession.open(
                        system, nodes.subList(0, division.parts()), wiring, plan, division, lanes);
        List<SettlingSession> sessions = new ArrayList<>();
        for (int k = 0; k < lanes; k++) {
            RunPlan own = SettlingPipeline.planOf(plan, k);
            Judge judge = new Judge(wiring, own.effectiveTolerance());
            sessions.add(new SettlingSession(wiring, own, head.runner(k), judge));
        }
        return sessions;
    }

    /** {@return where this process listens} */
    public Address address() {
        return new Address(
                Cluster.get(system).selfMember().address().getHost().orElseThrow(),
                Cluster.get(system).selfMember().address().getPort().orElseThrow());
    }

    @Override
    public void close() {
        system.terminate();
        system.getWhenTerminated().toCompletableFuture().join();
    }
}
