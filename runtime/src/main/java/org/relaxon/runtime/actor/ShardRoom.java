package org.relaxon.runtime.actor;

import akka.actor.typed.ActorRef;
import java.util.List;
import org.relaxon.model.phase.Phase;
import org.relaxon.runtime.shard.Division;

/**
 * What the actors of a shard's cells share in one lane: the shard's actor, and the phase in
 * progress, which the shard receives once for all of them. The shard's actor writes it before it
 * sends {@link CellActor.Begin}, and again only after all cells have answered {@link
 * CellActor.Freeze}; between them cells only read.
 */
final class ShardRoom {
    private final Routing routing;
    private final int first; // index of the first cell
    private final int end; // index after the last
    private ActorRef<ShardActor.Command> shard;
    private long phaseId;
    private Phase phase;
    private long epoch; // at which the phase began here
    private CellActor.Command note;

    ShardRoom(Routing routing, Division division, int shard) {
        this.routing = routing;
        first = division.first(shard);
        end = division.first(shard + 1);
    }

    /** Called once, before the first message is sent. */
    void lead(ActorRef<ShardActor.Command> leader) {
        shard = leader;
    }

    ActorRef<ShardActor.Command> shard() {
        return shard;
    }

    Routing routing() {
        return routing;
    }

    /** Index of the first cell. */
    int first() {
        return first;
    }

    /** Number of cells. */
    int size() {
        return end - first;
    }

    /** The actors of the cells, in order. */
    List<ActorRef<CellActor.Command>> cells() {
        return routing.cells().subList(first, end);
    }

    void open(long id, Phase next, long now) {
        phaseId = id;
        phase = next;
        epoch = now;
        note = routing.inLane(new CellActor.Relax(id));
    }

    long phaseId() {
        return phaseId;
    }

    Phase phase() {
        return phase;
    }

    long epoch() {
        return epoch;
    }

    /** The message by which a cell's actor asks itself to let the cell relax. */
    CellActor.Command note() {
        return note;
    }

    /** Travel time of a report that leaves the shard now. */
    long travel(long channel, long wave, long now) {
        return routing.links().controlNanos(channel, phaseId, wave, Math.max(0, now - epoch));
    }
}
