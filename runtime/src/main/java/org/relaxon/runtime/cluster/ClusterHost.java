package org.relaxon.runtime.cluster;

import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorSystem;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.relaxon.model.network.Network;
import org.relaxon.model.rule.RuleContract;
import org.relaxon.runtime.Host;
import org.relaxon.runtime.Pipeline;
import org.relaxon.runtime.RunPlan;
import org.relaxon.runtime.Session;
import org.relaxon.runtime.settling.SettlingPipeline;

/**
 * Runs cells in actors on the nodes of a cluster. This process, the head, holds no cells: it opens
 * sessions, coordinates their runs, and judges them.
 */
public final class ClusterHost implements Host {
    /** Far longer than nodes on one network need to find each other. */
    private static final Duration JOIN_LIMIT = Duration.ofSeconds(30);

    /** Learns where cells are. May be called by any thread. */
    public interface Observer {
        /**
         * Cells of a lost node have been placed again.
         *
         * @param line which node, and where its cells are now
         */
        void remark(String line);

        /**
         * The cells of a session have been placed.
         *
         * @param shares what every node has
         */
        default void placed(List<Placement.Share> shares) {}
    }

    /**
     * What has gone from one process to another.
     *
     * @param from address of a node, or {@code head}
     * @param to likewise
     * @param bytes of messages, without the frames of Akka, TLS and TCP
     * @param signals of cells among them
     */
    public record Link(String from, String to, long bytes, long signals) {}

    private final ActorSystem<HeadActor.Command> system;
    private final Nodes nodes;
    private volatile LastingPipeline last; // opened; null before the first

    /**
     * Joins a cluster.
     *
     * @param listen where this process listens
     * @param join a member of the cluster
     * @param nodes number of nodes to wait for, at least 1; the first of them are used
     * @throws IllegalArgumentException if so many nodes are not found, stating how many are, or if
     *     this process cannot listen there
     */
    public ClusterHost(Address listen, Address join, int nodes) {
        this(listen, join, nodes, null, line -> {});
    }

    /**
     * Joins a cluster.
     *
     * @param listen where this process listens
     * @param join a member of the cluster
     * @param nodes number of nodes to wait for, at least 1; the first of them are used
     * @param tls its connections; null leaves them open to all processes that reach it
     * @param remarks receives a line whenever cells of a lost node are placed again
     * @throws IllegalArgumentException if so many nodes are not found, stating how many are; if
     *     this process cannot listen there; or if it and the member refuse each other
     */
    public ClusterHost(
            Address listen, Address join, int nodes, ClusterTls tls, Consumer<String> remarks) {
        this(listen, join, nodes, tls, null, remarks::accept);
    }

    /**
     * Joins a cluster, and places cells as a table states.
     *
     * @param listen where this process listens
     * @param join a member of the cluster
     * @param nodes number of nodes to wait for, at least 1; the first of them are used
     * @param tls its connections; null leaves them open to all processes that reach it
     * @param table where cells are to be, until a node is lost; null for about equal numbers of
     *     synapses
     * @param observer learns where cells are placed
     * @throws IllegalArgumentException if so many nodes are not found, stating how many are; if
     *     this process cannot listen there; or if it and the member refuse each other
     */
    public ClusterHost(
            Address listen,
            Address join,
            int nodes,
            ClusterTls tls,
            PlacementTable table,
            Observer observer) {
        if (tls != null) {
            tls.meet(join);
        }
        Set<String> unreached = ConcurrentHashMap.newKeySet();
        system =
                ClusterNode.system(
                        HeadActor.create(unreached),
                        listen,
                        ClusterConfig.of(listen, ClusterConfig.HEAD, 1, tls != null),
                        tls);
        ClusterNode.join(system, join);
        this.nodes = new Nodes(system, find(join, nodes), unreached, table, observer);
    }

    private HeadActor.Found find(Address join, int count) {
        CompletableFuture<List<ActorRef<NodeActor.Command>>> found = new CompletableFuture<>();
        HeadActor.Found seen = new HeadActor.Found(count, found);
        system.tell(seen);
        try {
            var unused = found.get(JOIN_LIMIT.toSeconds(), TimeUnit.SECONDS);
            return seen;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (TimeoutException | ExecutionException e) {
            // refused below
        }
        String which = seen.seen();
        close();
        throw new IllegalArgumentException(
                "join: found %s at %s, need %d; start the first with: relaxon node --listen %s, and the others with: relaxon node --join %s (and the same --tls or --insecure)"
                        .formatted(which, join, count, join, join));
    }

    /** {@return the addresses of all nodes that are there and have not been lost} */
    List<String> present() {
        return nodes.present().stream().map(n -> HeadSession.name(n)).toList();
    }

    /** {@return whether this process has left the cluster, as a minority does} */
    public boolean isCutOff() {
        return system.getWhenTerminated().toCompletableFuture().isDone();
    }

    @Override
    public boolean takesFrames() {
        return false;
    }

    @Override
    public String optionName() {
        return "cluster";
    }

    /** {@return the addresses of the nodes, in the order of their shards} */
    public List<String> nodes() {
        return nodes.used().stream().map(n -> HeadSession.name(n)).toList();
    }

    /**
     * {@return what has gone over every link between two processes, over all sessions, as of the
     * end of the last settling}
     */
    public List<Link> links() {
        return nodes.traffic().links();
    }

    @Override
    public Session open(Network network, RunPlan plan) {
        return pipeline(network, plan, 1).lane(0);
    }

    @Override
    public Pipeline open(Network network, RunPlan plan, int lanes) {
        SettlingPipeline.requireLanes(plan, lanes);
        return pipeline(network, plan, lanes);
    }

    private Pipeline pipeline(Network network, RunPlan plan, int lanes) {
        RuleContract.require(plan.rule(), network);
        if (!plan.faults().starved().isEmpty()) {
            throw new IllegalArgumentException(
                    "starve: the operating system schedules actors, and their deliveries are not"
                            + " counted; use --host virtual");
        }
        LastingPipeline opened =
                new LastingPipeline(
                        network,
                        lanes,
                        plan.effectiveTolerance(),
                        (present, lost) -> nodes.place(present, plan, lanes, lost));
        last = opened;
        return opened;
    }

    /** In sessions that are opened from now on, nodes collect their heaps, for {@link #usage}. */
    public void measure() {
        nodes.measure();
    }

    /**
     * {@return what the nodes of the session opened last take and do, in their order} Nothing may
     * run in the session, which must be open; what its cells hold of a state is lost.
     *
     * @throws IllegalArgumentException if it was opened before {@link #measure}
     */
    public List<NodeUsage> usage() {
        return last.lasting(() -> true, Placed::measure);
    }

    /** {@return where this process listens} */
    public Address address() {
        return ClusterNode.addressOf(system);
    }

    @Override
    public void close() {
        system.terminate();
        system.getWhenTerminated().toCompletableFuture().join();
    }
}
