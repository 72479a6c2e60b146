package org.relaxon.runtime.actor;

import akka.actor.Props;
import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.DispatcherSelector;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Adapter;
import akka.actor.typed.javadsl.Behaviors;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.relaxon.runtime.slot.Slot;
import org.relaxon.runtime.slot.Slots;

/**
 * The parent of all actors of one session or pipeline: one actor per cell, which all lanes share,
 * and one coordinator per lane. It receives no messages; stopping it stops them.
 */
final class SessionActor {
    /**
     * One lane: the routing between its cells, the shared parts of its slots, and the slots by
     * cell.
     */
    record Lane(Routing routing, Slots shared, List<Slot> slots) {}

    private SessionActor() {}

    /**
     * @param cells cells of every lane
     * @param opened completes with the coordinators, by lane
     */
    static Behavior<Void> create(
            List<Lane> lanes,
            int cells,
            CompletableFuture<List<ActorRef<Coordinator.Command>>> opened) {
        return Behaviors.setup(
                context -> {
                    opened.complete(spawn(context, lanes, cells));
                    return Behaviors.empty();
                });
    }

    private static List<ActorRef<Coordinator.Command>> spawn(
            ActorContext<Void> context, List<Lane> lanes, int cells) {
        List<ActorRef<Coordinator.Command>> coordinators = new ArrayList<>();
        for (int k = 0; k < lanes.size(); k++) {
            Behavior<Coordinator.Command> one = Coordinator.create(lanes.get(k).routing());
            coordinators.add(context.spawn(one, "coordinator-" + k));
            lanes.get(k).routing().lead(coordinators.get(k));
        }
        Props props =
                Adapter.props(CellActor::create, DispatcherSelector.fromConfig(ActorConfig.CELLS));
        for (int cell = 0; cell < cells; cell++) {
            int index = cell;
            ActorRef<CellActor.Command> actor =
                    Adapter.toTyped(Adapter.actorOf(context, props, "cell-" + cell));
            lanes.forEach(lane -> lane.routing().add(actor));
            List<CellActor> hosted =
                    lanes.stream()
                            .map(l -> new CellActor(l.routing(), l.slots().get(index)))
                            .toList();
            actor.tell(new CellActor.Take(hosted, lanes.get(0).shared().plansCrashes()));
        }
        return coordinators;
    }
}
