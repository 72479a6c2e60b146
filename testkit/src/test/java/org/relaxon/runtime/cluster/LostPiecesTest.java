package org.relaxon.runtime.cluster;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.Behavior;
import akka.actor.typed.Props;
import akka.actor.typed.javadsl.Behaviors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.relaxon.runtime.actor.Abroad;
import org.relaxon.runtime.wire.Kind;
import org.relaxon.runtime.wire.Wire;

/** Whole messages arrive once and in order, whatever a broken connection loses. */
class LostPiecesTest {
    private static final int MESSAGES = 40;

    private final ActorSystem<Void> system = ActorSystem.create(Behaviors.empty(), "ways");
    private final List<byte[]> arrived = Collections.synchronizedList(new ArrayList<>());
    private final AtomicInteger lost = new AtomicInteger();

    @AfterEach
    void end() {
        system.terminate();
    }

    private <T> ActorRef<T> spawn(Behavior<T> behavior, String name) {
        return system.systemActorOf(behavior, name, Props.empty());
    }

    /** Passes on what a connection does not lose. */
    private Behavior<Abroad> connection(ActorRef<Abroad> to, Predicate<Abroad> loses) {
        return Behaviors.receiveMessage(
                message -> {
                    if (loses.test(message)) {
                        lost.incrementAndGet();
                    } else {
                        to.tell(message);
                    }
                    return Behaviors.same();
                });
    }

    /** Messages from one end to the other, the third of several pieces. */
    private List<byte[]> send(Predicate<Abroad> losesPiece, Predicate<Abroad> losesTaken) {
        ActorRef<Abroad> near = spawn(Way.create(null, true, new Sent(), bytes -> {}), "near");
        ActorRef<Abroad> far = spawn(Way.create(null, true, new Sent(), arrived::add), "far");
        near.tell(new Way.Meet(spawn(connection(far, losesPiece), "there")));
        far.tell(new Way.Meet(spawn(connection(near, losesTaken), "back")));
        List<byte[]> all = new ArrayList<>();
        for (int k = 0; k < MESSAGES; k++) {
            byte[] body = new byte[k == 2 ? 3 * Way.PIECE_BYTES : 10];
            Arrays.fill(body, (byte) k);
            byte[] message = Wire.bytes(Kind.TASK, out -> out.writeBytes(body));
            all.add(message);
            near.tell(new Way.Send(message));
        }
        Until.holds("all arrive", 60, () -> arrived.size() >= MESSAGES);
        return all;
    }

    private void requireAll(List<byte[]> sent) {
        assertEquals(sent.size(), arrived.size());
        for (int k = 0; k < sent.size(); k++) {
            assertArrayEquals(sent.get(k), arrived.get(k), "message " + k);
        }
    }

    @Test
    void nothingIsSentTwiceWhereNothingIsLost() {
        AtomicInteger pieces = new AtomicInteger();

        requireAll(send(m -> pieces.incrementAndGet() < 0, m -> false));

        assertEquals(MESSAGES + 3, pieces.get());
        assertEquals(0, lost.get());
    }

    @Test
    void lostPiecesAreSentAgain() {
        AtomicInteger count = new AtomicInteger();

        requireAll(send(m -> count.incrementAndGet() % 19 == 4, m -> false));

        assertTrue(lost.get() > 0);
    }

    @Test
    void lostConfirmationsDoNotRepeatMessages() {
        AtomicInteger count = new AtomicInteger();

        requireAll(send(m -> false, m -> count.incrementAndGet() <= Way.WINDOW));

        assertEquals(Way.WINDOW, lost.get());
    }
}
