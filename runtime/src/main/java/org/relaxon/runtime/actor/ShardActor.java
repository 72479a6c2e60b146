package org.relaxon.runtime.actor;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.Behaviors;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.relaxon.model.cell.Link;
import org.relaxon.model.phase.Phase;
import org.relaxon.model.settle.Reason;
import org.relaxon.runtime.quiescence.Counts;
import org.relaxon.runtime.quiescence.Wave;

/**
 * One shard of a lane while its cells run: hands them to their actors and back, and detects how
 * much they have sent and processed. The coordinator sends one message per shard and receives one
 * answer; everything that goes to single cells begins and ends here.
 *
 * <p>It may know its own cells, what the coordinator sends, and its own clock. It may not know
 * other shards, the session or the coordinator's clock: times are relative to the moment at which
 * the phase began here. Probes and answers between coordinator and shard take the delays of
 * signals; those between a shard and its own cells are messages within one process.
 */
public final class ShardActor {
    /** The messages that the actor accepts. */
    public sealed interface Command {}

    /** Open a phase in every cell. */
    record Open(long phaseId, Phase phase) implements Command {}

    /** Continue: resend the last signal on these links from own cells. */
    record Thaw(List<Link> unheard) implements Command {}

    /** Requests the counts of all own cells. */
    record Probe(long wave) implements Command {}

    /** Hand all cells back. */
    enum Freeze implements Command {
        NOW
    }

    /** One cell's answer to a probe. */
    record Report(long wave, Counts counts) implements Command {}

    /** The actor of a cell no longer touches its cell. */
    enum Frozen implements Command {
        ONE
    }

    /** A cell has crashed once too often. */
    enum Lost implements Command {
        ONE
    }

    /** A cell threw an exception: a defect of the program. */
    record Failed(String where, Throwable cause) implements Command {}

    private final int shard;
    private final ShardRoom room;
    private final Wave wave;
    private int frozen; // cells, since the last freeze

    private ShardActor(int shard, ShardRoom room) {
        this.shard = shard;
        this.room = room;
        wave = new Wave(room.size());
    }

    /**
     * {@return the phase that a command opens; null if it opens none}
     *
     * @param command what goes to a shard
     */
    public static Phase opens(Command command) {
        return command instanceof Open open ? open.phase() : null;
    }

    /**
     * {@return the command that opens a phase in every cell}
     *
     * @param phaseId id that the parcels of the phase carry
     * @param phase inputs, targets and strengths imposed
     */
    public static Command open(long phaseId, Phase phase) {
        return new Open(phaseId, phase);
    }

    /** {@return the command that takes all cells back} */
    public static Command freeze() {
        return Freeze.NOW;
    }

    /** For the cells in a room. */
    static Behavior<Command> create(int shard, ShardRoom room) {
        return Behaviors.setup(
                context -> {
                    ShardActor actor = new ShardActor(shard, room);
                    return Behaviors.receiveMessage(actor::onCommand);
                });
    }

    /** An exception here, such as from a delay model, ends the run as it does in a cell. */
    private Behavior<Command> onCommand(Command command) {
        return Coordinator.reporting(() -> handle(command), root()::tell);
    }

    private void handle(Command command) {
        if (command instanceof Report report) {
            onReport(report);
        } else if (command instanceof Probe probe) {
            if (wave.begin(probe.wave())) {
                tellAll(new CellActor.Probe(probe.wave()));
            }
        } else if (command instanceof Open open) {
            room.open(open.phaseId(), open.phase(), System.nanoTime());
            tellAll(CellActor.Begin.NOW);
        } else if (command instanceof Thaw thaw) {
            onThaw(thaw);
        } else if (command == Freeze.NOW) {
            frozen = 0;
            tellAll(CellActor.Freeze.NOW);
        } else if (command == Frozen.ONE) {
            if (++frozen == room.size()) {
                root().tell(Coordinator.Frozen.ONE);
            }
        } else if (command == Lost.ONE) {
            root().tell(new Coordinator.Stop(Reason.CELL_LOST));
        } else if (command instanceof Failed failed) {
            root().tell(new Coordinator.Failed(failed.where(), failed.cause()));
        } else {
            throw new AssertionError("no handler for " + command);
        }
    }

    private ActorRef<Coordinator.Command> root() {
        return room.routing().coordinator();
    }

    private void tellAll(CellActor.Command message) {
        CellActor.Command addressed = room.routing().inLane(message);
        room.cells().forEach(c -> c.tell(addressed));
    }

    private void onThaw(Thaw thaw) {
        Map<Integer, List<Link>> bySender =
                thaw.unheard().stream().collect(Collectors.groupingBy(Link::from));
        int first = room.first();
        List<ActorRef<CellActor.Command>> cells = room.cells();
        for (int k = 0; k < cells.size(); k++) {
            List<Link> own = bySender.getOrDefault(first + k, List.of());
            cells.get(k).tell(room.routing().inLane(new CellActor.Thaw(own)));
        }
    }

    private void onReport(Report report) {
        if (!wave.answer(report.wave(), report.counts())) {
            return;
        }
        Coordinator.Report answer = new Coordinator.Report(report.wave(), wave.total());
        long now = System.nanoTime();
        long travel = room.travel(2L * shard + 1, report.wave(), now);
        if (travel == 0) {
            root().tell(answer);
        } else {
            room.routing().wheel().schedule(now, now + travel, root(), answer);
        }
    }
}
