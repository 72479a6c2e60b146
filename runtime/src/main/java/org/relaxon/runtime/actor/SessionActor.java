package org.relaxon.runtime.actor;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.DispatcherSelector;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.relaxon.runtime.slot.Slot;

/**
 * The parent of all that one session or pipeline runs: an actor per cell, which all lanes pass
 * through, and a coordinator per lane. It hears nothing; stopping it stops them.
 */
final class SessionActor {
    /** One lane: its slots by cell, and the routing between them. */
    record Lane(Routing routing, List<Slot> slots) {}

    private SessionActor() {}

    /**
     * @param places of every cell's inbox
     * @param opened completes with the coordinators, by lane
     */
    static Behavior<Void> create(
            List<Lane> lanes,
            int[] places,
            CompletableFuture<List<ActorRef<Coordinator.Command>>> opened) {
        return Behaviors.setup(
                context -> {
                    opened.complete(spawn(context, lanes, places));
                    return Behaviors.empty();
                });
    }

    private static List<ActorRef<Coordinator.Command>> spawn(
            ActorContext<Void> context, List<Lane> lanes, int[] places) {
        List<ActorRef<Coordinator.Command>> coordinators = new ArrayList<>();
        for (int k = 0; k < lanes.size(); k++) {
            Behavior<Coordinator.Command> one = Coordinator.create(lanes.get(k).routing());
            coordinators.add(context.spawn(one, "coordinator-" + k));
        }
        for (int cell = 0; cell < places.length; cell++) {
            List<CellActor.Seat> seats = new ArrayList<>();
            for (int k = 0; k < lanes.size(); k++) {
                Lane lane = lanes.get(k);
                seats.add(
                        new CellActor.Seat(
                                coordinators.get(k), lane.routing(), lane.slots().get(cell)));
            }
            ActorRef<CellActor.Command> actor =
                    context.spawn(
                            CellActor.create(seats, places[cell]),
                            "cell-" + cell,
                            DispatcherSelector.fromConfig(ActorConfig.CELLS));
            lanes.forEach(lane -> lane.routing().add(actor));
        }
        return coordinators;
    }
}
