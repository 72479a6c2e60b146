package org.relaxon.runtime.actor;

import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.Behaviors;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.relaxon.model.cell.Link;
import org.relaxon.model.cell.Wiring;

/**
 * The baseline of messaging between actors: raw {@code tell} over the links of a wiring. An actor
 * that has received as many messages as it has incoming links sends a fresh number along every
 * outgoing link; nothing is computed or recorded.
 */
public final class TellBaseline {
    private static final Duration LIMIT = Duration.ofMinutes(2);

    /** The smallest message with content. */
    private record Told(double value) {}

    /** Receives and sends. */
    private static final class Teller {
        private final int incoming;
        private final List<ActorRef<Object>> receivers = new ArrayList<>();
        private final AtomicBoolean stop;
        private long heard;
        private long round;

        Teller(int incoming, AtomicBoolean stop) {
            this.incoming = incoming;
            this.stop = stop;
        }

        Behavior<Object> onMessage(Object message) {
            if (message instanceof CompletableFuture<?> done) {
                @SuppressWarnings("unchecked") // no other class sends one
                CompletableFuture<Long> count = (CompletableFuture<Long>) done;
                count.complete(heard);
                return Behaviors.same();
            }
            heard++;
            if (++round >= incoming && !stop.get()) {
                round = 0;
                tellAll();
            }
            return Behaviors.same();
        }

        private void tellAll() {
            for (ActorRef<Object> receiver : receivers) {
                receiver.tell(new Told(heard));
            }
        }
    }

    private TellBaseline() {}

    /**
     * {@return the number of messages per second}
     *
     * @param wiring its cells become actors, its links the paths of messages
     * @param threads threads that the actors share
     * @param nanos how long to measure
     * @param ended polled from time to time; true ends the measurement
     */
    public static double messagesPerSecond(
            Wiring wiring, int threads, long nanos, BooleanSupplier ended) {
        AtomicBoolean stop = new AtomicBoolean();
        List<Teller> tellers = new ArrayList<>();
        for (int k = 0; k < wiring.cells().size(); k++) {
            tellers.add(new Teller(wiring.slots(k), stop));
        }
        CompletableFuture<List<ActorRef<Object>>> ready = new CompletableFuture<>();
        ActorSystem<Object> system =
                ActorSystem.create(
                        guardian(tellers, ready), "relaxon-floor", ActorConfig.of(threads));
        try {
            List<ActorRef<Object>> refs = ready.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
            for (Link link : wiring.links()) {
                tellers.get(link.from()).receivers.add(refs.get(link.to()));
            }
            long begin = System.nanoTime();
            for (Link link : wiring.links()) { // one message in flight per link
                refs.get(link.to()).tell(new Told(0.0));
            }
            while (System.nanoTime() - begin < nanos && !ended.getAsBoolean()) {
                Thread.onSpinWait();
                java.util.concurrent.locks.LockSupport.parkNanos(1_000_000L);
            }
            stop.set(true);
            long heard = count(refs);
            return heard * 1e9 / (System.nanoTime() - begin);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while measuring", e);
        } catch (java.util.concurrent.ExecutionException
                | java.util.concurrent.TimeoutException e) {
            throw new IllegalStateException("the floor could not be measured", e);
        } finally {
            system.terminate();
        }
    }

    private static long count(List<ActorRef<Object>> refs)
            throws InterruptedException,
                    java.util.concurrent.ExecutionException,
                    java.util.concurrent.TimeoutException {
        long heard = 0;
        for (ActorRef<Object> ref : refs) {
            CompletableFuture<Long> done = new CompletableFuture<>();
            ref.tell(done);
            heard += done.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
        }
        return heard;
    }

    private static Behavior<Object> guardian(
            List<Teller> tellers, CompletableFuture<List<ActorRef<Object>>> ready) {
        return Behaviors.setup(
                context -> {
                    List<ActorRef<Object>> refs = new ArrayList<>();
                    for (Teller teller : tellers) {
                        refs.add(
                                context.spawnAnonymous(
                                        Behaviors.receiveMessage(teller::onMessage)));
                    }
                    ready.complete(refs);
                    return Behaviors.ignore();
                });
    }
}
