package org.relaxon.runtime.cluster;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.receptionist.Receptionist;
import akka.cluster.ClusterEvent;
import akka.cluster.Member;
import akka.cluster.typed.Cluster;
import akka.cluster.typed.Subscribe;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** The root of a head's actors: finds nodes, and starts and stops the actors of sessions. */
final class HeadActor {
    /** What goes to the head. */
    sealed interface Command {}

    /** Find nodes, and go on noting which there are. */
    static final class Found implements Command {
        private final int count;
        private final CompletableFuture<List<ActorRef<NodeActor.Command>>> found;
        private volatile List<ActorRef<NodeActor.Command>> present = List.of();

        /**
         * A search.
         *
         * @param count number of nodes that are enough
         * @param found completes with them, in order of their addresses
         */
        Found(int count, CompletableFuture<List<ActorRef<NodeActor.Command>>> found) {
            this.count = count;
            this.found = found;
        }

        /** Number of nodes that are enough. */
        int count() {
            return count;
        }

        /** How many nodes have been seen, for messages. */
        String seen() {
            return present.isEmpty()
                    ? "no node"
                    : present.size() == 1 ? "1 node" : present.size() + " nodes";
        }

        /** The nodes that there are, in order of their addresses. */
        List<ActorRef<NodeActor.Command>> present() {
            return present;
        }

        private void see(Set<ActorRef<NodeActor.Command>> all) {
            List<ActorRef<NodeActor.Command>> sorted = new ArrayList<>(all);
            sorted.sort(Comparator.comparing(HeadSession::name));
            present = List.copyOf(sorted);
            if (sorted.size() >= count) {
                found.complete(List.copyOf(sorted.subList(0, count)));
            }
        }
    }

    /** Start an actor. */
    record Spawn<T>(Behavior<T> behavior, CompletableFuture<ActorRef<T>> spawned)
            implements Command {
        private void by(ActorContext<Command> context) {
            spawned.complete(context.spawnAnonymous(behavior));
        }
    }

    /** Stop some of them. */
    record Stop(List<ActorRef<?>> actors) implements Command {}

    /** Which nodes there are. */
    private record Listed(Found search, Set<ActorRef<NodeActor.Command>> nodes)
            implements Command {}

    /** A node is reached or not, as some member of the cluster sees it. */
    private record Reached(Member member, boolean reached) implements Command {}

    private final Set<String> unreached;

    private HeadActor(Set<String> unreached) {
        this.unreached = unreached;
    }

    /**
     * The root of a head.
     *
     * @param unreached receives the addresses of nodes that are not reached; may be read by any
     *     thread
     */
    static Behavior<Command> create(Set<String> unreached) {
        return Behaviors.setup(
                context -> {
                    HeadActor head = new HeadActor(unreached);
                    ActorRef<ClusterEvent.ReachabilityEvent> adapter =
                            context.messageAdapter(
                                    ClusterEvent.ReachabilityEvent.class,
                                    event ->
                                            new Reached(
                                                    event.member(),
                                                    event instanceof ClusterEvent.ReachableMember));
                    Cluster.get(context.getSystem())
                            .subscriptions()
                            .tell(Subscribe.create(adapter, ClusterEvent.ReachabilityEvent.class));
                    return Behaviors.receive(Command.class) // leaves all else unhandled
                            .onMessage(
                                    Command.class,
                                    command -> {
                                        head.handle(context, command);
                                        return Behaviors.same();
                                    })
                            .build();
                });
    }

    private void onReached(Reached event) {
        String name = HeadSession.name(event.member().address());
        if (event.reached()) {
            unreached.remove(name);
        } else if (event.member().hasRole(ClusterConfig.NODE)) {
            unreached.add(name);
        }
    }

    private void handle(ActorContext<Command> context, Command command) {
        if (command instanceof Found search) {
            ActorRef<Receptionist.Listing> adapter =
                    context.messageAdapter(
                            Receptionist.Listing.class,
                            listing ->
                                    new Listed(search, listing.getServiceInstances(NodeActor.KEY)));
            context.getSystem().receptionist().tell(Receptionist.subscribe(NodeActor.KEY, adapter));
        } else if (command instanceof Listed listed) {
            listed.search().see(listed.nodes());
        } else if (command instanceof Reached event) {
            onReached(event);
        } else if (command instanceof Spawn<?> spawn) {
            spawn.by(context);
        } else if (command instanceof Stop stop) {
            stop.actors().forEach(context::stop);
        } else {
            throw new AssertionError("no handler for " + command);
        }
    }
}
