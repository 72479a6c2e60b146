package org.relaxon.runtime.cluster;

import akka.actor.typed.ActorRef;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.relaxon.model.memento.StateReader;
import org.relaxon.model.memento.StateWriter;
import org.relaxon.runtime.actor.Abroad;
import org.relaxon.runtime.wire.Kind;
import org.relaxon.runtime.wire.Wire;

/** The tasks that a head gives to one node, and their answers. Any thread may call. */
final class Calls {
    /** What waits for an answer. */
    private record Waiting<T>(Function<StateReader, T> result, CompletableFuture<T> answer) {
        void take(StateReader in) {
            answer.complete(result.apply(in));
        }
    }

    private final String node; // in messages
    private final ActorRef<Abroad> way;
    private final AtomicLong ids = new AtomicLong();
    private final Map<Long, Waiting<?>> waiting = new ConcurrentHashMap<>();
    private volatile RuntimeException lost; // null while the node answers

    Calls(String node, ActorRef<Abroad> way) {
        this.node = node;
        this.way = way;
    }

    /** The name of the node, for messages. */
    String node() {
        return node;
    }

    /** A message that expects no answer. */
    void send(Kind kind, Consumer<StateWriter> body) {
        way.tell(new Way.Send(Wire.bytes(kind, body)));
    }

    /** Gives a task and waits for its result. */
    <T> T call(
            int lane, Task task, Consumer<StateWriter> arguments, Function<StateReader, T> result) {
        return begin(lane, task, arguments, result).get();
    }

    /** Gives a task; what is returned waits for its result. */
    <T> Supplier<T> begin(
            int lane, Task task, Consumer<StateWriter> arguments, Function<StateReader, T> result) {
        long id = ids.incrementAndGet();
        CompletableFuture<T> answer = new CompletableFuture<>();
        waiting.put(id, new Waiting<>(result, answer));
        if (lost != null) { // read after the answer can be found, as abandon does it in reverse
            answer.completeExceptionally(lost);
        } else {
            send(
                    Kind.TASK,
                    out -> {
                        out.writeLong(id);
                        out.writeInt(lane);
                        out.writeConstant(task);
                        arguments.accept(out);
                    });
        }
        return () -> await(answer);
    }

    private static <T> T await(CompletableFuture<T> answer) {
        try {
            return answer.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException known ? known : e;
        }
    }

    /** Takes an answer of the node. */
    void answered(byte[] message) {
        Wire.read(
                message,
                Kind.ANSWER,
                in -> {
                    Waiting<?> one = waiting.remove(in.readLong());
                    if (one == null) {
                        throw in.refusal("the id of a task that waits");
                    }
                    take(one, in);
                    return null;
                });
    }

    private void take(Waiting<?> one, StateReader in) {
        try {
            if (in.readBoolean()) {
                one.take(in);
                return;
            }
            boolean refused = in.readBoolean();
            String why = in.readText();
            one.answer()
                    .completeExceptionally(
                            refused
                                    ? new IllegalArgumentException(why)
                                    : new IllegalStateException(node + ": " + why));
        } catch (RuntimeException e) {
            one.answer().completeExceptionally(e);
            throw e;
        }
    }

    /** The node is lost: nothing waits for it any longer. */
    void abandon(RuntimeException why) {
        lost = lost == null ? why : lost;
        waiting.values().forEach(one -> one.answer().completeExceptionally(why));
        waiting.clear();
    }
}
