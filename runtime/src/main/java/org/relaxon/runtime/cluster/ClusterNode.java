package org.relaxon.runtime.cluster;

import akka.actor.BootstrapSetup;
import akka.actor.setup.ActorSystemSetup;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.Adapter;
import akka.cluster.typed.Cluster;
import akka.cluster.typed.Join;
import akka.remote.RemoteTransportException;
import com.typesafe.config.Config;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

/** A process that holds cells of the sessions that heads open. */
public final class ClusterNode implements AutoCloseable {
    private final ActorSystem<NodeActor.Command> system;
    private final Address address;

    private final Collection<NodeSession> sessions;

    private ClusterNode(ActorSystem<NodeActor.Command> system, Collection<NodeSession> sessions) {
        this.system = system;
        this.sessions = sessions;
        address = addressOf(system);
    }

    /**
     * Starts a node.
     *
     * @param listen where it listens
     * @param join a member of the cluster; null begins a new one
     * @param threads threads that run cells, 1 to 1024
     * @return the node, which joins in the background
     * @throws IllegalArgumentException if it cannot listen there
     */
    public static ClusterNode start(Address listen, Address join, int threads) {
        return start(listen, join, threads, null);
    }

    /**
     * Starts a node.
     *
     * @param listen where it listens
     * @param join a member of the cluster; null begins a new one
     * @param threads threads that run cells, 1 to 1024
     * @param tls its connections; null leaves them open to all processes that reach it
     * @return the node, which joins in the background
     * @throws IllegalArgumentException if it cannot listen there, or the node and the member refuse
     *     each other
     */
    public static ClusterNode start(Address listen, Address join, int threads, ClusterTls tls) {
        if (join != null && tls != null) {
            tls.meet(join);
        }
        Collection<NodeSession> sessions = new CopyOnWriteArrayList<>();
        ActorSystem<NodeActor.Command> system =
                system(
                        NodeActor.create(threads, sessions),
                        listen,
                        ClusterConfig.of(listen, ClusterConfig.NODE, threads, tls != null),
                        tls);
        ClusterNode node = new ClusterNode(system, sessions);
        join(system, join == null ? node.address : join);
        return node;
    }

    /**
     * An actor system of a cluster.
     *
     * @throws IllegalArgumentException if it cannot listen there
     */
    static <T> ActorSystem<T> system(
            Behavior<T> root, Address listen, Config config, ClusterTls tls) {
        if (config.getString("akka.remote.artery.bind.port").isEmpty()) { // else behind a relay
            Listening.require(listen);
        }
        ActorSystemSetup setup = ActorSystemSetup.create(BootstrapSetup.create(config));
        try {
            return ActorSystem.create(
                    root, ClusterConfig.SYSTEM, tls == null ? setup : tls.addTo(setup));
        } catch (RemoteTransportException e) { // the port has been taken since
            throw Listening.refusal(listen, e);
        }
    }

    static void join(ActorSystem<?> system, Address member) {
        akka.actor.Address of =
                new akka.actor.Address("akka", ClusterConfig.SYSTEM, member.host(), member.port());
        Cluster.get(system).manager().tell(Join.create(of));
    }

    static Address addressOf(ActorSystem<?> system) {
        akka.actor.Address own = Cluster.get(system).selfMember().address();
        return new Address(own.getHost().orElseThrow(), own.getPort().orElseThrow());
    }

    /** {@return where it listens} */
    public Address address() {
        return address;
    }

    /** {@return the number of sessions in which it takes part} */
    public int sessions() {
        return sessions.size();
    }

    /** The names of the cells that it holds, of all sessions. */
    List<String> cells() {
        return sessions.stream().flatMap(s -> s.cells().stream()).toList();
    }

    /** {@return how many messages this node has received and refused to read} */
    public long refused() {
        return Refusals.of(Adapter.toClassic(system)).count();
    }

    /** {@return completes when the node has ended, by itself or by {@link #close}} */
    public CompletableFuture<Void> ended() {
        return system.getWhenTerminated().thenAccept(d -> {}).toCompletableFuture();
    }

    @Override
    public void close() {
        system.terminate();
        ended().join();
    }
}
