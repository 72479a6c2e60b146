package org.relaxon.runtime.actor;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.Behaviors;
import java.util.List;
import org.relaxon.model.cell.Cell;
import org.relaxon.model.cell.Link;
import org.relaxon.model.cell.Outbox;
import org.relaxon.model.cell.Receipt;
import org.relaxon.model.math.CounterRandom;
import org.relaxon.model.phase.Phase;
import org.relaxon.model.signal.Signal;
import org.relaxon.runtime.fault.LinkPlan;
import org.relaxon.runtime.metrics.Histograms;
import org.relaxon.runtime.settling.CellCounters;
import org.relaxon.runtime.settling.CellFailure;

/**
 * Hosts one cell in one actor; all arithmetic is in the cell. Receiving records. The cell relaxes
 * when its mailbox has been drained, which a note to itself finds out, and its jittered refractory
 * period is over, which the wheel tells.
 *
 * <p>The actor owns its cell from {@link Begin} or {@link Thaw} until it answers {@link Freeze}.
 */
final class CellActor {
    /** What the actor understands. */
    sealed interface Command {}

    /** Open a phase and relax. {@code epoch} is the host time at which the phase begins. */
    record Begin(long phaseId, Phase phase, long epoch) implements Command {}

    /** Go on: say the last word on these outgoing links again. */
    record Thaw(List<Link> unheard) implements Command {}

    /** A signal arrives in one inbox slot. */
    record Deliver(int slot, Signal signal) implements Command {}

    /** The actor's note to itself that everything before it has been recorded. */
    private record Relax(long phaseId) implements Command {}

    /** How many signals has this cell sent and processed? */
    record Probe(long wave) implements Command {}

    /** Hand the cell back. */
    enum Freeze implements Command {
        NOW
    }

    private static final long JITTER_STREAM = 1L << 48;
    private static final long INBOX_SAMPLE_MASK = 7;

    private final ActorRef<Command> self;
    private final ActorRef<Coordinator.Command> coordinator;
    private final Routing routing;
    private final Cell cell;
    private final CellCounters counters;
    private final Outbox outbox = this::send;
    private boolean mine;
    private boolean due;
    private long nextFree;
    private long firstArrival;
    private long phaseId;
    private long epoch;
    private long now;
    private final Early early; // signals that came before their Begin or Thaw
    private Relax note;

    private CellActor(
            ActorRef<Command> self,
            ActorRef<Coordinator.Command> coordinator,
            Routing routing,
            Cell cell,
            CellCounters counters,
            int slots) {
        this.self = self;
        this.coordinator = coordinator;
        this.routing = routing;
        this.cell = cell;
        this.counters = counters;
        this.early = new Early(slots);
    }

    static Behavior<Command> create(
            ActorRef<Coordinator.Command> coordinator,
            Routing routing,
            Cell cell,
            CellCounters counters,
            int slots) {
        return Behaviors.setup(
                context -> {
                    CellActor actor =
                            new CellActor(
                                    context.getSelf(), coordinator, routing, cell, counters, slots);
                    return Behaviors.receiveMessage(actor::onCommand);
                });
    }

    /** A failure here is a defect of the program: it is reported, and ends the settling. */
    private Behavior<Command> onCommand(Command command) {
        try {
            handle(command);
        } catch (RuntimeException | Error e) {
            coordinator.tell(new Coordinator.Failed("cell " + cell.id(), e));
            if (CellFailure.isFatal(e)) {
                throw e;
            }
        }
        return Behaviors.same();
    }

    private void handle(Command command) {
        if (command instanceof Deliver deliver) {
            onDeliver(deliver);
        } else if (command instanceof Relax relax) {
            onRelax(relax);
        } else if (command instanceof Probe probe) {
            onProbe(probe);
        } else if (command instanceof Begin begin) {
            onBegin(begin);
        } else if (command instanceof Thaw thaw) {
            onThaw(thaw);
        } else if (command == Freeze.NOW) {
            mine = false;
            coordinator.tell(Coordinator.Frozen.ONE);
        } else {
            throw new AssertionError("no handler for " + command);
        }
    }

    private void onBegin(Begin begin) {
        mine = true;
        due = false;
        phaseId = begin.phaseId();
        epoch = begin.epoch();
        note = new Relax(phaseId);
        counters.reset();
        cell.open(phaseId, begin.phase());
        hearEarly();
        nextFree = System.nanoTime() + (long) (routing.refractoryNanos() * jitter());
        wakeUp();
    }

    private void onThaw(Thaw thaw) {
        mine = true;
        now = System.nanoTime();
        hearEarly();
        for (Link link : thaw.unheard()) {
            cell.reannounce(link, outbox);
        }
        wakeUp();
    }

    private void wakeUp() {
        counters.wakeUps++;
        counters.received++;
        schedule();
    }

    /** A neighbour that was told to begin first may have spoken before this cell was. */
    private void hearEarly() {
        counters.late += early.takeLate(phaseId);
        int count = early.takeCount();
        counters.received += count;
        counters.stale += count - early.drain(cell);
    }

    private void onDeliver(Deliver deliver) {
        if (!mine) {
            early.add(deliver.slot(), deliver.signal());
            return;
        }
        Receipt receipt = cell.receive(deliver.slot(), deliver.signal());
        if (receipt == Receipt.LATE) {
            counters.late++; // sent in another phase, so not part of this one's balance
            return;
        }
        counters.received++;
        if (receipt == Receipt.STALE) {
            counters.stale++;
        }
        schedule();
    }

    private void schedule() {
        if (due) {
            return;
        }
        due = true;
        if (routing.refractoryNanos() == 0) {
            firstArrival = isSampled() ? System.nanoTime() : 0;
            self.tell(note);
            return;
        }
        firstArrival = System.nanoTime();
        if (firstArrival >= nextFree) {
            self.tell(note);
        } else {
            routing.wheel().schedule(firstArrival, nextFree, self, note);
        }
    }

    private void onRelax(Relax relax) {
        if (!mine || !due || relax.phaseId() != phaseId) {
            return; // set before a freeze or for an earlier phase
        }
        due = false;
        now = System.nanoTime();
        if (isSampled()) {
            routing.inboxWait().recordValue(Histograms.clip(now - firstArrival));
        }
        boolean again = cell.relax(outbox);
        counters.processed = counters.received;
        counters.relaxations++;
        nextFree = now + (long) (routing.refractoryNanos() * (0.5 + jitter()));
        if (again) {
            wakeUp(); // pending work of its own, which quiescence waits for
        }
    }

    private boolean isSampled() {
        return (counters.relaxations & INBOX_SAMPLE_MASK) == 0;
    }

    private void send(int link, Signal signal) {
        long travel = routing.links().travelNanos(link, signal, now - epoch);
        if (travel == LinkPlan.LOST) {
            counters.lost++;
            return;
        }
        counters.sent++;
        Deliver deliver = new Deliver(routing.slot(link), signal);
        if (travel == 0) {
            routing.receiver(link).tell(deliver);
        } else {
            routing.wheel().carry(now, now + travel, routing.receiver(link), deliver);
        }
    }

    private void onProbe(Probe probe) {
        Coordinator.Report report =
                new Coordinator.Report(
                        probe.wave(),
                        counters.sent,
                        counters.lost,
                        counters.wakeUps,
                        counters.processed);
        long channel = 2L * cell.id().index() + 1;
        long travel = routing.links().controlNanos(channel, phaseId, probe.wave());
        if (travel == 0) {
            coordinator.tell(report);
        } else {
            long at = System.nanoTime();
            routing.wheel().schedule(at, at + travel, coordinator, report);
        }
    }

    /** Uniform in [0, 1), a function of (seed, cell, its number of relaxations). */
    private double jitter() {
        return routing.refractoryNanos() == 0
                ? 0.0
                : CounterRandom.uniform(
                        routing.seed(), JITTER_STREAM + cell.id().index(), counters.relaxations);
    }
}
