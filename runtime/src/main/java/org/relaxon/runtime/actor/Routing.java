package org.relaxon.runtime.actor;

import akka.actor.typed.ActorRef;
import java.util.ArrayList;
import java.util.List;
import org.relaxon.model.cell.Cell;
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

    Routing(int lane, Slots slots, Division division, TimerWheel wheel, SpanRecorder inboxWait) {
        this.lane = lane;
        this.slots = slots;
        this.division = division;
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

    /** Without it, the coordinator would probe after its pause. */
    private void suggestProbe(boolean none) {
        if (none) {
            coordinator.tell(Coordinator.Idle.PERHAPS);
        }
    }

    SpanRecorder inboxWait() {
        return inboxWait;
    }
}
