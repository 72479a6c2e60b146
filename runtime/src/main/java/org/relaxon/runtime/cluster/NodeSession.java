package org.relaxon.runtime.cluster;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.Behaviors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.relaxon.model.cell.Wiring;
import org.relaxon.model.memento.StateReader;
import org.relaxon.model.memento.StateWriter;
import org.relaxon.model.network.Network;
import org.relaxon.model.phase.Phase;
import org.relaxon.runtime.RunPlan;
import org.relaxon.runtime.actor.Abroad;
import org.relaxon.runtime.actor.Commands;
import org.relaxon.runtime.actor.Coordinator;
import org.relaxon.runtime.actor.Part;
import org.relaxon.runtime.actor.ShardActor;
import org.relaxon.runtime.settling.SettlingPipeline;
import org.relaxon.runtime.shard.Division;
import org.relaxon.runtime.slot.Slot;
import org.relaxon.runtime.wire.Kind;
import org.relaxon.runtime.wire.Wire;

/**
 * One session on a node: its cells, and the tasks of the head. Tasks of one lane run one after
 * another, on a thread of their own, while no actor owns a cell; messages are received on the
 * threads of the actors that they come through.
 */
final class NodeSession {
    private static final AtomicLong NUMBERS = new AtomicLong();

    /** Starts actors that end with the session. */
    interface Spawner {
        /** {@return the actor of a behaviour} */
        <T> ActorRef<T> spawn(Behavior<T> behavior);

        /** {@return the actor that a text names} */
        ActorRef<Abroad> actor(String text);
    }

    private final Spawner spawner;
    private final int index;
    private final int threads;
    private final List<ExecutorService> workers = new ArrayList<>(); // by lane
    private final List<Sent> sent = new ArrayList<>(); // by node; its own place has the head
    private List<ActorRef<Abroad>> ways;
    private volatile Part part; // null until opened
    private volatile long heapBefore = -1; // bytes; negative unless it was collected
    private volatile long cpuBefore; // nanoseconds, as the newest phase began
    private volatile Part.Site site;
    private volatile List<PartTasks> lanes = List.of();

    NodeSession(Spawner spawner, int index, int nodes, int threads) {
        this.spawner = spawner;
        this.index = index;
        this.threads = threads;
        workers.add(worker());
        for (int k = 0; k < nodes; k++) {
            sent.add(new Sent());
        }
    }

    /** Counts what goes to a node; at its own place, to the head. */
    Sent sent(int node) {
        return sent.get(node);
    }

    private static ExecutorService worker() {
        return Executors.newSingleThreadExecutor(
                work -> {
                    Thread thread = new Thread(work, "relaxon-node-" + NUMBERS.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
    }

    /** The ends of its ways, by node; its own place has the way to the head. */
    void connect(List<ActorRef<Abroad>> all) {
        ways = all;
    }

    private ActorRef<Abroad> head() {
        return ways.get(index);
    }

    /** Takes a whole message of the head or of another node. */
    void receive(byte[] message) {
        Kind kind = Wire.kind(message);
        if (part == null && kind != Kind.TASK) {
            throw new IllegalArgumentException(kind + " before the session is open");
        }
        switch (kind) {
            case SIGNALS -> Outbox.deliver(message, part.lanes() - 1, part::arrive);
            case COMMAND -> command(message);
            case TASK -> task(message);
            default -> throw new IllegalArgumentException("no node receives " + kind);
        }
    }

    private void command(byte[] message) {
        Wire.read(
                message,
                Kind.COMMAND,
                in -> {
                    int lane = in.readInt(0, part.lanes() - 1);
                    ShardActor.Command command = Commands.loadForShard(site.wiring(), in);
                    if (ShardActor.opens(command) != null) {
                        cpuBefore = Heap.cpuNanos();
                    }
                    lanes.get(lane).opening(command);
                    part.command(lane, command);
                    return null;
                });
    }

    private void task(byte[] message) {
        int lane = Wire.peek(message, Kind.TASK, in -> laneOf(in));
        workers.get(Math.min(Math.max(lane, 0), workers.size() - 1)).execute(() -> run(message));
    }

    private static int laneOf(StateReader in) {
        in.readLong();
        return in.readInt();
    }

    private void run(byte[] message) {
        long[] id = new long[1];
        Consumer<StateWriter> result;
        try {
            result = Wire.read(message, Kind.TASK, in -> result(in, id));
        } catch (RuntimeException | Error e) {
            boolean refused = e instanceof IllegalArgumentException;
            answer(
                    id[0],
                    out -> {
                        out.writeBoolean(false);
                        out.writeBoolean(refused);
                        out.writeText(text(e));
                    });
            return;
        }
        answer(
                id[0],
                out -> {
                    out.writeBoolean(true);
                    result.accept(out);
                });
    }

    private static String text(Throwable e) {
        String message = e.getMessage() == null ? e.toString() : e.getMessage();
        return message.substring(0, Math.min(message.length(), StateReader.TEXT_MAX / 4));
    }

    private void answer(long id, Consumer<StateWriter> body) {
        byte[] answer =
                Wire.bytes(
                        Kind.ANSWER,
                        out -> {
                            out.writeLong(id);
                            body.accept(out);
                        });
        head().tell(new Way.Send(answer));
    }

    private Consumer<StateWriter> result(StateReader in, long[] id) {
        id[0] = in.readLong();
        int lane = in.readInt();
        Task task = in.readConstant(Task.values());
        if (task == Task.OPEN) {
            open(in);
            return out -> {};
        }
        if (task == Task.COLLECT) {
            heapBefore = Heap.usedBytes();
            return out -> {};
        }
        if (task == Task.MEASURE) {
            return usage(in)::save;
        }
        if (lane < 0 || lane >= lanes.size()) {
            throw in.refusal("a lane of the session, found " + lane);
        }
        return lanes.get(lane).run(task, in);
    }

    private NodeUsage usage(StateReader in) {
        if (part == null || heapBefore < 0) {
            throw in.refusal("a session that was to be measured before it was opened");
        }
        long cpu = Heap.cpuNanos() - cpuBefore;
        List<Slot> slots = part.slots(0);
        NodeUsage run = NodeUsage.of(slots, Heap.usedBytes() - heapBefore, cpu);
        Phase phase = lanes.get(0).phase();
        if (phase == null) {
            throw in.refusal("a session that has settled");
        }
        long id = slots.get(0).phaseId() + 1;
        slots.forEach(slot -> slot.cell().open(id, phase));
        long nanos =
                new StandInSignals(site.wiring(), site.division(), index, slots)
                        .time(id, phase.columns(), site.plan().rule());
        return run.with(NodeUsage.of(slots, 0, 0), nanos);
    }

    /** The cells here, once the session is open. */
    Part part() {
        return part;
    }

    private void open(StateReader in) {
        if (part != null) {
            throw in.refusal("no second opening of a session");
        }
        Network network = NetworkForm.load(in);
        RunPlan plan = PlanForm.load(network, in);
        int[] firsts = new int[ways.size() + 1];
        in.readInts(firsts);
        int count = in.readInt();
        SettlingPipeline.requireLanes(plan, count);
        for (int k = 0; k < ways.size(); k++) {
            String end = in.readText();
            if (k != index) {
                ways.get(k).tell(new Way.Meet(spawner.actor(end)));
            }
        }
        Wiring wired = Wiring.of(network.outline(), plan.granularity());
        Division division = Division.at(firsts);
        if (division.cells() != wired.cells().size()) {
            throw in.refusal("a division of %d cells".formatted(wired.cells().size()));
        }
        long[] synapses = Synapses.byCell(wired);
        NetworkForm.requireRoom(
                Arrays.stream(synapses, division.first(index), division.first(index + 1)).sum(),
                in);
        Part.Site here = new Part.Site(wired, plan, division, index);
        CompletableFuture<Part> opened = new CompletableFuture<>();
        spawner.spawn(Part.create(here, coordinators(count), abroad(), opened));
        Part made = opened.join();
        made.shard(0).load(network.parameters()).run(); // from now on the cells alone have them
        site = here;
        List<PartTasks> all = new ArrayList<>();
        for (int k = 0; k < count; k++) {
            all.add(new PartTasks(here, made.shard(k), made.traces(k), sent));
            if (k > 0) {
                workers.add(k < threads ? worker() : workers.get(k % threads));
            }
        }
        lanes = List.copyOf(all);
        part = made;
    }

    /** Coordinators are in the JVM of the head. */
    private List<ActorRef<Coordinator.Command>> coordinators(int count) {
        List<ActorRef<Coordinator.Command>> out = new ArrayList<>();
        for (int k = 0; k < count; k++) {
            int lane = k;
            Behavior<Coordinator.Command> forward =
                    Behaviors.receiveMessage(
                            command -> {
                                report(lane, command);
                                return Behaviors.same();
                            });
            out.add(spawner.spawn(forward));
        }
        return out;
    }

    private void report(int lane, Coordinator.Command command) {
        byte[] report =
                Wire.bytes(
                        Kind.REPORT,
                        out -> {
                            out.writeInt(lane);
                            Commands.save(command, out);
                        });
        head().tell(new Way.Send(report));
    }

    private List<ActorRef<Abroad>> abroad() {
        List<ActorRef<Abroad>> others = new ArrayList<>(ways);
        others.set(index, null);
        return others;
    }

    /** The names of the cells here; none before the session is open. */
    List<String> cells() {
        Part opened = part;
        return opened == null ? List.of() : opened.cells();
    }

    /** Ends the threads of the session here. */
    void close() {
        workers.forEach(ExecutorService::shutdownNow);
    }
}
