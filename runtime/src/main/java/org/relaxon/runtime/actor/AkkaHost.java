package org.relaxon.runtime.actor;

import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.Behavior;
import akka.actor.typed.DispatcherSelector;
import akka.actor.typed.javadsl.Behaviors;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.relaxon.model.cell.Wiring;
import org.relaxon.model.network.Network;
import org.relaxon.model.rule.RuleContract;
import org.relaxon.runtime.Host;
import org.relaxon.runtime.Pipeline;
import org.relaxon.runtime.RunPlan;
import org.relaxon.runtime.Session;
import org.relaxon.runtime.metrics.SpanRecorder;
import org.relaxon.runtime.settling.Judge;
import org.relaxon.runtime.settling.MemoryEstimate;
import org.relaxon.runtime.settling.SettlingPipeline;
import org.relaxon.runtime.settling.SettlingSession;
import org.relaxon.runtime.shard.Crew;
import org.relaxon.runtime.shard.Shards;
import org.relaxon.runtime.slot.Slots;
import org.slf4j.LoggerFactory;

/**
 * Runs every cell in an actor of its own, on real threads and in real time: order and timing depend
 * on the machine. Every session has one shard per thread, with an actor that detects how much the
 * shard's cells have sent and processed; Mattern's four-counter method combines these counts. Its
 * probes travel under the same delays as signals.
 */
public class AkkaHost implements Host {
    private static final String ENDED = "the actor system ended";

    /** Far longer than an overloaded machine needs. */
    private static final Duration END_LIMIT = Duration.ofMinutes(5);

    private sealed interface Command {}

    private record Open(Behavior<Void> behavior, CompletableFuture<ActorRef<Void>> opened)
            implements Command {}

    private record CloseSession(ActorRef<Void> session) implements Command {}

    private final CompletableFuture<ActorSystem<Command>> system = new CompletableFuture<>();
    private final int threads;
    private final int shards;
    private final TimerWheel wheel;
    private final Set<ActorRunner> runners = ConcurrentHashMap.newKeySet();
    private final CompletableFuture<Void> ended;

    /** A host with one thread per processor. */
    public AkkaHost() {
        this(Runtime.getRuntime().availableProcessors());
    }

    /**
     * Starts a host whose cells share {@code threads} threads, with one shard per thread.
     *
     * @param threads 1 to 1024
     * @throws IllegalArgumentException if that is not in 1..1024
     */
    public AkkaHost(int threads) {
        this(threads, threads);
    }

    /**
     * Starts a host with another number of shards; no result depends on it. The actor system starts
     * on a thread of its own, beside what the caller does before it opens a session.
     *
     * @param threads 1 to 1024
     * @param shards shards of a session, at least 1; at most one per cell is used
     * @throws IllegalArgumentException if the number of threads is not in 1..1024
     * @throws IllegalStateException if the JVM was started without the {@code --add-opens} that the
     *     timer wheel's queue needs
     */
    public AkkaHost(int threads, int shards) {
        if (threads < 1 || threads > 1024) {
            throw new IllegalArgumentException("threads: " + threads + " is not in 1..1024");
        }
        TimerWheel.requireOpened();
        this.threads = threads;
        this.shards = shards;
        wheel = new TimerWheel("relaxon-wheel");
        ended = system.thenCompose(ActorSystem::getWhenTerminated).thenAccept(done -> {});
        var unused = ended.whenComplete((v, e) -> runners.forEach(r -> r.abandon(ENDED)));
        Thread starter = new Thread(() -> start(threads), "relaxon-start");
        starter.setDaemon(true);
        starter.start();
    }

    private void start(int threads) {
        try {
            LoggerFactory.getILoggerFactory(); // before many threads try to log their first line
            system.complete(ActorSystem.create(guardian(), "relaxon", ActorConfig.of(threads)));
        } catch (RuntimeException | Error e) {
            system.completeExceptionally(e);
        }
    }

    /** The actor system, once it has started, or why it could not. */
    private ActorSystem<Command> system() {
        try {
            return system.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw (RuntimeException) e.getCause();
        }
    }

    /** The threads that run the cells. */
    private Crew crew() {
        return new Crew(
                system().dispatchers().lookup(DispatcherSelector.defaultDispatcher()), threads);
    }

    private static Behavior<Command> guardian() {
        return Behaviors.setup(
                context ->
                        Behaviors.receiveMessage(
                                command -> {
                                    if (command instanceof Open open) {
                                        open.opened()
                                                .complete(context.spawnAnonymous(open.behavior()));
                                    } else if (command instanceof CloseSession close) {
                                        context.stop(close.session());
                                    }
                                    return Behaviors.same();
                                }));
    }

    /**
     * {@return the judge of a session; another one shows which faults the usual one finds}
     *
     * @param wiring cells and links of the network
     * @param tolerance largest defect that counts as settled
     */
    protected Judge judge(Wiring wiring, double tolerance) {
        return new Judge(wiring, tolerance);
    }

    @Override
    public String optionName() {
        return "akka";
    }

    @Override
    public Session open(Network network, RunPlan plan) {
        return sessions(network, plan, 1).get(0);
    }

    @Override
    public Pipeline open(Network network, RunPlan plan, int lanes) {
        SettlingPipeline.requireLanes(plan, lanes);
        return SettlingPipeline.around(sessions(network, plan, lanes));
    }

    private List<SettlingSession> sessions(Network network, RunPlan plan, int count) {
        RuleContract.require(plan.rule(), network);
        if (!plan.faults().starved().isEmpty()) {
            throw new IllegalArgumentException(
                    "starve: the operating system schedules actors, and their deliveries are not"
                            + " counted; use --host virtual");
        }
        MemoryEstimate.of(network, plan, 1, count).requireHeap();
        Wiring wiring = Wiring.of(network, plan.granularity());
        List<SessionActor.Lane> lanes = lanes(wiring, plan, count);
        Started started = start(lanes);
        AtomicInteger open = new AtomicInteger(count);
        Runnable onClose =
                () -> {
                    if (open.decrementAndGet() == 0) { // the last lane
                        system().tell(new CloseSession(started.actor()));
                    }
                };
        List<SettlingSession> sessions = new ArrayList<>();
        for (int k = 0; k < count; k++) {
            RunPlan own = SettlingPipeline.planOf(plan, k);
            ActorRunner runner = runner(lanes.get(k), started.coordinators().get(k), onClose);
            sessions.add(
                    new SettlingSession(
                            wiring, own, runner, judge(wiring, own.effectiveTolerance())));
        }
        return sessions;
    }

    private List<SessionActor.Lane> lanes(Wiring wiring, RunPlan plan, int count) {
        List<SessionActor.Lane> lanes = new ArrayList<>();
        for (int k = 0; k < count; k++) {
            Slots slots = new Slots(wiring, SettlingPipeline.planOf(plan, k));
            Shards cells = k == 0 ? slots.cells(false, shards) : lanes.get(0).cells().twins();
            Routing routing =
                    new Routing(k, slots, cells.division(), wheel, SpanRecorder.ofManyThreads());
            lanes.add(new SessionActor.Lane(routing, slots, cells, slots.around(cells)));
        }
        return lanes;
    }

    /** The root actor of a session, and the actors of its lanes. */
    private record Started(
            ActorRef<Void> actor, List<ActorRef<Coordinator.Command>> coordinators) {}

    private Started start(List<SessionActor.Lane> lanes) {
        CompletableFuture<List<ActorRef<Coordinator.Command>>> ready = new CompletableFuture<>();
        CompletableFuture<ActorRef<Void>> opened = new CompletableFuture<>();
        system().tell(new Open(SessionActor.create(lanes, ready), opened));
        CompletableFuture.anyOf(CompletableFuture.allOf(opened, ready), ended).join();
        if (!opened.isDone() || !ready.isDone() || ended.isDone()) {
            throw new IllegalStateException("the host is closed");
        }
        return new Started(opened.join(), ready.join());
    }

    private ActorRunner runner(
            SessionActor.Lane lane, ActorRef<Coordinator.Command> coordinator, Runnable onClose) {
        AtomicReference<ActorRunner> self = new AtomicReference<>();
        Runnable ending =
                () -> {
                    if (runners.remove(self.get())) { // closed for the first time
                        onClose.run();
                    }
                };
        Traces traces = new OwnTraces(lane.slots(), wheel, lane.routing().inboxWait());
        self.set(new ActorRunner(lane.cells(), crew(), coordinator, traces, ending));
        runners.add(self.get());
        if (ended.isDone()) {
            self.get().abandon(ENDED);
        }
        return self.get();
    }

    @Override
    public void close() {
        wheel.close();
        var unused = system.thenAccept(ActorSystem::terminate);
        try {
            ended.get(END_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (TimeoutException | java.util.concurrent.ExecutionException e) {
            if (system.isCompletedExceptionally()) {
                return; // it never started
            }
            throw new IllegalStateException("the actor system did not end in " + END_LIMIT, e);
        }
    }
}
