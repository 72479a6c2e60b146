package org.relaxon.runtime.actor;

import akka.actor.typed.ActorRef;
import java.util.ArrayList;
import java.util.List;
import org.relaxon.model.cell.Cell;
import org.relaxon.model.cell.Link;
import org.relaxon.model.signal.Parcel;
import org.relaxon.runtime.link.LinkPlan;
import org.relaxon.runtime.metrics.SpanRecorder;
import org.relaxon.runtime.protocol.Channels;
import org.relaxon.runtime.shard.Division;
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
    private final List<ActorRef<ShardActor.Command>> shards = new ArrayList<>();
    private final Division division;
    private final Unfinished unfinished = new Unfinished();
    private ActorRef<Coordinator.Command> coordinator;
    private List<ActorRef<Abroad>> ways; // by shard; null if all cells are in this JVM

    /**
     * Makes the routing of a lane whose cells are all in this JVM.
     *
     * @param lane index of the lane
     * @param slots shared parts of the lane's slots
     * @param division which cells are in which shard
     * @param wheel carries what takes time
     * @param inboxWait receives the times that cells wait before they relax
     */
    Routing(int lane, Slots slots, Division division, TimerWheel wheel, SpanRecorder inboxWait) {
        this.lane = lane;
        this.slots = slots;
        this.division = division;
        channels = slots.channels();
        this.wheel = wheel;
        this.inboxWait = inboxWait;
    }

    /**
     * The actors that lead to the cells of other JVMs, by shard; null for the shard in this one.
     */
    void leadAbroad(List<ActorRef<Abroad>> others) {
        ways = new ArrayList<>(others);
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

    /** Called for every shard in order, before the first message is sent. */
    void addShard(ActorRef<ShardActor.Command> shard) {
        shards.add(shard);
    }

    /** A message for this lane of the receiving actor. */
    CellActor.Command inLane(CellActor.Command message) {
        return lane == 0 ? message : new CellActor.InLane(lane, message);
    }

    /** Number of inbox places of a cell. */
    int places(Cell cell) {
        return slots.slots(cell.id().index());
    }

    /** Sends a parcel off at a moment; it arrives after its travel time, if that is not 0. */
    void depart(int channel, Parcel parcel, int chain, long now, long travel, boolean measured) {
        int to = channels.to(channel);
        ActorRef<Abroad> away = abroad(to);
        if (away == null) {
            send(
                    cells.get(to),
                    inLane(new CellActor.Deliver(channels.slot(channel), parcel, chain)),
                    now,
                    travel,
                    measured);
        } else {
            send(away, new Abroad.Depart(lane, channel, parcel, chain), now, travel, measured);
        }
    }

    /** Confirms a version to the sender of a channel. */
    void confirm(int channel, long phase, long version, long now, long travel) {
        int to = channels.from(channel);
        ActorRef<Abroad> away = abroad(to);
        if (away == null) {
            send(
                    cells.get(to),
                    inLane(new CellActor.Confirm(channel, phase, version)),
                    now,
                    travel,
                    false);
        } else {
            send(away, new Abroad.Confirm(lane, channel, phase, version), now, travel, false);
        }
    }

    /** Asks the sender of a link for its last signal. */
    void ask(Link link, long phase) {
        ActorRef<Abroad> away = abroad(link.from());
        if (away == null) {
            cells.get(link.from()).tell(inLane(new CellActor.Repeat(link, phase)));
        } else {
            away.tell(new Abroad.Ask(lane, link.index(), phase));
        }
    }

    private <T> void send(ActorRef<T> to, T message, long now, long travel, boolean measured) {
        if (travel == 0) {
            to.tell(message);
        } else if (measured) {
            wheel.carry(now, now + travel, to, message);
        } else {
            wheel.schedule(now, now + travel, to, message);
        }
    }

    /** The actor that leads to a cell in another JVM; null for a cell in this one. */
    private ActorRef<Abroad> abroad(int cell) {
        return ways == null ? null : ways.get(division.of(cell));
    }

    /**
     * Passes on what a cell in another JVM has sent.
     *
     * @param message for a cell in this one
     * @param replaced older parcels on its channel that this one stands for
     */
    void arrive(Abroad message, int replaced) {
        if (message instanceof Abroad.Depart depart) {
            int slot = channels.slot(depart.channel());
            CellActor.Command deliver =
                    replaced == 0
                            ? new CellActor.Deliver(slot, depart.parcel(), depart.chain())
                            : new CellActor.Replace(
                                    slot, depart.parcel(), depart.chain(), replaced);
            cells.get(channels.to(depart.channel())).tell(inLane(deliver));
        } else if (message instanceof Abroad.Confirm one) {
            CellActor.Command confirm =
                    new CellActor.Confirm(one.channel(), one.phase(), one.version());
            cells.get(channels.from(one.channel())).tell(inLane(confirm));
        } else if (message instanceof Abroad.Ask ask) {
            Link link = slots.wires().get(ask.link());
            cells.get(link.from()).tell(inLane(new CellActor.Repeat(link, ask.phase())));
        } else {
            throw new IllegalArgumentException("no cell receives " + message);
        }
    }

    List<ActorRef<CellActor.Command>> cells() {
        return cells;
    }

    List<ActorRef<ShardActor.Command>> shards() {
        return shards;
    }

    /** Which cells are in which shard. */
    Division division() {
        return division;
    }

    LinkPlan links() {
        return slots.links();
    }

    TimerWheel wheel() {
        return wheel;
    }

    /** All cells are about to receive a wake-up; called while no actor owns a cell. */
    void wakeAll() {
        unfinished.begin(cells.size());
    }

    /** A cell relaxes. */
    void relaxing() {
        unfinished.relaxing();
    }

    /** A cell has relaxed; it has sent that many signals more than it has processed. */
    void relaxed(long more) {
        suggestProbe(unfinished.isNoneAfterRelaxing(more));
    }

    /** The same without a relaxation. */
    void report(long more) {
        suggestProbe(more != 0 && unfinished.isNoneAfter(more));
    }

    /** Without it, the coordinator would probe after its pause. One JVM cannot know of others. */
    private void suggestProbe(boolean none) {
        if (none && ways == null) {
            coordinator.tell(Coordinator.Idle.PERHAPS);
        }
    }

    SpanRecorder inboxWait() {
        return inboxWait;
    }
}
