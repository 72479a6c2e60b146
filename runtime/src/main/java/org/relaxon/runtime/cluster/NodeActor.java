package org.relaxon.runtime.cluster;

import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorRefResolver;
import akka.actor.typed.Behavior;
import akka.actor.typed.Terminated;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.receptionist.Receptionist;
import akka.actor.typed.receptionist.ServiceKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.relaxon.runtime.actor.Abroad;

/**
 * A node of the cluster: takes part in sessions that heads open. A session ends here when its head
 * ends it or is lost; a node changes weights only as the one head of a session requests.
 */
final class NodeActor {
    /** What leaves its JVM. */
    interface Wired {}

    /** What goes to a node. */
    sealed interface Command {}

    /**
     * Take part in a session.
     *
     * @param version form of messages that the head knows
     * @param session id of the session
     * @param index of this node among those of the session
     * @param nodes number of nodes of the session
     * @param newestAlone whether a newer signal of a channel takes the place of those that wait
     * @param head the head's end of its way to this node
     * @param answer receives {@link Entered} or {@link Refused}
     */
    record Enter(
            String version,
            long session,
            int index,
            int nodes,
            boolean newestAlone,
            ActorRef<Abroad> head,
            ActorRef<Reply> answer)
            implements Command, Wired {}

    /** Start an actor of a session; from the threads of this node alone. */
    private record Spawn<T>(
            ActorRef<Abroad> head, Behavior<T> behavior, CompletableFuture<ActorRef<T>> spawned)
            implements Command {
        void by(ActorContext<Command> context, Member member) {
            if (member == null) {
                spawned.completeExceptionally(new IllegalStateException("the session has ended"));
                return;
            }
            ActorRef<T> actor = context.spawnAnonymous(behavior);
            member.actors().add(actor);
            spawned.complete(actor);
        }
    }

    /** What a head receives. */
    sealed interface Reply extends Wired {}

    /**
     * The node takes part.
     *
     * @param ways its ends of the ways to each node, in order, where its own is the one to the head
     */
    record Entered(List<ActorRef<Abroad>> ways) implements Reply {}

    /**
     * It does not.
     *
     * @param why reason
     */
    record Refused(String why) implements Reply {}

    /** By which heads find nodes. */
    static final ServiceKey<Command> KEY = ServiceKey.create(Command.class, "relaxon-node");

    /** Changes with every change of what goes over the wire. */
    static final String VERSION = "2";

    private static final int NODES_MAX = 1024;
    private static final int SESSIONS_MAX = 256; // of all heads together

    /** A session in which this node takes part, and its actors here. */
    private record Member(NodeSession shard, List<ActorRef<?>> actors) {}

    private final ActorContext<Command> context;
    private final int threads;
    private final Collection<NodeSession> sessions;
    private final Map<ActorRef<?>, Member> byHead = new HashMap<>();

    private NodeActor(
            ActorContext<Command> context, int threads, Collection<NodeSession> sessions) {
        this.context = context;
        this.threads = threads;
        this.sessions = sessions;
    }

    /**
     * A node.
     *
     * @param threads on which its tasks beside messages run
     * @param sessions receives the sessions in which it takes part; may be read by any thread
     */
    static Behavior<Command> create(int threads, Collection<NodeSession> sessions) {
        return Behaviors.setup(
                context -> {
                    NodeActor node = new NodeActor(context, threads, sessions);
                    context.getSystem()
                            .receptionist()
                            .tell(Receptionist.register(KEY, context.getSelf()));
                    return Behaviors.receive(Command.class)
                            .onMessage(Enter.class, node::onEnter)
                            .onMessage(Spawn.class, node::onSpawn)
                            .onSignal(Terminated.class, node::onTerminated)
                            .build();
                });
    }

    private Behavior<Command> onEnter(Enter enter) {
        String refusal = refusal(enter);
        if (refusal != null) {
            enter.answer().tell(new Refused(refusal));
            return Behaviors.same();
        }
        NodeSession shard =
                new NodeSession(spawner(enter.head()), enter.index(), enter.nodes(), threads);
        List<ActorRef<Abroad>> ways = new ArrayList<>();
        for (int k = 0; k < enter.nodes(); k++) {
            ActorRef<Abroad> other = k == enter.index() ? enter.head() : null;
            ways.add(
                    context.spawnAnonymous(
                            Way.create(other, enter.newestAlone(), shard.sent(k), shard::receive)));
        }
        shard.connect(ways);
        byHead.put(enter.head(), new Member(shard, new ArrayList<>(ways)));
        sessions.add(shard);
        context.watch(enter.head());
        enter.answer().tell(new Entered(ways));
        return Behaviors.same();
    }

    /** Why this node does not take part; null if it does. */
    private String refusal(Enter enter) {
        if (!enter.version().equals(VERSION)) {
            return "the node knows version %s of the messages, the head version %s; start both from the same release"
                    .formatted(VERSION, enter.version());
        }
        if (enter.nodes() < 1
                || enter.nodes() > NODES_MAX
                || enter.index() < 0
                || enter.index() >= enter.nodes()) {
            return "there is no such place in a session";
        }
        if (byHead.containsKey(enter.head())) {
            return "the session is open already";
        }
        return byHead.size() < SESSIONS_MAX
                ? null
                : "the node has %d sessions, the most it takes".formatted(SESSIONS_MAX);
    }

    private NodeSession.Spawner spawner(ActorRef<Abroad> head) {
        ActorRef<Command> self = context.getSelf();
        ActorRefResolver actors = ActorRefResolver.get(context.getSystem());
        return new NodeSession.Spawner() {
            @Override
            public <T> ActorRef<T> spawn(Behavior<T> behavior) {
                CompletableFuture<ActorRef<T>> spawned = new CompletableFuture<>();
                self.tell(new Spawn<>(head, behavior, spawned));
                return spawned.join();
            }

            @Override
            public ActorRef<Abroad> actor(String text) {
                return actors.resolveActorRef(text);
            }
        };
    }

    private Behavior<Command> onSpawn(Spawn<?> spawn) {
        spawn.by(context, byHead.get(spawn.head()));
        return Behaviors.same();
    }

    private Behavior<Command> onTerminated(Terminated lost) {
        Member member = byHead.remove(lost.getRef());
        if (member != null) {
            sessions.remove(member.shard());
            member.shard().close();
            member.actors().forEach(context::stop);
        }
        return Behaviors.same();
    }
}
