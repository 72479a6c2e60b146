package org.relaxon.runtime.actor;

import akka.actor.typed.ActorRef;
import java.util.ArrayList;
import java.util.List;
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
    private final Channels channels;
    private final LinkPlan links;
    private final TimerWheel wheel;
    private final SpanRecorder inboxWait;
    private final List<ActorRef<CellActor.Command>> cells = new ArrayList<>();

    Routing(int lane, Slots slots, TimerWheel wheel, SpanRecorder inboxWait) {
        this.lane = lane;
        channels = slots.channels();
        links = slots.links();
        this.wheel = wheel;
        this.inboxWait = inboxWait;
    }

    /** Called for every cell in order, before the first message is sent. */
    void add(ActorRef<CellActor.Command> cell) {
        cells.add(cell);
    }

    /** A message for this lane of the receiving actor. */
    CellActor.Command inLane(CellActor.Command message) {
        return lane == 0 ? message : new CellActor.InLane(lane, message);
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
        return links;
    }

    TimerWheel wheel() {
        return wheel;
    }

    SpanRecorder inboxWait() {
        return inboxWait;
    }
}
