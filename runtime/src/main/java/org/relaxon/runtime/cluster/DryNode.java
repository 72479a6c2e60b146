package org.relaxon.runtime.cluster;

import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import org.relaxon.model.activation.StandardActivation;
import org.relaxon.model.cell.AuditFrame;
import org.relaxon.model.cell.Wiring;
import org.relaxon.model.loss.StandardLoss;
import org.relaxon.model.math.Matrix;
import org.relaxon.model.memento.StateReader;
import org.relaxon.model.network.Initialisation;
import org.relaxon.model.network.Network;
import org.relaxon.model.phase.Phase;
import org.relaxon.model.rule.Rule;
import org.relaxon.runtime.RunPlan;
import org.relaxon.runtime.actor.Abroad;
import org.relaxon.runtime.actor.ActorConfig;
import org.relaxon.runtime.actor.Commands;
import org.relaxon.runtime.actor.Coordinator;
import org.relaxon.runtime.actor.ShardActor;
import org.relaxon.runtime.shard.Division;
import org.relaxon.runtime.wire.Kind;
import org.relaxon.runtime.wire.Wire;

/**
 * One node of a cluster without the others, in this process alone. A {@link NodeSession} makes the
 * cells that the node would have, of the messages that a head would send; they relax on stand-in
 * signals from the nodes that are not there, and memory and work are measured as on a real node.
 * Only the weights of its own cells are drawn, with the bits that a whole draw gives them.
 */
public final class DryNode {
    /**
     * Which node it is.
     *
     * @param network structure of the network; its weights are not read
     * @param initialisation of which the weights are drawn
     * @param plan how the network is run
     * @param nodes number of nodes of the cluster, at least 1
     * @param index of this one among them, from 0
     */
    public record Place(
            Network network, Initialisation initialisation, RunPlan plan, int nodes, int index) {}

    private record Spawn<T>(Behavior<T> behavior, CompletableFuture<ActorRef<T>> spawned) {
        void by(ActorContext<Spawn<?>> context) {
            spawned.complete(context.spawnAnonymous(behavior));
        }
    }

    private static final long COPIES = 4; // of its weights, before it has them

    private final Place place;
    private final Wiring wiring;
    private final Division division;
    private final ActorSystem<Spawn<?>> system;
    private final BlockingQueue<Coordinator.Command> reports = new LinkedBlockingQueue<>();
    private NodeSession session;
    private Calls calls;

    private DryNode(Place place) {
        this.place = place;
        wiring = Wiring.of(place.network(), place.plan().granularity());
        division = Placement.balanced(wiring, place.nodes()).division();
        if (place.index() >= division.parts()) {
            throw new IllegalArgumentException(
                    "as: there is no node %d, as the network has cells for %d nodes"
                            .formatted(place.index() + 1, division.parts()));
        }
        requireRoom(NodeModel.of(wiring, division, place.index(), place.plan(), 1));
        system = ActorSystem.create(root(), "relaxon-dry", ActorConfig.of(1));
    }

    /** Weights are drawn, written, read and loaded, each time in other memory. */
    private void requireRoom(NodeModel node) {
        if (node.synapses() > Wire.BYTES_MAX / Double.BYTES) {
            throw new IllegalArgumentException(
                    "as: node %d has %d synapses, and one message with at most %d weights opens a session; use more nodes, or smaller cells"
                            .formatted(
                                    place.index() + 1,
                                    node.synapses(),
                                    Wire.BYTES_MAX / Double.BYTES));
        }
        long need = node.bytes() + (COPIES - 1) * Double.BYTES * node.synapses();
        if (need > Runtime.getRuntime().maxMemory() / 5 * 4) {
            throw new IllegalArgumentException(
                    "memory: node %d needs about %d MiB, and %d MiB while its weights are made; raise the heap (RELAXON_JAVA_OPTS=-Xmx...), or use more nodes"
                            .formatted(place.index() + 1, node.bytes() >> 20, need >> 20));
        }
    }

    private static Behavior<Spawn<?>> root() {
        return Behaviors.setup(
                context ->
                        Behaviors.receiveMessage(
                                spawn -> {
                                    spawn.by(context);
                                    return Behaviors.same();
                                }));
    }

    /**
     * {@return what a node takes and does}
     *
     * @param place which node
     * @param phases of one estimate, in their order, by the names under which those that another
     *     starts from are saved
     * @throws IllegalArgumentException if there is no such node
     */
    public static DryReport report(Place place, Map<String, Phase> phases) {
        play(small(place), Map.of("", Phase.free(Matrix.zeros(1, 1))));
        return play(place, phases);
    }

    /** A node of another network; what a process makes once and for all is there afterwards. */
    private static Place small(Place place) {
        Initialisation init = Initialisation.uniform(1);
        Network network =
                Network.layered(
                        new int[] {1, 2, 1},
                        StandardActivation.TANH,
                        StandardActivation.LINEAR,
                        StandardLoss.SQUARED,
                        init);
        return new Place(network, init, RunPlan.of(place.plan().rule()), 2, 1);
    }

    private static DryReport play(Place place, Map<String, Phase> phases) {
        DryNode node = new DryNode(place);
        try {
            return node.measured(phases);
        } finally {
            node.close();
        }
    }

    private void close() {
        if (session != null) {
            session.close();
        }
        system.terminate();
        system.getWhenTerminated().toCompletableFuture().join();
    }

    private DryReport measured(Map<String, Phase> phases) {
        open();
        int columns = 0;
        long id = 0;
        for (Map.Entry<String, Phase> named : phases.entrySet()) {
            Phase phase = named.getValue();
            begin(++id, phase);
            new StandInSignals(wiring, division, place.index(), session.part().slots(0))
                    .relax(id, phase.columns(), place.plan().rule());
            if (phases.values().stream().anyMatch(p -> named.getKey().equals(p.start()))) {
                session.part().slots(0).forEach(slot -> slot.cell().snapshot(named.getKey()));
            }
            audit(phase);
            columns = Math.max(columns, phase.columns());
        }
        NodeUsage usage = calls.call(-1, Task.MEASURE, out -> {}, NodeUsage::load);
        Crossings crossings = new Crossings(wiring, division, columns, place.plan().rule());
        return new DryReport(
                place.index(),
                division.parts(),
                cells(),
                usage,
                crossings.of(place.index()),
                NodeModel.of(wiring, division, place.index(), place.plan(), columns),
                WholeCluster.of(wiring, division, place.plan(), columns, crossings));
    }

    /** Names of the first and the last cell. */
    private List<String> cells() {
        return List.of(
                wiring.cells().get(division.first(place.index())).name(),
                wiring.cells().get(division.first(place.index() + 1) - 1).name());
    }

    /** As a head would. */
    private void open() {
        ActorRef<Abroad> head = spawn(Way.create(null, true, new Sent(), this::receive));
        List<ActorRef<Abroad>> ends = new ArrayList<>(); // at the other nodes
        for (int k = 0; k < division.parts(); k++) {
            ends.add(spawn(Way.create(null, true, new Sent(), bytes -> {})));
        }
        calls = new Calls("node " + (place.index() + 1), head);
        session = new NodeSession(spawner(ends), place.index(), division.parts(), 1);
        boolean newestAlone = !place.plan().discipline().isInStep();
        ActorRef<Abroad> own =
                spawn(Way.create(head, newestAlone, session.sent(place.index()), session::receive));
        head.tell(new Way.Meet(own));
        List<ActorRef<Abroad>> ways = new ArrayList<>(Collections.nCopies(division.parts(), own));
        session.connect(ways);
        calls.call(-1, Task.COLLECT, out -> {}, in -> null);
        for (int k = 0; k < division.parts(); k++) {
            if (k != place.index()) {
                ways.set(k, spawn(Way.create(null, newestAlone, session.sent(k), bytes -> {})));
                ends.get(k).tell(new Way.Meet(ways.get(k)));
            }
        }
        open(ways);
    }

    private void open(List<ActorRef<Abroad>> ways) {
        Present present = Present.of(wiring, division, place.index());
        Network network = place.network();
        calls.call(
                -1,
                Task.OPEN,
                out -> {
                    NetworkForm.save(
                            network,
                            network.drawn(place.initialisation(), present.neurons()),
                            present.rows(),
                            out);
                    PlanForm.save(place.plan(), network, out);
                    out.writeInts(division.firsts());
                    out.writeInt(1);
                    for (int k = 0; k < ways.size(); k++) {
                        out.writeText(Integer.toString(k));
                    }
                },
                in -> null);
    }

    private NodeSession.Spawner spawner(List<ActorRef<Abroad>> ends) {
        return new NodeSession.Spawner() {
            @Override
            public <T> ActorRef<T> spawn(Behavior<T> behavior) {
                return DryNode.this.spawn(behavior);
            }

            @Override
            public ActorRef<Abroad> actor(String text) {
                return ends.get(Integer.parseInt(text));
            }
        };
    }

    private <T> ActorRef<T> spawn(Behavior<T> behavior) {
        CompletableFuture<ActorRef<T>> spawned = new CompletableFuture<>();
        system.tell(new Spawn<>(behavior, spawned));
        return spawned.join();
    }

    private void receive(byte[] message) {
        if (Wire.kind(message) == Kind.ANSWER) {
            calls.answered(message);
        } else {
            reports.add(Wire.read(message, Kind.REPORT, DryNode::report));
        }
    }

    private static Coordinator.Command report(StateReader in) {
        in.readInt(0, 0);
        return Commands.loadForCoordinator(in);
    }

    /** Opens a phase in all cells and takes them back. */
    private void begin(long id, Phase phase) {
        for (ShardActor.Command command :
                List.of(ShardActor.open(id, phase), ShardActor.freeze())) {
            calls.send(
                    Kind.COMMAND,
                    out -> {
                        out.writeInt(0);
                        Commands.save(command, wiring, out);
                    });
        }
        try {
            while (!Coordinator.isFrozen(reports.take())) {
                // what cells report before
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    /** What an audit leaves on a node. */
    private void audit(Phase phase) {
        Rule rule = place.plan().rule();
        AuditFrame frame = new AuditFrame(place.network(), phase, rule.dynamics().judge(rule));
        calls.call(
                0,
                Task.PUBLISH,
                frame::save,
                in -> {
                    frame.load(in);
                    return null;
                });
    }
}
