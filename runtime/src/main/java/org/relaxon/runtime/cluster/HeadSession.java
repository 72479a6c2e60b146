package org.relaxon.runtime.cluster;

import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorRefResolver;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.Behavior;
import akka.actor.typed.PostStop;
import akka.actor.typed.Terminated;
import akka.actor.typed.javadsl.AskPattern;
import akka.actor.typed.javadsl.Behaviors;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.relaxon.model.cell.Wiring;
import org.relaxon.runtime.NodeLostException;
import org.relaxon.runtime.RunPlan;
import org.relaxon.runtime.actor.Abroad;
import org.relaxon.runtime.actor.Commands;
import org.relaxon.runtime.actor.Root;
import org.relaxon.runtime.actor.ShardActor;
import org.relaxon.runtime.settling.Runner;
import org.relaxon.runtime.settling.SettlingPipeline;
import org.relaxon.runtime.shard.Division;
import org.relaxon.runtime.shard.Shards;
import org.relaxon.runtime.slot.Slots;
import org.relaxon.runtime.wire.Kind;
import org.relaxon.runtime.wire.Wire;

/** One session of a cluster as its head has it: a way to every node, and a coordinator per lane. */
final class HeadSession {
    /** Learns which nodes do not take part any longer. */
    interface Losses {
        /** The actors of the session on a node have ended. */
        void lost(ActorRef<NodeActor.Command> node);

        /** A node does not answer at present. */
        void silent(ActorRef<NodeActor.Command> node);

        /** {@return the loss of the whole cluster, which this process has left} */
        NodeLostException cutOff();
    }

    private static final String HEAD = "head";
    private static final Duration ENTER_LIMIT = Duration.ofSeconds(10);

    private final ActorSystem<HeadActor.Command> system;
    private final Wiring wiring;
    private final Division division;
    private final int lanes;
    private final Losses losses;
    private final Traffic traffic;
    private final Map<Long, Sent.Totals> known = new HashMap<>(); // of every link, counted
    private final List<Sent> sent = new ArrayList<>(); // by node
    private final AtomicInteger open;
    private final List<ActorRef<?>> actors = new ArrayList<>();
    private final List<Calls> calls = new ArrayList<>(); // by node
    private final List<ActorRef<NodeActor.Command>> nodes;
    private volatile boolean closed;
    private volatile NodeLostException lost; // null while all nodes answer
    private volatile Root root;

    private HeadSession(
            ActorSystem<HeadActor.Command> system,
            List<ActorRef<NodeActor.Command>> nodes,
            Wiring wiring,
            Division division,
            int lanes,
            Traffic traffic,
            Losses losses) {
        this.system = system;
        this.traffic = traffic;
        this.nodes = List.copyOf(nodes);
        this.wiring = wiring;
        this.division = division;
        this.lanes = lanes;
        this.losses = losses;
        open = new AtomicInteger(lanes);
    }

    /** The address of an actor's JVM, for messages. */
    static String name(ActorRef<?> actor) {
        return name(actor.path().address());
    }

    /** An address without the name of its actor system. */
    static String name(akka.actor.Address address) {
        return address.hostPort().replaceFirst(".*@", "");
    }

    /** A session whose shards are to be on the given nodes, one on each; nothing is sent yet. */
    static HeadSession of(
            ActorSystem<HeadActor.Command> system,
            List<ActorRef<NodeActor.Command>> nodes,
            Wiring wiring,
            Division division,
            int lanes,
            Traffic traffic,
            Losses losses) {
        return new HeadSession(system, nodes, wiring, division, lanes, traffic, losses);
    }

    /**
     * Opens it on its nodes.
     *
     * @throws NodeLostException if one does not answer or is lost
     * @throws IllegalArgumentException if one refuses
     */
    void open(RunPlan plan) {
        open(plan, false);
    }

    /** Opens it on its nodes, which collect their heaps before if they are to be measured. */
    void open(RunPlan plan, boolean measured) {
        try {
            List<List<ActorRef<Abroad>>> ends = enter(!plan.discipline().isInStep());
            if (measured) {
                calls.forEach(c -> c.call(-1, Task.COLLECT, out -> {}, in -> null));
            }
            start(plan, ends);
        } catch (RuntimeException | Error e) {
            close();
            throw e;
        }
    }

    /** Answers with the node's ends of the ways of each node. */
    private List<List<ActorRef<Abroad>>> enter(boolean newestAlone) {
        long id = ThreadLocalRandom.current().nextLong();
        List<ActorRef<Abroad>> own = new ArrayList<>();
        List<CompletableFuture<NodeActor.Reply>> replies = new ArrayList<>();
        for (int k = 0; k < nodes.size(); k++) {
            int index = k;
            Sent counter = new Sent();
            sent.add(counter);
            ActorRef<Abroad> way =
                    spawn(Way.create(null, true, counter, message -> receive(index, message)));
            own.add(way);
            calls.add(new Calls("node " + name(nodes.get(k)), way));
            replies.add(
                    AskPattern.<NodeActor.Command, NodeActor.Reply>ask(
                                    nodes.get(k),
                                    answer ->
                                            new NodeActor.Enter(
                                                    NodeActor.VERSION,
                                                    id,
                                                    index,
                                                    nodes.size(),
                                                    newestAlone,
                                                    way,
                                                    answer),
                                    ENTER_LIMIT,
                                    system.scheduler())
                            .toCompletableFuture());
        }
        List<List<ActorRef<Abroad>>> ends = new ArrayList<>();
        for (int k = 0; k < nodes.size(); k++) {
            ends.add(entered(nodes.get(k), replies.get(k)));
        }
        for (int k = 0; k < nodes.size(); k++) {
            own.get(k).tell(new Way.Meet(ends.get(k).get(k)));
        }
        watch(own, ends);
        return ends;
    }

    private List<ActorRef<Abroad>> entered(
            ActorRef<NodeActor.Command> node, CompletableFuture<NodeActor.Reply> reply) {
        NodeActor.Reply answer;
        try {
            answer = await(reply);
        } catch (CompletionException e) {
            losses.silent(node);
            throw new NodeLostException("node %s does not answer".formatted(name(node)));
        }
        if (answer instanceof NodeActor.Refused refused) {
            throw new IllegalArgumentException(
                    "join: node %s refuses: %s".formatted(name(node), refused.why()));
        }
        List<ActorRef<Abroad>> ways = ((NodeActor.Entered) answer).ways();
        if (ways.size() != nodes.size()) {
            throw new IllegalStateException("node %s answers something else".formatted(name(node)));
        }
        return ways;
    }

    /** A node whose end of a way is gone takes part no longer, nor one whose messages fail here. */
    private void watch(List<ActorRef<Abroad>> own, List<List<ActorRef<Abroad>>> ends) {
        Behavior<Void> watcher =
                Behaviors.setup(
                        context -> {
                            Map<ActorRef<?>, Integer> places = new HashMap<>();
                            for (int k = 0; k < ends.size(); k++) {
                                places.put(own.get(k), k);
                                context.watch(own.get(k));
                                for (ActorRef<Abroad> end : ends.get(k)) {
                                    places.put(end, k);
                                    context.watch(end);
                                }
                            }
                            return Behaviors.receiveSignal(
                                    (same, signal) -> {
                                        if (signal instanceof Terminated end && !closed) {
                                            lose(places.get(end.getRef()));
                                        } else if (signal == PostStop.instance() && !closed) {
                                            cutOff();
                                        }
                                        return Behaviors.same();
                                    });
                        });
        spawn(watcher);
    }

    private void lose(int node) {
        losses.lost(nodes.get(node));
        abandon(new NodeLostException(calls.get(node).node() + " was lost"));
    }

    /** The actor system of this process has ended, as that of a minority does. */
    private void cutOff() {
        abandon(losses.cutOff());
    }

    /** Nothing waits for the nodes any longer: whatever does or will fails with this. */
    void abandon(NodeLostException why) {
        NodeLostException first = lost == null ? why : lost;
        lost = first;
        calls.forEach(c -> c.abandon(first));
        Root present = root;
        if (present != null) {
            present.abandon(first);
        }
    }

    /** Waits, but not for actors of a system that has ended. */
    private <T> T await(CompletableFuture<T> result) {
        CompletableFuture<?> ended = system.getWhenTerminated().toCompletableFuture();
        CompletableFuture.anyOf(result, ended).join();
        if (!result.isDone()) {
            throw losses.cutOff();
        }
        return result.join();
    }

    private <T> ActorRef<T> spawn(Behavior<T> behavior) {
        CompletableFuture<ActorRef<T>> spawned = new CompletableFuture<>();
        system.tell(new HeadActor.Spawn<>(behavior, spawned));
        ActorRef<T> actor = await(spawned);
        actors.add(actor);
        return actor;
    }

    private void start(RunPlan plan, List<List<ActorRef<Abroad>>> ends) {
        ActorRefResolver texts = ActorRefResolver.get(system);
        List<Supplier<Object>> opening = new ArrayList<>();
        for (int k = 0; k < calls.size(); k++) {
            Rows needed = rows(k);
            int index = k;
            opening.add(
                    calls.get(k)
                            .begin(
                                    -1,
                                    Task.OPEN,
                                    out -> {
                                        NetworkForm.save(
                                                wiring.network(),
                                                wiring.network().parameters(),
                                                needed,
                                                out);
                                        PlanForm.save(plan, wiring.network(), out);
                                        out.writeInts(division.firsts());
                                        out.writeInt(lanes);
                                        ends.stream()
                                                .map(e -> texts.toSerializationFormat(e.get(index)))
                                                .forEach(out::writeText);
                                    },
                                    in -> null));
        }
        opening.forEach(HeadSession::end);
        List<Slots> slots = new ArrayList<>();
        List<List<ActorRef<ShardActor.Command>>> shards = new ArrayList<>();
        for (int lane = 0; lane < lanes; lane++) {
            slots.add(new Slots(wiring, SettlingPipeline.planOf(plan, lane)));
            List<ActorRef<ShardActor.Command>> own = new ArrayList<>();
            for (Calls node : calls) {
                own.add(spawn(forward(node, lane)));
            }
            shards.add(own);
        }
        CompletableFuture<Root> opened = new CompletableFuture<>();
        spawn(Root.create(slots, division, shards, opened));
        root = await(opened);
        NodeLostException why = lost;
        if (why != null) {
            throw why;
        }
    }

    /**
     * What the nodes of a session take and do that was opened to be measured, in their order. They
     * measure one after another, as they may share a machine.
     */
    List<NodeUsage> measure() {
        return calls.stream()
                .map(c -> c.call(-1, Task.MEASURE, out -> {}, NodeUsage::load))
                .toList();
    }

    /** Waits for a task. */
    static void end(Supplier<?> task) {
        var unused = task.get();
    }

    /** Rows of weights that the cells of a node hold. */
    private Rows rows(int node) {
        return Present.of(wiring, division, node).rows();
    }

    private Behavior<ShardActor.Command> forward(Calls node, int lane) {
        return Behaviors.receiveMessage(
                command -> {
                    node.send(
                            Kind.COMMAND,
                            out -> {
                                out.writeInt(lane);
                                Commands.save(command, wiring, out);
                            });
                    return Behaviors.same();
                });
    }

    private void receive(int node, byte[] message) {
        switch (Wire.kind(message)) {
            case ANSWER -> calls.get(node).answered(message);
            case REPORT ->
                    Wire.read(
                            message,
                            Kind.REPORT,
                            in -> {
                                int lane = in.readInt(0, lanes - 1);
                                root.coordinator(lane).tell(Commands.loadForCoordinator(in));
                                return null;
                            });
            default -> throw new IllegalArgumentException("no head receives " + Wire.kind(message));
        }
    }

    /** The runner of a lane; called once for each. */
    Runner runner(int lane) {
        List<RemoteShard> shards =
                IntStream.range(0, calls.size())
                        .mapToObj(k -> new RemoteShard(calls.get(k), lane, wiring, rows(k)))
                        .toList();
        Shards cells = Shards.elsewhere(division, shards);
        return root.runner(lane, cells, new RemoteTraces(calls, lane, this::sent), this::closeLane);
    }

    /** A total of a node to another one, or to the head at its own place. */
    private synchronized void sent(int from, int to, Sent.Totals total) {
        String own = name(nodes.get(from));
        count(from, to, own, from == to ? HEAD : name(nodes.get(to)), total);
        count(nodes.size(), from, HEAD, own, sent.get(from).totals());
    }

    private void count(int from, int to, String start, String end, Sent.Totals total) {
        Sent.Totals before = known.put((long) from << Integer.SIZE | to, total);
        traffic.add(start, end, before == null ? total : total.minus(before));
    }

    private void closeLane() {
        if (open.decrementAndGet() == 0) {
            close();
        }
    }

    /** Ends this session here, and thereby on all nodes. */
    void close() {
        closed = true;
        calls.forEach(c -> c.abandon(new IllegalStateException("the session is closed")));
        system.tell(new HeadActor.Stop(List.copyOf(actors)));
    }
}
