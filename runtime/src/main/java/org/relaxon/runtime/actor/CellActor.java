package org.relaxon.runtime.actor;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.SupervisorStrategy;
import akka.actor.typed.javadsl.Behaviors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.relaxon.model.cell.Link;
import org.relaxon.model.phase.Phase;
import org.relaxon.model.settle.Reason;
import org.relaxon.model.signal.Parcel;
import org.relaxon.runtime.settling.CellCounters;
import org.relaxon.runtime.settling.CellCounters.Incident;
import org.relaxon.runtime.settling.CellFailure;
import org.relaxon.runtime.slot.CrashedCell;
import org.relaxon.runtime.slot.Line;
import org.relaxon.runtime.slot.Slot;

/**
 * Hosts one cell in one actor; all arithmetic is in the cell, all bookkeeping in its slot. With
 * several lanes the actor has one of these for each twin of the cell, and receives for all of them
 * through one mailbox. A received signal is only recorded. The cell relaxes when its mailbox has
 * been drained, which a message to itself detects, and its pause is over, which the timer wheel
 * signals.
 *
 * <p>The actor owns its cell from {@link Begin} or {@link Thaw} until it answers {@link Freeze}. A
 * planned crash ends it; its supervisor restarts it around the same slot, which keeps counts,
 * weights and ownership of the cell, but none of its state.
 */
final class CellActor implements Line {
    /** The messages that the actor accepts. */
    sealed interface Command {}

    /** A message for another lane than the first. */
    record InLane(int lane, Command message) implements Command {}

    /** Open a phase and relax. {@code epoch} is the host time at which the phase begins. */
    record Begin(long phaseId, Phase phase, long epoch) implements Command {}

    /** Continue: resend the last signal on these outgoing links. */
    record Thaw(List<Link> unheard) implements Command {}

    /** A parcel arrives in one inbox slot. */
    record Deliver(int slot, Parcel parcel) implements Command {}

    /** A version of a phase has arrived at the end of a channel. */
    record Confirm(int channel, long phase, long version) implements Command {}

    /** The receiver of a link has lost its memory. */
    record Repeat(Link link, long phase) implements Command {}

    /** Time to check for unconfirmed parcels. */
    private record Alarm(long phaseId) implements Command {}

    /** The actor's message to itself: everything before it has been recorded. */
    private record Relax(long phaseId) implements Command {}

    /** Requests the numbers of signals that this cell has sent and processed. */
    record Probe(long wave) implements Command {}

    /** Hand the cell back. */
    enum Freeze implements Command {
        NOW
    }

    /** State that outlives a crash of the actor. */
    private static final class Tenure {
        private boolean mine;
        private boolean crashed;
        private long phaseId;
        private long epoch;
        private final List<Repeat> asked = new ArrayList<>(); // before this cell's Begin or Thaw
    }

    private static final long INBOX_SAMPLE_MASK = 7;

    private final ActorRef<Command> self;
    private final ActorRef<Coordinator.Command> coordinator;
    private final Routing routing;
    private final Slot slot;
    private final CellCounters counters;
    private final Early early; // parcels that came before their Begin or Thaw
    private final Tenure tenure;
    private boolean due;
    private long nextFree;
    private long firstArrival;
    private long now;
    private Command note;

    private CellActor(ActorRef<Command> self, Seat seat, Early early, Tenure tenure) {
        this.self = self;
        this.coordinator = seat.coordinator();
        this.routing = seat.routing();
        this.slot = seat.slot();
        this.counters = slot.counters();
        this.early = early;
        this.tenure = tenure;
        slot.connect(this);
    }

    /** An actor around a slot with the given number of inbox places. */
    static Behavior<Command> create(
            ActorRef<Coordinator.Command> coordinator, Routing routing, Slot slot, int places) {
        return create(List.of(new Seat(coordinator, routing, slot)), places);
    }

    /** The surroundings of one lane of a cell's actor. */
    record Seat(ActorRef<Coordinator.Command> coordinator, Routing routing, Slot slot) {}

    /** An actor around the slots of one cell's twins, by lane. */
    static Behavior<Command> create(List<Seat> seats, int places) {
        List<Early> early = seats.stream().map(s -> new Early(places)).toList();
        List<Tenure> tenures = seats.stream().map(s -> new Tenure()).toList();
        Behavior<Command> behavior =
                Behaviors.setup(
                        context -> {
                            CellActor[] lanes = new CellActor[seats.size()];
                            Arrays.setAll(
                                    lanes,
                                    k ->
                                            new CellActor(
                                                    context.getSelf(),
                                                    seats.get(k),
                                                    early.get(k),
                                                    tenures.get(k)));
                            for (CellActor lane : lanes) {
                                lane.comeBack();
                            }
                            return Behaviors.receiveMessage(message -> dispatch(lanes, message));
                        });
        return Behaviors.supervise(behavior)
                .onFailure(
                        CrashedCell.class, SupervisorStrategy.restart().withLoggingEnabled(false));
    }

    private static Behavior<Command> dispatch(CellActor[] lanes, Command message) {
        return message instanceof InLane in
                ? lanes[in.lane()].onCommand(in.message())
                : lanes[0].onCommand(message);
    }

    /** Restarts after a crash, without the cell's state. */
    private void comeBack() {
        if (!tenure.crashed) {
            return;
        }
        tenure.crashed = false;
        note = routing.inLane(new Relax(tenure.phaseId));
        now = System.nanoTime();
        try {
            if (slot.restart()) {
                wakeUp();
                hearEarly();
            } else {
                coordinator.tell(new Coordinator.Stop(Reason.CELL_LOST));
            }
        } catch (CrashedCell planned) {
            throw planned;
        } catch (RuntimeException | Error e) {
            report(e); // an actor that failed to start would never answer
        }
    }

    private void report(Throwable failure) {
        coordinator.tell(new Coordinator.Failed("cell " + slot.cell().id(), failure));
        if (CellFailure.isFatal(failure)) {
            throw (VirtualMachineError) failure;
        }
    }

    /** A failure here is a defect of the program: it is reported, and ends the settling. */
    private Behavior<Command> onCommand(Command command) {
        try {
            handle(command);
        } catch (CrashedCell planned) {
            tenure.crashed = true;
            throw planned;
        } catch (RuntimeException | Error e) {
            report(e);
        }
        return Behaviors.same();
    }

    private void handle(Command command) {
        if (command instanceof Deliver deliver) {
            onDeliver(deliver);
        } else if (command instanceof Relax relax) {
            onRelax(relax);
        } else if (command instanceof Confirm confirm) {
            if (tenure.mine && confirm.phase() == tenure.phaseId) {
                slot.onAcknowledged(confirm.channel(), confirm.version());
            }
        } else if (command instanceof Probe probe) {
            onProbe(probe);
        } else if (command instanceof Begin begin) {
            onBegin(begin);
        } else if (command instanceof Thaw thaw) {
            onThaw(thaw);
        } else if (command instanceof Alarm alarm) {
            onAlarm(alarm);
        } else if (command instanceof Repeat repeat) {
            onRepeat(repeat);
        } else if (command == Freeze.NOW) {
            tenure.mine = false;
            coordinator.tell(Coordinator.Frozen.ONE);
        } else {
            throw new AssertionError("no handler for " + command);
        }
    }

    private void onBegin(Begin begin) {
        tenure.mine = true;
        due = false;
        tenure.phaseId = begin.phaseId();
        tenure.epoch = begin.epoch();
        note = routing.inLane(new Relax(tenure.phaseId));
        now = System.nanoTime();
        slot.open(begin.phaseId(), begin.phase());
        nextFree = now + slot.stagger();
        wakeUp();
        hearEarly();
    }

    private void onThaw(Thaw thaw) {
        tenure.mine = true;
        now = System.nanoTime();
        slot.resume(thaw.unheard(), hostTime());
        wakeUp();
        hearEarly();
    }

    private long hostTime() {
        return now - tenure.epoch;
    }

    private void wakeUp() {
        slot.wakeUp();
        schedule();
    }

    /** A neighbour that began earlier may have sent before this cell began. */
    private void hearEarly() {
        List<Repeat> questions = List.copyOf(tenure.asked);
        tenure.asked.clear();
        questions.forEach(this::onRepeat);
        counters.count(Incident.LATE, early.takeLate(tenure.phaseId));
        List<Deliver> kept = early.take();
        for (int k = 0; k < kept.size(); k++) {
            try {
                onDeliver(kept.get(k));
            } catch (CrashedCell planned) {
                kept.subList(k + 1, kept.size()).forEach(early::add);
                tenure.crashed = true; // also while this actor is restarting
                throw planned;
            }
        }
        int replaced = early.takeReplaced();
        counters.received += replaced;
        counters.stale += replaced;
    }

    private void onDeliver(Deliver deliver) {
        if (!tenure.mine) {
            early.add(deliver);
            return;
        }
        if (slot.hear(deliver.slot(), deliver.parcel(), hostTime())) {
            schedule();
        }
    }

    private void onRepeat(Repeat repeat) {
        if (!tenure.mine) {
            tenure.asked.add(repeat); // the crashed neighbour's detector expects an answer
        } else if (repeat.phase() == tenure.phaseId) {
            now = System.nanoTime();
            slot.onAsked(repeat.link(), hostTime());
            schedule();
        }
    }

    private void onAlarm(Alarm alarm) {
        if (tenure.mine && alarm.phaseId() == tenure.phaseId) {
            now = System.nanoTime();
            slot.onAlarm(hostTime());
        }
    }

    private void schedule() {
        if (due) {
            return;
        }
        due = true;
        if (!slot.waits()) {
            firstArrival = isSampled() ? System.nanoTime() : 0;
            self.tell(note);
            return;
        }
        firstArrival = System.nanoTime();
        long at = Math.max(firstArrival, nextFree) + slot.tick();
        if (firstArrival >= at) {
            self.tell(note);
        } else {
            routing.wheel().schedule(firstArrival, at, self, note);
        }
    }

    private void onRelax(Relax relax) {
        if (!tenure.mine || !due || relax.phaseId() != tenure.phaseId) {
            return; // set before a freeze or for an earlier phase
        }
        due = false;
        now = System.nanoTime();
        if (isSampled()) {
            routing.inboxWait().record(now - firstArrival);
        }
        boolean again = slot.relax(hostTime());
        nextFree = now + slot.pause();
        if (again) {
            wakeUp(); // pending work of its own, for which quiescence waits
        }
    }

    private boolean isSampled() {
        return (counters.relaxations & INBOX_SAMPLE_MASK) == 0;
    }

    @Override
    public void depart(int channel, Parcel parcel, long travelNanos) {
        Command deliver = routing.inLane(new Deliver(routing.inbox(channel), parcel));
        if (travelNanos == 0) {
            routing.receiver(channel).tell(deliver);
        } else {
            routing.wheel().carry(now, now + travelNanos, routing.receiver(channel), deliver);
        }
    }

    @Override
    public void stray(int channel, Parcel parcel, long travelNanos) {
        Command deliver = routing.inLane(new Deliver(routing.inbox(channel), parcel));
        if (travelNanos == 0) {
            routing.receiver(channel).tell(deliver);
        } else {
            routing.wheel().schedule(now, now + travelNanos, routing.receiver(channel), deliver);
        }
    }

    @Override
    public void acknowledge(int channel, long version, long travelNanos) {
        Command confirm = routing.inLane(new Confirm(channel, tenure.phaseId, version));
        if (travelNanos == 0) {
            routing.sender(channel).tell(confirm);
        } else {
            long at = System.nanoTime();
            routing.wheel().schedule(at, at + travelNanos, routing.sender(channel), confirm);
        }
    }

    @Override
    public void ask(Link link) {
        Command question = routing.inLane(new Repeat(link, tenure.phaseId));
        routing.cells().get(link.from()).tell(question);
    }

    @Override
    public void alarm(int cell, long at) {
        long deadline = tenure.epoch + at;
        Command alarm = routing.inLane(new Alarm(tenure.phaseId));
        routing.wheel().schedule(now, deadline, self, alarm);
    }

    private void onProbe(Probe probe) {
        Coordinator.Report report =
                new Coordinator.Report(
                        probe.wave(),
                        counters.sent + slot.unconfirmed(),
                        counters.lost(),
                        counters.wakeUps,
                        counters.processed,
                        counters.relaxations);
        long channel = 2L * slot.cell().id().index() + 1;
        long at = System.nanoTime();
        long sinceBegin = Math.max(0, at - tenure.epoch);
        long travel =
                routing.links().controlNanos(channel, tenure.phaseId, probe.wave(), sinceBegin);
        if (travel == 0) {
            coordinator.tell(report);
        } else {
            routing.wheel().schedule(at, at + travel, coordinator, report);
        }
    }
}
