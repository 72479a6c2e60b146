package org.relaxon.runtime.actor;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.ExtensibleBehavior;
import akka.actor.typed.SupervisorStrategy;
import akka.actor.typed.TypedActorContext;
import akka.actor.typed.javadsl.Behaviors;
import java.util.ArrayList;
import java.util.List;
import org.relaxon.model.cell.Link;
import org.relaxon.model.signal.Parcel;
import org.relaxon.runtime.settling.CellCounters;
import org.relaxon.runtime.settling.CellCounters.Incident;
import org.relaxon.runtime.settling.CellFailure;
import org.relaxon.runtime.slot.CrashedCell;
import org.relaxon.runtime.slot.Line;
import org.relaxon.runtime.slot.Slot;

/**
 * One lane of an actor that hosts a cell; all arithmetic is in the cell, all bookkeeping in its
 * slot. With several lanes an actor has one of these for each twin of the cell, and receives for
 * all of them through one mailbox. A received signal is only recorded. The cell relaxes when its
 * mailbox has been drained, which a message to itself detects, and its pause is over, which the
 * timer wheel signals.
 *
 * <p>The actor owns its cell from {@link Begin} or {@link Thaw} until it answers {@link Freeze}. A
 * planned crash ends it; its supervisor restarts it around the same slot, which keeps counts,
 * weights and ownership of the cell, but none of its state.
 */
final class CellActor extends ExtensibleBehavior<CellActor.Command> implements Line {
    /** The messages that the actor accepts. */
    sealed interface Command {}

    /** Gives a new actor its lanes; {@code crashes} if its cell is to crash. */
    record Take(List<CellActor> lanes, boolean crashes) implements Command {
        private Behavior<Command> begin(ActorRef<Command> self) {
            if (!crashes) {
                return occupied(self);
            }
            Behavior<Command> fresh = Behaviors.setup(context -> occupied(self));
            return Behaviors.supervise(fresh)
                    .onFailure(
                            CrashedCell.class,
                            SupervisorStrategy.restart().withLoggingEnabled(false));
        }

        private Behavior<Command> occupied(ActorRef<Command> self) {
            lanes.forEach(lane -> lane.comeBack(self));
            return lanes.size() == 1 ? lanes.get(0) : Behaviors.receiveMessage(this::inLane);
        }

        private Behavior<Command> inLane(Command message) {
            return message instanceof InLane in
                    ? lanes.get(in.lane()).onCommand(in.message())
                    : lanes.get(0).onCommand(message);
        }
    }

    /** A message for another lane than the first. */
    record InLane(int lane, Command message) implements Command {}

    /** Open the phase that the shard has received, and relax. */
    enum Begin implements Command {
        NOW
    }

    /** Continue: resend the last signal on these outgoing links. */
    record Thaw(List<Link> unheard) implements Command {}

    /** A parcel, with the chain of its sender, arrives in one inbox slot. */
    record Deliver(int slot, Parcel parcel, int chain) implements Command {}

    /**
     * The same for a parcel that stands for older ones on its channel, sent and never to arrive.
     */
    record Replace(int slot, Parcel parcel, int chain, int older) implements Command {}

    /** A version of a phase has arrived at the end of a channel. */
    record Confirm(int channel, long phase, long version) implements Command {}

    /** The receiver of a link has lost its memory. */
    record Repeat(Link link, long phase) implements Command {}

    /** Time to check for unconfirmed parcels. */
    private record Alarm(long phaseId) implements Command {}

    /** The actor's message to itself: everything before it has been recorded. */
    record Relax(long phaseId) implements Command {}

    /** Requests the numbers of signals that this cell has sent and processed. */
    record Probe(long wave) implements Command {}

    /** Hand the cell back. */
    enum Freeze implements Command {
        NOW
    }

    private static final long INBOX_SAMPLE_MASK = 7;

    private final ShardRoom room;
    private final Slot slot;
    private ActorRef<Command> self;
    private boolean mine;
    private boolean crashed;
    private Early early; // parcels that came before their Begin or Thaw; null without any
    private List<Repeat> asked = List.of(); // before this cell's Begin or Thaw
    private boolean due; // a relaxation has been scheduled
    private long nextFree;
    private long firstArrival;
    private long now;
    private long unfinished; // as last reported

    CellActor(ShardRoom room, Slot slot) {
        this.room = room;
        this.slot = slot;
    }

    /**
     * An actor without a cell, which waits for {@link Take}. All actors begin with the same
     * behaviour, so that none has to keep what made it.
     */
    static Behavior<Command> create() {
        return Behaviors.receive((context, message) -> ((Take) message).begin(context.getSelf()));
    }

    /** Begins, or restarts after a crash without the cell's state and what was scheduled. */
    private void comeBack(ActorRef<Command> actor) {
        self = actor;
        slot.connect(this);
        if (!crashed) {
            return;
        }
        crashed = false;
        due = false;
        nextFree = 0;
        now = System.nanoTime();
        try {
            if (slot.restart()) {
                wakeUp();
                hearEarly();
            } else {
                room.shard().tell(ShardActor.Lost.ONE);
            }
        } catch (CrashedCell planned) {
            throw planned;
        } catch (RuntimeException | Error e) {
            report(e); // an actor that failed to start would never answer
        }
    }

    @Override
    public Behavior<Command> receive(TypedActorContext<Command> context, Command message) {
        return onCommand(message);
    }

    @Override
    public Behavior<Command> receiveSignal(
            TypedActorContext<Command> context, akka.actor.typed.Signal signal) {
        return Behaviors.unhandled();
    }

    private Routing routing() {
        return room.routing();
    }

    private void report(Throwable failure) {
        room.shard().tell(new ShardActor.Failed("cell " + slot.cell().id(), failure));
        if (CellFailure.isFatal(failure)) {
            throw (VirtualMachineError) failure;
        }
    }

    /** A failure here is a defect of the program: it is reported, and ends the settling. */
    private Behavior<Command> onCommand(Command command) {
        try {
            handle(command);
        } catch (CrashedCell planned) {
            crashed = true;
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
            if (mine && confirm.phase() == slot.phaseId()) {
                slot.onAcknowledged(confirm.channel(), confirm.version());
                routing().report(unreported());
            }
        } else if (command instanceof Probe probe) {
            onProbe(probe);
        } else if (command == Begin.NOW) {
            onBegin();
        } else if (command instanceof Thaw thaw) {
            onThaw(thaw);
        } else if (command instanceof Replace replace) {
            onReplace(replace);
        } else if (command instanceof Alarm alarm) {
            onAlarm(alarm);
        } else if (command instanceof Repeat repeat) {
            onRepeat(repeat);
        } else if (command == Freeze.NOW) {
            mine = false;
            room.shard().tell(ShardActor.Frozen.ONE);
        } else {
            throw new AssertionError("no handler for " + command);
        }
    }

    private void onBegin() {
        mine = true;
        due = false;
        unfinished = 1; // the wake-up
        now = System.nanoTime();
        slot.open(room.phaseId(), room.phase());
        nextFree = now + slot.stagger();
        wakeUp();
        hearEarly();
    }

    private void onThaw(Thaw thaw) {
        mine = true;
        unfinished = slot.unfinished() + 1; // the wake-up
        now = System.nanoTime();
        slot.resume(thaw.unheard(), hostTime());
        wakeUp();
        hearEarly();
    }

    private long hostTime() {
        return now - room.epoch();
    }

    private void wakeUp() {
        slot.wakeUp();
        schedule();
    }

    /** A neighbour that began earlier may have sent before this cell began. */
    private void hearEarly() {
        List<Repeat> questions = asked;
        asked = List.of();
        questions.forEach(this::onRepeat);
        if (early == null) {
            return;
        }
        CellCounters counters = slot.counters();
        counters.count(Incident.LATE, early.takeLate(slot.phaseId()));
        List<Deliver> kept = early.take();
        for (int k = 0; k < kept.size(); k++) {
            try {
                onDeliver(kept.get(k));
            } catch (CrashedCell planned) {
                kept.subList(k + 1, kept.size()).forEach(early::add);
                crashed = true; // also while this actor is restarting
                throw planned;
            }
        }
        int replaced = early.takeReplaced();
        counters.received += replaced;
        counters.stale += replaced;
        early = null;
    }

    private void onDeliver(Deliver deliver) {
        if (!mine) {
            early = early == null ? new Early(routing().places(slot.cell())) : early;
            early.add(deliver);
            return;
        }
        if (slot.hear(deliver.slot(), deliver.parcel(), deliver.chain(), hostTime())) {
            schedule();
        } else {
            routing().report(unreported());
        }
    }

    private void onReplace(Replace replace) {
        Deliver newest = new Deliver(replace.slot(), replace.parcel(), replace.chain());
        if (!mine) {
            onDeliver(newest);
            early.addReplaced(replace.parcel().phase(), replace.older());
            return;
        }
        CellCounters counters = slot.counters();
        if (replace.parcel().phase() == slot.phaseId()) {
            counters.received += replace.older();
            counters.stale += replace.older();
        } else {
            counters.count(Incident.LATE, replace.older());
        }
        onDeliver(newest);
    }

    private void onRepeat(Repeat repeat) {
        if (!mine) {
            asked = asked.isEmpty() ? new ArrayList<>() : asked;
            asked.add(repeat); // the crashed neighbour's detector expects an answer
        } else if (repeat.phase() == slot.phaseId()) {
            now = System.nanoTime();
            slot.onAsked(repeat.link(), hostTime());
            schedule();
        }
    }

    private void onAlarm(Alarm alarm) {
        if (mine && alarm.phaseId() == slot.phaseId()) {
            now = System.nanoTime();
            slot.onAlarm(hostTime());
            routing().report(unreported());
        }
    }

    private void schedule() {
        if (due) {
            return;
        }
        due = true;
        if (!slot.waits()) {
            firstArrival = isSampled() ? System.nanoTime() : 0;
            self.tell(room.note());
            return;
        }
        firstArrival = System.nanoTime();
        long at = Math.max(firstArrival, nextFree) + slot.tick();
        if (firstArrival >= at) {
            self.tell(room.note());
        } else {
            routing().wheel().schedule(firstArrival, at, self, room.note());
        }
    }

    private void onRelax(Relax relax) {
        if (!mine || !due || relax.phaseId() != slot.phaseId()) {
            return; // set before a freeze or for an earlier phase
        }
        due = false;
        now = System.nanoTime();
        if (isSampled()) {
            routing().inboxWait().record(now - firstArrival);
        }
        routing().relaxing();
        boolean again = slot.relax(hostTime());
        nextFree = now + slot.pause();
        if (again) {
            wakeUp(); // pending work of its own, for which quiescence waits
        }
        routing().relaxed(unreported());
    }

    private long unreported() {
        long before = unfinished;
        unfinished = slot.unfinished();
        return unfinished - before;
    }

    private boolean isSampled() {
        return (slot.counters().relaxations & INBOX_SAMPLE_MASK) == 0;
    }

    @Override
    public void depart(int channel, Parcel parcel, int chain, long travelNanos) {
        routing().depart(channel, parcel, chain, now, travelNanos, true);
    }

    @Override
    public void stray(int channel, Parcel parcel, long travelNanos) {
        routing().depart(channel, parcel, 0, now, travelNanos, false);
    }

    @Override
    public void acknowledge(int channel, long version, long travelNanos) {
        long at = travelNanos == 0 ? 0 : System.nanoTime();
        routing().confirm(channel, slot.phaseId(), version, at, travelNanos);
    }

    @Override
    public void ask(Link link) {
        routing().ask(link, slot.phaseId());
    }

    @Override
    public void alarm(int cell, long at) {
        long deadline = room.epoch() + at;
        Command alarm = routing().inLane(new Alarm(slot.phaseId()));
        routing().wheel().schedule(now, deadline, self, alarm);
    }

    private void onProbe(Probe probe) {
        room.shard().tell(new ShardActor.Report(probe.wave(), slot.counts()));
    }
}
