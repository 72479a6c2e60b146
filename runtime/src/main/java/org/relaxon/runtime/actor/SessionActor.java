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
import org.relaxon.runtime.quiescence.FourCounter;
import org.relaxon.runtime.shard.Division;
import org.relaxon.runtime.shard.Shards;
import org.relaxon.runtime.slot.Slot;
import org.relaxon.runtime.slot.Slots;

/**
 * The parent of all actors of one session or pipeline: one actor per cell, which all lanes share,
 * and in each lane one coordinator and one actor per shard. It receives no messages; stopping it
 * stops them.
 */
final class SessionActor {
    /**
     * One lane: the routing between its cells, the shared parts of its slots, its cells, and the
     * slots around them.
     */
    record Lane(Routing routing, Slots shared, Shards cells, List<Slot> slots) {}

    private SessionActor() {}

    /**
     * @param opened completes with the coordinators, by lane
     */
    static Behavior<Void> create(
            List<Lane> lanes, CompletableFuture<List<ActorRef<Coordinator.Command>>> opened) {
        return Behaviors.setup(
                context -> {
                    opened.complete(spawn(context, lanes));
                    return Behaviors.empty();
                });
    }

    private static List<ActorRef<Coordinator.Command>> spawn(
            ActorContext<Void> context, List<Lane> lanes) {
        List<ActorRef<Coordinator.Command>> coordinators = new ArrayList<>();
        List<List<ShardRoom>> rooms = new ArrayList<>(); // by lane and shard
        for (int k = 0; k < lanes.size(); k++) {
            Routing routing = lanes.get(k).routing();
            Behavior<Coordinator.Command> one = Coordinator.create(routing, new FourCounter());
            coordinators.add(context.spawn(one, "coordinator-" + k));
            routing.lead(coordinators.get(k));
            rooms.add(shards(context, routing, k));
        }
        Props props = Adapter.props(CellActor::create, DispatcherSelector.defaultDispatcher());
        Division division = lanes.get(0).routing().division();
        for (int cell = 0; cell < division.cells(); cell++) {
            ActorRef<CellActor.Command> actor =
                    Adapter.toTyped(Adapter.actorOf(context, props, "cell-" + cell));
            List<CellActor> hosted = new ArrayList<>();
            for (int k = 0; k < lanes.size(); k++) {
                lanes.get(k).routing().add(actor);
                ShardRoom room = rooms.get(k).get(division.of(cell));
                hosted.add(new CellActor(room, lanes.get(k).slots().get(cell)));
            }
            actor.tell(
                    new CellActor.Take(List.copyOf(hosted), lanes.get(0).shared().plansCrashes()));
        }
        return coordinators;
    }

    /** Shards do not run on the threads of cells, which cells that never rest would not leave. */
    private static List<ShardRoom> shards(ActorContext<Void> context, Routing routing, int lane) {
        List<ShardRoom> rooms = new ArrayList<>();
        for (int k = 0; k < routing.division().parts(); k++) {
            ShardRoom room = new ShardRoom(routing, routing.division(), k);
            ActorRef<ShardActor.Command> shard =
                    context.spawn(ShardActor.create(k, room), "shard-" + lane + "-" + k);
            room.lead(shard);
            routing.addShard(shard);
            rooms.add(room);
        }
        return rooms;
    }
}
