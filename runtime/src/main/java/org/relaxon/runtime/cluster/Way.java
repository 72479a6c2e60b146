package org.relaxon.runtime.cluster;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.TimerScheduler;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.function.Consumer;
import org.relaxon.runtime.actor.Abroad;
import org.relaxon.runtime.wire.Wire;

/**
 * One end of the way between two JVMs of a session. Whole messages travel in pieces below the frame
 * limit of the transport, a bounded number of them at a time: the other end takes them in order and
 * confirms each, and pieces without confirmation are sent again, since the transport loses what is
 * on its way when a connection breaks. What cells send is collected in the meantime, and only the
 * newest signal of a channel is kept, so that memory stays bounded however slow the other end is.
 */
final class Way {
    /** What goes to this end. */
    interface Command extends Abroad {}

    /**
     * The other end is known; sent once.
     *
     * @param other the other end
     */
    record Meet(ActorRef<Abroad> other) implements Command {}

    /**
     * A whole message to the other end.
     *
     * @param bytes a message of {@link Wire}
     */
    record Send(byte[] bytes) implements Command {}

    /**
     * A piece of a message from the other end.
     *
     * @param number of the piece on this way, from 0
     * @param last whether the message ends with it
     * @param bytes the piece
     */
    record Piece(long number, boolean last, byte[] bytes) implements Command {}

    /**
     * The other end has taken some pieces.
     *
     * @param next number of the first that it has not
     */
    record Taken(long next) implements Command {}

    /** What cells have sent until now is to leave. */
    private enum Flush implements Command {
        NOW
    }

    /** Pieces may have been lost. */
    private enum Again implements Command {
        NOW
    }

    /** Below the frame limit of the transport, with its own overhead. */
    static final int PIECE_BYTES = 128 * 1024;

    /** Pieces on their way, at most. */
    static final int WINDOW = 32;

    /** Far longer than a piece travels. */
    private static final Duration FIRST_WAIT = Duration.ofSeconds(1);

    private static final Duration LAST_WAIT = Duration.ofSeconds(8);

    private final ActorRef<Abroad> self;
    private final TimerScheduler<Abroad> timers;
    private final Consumer<byte[]> receiver;
    private final Outbox outbox;
    private final Sent counter;
    private final Deque<byte[]> messages = new ArrayDeque<>();
    private int sent; // bytes of the first message
    private final Deque<Piece> travelling = new ArrayDeque<>(); // not confirmed
    private long pieces; // sent
    private boolean confirmed; // any of them since the timer began
    private Duration wait = FIRST_WAIT; // before they are sent again
    private boolean flushing;
    private ActorRef<Abroad> other; // null until it is known
    private long due; // number of the next piece from the other end
    private byte[] arrived = {}; // of a message whose last piece has not come
    private int length;

    private Way(
            ActorRef<Abroad> self,
            TimerScheduler<Abroad> timers,
            ActorRef<Abroad> other,
            boolean newestAlone,
            Sent counter,
            Consumer<byte[]> receiver) {
        this.self = self;
        this.timers = timers;
        outbox = new Outbox(newestAlone);
        this.other = other;
        this.counter = counter;
        this.receiver = receiver;
    }

    /**
     * One end.
     *
     * @param other the other end; null if it comes with {@link Meet}
     * @param newestAlone whether a newer signal of a channel takes the place of those that wait
     * @param sent counts what leaves here
     * @param receiver takes whole messages from the other end, on the thread of this actor
     */
    static Behavior<Abroad> create(
            ActorRef<Abroad> other, boolean newestAlone, Sent sent, Consumer<byte[]> receiver) {
        return Behaviors.setup(
                context ->
                        Behaviors.withTimers(
                                timers -> {
                                    Way way =
                                            new Way(
                                                    context.getSelf(),
                                                    timers,
                                                    other,
                                                    newestAlone,
                                                    sent,
                                                    receiver);
                                    return Behaviors.receiveMessage(m -> way.take(context, m));
                                }));
    }

    private Behavior<Abroad> take(ActorContext<Abroad> context, Abroad message) {
        try {
            handle(message);
            return Behaviors.same();
        } catch (IllegalArgumentException e) {
            refuse(context, e);
            return Behaviors.stopped();
        }
    }

    /** Its end ends the session, which cannot go on without what the bytes were. */
    private void refuse(ActorContext<Abroad> context, IllegalArgumentException e) {
        String from = other == null ? "another process" : HeadSession.name(other);
        context.getLog()
                .warn("{} sent what no process of this release sends: {}", from, e.getMessage());
    }

    private void handle(Abroad message) {
        if (message instanceof Piece piece) {
            onPiece(piece);
        } else if (message instanceof Taken taken) {
            onTaken(taken);
        } else if (message == Again.NOW) {
            onAgain();
        } else if (message instanceof Send send) {
            messages.add(send.bytes());
            go();
        } else if (message == Flush.NOW) {
            flushing = false;
            go();
        } else if (message instanceof Meet meet) {
            other = meet.other();
            go();
        } else {
            outbox.add(message);
            if (!flushing) {
                flushing = true;
                self.tell(Flush.NOW); // after what is in the mailbox already
            }
        }
    }

    private void onTaken(Taken taken) {
        while (!travelling.isEmpty() && travelling.peek().number() < taken.next()) {
            travelling.remove();
            confirmed = true;
        }
        go();
    }

    /** While pieces travel, a timer runs. */
    private void watch() {
        if (!travelling.isEmpty() && !timers.isTimerActive(Again.NOW)) {
            confirmed = false;
            timers.startSingleTimer(Again.NOW, Again.NOW, wait);
        }
    }

    private void onAgain() {
        if (confirmed) {
            wait = FIRST_WAIT;
        } else {
            travelling.forEach(this::send);
            Duration more = wait.multipliedBy(2);
            wait = more.compareTo(LAST_WAIT) < 0 ? more : LAST_WAIT;
        }
        watch();
    }

    private void go() {
        while (other != null && travelling.size() < WINDOW) {
            if (messages.isEmpty()) {
                if (outbox.isEmpty() || flushing) {
                    return;
                }
                counter.signals(outbox.signals());
                messages.add(outbox.take());
            }
            byte[] first = messages.peek();
            int end = Math.min(first.length, sent + PIECE_BYTES);
            boolean last = end == first.length;
            byte[] bytes = last && sent == 0 ? first : Arrays.copyOfRange(first, sent, end);
            Piece piece = new Piece(pieces++, last, bytes);
            travelling.add(piece);
            send(piece);
            watch();
            sent = last ? 0 : end;
            if (last) {
                messages.remove();
            }
        }
    }

    private void send(Piece piece) {
        counter.piece(Long.BYTES + piece.bytes().length);
        other.tell(piece);
    }

    private void onPiece(Piece piece) {
        if (piece.bytes().length > PIECE_BYTES
                || length + (long) piece.bytes().length > Wire.BYTES_MAX) {
            throw new IllegalArgumentException("a message larger than any");
        }
        boolean next = piece.number() == due;
        due += next ? 1 : 0;
        other.tell(new Taken(due));
        if (!next) {
            return; // has come before, or one before it has not
        }
        if (piece.last() && length == 0) {
            receiver.accept(piece.bytes());
            return;
        }
        if (arrived.length < length + piece.bytes().length) {
            long room = Math.min(Wire.BYTES_MAX, 2L * (length + piece.bytes().length));
            arrived = Arrays.copyOf(arrived, (int) room);
        }
        System.arraycopy(piece.bytes(), 0, arrived, length, piece.bytes().length);
        length += piece.bytes().length;
        if (piece.last()) {
            byte[] whole = Arrays.copyOf(arrived, length);
            length = 0;
            arrived = new byte[0];
            receiver.accept(whole);
        }
    }
}
