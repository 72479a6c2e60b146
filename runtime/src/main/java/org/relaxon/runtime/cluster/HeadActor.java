package org.relaxon.runtime.cluster;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.receptionist.Receptionist;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** The root of a head's actors: finds nodes, and starts and stops the actors of sessions. */
final class HeadActor {
    /** What goes to the head. */
    sealed interface Command {}

    /** Find nodes. */
    static final class Found implements Command {
        private final int count;
        private final CompletableFuture<List<ActorRef<NodeActor.Command>>> found;
        private volatile List<String> seen = List.of();

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

        /** How many nodes have been seen, for messages. */
        String seen() {
            return seen.isEmpty()
                    ? "no node"
                    : seen.size() == 1 ? "1 node" : seen.size() + " nodes";
        }

        private void see(Set<ActorRef<NodeActor.Command>> all) {
            List<ActorRef<NodeActor.Command>> sorted = new ArrayList<>(all);
            sorted.sort(Comparator.comparing(HeadSession::name));
            seen = sorted.stream().map(HeadSession::name).toList();
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

    private HeadActor() {}

    static Behavior<Command> create() {
        return Behaviors.setup(
                context ->
                        Behaviors.receive(Command.class) // leaves what else members send unhandled
                                .onMessage(
                                        Command.class,
                                        command -> {
                                            handle(context, command);
                                            return Behaviors.same();
                                        })
                                .build());
    }

    private static void handle(ActorContext<Command> context, Command command) {
        if (command instanceof Found search) {
            ActorRef<Receptionist.Listing> adapter =
                    context.messageAdapter(
                            Receptionist.Listing.class,
                            listing ->
                                    new Listed(search, listing.getServiceInstances(NodeActor.KEY)));
            context.getSystem().receptionist().tell(Receptionist.subscribe(NodeActor.KEY, adapter));
        } else if (command instanceof Listed listed) {
            listed.search().see(listed.nodes());
        } else if (command instanceof Spawn<?> spawn) {
            spawn.by(context);
        } else if (command instanceof Stop stop) {
            stop.actors().forEach(context::stop);
        } else {
            throw new AssertionError("no handler for " + command);
        }
    }
}
