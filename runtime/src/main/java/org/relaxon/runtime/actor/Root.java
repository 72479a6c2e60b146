package org.relaxon.runtime.actor;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.Behaviors;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.relaxon.runtime.metrics.SpanRecorder;
import org.relaxon.runtime.quiescence.FourCounter;
import org.relaxon.runtime.settling.Runner;
import org.relaxon.runtime.shard.Crew;
import org.relaxon.runtime.shard.Division;
import org.relaxon.runtime.shard.Shards;
import org.relaxon.runtime.slot.Slots;

/** The coordinators of a session whose cells are all in other JVMs. */
public final class Root {
    private final List<ActorRef<Coordinator.Command>> coordinators;
    private final List<ActorRunner> runners = new ArrayList<>();

    private Root(List<ActorRef<Coordinator.Command>> coordinators) {
        this.coordinators = coordinators;
    }

    /**
     * {@return an actor, the parent of the coordinators}
     *
     * @param slots shared parts of the slots, by lane
     * @param division which cells are in which shard
     * @param shards receive what goes to each shard, by lane and shard
     * @param opened completes with the coordinators
     */
    public static Behavior<Void> create(
            List<Slots> slots,
            Division division,
            List<List<ActorRef<ShardActor.Command>>> shards,
            CompletableFuture<Root> opened) {
        return Behaviors.setup(
                context -> {
                    TimerWheel wheel = new TimerWheel("relaxon-wheel");
                    List<ActorRef<Coordinator.Command>> coordinators = new ArrayList<>();
                    for (int k = 0; k < slots.size(); k++) {
                        SpanRecorder none = SpanRecorder.ofManyThreads();
                        Routing routing = new Routing(k, slots.get(k), division, wheel, none);
                        shards.get(k).forEach(routing::addShard);
                        Behavior<Coordinator.Command> one =
                                Coordinator.create(routing, new FourCounter());
                        coordinators.add(context.spawn(one, "coordinator-" + k));
                    }
                    Root root = new Root(coordinators);
                    opened.complete(root);
                    return Behaviors.receiveSignal(
                            (same, signal) -> {
                                if (signal instanceof akka.actor.typed.PostStop) {
                                    wheel.close();
                                }
                                return Behaviors.same();
                            });
                });
    }

    /**
     * {@return the coordinator of a lane}
     *
     * @param lane index of the lane
     */
    public ActorRef<Coordinator.Command> coordinator(int lane) {
        return coordinators.get(lane);
    }

    /**
     * {@return a runner of a lane}
     *
     * @param lane index of the lane
     * @param cells all cells of the lane
     * @param traces what its runs leave behind
     * @param onClose called when the runner is closed
     */
    public Runner runner(int lane, Shards cells, Traces traces, Runnable onClose) {
        ActorRunner runner =
                new ActorRunner(cells, Crew.CALLER, coordinators.get(lane), traces, onClose);
        runners.add(runner);
        return runner;
    }

    /**
     * Ends runs in progress, and refuses new ones.
     *
     * @param why what runs fail with
     */
    public void abandon(RuntimeException why) {
        runners.forEach(r -> r.abandon(why));
    }
}
