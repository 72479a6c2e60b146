package org.relaxon.runtime.cluster;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import akka.actor.testkit.typed.javadsl.BehaviorTestKit;
import akka.actor.testkit.typed.javadsl.TestInbox;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.relaxon.model.signal.Signal;
import org.relaxon.runtime.actor.Abroad;
import org.relaxon.runtime.wire.Kind;
import org.relaxon.runtime.wire.Wire;

class WayTest {
    private final TestInbox<Abroad> other = TestInbox.create();
    private final List<byte[]> received = new ArrayList<>();
    private final BehaviorTestKit<Abroad> way =
            BehaviorTestKit.create(Way.create(other.getRef(), true, new Sent(), received::add));

    private static byte[] bytes(int length, long seed) {
        byte[] out = new byte[length];
        new Random(seed).nextBytes(out);
        return out;
    }

    private static Abroad.Depart signal(int channel, long phase, long version) {
        double[] values = {version};
        return new Abroad.Depart(0, channel, new Signal(phase, version, values, 0, 1), 3);
    }

    private List<Way.Piece> pieces() {
        return other.getAllReceived().stream().map(Way.Piece.class::cast).toList();
    }

    /** A message of several windows, whose pieces are confirmed one by one. */
    @Test
    void aLongMessageTravelsInPiecesOfWhichFewAreOnTheirWay() {
        int pieces = 3 * Way.WINDOW + 1;
        byte[] message = bytes((pieces - 1) * Way.PIECE_BYTES + 1, 1);
        way.run(new Way.Send(message));
        List<Way.Piece> all = new ArrayList<>(pieces());
        assertEquals(Way.WINDOW, all.size());
        BehaviorTestKit<Abroad> end =
                BehaviorTestKit.create(Way.create(other.getRef(), true, new Sent(), received::add));
        for (int k = 0; k < all.size(); k++) {
            assertTrue(received.isEmpty(), "piece " + k);
            end.run(all.get(k));
            other.receiveMessage(); // its confirmation
            way.run(new Way.Taken(k + 1));
            List<Way.Piece> more = pieces();
            assertTrue(more.size() <= 1, "one leaves for each that is confirmed");
            all.addAll(more);
        }
        assertEquals(pieces, all.size());
        assertArrayEquals(message, received.get(0));
    }

    @Test
    void shortMessagesKeepTheirOrder() {
        way.run(new Way.Send(bytes(5, 1)));
        way.run(new Way.Send(bytes(6, 2)));
        for (Way.Piece piece : pieces()) {
            way.run(piece);
        }
        assertEquals(List.of(5, 6), received.stream().map(b -> b.length).toList());
    }

    /** Of what cells send while nothing can leave, the newest of every channel is left. */
    @Test
    void theNewestSignalOfAChannelStandsForTheOnesBefore() {
        way.run(new Way.Send(bytes(Way.WINDOW * Way.PIECE_BYTES, 1)));
        assertEquals(Way.WINDOW, pieces().size());
        for (long version : new long[] {1, 2, 4, 3}) {
            way.run(signal(7, 1, version));
        }
        way.run(signal(8, 1, 1));
        way.run(signal(7, 2, 5));
        way.runOne(); // flushes
        assertFalse(other.hasMessages(), "no piece may leave");
        way.run(new Way.Taken(1));
        Way.Piece piece = pieces().get(0);
        assertTrue(piece.last());
        assertEquals(
                List.of(
                        "7: phase 1, version 4 for 3 more",
                        "7: phase 2, version 5",
                        "8: phase 1, version 1"),
                read(piece.bytes()).stream().sorted().toList());
    }

    private static List<String> read(byte[] message) {
        List<String> out = new ArrayList<>();
        Outbox.deliver(
                message,
                0,
                (lane, one, older) -> {
                    Abroad.Depart depart = (Abroad.Depart) one;
                    String more = older == 0 ? "" : " for " + older + " more";
                    out.add(
                            "%d: phase %d, version %d%s"
                                    .formatted(
                                            depart.channel(),
                                            depart.parcel().phase(),
                                            depart.parcel().version(),
                                            more));
                });
        return out;
    }

    /** Where cells answer one another, a receiver needs each of them. */
    @Test
    void allSignalsOfAChannelLeaveWhereEachCounts() {
        BehaviorTestKit<Abroad> each =
                BehaviorTestKit.create(
                        Way.create(other.getRef(), false, new Sent(), received::add));
        each.run(signal(7, 1, 1));
        each.run(signal(7, 1, 2));
        each.runOne(); // flushes
        assertEquals(
                List.of("7: phase 1, version 1", "7: phase 1, version 2"),
                read(pieces().get(0).bytes()));
    }

    @Test
    void signalsThatArriveTogetherLeaveTogether() {
        for (int channel = 0; channel < 100; channel++) {
            way.getRef().tell(signal(channel, 1, 1));
        }
        for (int k = 0; k < 101; k++) {
            way.runOne();
        }
        List<Way.Piece> sent = pieces();
        assertEquals(1, sent.size());
        assertEquals(100, read(sent.get(0).bytes()).size());
        assertEquals(Kind.SIGNALS, Wire.kind(sent.get(0).bytes()));
    }

    /** Whatever the receiver refuses ends the way, and its actor system goes on. */
    @Test
    void aMessageThatIsRefusedEndsTheWay() {
        BehaviorTestKit<Abroad> end =
                BehaviorTestKit.create(
                        Way.create(
                                other.getRef(),
                                true,
                                new Sent(),
                                bytes -> Wire.read(bytes, Kind.SIGNALS, in -> null)));
        end.run(new Way.Piece(0, true, new byte[] {1, 2, 3}));
        assertFalse(end.isAlive());
    }

    @Test
    void aPieceThatNoWaySendsIsRefused() {
        Way.Piece large = new Way.Piece(0, true, new byte[Way.PIECE_BYTES + 1]);
        way.run(large);
        assertFalse(way.isAlive(), "the session cannot go on");
        assertTrue(received.isEmpty());
    }
}
