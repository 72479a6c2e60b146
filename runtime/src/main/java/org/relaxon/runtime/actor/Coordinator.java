package org.relaxon.runtime.actor;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.Behaviors;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.relaxon.model.cell.Link;
import org.relaxon.model.phase.Phase;
import org.relaxon.model.settle.Reason;
import org.relaxon.runtime.Budget;
import org.relaxon.runtime.quiescence.Counts;
import org.relaxon.runtime.quiescence.Wave;
import org.relaxon.runtime.quiescence.WaveDetector;
import org.relaxon.runtime.settling.CellFailure;

/**
 * Runs the cells of one lane: lets their shards hand them to their actors, sends probe waves to the
 * detectors of the shards until it finds the cells quiescent or a budget is spent, and has them
 * handed back. It is the root of the detectors. It receives counts, never activities.
 */
public final class Coordinator {
    /** The messages that the actor accepts. */
    public sealed interface Command {}

    /** Open a phase; {@code done} completes when all cells have been handed back. */
    record Start(long phaseId, Phase phase, Budget budget, CompletableFuture<Outcome> done)
            implements Command {}

    /** Continue the phase after a pause. */
    record Resume(List<Link> unheard, long pauseNanos, CompletableFuture<Outcome> done)
            implements Command {}

    /** One shard's answer to a probe. */
    record Report(long wave, Counts counts) implements Command {}

    /** All cells of a shard have been handed back. */
    enum Frozen implements Command {
        ONE
    }

    /** Stop and hand the cells back, for this reason. */
    record Stop(Reason reason) implements Command {}

    /** A cell, or the coordinator itself, threw an exception: a defect of the program. */
    record Failed(String where, Throwable cause) implements Command {}

    /** The pause before the next wave or thaw is over. */
    private record PauseOver(long pause) implements Command {}

    /** Cells may have processed all that was sent: the next wave need not wait. */
    enum Idle implements Command {
        PERHAPS
    }

    /** How a run ended; {@code reason} is null if the network is quiescent. */
    record Outcome(Reason reason, long endNanos, long waves) {}

    private static final long FIRST_PAUSE_NANOS = 2_000_000L;
    private static final long LAST_PAUSE_NANOS = 5_000_000L;

    private final ActorRef<Command> self;
    private final Routing routing;
    private final WaveDetector detector;
    private final Wave wave;
    private CompletableFuture<Outcome> done; // null while the cells are with the session
    private List<Link> toThaw; // null unless a thaw waits for its pause
    private Budget budget;
    private long phaseId;
    private long pauses; // begun or cut short
    private long epoch; // at which the phase began
    private long waveBegan;
    private long pause;
    private boolean probing; // a wave has not come back
    private boolean idle; // perhaps, since the wave began
    private boolean confirming; // the wave followed the one before at once
    private long waves;
    private int missing; // shards that are still to hand their cells back
    private boolean freezing;
    private Reason reason;
    private Failed failure;
    private long end;

    private Coordinator(ActorRef<Command> self, Routing routing, WaveDetector detector) {
        this.self = self;
        this.routing = routing;
        this.detector = detector;
        wave = new Wave(routing.division().parts());
    }

    /**
     * {@return whether a message states that a shard has handed back all its cells}
     *
     * @param command what goes to a coordinator
     */
    public static boolean isFrozen(Command command) {
        return command == Frozen.ONE;
    }

    /** For the shards in the routing when the first message arrives. */
    static Behavior<Command> create(Routing routing, WaveDetector detector) {
        return Behaviors.setup(
                context -> {
                    Coordinator coordinator = new Coordinator(context.getSelf(), routing, detector);
                    return Behaviors.receiveMessage(coordinator::onCommand);
                });
    }

    /** An exception here, such as from a delay model, must not leave the session waiting. */
    private Behavior<Command> onCommand(Command command) {
        return reporting(() -> handle(command), this::handle);
    }

    /** Handles a message; where that fails, the run ends instead of waiting for ever. */
    static <C> Behavior<C> reporting(Runnable handling, Consumer<Failed> report) {
        try {
            handling.run();
        } catch (RuntimeException | Error e) {
            report.accept(new Failed("the run", e));
            if (CellFailure.isFatal(e)) {
                throw e;
            }
        }
        return Behaviors.same();
    }

    private void handle(Command command) {
        if (command instanceof Report report) {
            onReport(report);
        } else if (command == Idle.PERHAPS) {
            onIdle();
        } else if (command instanceof PauseOver over) {
            onPauseOver(over);
        } else if (command instanceof Start start) {
            onStart(start);
        } else if (command instanceof Resume resume) {
            onResume(resume);
        } else if (command == Frozen.ONE) {
            onFrozen();
        } else if (command instanceof Stop stop) {
            freeze(stop.reason());
        } else if (command instanceof Failed failed) {
            failure = failure == null ? failed : failure;
            freeze(null);
        } else {
            throw new AssertionError("no handler for " + command);
        }
    }

    private void onStart(Start start) {
        phaseId = start.phaseId();
        budget = start.budget();
        waves = 0;
        enter(start.done());
        epoch = System.nanoTime();
        routing.wakeAll();
        tellAll(new ShardActor.Open(phaseId, start.phase()));
        pauseFor(pause);
    }

    private void onResume(Resume resume) {
        enter(resume.done());
        toThaw = resume.unheard();
        pauseFor(resume.pauseNanos());
    }

    private void enter(CompletableFuture<Outcome> promise) {
        done = promise;
        pauses++;
        probing = false;
        idle = false;
        confirming = false;
        freezing = false;
        reason = null;
        failure = null;
        toThaw = null;
        pause = FIRST_PAUSE_NANOS;
        detector.reset();
    }

    private void onPauseOver(PauseOver over) {
        if (over.pause() != pauses || freezing || done == null) {
            return;
        }
        if (toThaw != null) {
            thaw(toThaw);
            toThaw = null;
            pauseFor(pause);
        } else {
            probe();
        }
    }

    private void onIdle() {
        if (freezing || done == null || toThaw != null) {
            return;
        }
        if (probing) {
            idle = true;
        } else {
            probe();
        }
    }

    private void thaw(List<Link> unheard) {
        routing.wakeAll();
        Map<Integer, List<Link>> byShard =
                unheard.stream()
                        .collect(Collectors.groupingBy(l -> routing.division().of(l.from())));
        for (int k = 0; k < routing.shards().size(); k++) {
            List<Link> own = byShard.getOrDefault(k, List.of());
            routing.shards().get(k).tell(new ShardActor.Thaw(own));
        }
    }

    private void tellAll(ShardActor.Command message) {
        routing.shards().forEach(s -> s.tell(message));
    }

    private void probe() {
        pauses++; // the present one ends
        probing = true;
        idle = false;
        wave.begin(wave.number() + 1);
        waveBegan = System.nanoTime();
        ShardActor.Probe probe = new ShardActor.Probe(wave.number());
        for (int k = 0; k < routing.shards().size(); k++) {
            ActorRef<ShardActor.Command> shard = routing.shards().get(k);
            long travel =
                    routing.links().controlNanos(2L * k, phaseId, wave.number(), waveBegan - epoch);
            if (travel == 0) {
                shard.tell(probe);
            } else {
                routing.wheel().schedule(waveBegan, waveBegan + travel, shard, probe);
            }
        }
    }

    private void onReport(Report report) {
        if (!probing || freezing || done == null) {
            return; // perhaps of an earlier run, whose last wave did not end
        }
        if (!wave.answer(report.wave(), report.counts())) {
            return;
        }
        waves++;
        probing = false;
        Counts found = wave.total();
        boolean quiescent = detector.wave(found.sent(), found.processed());
        if (found.signals() > budget.messages()) {
            freeze(Reason.MESSAGE_BUDGET);
        } else if (found.relaxations() > budget.relaxations()) {
            freeze(Reason.RELAXATION_BUDGET);
        } else if (routing.wheel().pending() > budget.inFlight()) {
            freeze(Reason.IN_FLIGHT_BUDGET);
        } else if (quiescent) {
            freeze(null);
        } else if (idle || !confirming && found.sent() == found.processed()) {
            confirming = !idle;
            probe();
        } else {
            confirming = false;
            // probe for at most half of the time
            pauseFor(Math.max(pause, System.nanoTime() - waveBegan));
            pause = Math.min(LAST_PAUSE_NANOS, 2 * pause);
        }
    }

    private void pauseFor(long nanos) {
        long now = System.nanoTime();
        routing.wheel().schedule(now, now + nanos, self, new PauseOver(++pauses));
    }

    private void freeze(Reason why) {
        if (done == null || freezing) {
            return;
        }
        freezing = true;
        reason = why;
        end = System.nanoTime();
        missing = routing.shards().size();
        tellAll(ShardActor.Freeze.NOW);
    }

    private void onFrozen() {
        if (--missing > 0) {
            return;
        }
        CompletableFuture<Outcome> promise = done;
        done = null;
        if (failure != null) {
            promise.completeExceptionally(
                    new IllegalStateException(
                            failure.where() + " failed: " + failure.cause(), failure.cause()));
        } else {
            promise.complete(new Outcome(reason, end, waves));
        }
    }
}
