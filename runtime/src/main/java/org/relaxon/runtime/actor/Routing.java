package org.relaxon.runtime.actor;

import akka.actor.typed.ActorRef;
import java.util.ArrayList;
import java.util.List;
import org.relaxon.model.cell.Cell;
import org.relaxon.runtime.link.LinkPlan;
import org.relaxon.runtime.metrics.SpanRecorder;
import org.relaxon.runtime.protocol.Channels;
import org.relaxon.runtime.slot.Slots;

/**
 * State that all actors of a lane share and only read: the receiver of each channel, the travel
 * times of parcels, and the wheel that carries them.
 */
final class Routing {
    private final int lane;
    private final Slots slots;
    private final Channels channels;
    private final TimerWheel wheel;
    private final SpanRecorder inboxWait;
    private final List<ActorRef<CellActor.Command>> cells = new ArrayList<>();
    private ActorRef<Coordinator.Command> coordinator;

    /** Of the phase for which one was asked last; an actor that does not see it makes its own. */
    private CellActor.Relax relax = new CellActor.Relax(0);

    Routing(int lane, Slots slots, TimerWheel wheel, SpanRecorder inboxWait) {
        this.lane = lane;
        this.slots = slots;
        channels = slots.channels();
        this.wheel = wheel;
        this.inboxWait = inboxWait;
    }

    /** Called once, before the first message is sent. */
    void lead(ActorRef<Coordinator.Command> leader) {
        coordinator = leader;
    }

    ActorRef<Coordinator.Command> coordinator() {
        return coordinator;
    }

    /** Called for every cell in order, before the first message is sent. */
    void add(ActorRef<CellActor.Command> cell) {
        cells.add(cell);
    }

    /** A message for this lane of the receiving actor. */
    CellActor.Command inLane(CellActor.Command message) {
        return lane == 0 ? message : new CellActor.InLane(lane, message);
    }

    /** The message by which a cell's actor asks itself to let the cell relax. */
    CellActor.Command note(long phaseId) {
        CellActor.Relax known = relax;
        if (known.phaseId() != phaseId) {
            known = new CellActor.Relax(phaseId);
            relax = known;
        }
        return inLane(known);
    }

    /** Number of inbox places of a cell. */
    int places(Cell cell) {
        return slots.slots(cell.id().index());
    }

    ActorRef<CellActor.Command> receiver(int channel) {
        return cells.get(channels.to(channel));
    }

    ActorRef<CellActor.Command> sender(int channel) {
        return cells.get(channels.from(channel));
    }

    int inbox(int channel) {
        return channels.slot(channel);
    }

    List<ActorRef<CellActor.Command>> cells() {
        return cells;
    }

    LinkPlan links() {
        return slots.links();
    }

    TimerWheel wheel() {
        return wheel;
    }

    SpanRecorder inboxWait() {
        return inboxWait;
    }
}
