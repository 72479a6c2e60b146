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
import org.relaxon.model.cell.Wiring;
import org.relaxon.runtime.RunPlan;
import org.relaxon.runtime.metrics.SpanRecorder;
import org.relaxon.runtime.settling.SettlingPipeline;
import org.relaxon.runtime.shard.Division;
import org.relaxon.runtime.shard.Shard;
import org.relaxon.runtime.shard.Shards;
import org.relaxon.runtime.slot.Slot;
import org.relaxon.runtime.slot.Slots;

/**
 * The cells of one shard in this JVM, with their actors, where other JVMs have the other shards of
 * the session and its coordinators.
 */
public final class Part {
    /**
     * Where a shard is in its session.
     *
     * @param wiring cells and links of the network
     * @param plan everything else about the run
     * @param division which cells are in which shard
     * @param index the shard that is here
     */
    public record Site(Wiring wiring, RunPlan plan, Division division, int index) {
        int first() {
            return division.first(index);
        }

        int end() {
            return division.first(index + 1);
        }
    }

    /** One lane: everything that the session's lane has here. */
    private record Lane(
            Routing routing, List<Slot> slots, Shard shard, Traces traces, TimerWheel wheel) {}

    private final List<Lane> lanes;

    private Part(List<Lane> lanes) {
        this.lanes = lanes;
    }

    /**
     * {@return an actor, the parent of all actors of a part}
     *
     * @param site where the part is in its session
     * @param coordinators receive what goes to the coordinator of each lane
     * @param ways lead to the cells of each shard; null for the one that is here
     * @param opened completes with the part
     */
    public static Behavior<Void> create(
            Site site,
            List<ActorRef<Coordinator.Command>> coordinators,
            List<ActorRef<Abroad>> ways,
            CompletableFuture<Part> opened) {
        return Behaviors.setup(
                context -> {
                    try {
                        opened.complete(open(context, site, coordinators, ways));
                    } catch (RuntimeException | Error e) {
                        opened.completeExceptionally(e);
                        throw e;
                    }
                    return Behaviors.receiveSignal(
                            (same, signal) -> {
                                if (signal instanceof akka.actor.typed.PostStop) {
                                    opened.join().close();
                                }
                                return Behaviors.same();
                            });
                });
    }

    private static Part open(
            ActorContext<Void> context,
            Site site,
            List<ActorRef<Coordinator.Command>> coordinators,
            List<ActorRef<Abroad>> ways) {
        TimerWheel wheel = new TimerWheel("relaxon-wheel");
        List<Lane> lanes = new ArrayList<>();
        List<ShardRoom> rooms = new ArrayList<>();
        Shards cells = null;
        boolean crashes = false;
        for (int k = 0; k < coordinators.size(); k++) {
            RunPlan plan = SettlingPipeline.planOf(site.plan(), k);
            Slots shared = new Slots(site.wiring(), plan);
            cells = k == 0 ? shared.cells(site.division(), site.index()) : cells.twins();
            SpanRecorder inboxWait = SpanRecorder.ofManyThreads();
            Routing routing = new Routing(k, shared, site.division(), wheel, inboxWait);
            List<Slot> slots = shared.around(cells);
            routing.lead(coordinators.get(k));
            routing.leadAbroad(ways);
            ShardRoom room = new ShardRoom(routing, site.division(), site.index());
            room.lead(context.spawn(ShardActor.create(site.index(), room), "shard-" + k));
            rooms.add(room);
            Traces traces = new OwnTraces(slots, wheel, inboxWait);
            lanes.add(new Lane(routing, slots, cells.part(), traces, wheel));
            crashes |= shared.plansCrashes();
        }
        spawn(context, site, lanes, rooms, crashes);
        return new Part(lanes);
    }

    private static void spawn(
            ActorContext<Void> context,
            Site site,
            List<Lane> lanes,
            List<ShardRoom> rooms,
            boolean crashes) {
        Props props = Adapter.props(CellActor::create, DispatcherSelector.defaultDispatcher());
        for (int cell = 0; cell < site.division().cells(); cell++) {
            boolean here = cell >= site.first() && cell < site.end();
            ActorRef<CellActor.Command> actor =
                    here ? Adapter.toTyped(Adapter.actorOf(context, props, "cell-" + cell)) : null;
            List<CellActor> hosted = new ArrayList<>();
            for (int k = 0; k < lanes.size(); k++) {
                lanes.get(k).routing().add(actor);
                if (here) {
                    Slot slot = lanes.get(k).slots().get(cell - site.first());
                    hosted.add(new CellActor(rooms.get(k), slot));
                }
            }
            if (here) {
                actor.tell(new CellActor.Take(List.copyOf(hosted), crashes));
            }
        }
        for (int k = 0; k < lanes.size(); k++) {
            lanes.get(k).routing().addShard(rooms.get(k).shard());
        }
    }

    /** {@return the names of the cells that are here} */
    public List<String> cells() {
        return lanes.get(0).slots().stream().map(s -> s.cell().id().name()).toList();
    }

    /** {@return the number of lanes} */
    public int lanes() {
        return lanes.size();
    }

    /**
     * {@return the cells of a lane, between two runs}
     *
     * @param lane index of the lane
     */
    public Shard shard(int lane) {
        return lanes.get(lane).shard();
    }

    /**
     * {@return the slots of a lane in the order of their cells, between two runs}
     *
     * @param lane index of the lane
     */
    public List<Slot> slots(int lane) {
        return lanes.get(lane).slots();
    }

    /**
     * {@return counts and times of a lane}
     *
     * @param lane index of the lane
     */
    public Traces traces(int lane) {
        return lanes.get(lane).traces();
    }

    /**
     * Passes on what the coordinator of a lane has sent.
     *
     * @param lane index of the lane
     * @param command what it has sent
     */
    public void command(int lane, ShardActor.Command command) {
        lanes.get(lane).routing().shards().get(0).tell(command);
    }

    /**
     * Passes on what a cell in another JVM has sent.
     *
     * @param lane index of the lane
     * @param message for a cell in this one
     * @param replaced older parcels on its channel that this one stands for
     */
    public void arrive(int lane, Abroad message, int replaced) {
        lanes.get(lane).routing().arrive(message, replaced);
    }

    /** Ends the thread of the wheel. */
    private void close() {
        lanes.get(0).wheel().close();
    }
}
