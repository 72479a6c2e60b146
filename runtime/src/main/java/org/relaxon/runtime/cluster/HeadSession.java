package org.relaxon.runtime.cluster;

import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.Behavior;
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
import java.util.function.Function;
import java.util.function.Supplier;
import org.HdrHistogram.Histogram;
import org.relaxon.model.cell.Wiring;
import org.relaxon.model.memento.StateReader;
import org.relaxon.model.network.CellId;
import org.relaxon.runtime.RunPlan;
import org.relaxon.runtime.actor.Abroad;
import org.relaxon.runtime.actor.Commands;
import org.relaxon.runtime.actor.Root;
import org.relaxon.runtime.actor.ShardActor;
import org.relaxon.runtime.actor.Traces;
import org.relaxon.runtime.observe.Observation;
import org.relaxon.runtime.settling.CellCounters;
import org.relaxon.runtime.settling.Runner;
import org.relaxon.runtime.settling.Samplers;
import org.relaxon.runtime.settling.SettlingPipeline;
import org.relaxon.runtime.shard.Division;
import org.relaxon.runtime.shard.Shards;
import org.relaxon.runtime.slot.Slots;
import org.relaxon.runtime.wire.Kind;
import org.relaxon.runtime.wire.Wire;

/** One session of a cluster as its head has it: a way to every node, and a coordinator per lane. */
final class HeadSession {
    private static final Duration ENTER_LIMIT = Duration.ofSeconds(20);

    private final ActorSystem<HeadActor.Command> system;
    private final Wiring wiring;
    private final Division division;
    private final int lanes;
    private final AtomicInteger open;
    private final List<ActorRef<?>> actors = new ArrayList<>();
    private final List<Calls> calls = new ArrayList<>(); // by node
    private volatile Root root;

    private HeadSession(
            ActorSystem<HeadActor.Command> system, Wiring wiring, Division division, int lanes) {
        this.system = system;
        this.wiring = wiring;
        this.division = division;
        this.lanes = lanes;
        open = new AtomicInteger(lanes);
    }

    /** The address of an actor's JVM, for messages. */
    static String name(ActorRef<?> actor) {
        return actor.path().address().hostPort().replaceFirst(".*@", "");
    }

    /** Opens a session whose shards are on the given nodes, one on each. */
    static HeadSession open(
            ActorSystem<HeadActor.Command> system,
            List<ActorRef<NodeActor.Command>> nodes,
            Wiring wiring,
            RunPlan plan,
            Division division,
            int lanes) {
        HeadSession session = new HeadSession(system, wiring, division, lanes);
        try {
            session.enter(nodes, !plan.discipline().isInStep());
            session.start(plan);
        } catch (RuntimeException | Error e) {
            session.close();
            throw e;
        }
        return session;
    }

    private void enter(List<ActorRef<NodeActor.Command>> nodes, boolean newestAlone) {
        long id = ThreadLocalRandom.current().nextLong();
        List<ActorRef<Abroad>> own = new ArrayList<>();
        List<CompletableFuture<NodeActor.Reply>> replies = new ArrayList<>();
        for (int k = 0; k < nodes.size(); k++) {
            int index = k;
            ActorRef<Abroad> way =
                    spawn(Way.create(null, true, message -> receive(index, message)));
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
            ends.add(entered(name(nodes.get(k)), replies.get(k), nodes.size()));
        }
        for (int k = 0; k < nodes.size(); k++) {
            own.get(k).tell(new Way.Meet(ends.get(k).get(k)));
            for (int other = 0; other < nodes.size(); other++) {
                if (other != k) {
                    ends.get(k).get(other).tell(new Way.Meet(ends.get(other).get(k)));
                }
            }
        }
        watch(ends);
    }

    private static List<ActorRef<Abroad>> entered(
            String node, CompletableFuture<NodeActor.Reply> reply, int nodes) {
        NodeActor.Reply answer;
        try {
            answer = reply.join();
        } catch (CompletionException e) {
            throw new IllegalStateException(
                    "node %s does not answer".formatted(node), e.getCause());
        }
        if (answer instanceof NodeActor.Refused refused) {
            throw new IllegalStateException("node %s: %s".formatted(node, refused.why()));
        }
        List<ActorRef<Abroad>> ways = ((NodeActor.Entered) answer).ways();
        if (ways.size() != nodes) {
            throw new IllegalStateException("node %s answers something else".formatted(node));
        }
        return ways;
    }

    /** A node whose end of a way is gone takes part no longer. */
    private void watch(List<List<ActorRef<Abroad>>> ends) {
        Behavior<Void> watcher =
                Behaviors.setup(
                        context -> {
                            Map<ActorRef<?>, Integer> nodes = new HashMap<>();
                            for (int k = 0; k < ends.size(); k++) {
                                for (ActorRef<Abroad> end : ends.get(k)) {
                                    nodes.put(end, k);
                                    context.watch(end);
                                }
                            }
                            return Behaviors.receiveSignal(
                                    (same, signal) -> {
                                        if (signal instanceof Terminated gone) {
                                            lose(nodes.get(gone.getRef()));
                                        }
                                        return Behaviors.same();
                                    });
                        });
        spawn(watcher);
    }

    private void lose(int node) {
        String why = calls.get(node).node() + " is lost";
        calls.forEach(c -> c.abandon(new IllegalStateException(why)));
        Root present = root;
        if (present != null) {
            present.abandon(why);
        }
    }

    private <T> ActorRef<T> spawn(Behavior<T> behavior) {
        CompletableFuture<ActorRef<T>> spawned = new CompletableFuture<>();
        system.tell(new HeadActor.Spawn<>(behavior, spawned));
        ActorRef<T> actor = spawned.join();
        actors.add(actor);
        return actor;
    }

    private void start(RunPlan plan) {
        List<Supplier<Object>> opening = new ArrayList<>();
        for (int k = 0; k < calls.size(); k++) {
            Rows needed = rowsOf(k);
            opening.add(
                    calls.get(k)
                            .begin(
                                    -1,
                                    Task.OPEN,
                                    out -> {
                                        NetworkForm.save(wiring.network(), needed, out);
                                        PlanForm.save(plan, wiring.network(), out);
                                        out.writeInts(division.firsts());
                                        out.writeInt(lanes);
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
        root = opened.join();
    }

    private static void end(Supplier<?> task) {
        var unused = task.get();
    }

    /** Rows of weights that the cells of a node hold. */
    private Rows rowsOf(int node) {
        int[][] neurons = new int[wiring.network().populations().size()][2]; // from, to
        for (int k = division.first(node); k < division.first(node + 1); k++) {
            CellId cell = wiring.cells().get(k);
            int[] own = neurons[cell.population()];
            own[0] = own[1] == 0 ? cell.from() : own[0];
            own[1] = cell.from() + cell.size();
        }
        return Rows.of(
                wiring.network(),
                (p, row) ->
                        p.sharesWeights() // else a row belongs to a neuron
                                || row >= neurons[p.post()][0] && row < neurons[p.post()][1]);
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
                calls.stream().map(c -> new RemoteShard(c, lane, wiring)).toList();
        Shards cells = Shards.elsewhere(division, shards);
        return root.runner(lane, cells, new RemoteTraces(lane), this::closeLane);
    }

    private void closeLane() {
        if (open.decrementAndGet() == 0) {
            close();
        }
    }

    /** Ends this session here, and thereby on all nodes. */
    private void close() {
        system.tell(new HeadActor.Stop(List.copyOf(actors)));
    }

    /** The traces of a lane on all nodes. */
    private final class RemoteTraces implements Traces {
        private final int lane;

        RemoteTraces(int lane) {
            this.lane = lane;
        }

        @Override
        public void begin() {
            calls.stream()
                    .map(c -> c.begin(lane, Task.BEGIN_TRACES, out -> {}, in -> null))
                    .toList()
                    .forEach(HeadSession::end);
        }

        @Override
        public CellCounters counters() {
            CellCounters total = new CellCounters();
            inEach(Task.COUNTERS, RemoteTraces::counters).forEach(total::add);
            return total;
        }

        private static CellCounters counters(StateReader in) {
            CellCounters own = new CellCounters();
            own.load(in);
            return own;
        }

        /** The results of a task on all nodes, side by side. */
        private <T> List<T> inEach(Task task, Function<StateReader, T> result) {
            List<Supplier<T>> begun =
                    calls.stream().map(c -> c.begin(lane, task, out -> {}, result)).toList();
            return begun.stream().map(Supplier::get).toList();
        }

        @Override
        public Map<String, Histogram> histograms() {
            Map<String, Histogram> all = new HashMap<>();
            for (Map<String, Histogram> own : inEach(Task.HISTOGRAMS, HistogramForm::load)) {
                own.forEach(
                        (name, one) ->
                                all.merge(
                                        name,
                                        one,
                                        (a, b) -> {
                                            a.add(b);
                                            return a;
                                        }));
            }
            return all;
        }

        @Override
        public Samplers observe(Observation observation) {
            if (observation == null) {
                return Samplers.NONE;
            }
            throw new IllegalArgumentException(
                    "observe: host cluster takes no frames; use virtual or akka");
        }
    }
}
