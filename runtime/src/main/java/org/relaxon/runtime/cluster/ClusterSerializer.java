package org.relaxon.runtime.cluster;

import akka.actor.ExtendedActorSystem;
import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorRefResolver;
import akka.actor.typed.javadsl.Adapter;
import akka.serialization.SerializerWithStringManifest;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.relaxon.model.memento.StateReader;
import org.relaxon.model.memento.StateWriter;
import org.relaxon.runtime.actor.Abroad;
import org.relaxon.runtime.wire.Kind;
import org.relaxon.runtime.wire.Wire;

/**
 * The form of the few messages that go from one actor system to another. Every other kind is
 * refused; no bytes name a class.
 */
final class ClusterSerializer extends SerializerWithStringManifest {
    private static final int IDENTIFIER = 782_211; // any that Akka does not use
    private static final String PIECE = "p";
    private static final String LAST = "l";
    private static final String TAKEN = "t";
    private static final String ENTER = "e";
    private static final String ENTERED = "d";
    private static final String REFUSED = "r";

    private static final int NODES_MAX = 1024;

    private final ExtendedActorSystem system;

    /**
     * Called by Akka.
     *
     * @param system whose actors the messages name
     */
    ClusterSerializer(ExtendedActorSystem system) {
        this.system = system;
    }

    private ActorRefResolver actors() {
        return ActorRefResolver.get(Adapter.toTyped(system));
    }

    @Override
    public int identifier() {
        return IDENTIFIER;
    }

    @Override
    public String manifest(Object message) {
        if (message instanceof Way.Piece piece) {
            return piece.last() ? LAST : PIECE;
        } else if (message instanceof Way.Taken) {
            return TAKEN;
        } else if (message instanceof NodeActor.Enter) {
            return ENTER;
        } else if (message instanceof NodeActor.Entered) {
            return ENTERED;
        } else if (message instanceof NodeActor.Refused) {
            return REFUSED;
        }
        throw new IllegalArgumentException(message.getClass() + " does not leave its JVM");
    }

    @Override
    public byte[] toBinary(Object message) {
        if (message instanceof Way.Piece piece) {
            return ByteBuffer.allocate(Long.BYTES + piece.bytes().length)
                    .putLong(piece.number())
                    .put(piece.bytes())
                    .array();
        }
        return message instanceof Way.Taken taken
                ? ByteBuffer.allocate(Long.BYTES).putLong(taken.next()).array()
                : Wire.bytes(Kind.SESSION, out -> save(message, out));
    }

    private void save(Object message, StateWriter out) {
        if (message instanceof NodeActor.Enter enter) {
            out.writeText(enter.version());
            out.writeLong(enter.session());
            out.writeInt(enter.index());
            out.writeInt(enter.nodes());
            out.writeBoolean(enter.newestAlone());
            save(enter.head(), out);
            save(enter.answer(), out);
        } else if (message instanceof NodeActor.Entered entered) {
            out.writeInt(entered.ways().size());
            entered.ways().forEach(way -> save(way, out));
        } else if (message instanceof NodeActor.Refused refused) {
            out.writeText(refused.why());
        } else {
            throw new IllegalArgumentException(message.getClass() + " does not leave its JVM");
        }
    }

    private void save(ActorRef<?> actor, StateWriter out) {
        out.writeText(actors().toSerializationFormat(actor));
    }

    private <T> ActorRef<T> actor(StateReader in) {
        return actors().resolveActorRef(in.readText());
    }

    @Override
    public Object fromBinary(byte[] bytes, String manifest) {
        return switch (manifest) {
            case PIECE, LAST -> piece(manifest.equals(LAST), bytes);
            case TAKEN -> new Way.Taken(number(bytes));
            case ENTER, ENTERED, REFUSED ->
                    Wire.read(bytes, Kind.SESSION, in -> load(manifest, in));
            default -> throw new IllegalArgumentException("unknown kind of message");
        };
    }

    private static Way.Piece piece(boolean last, byte[] bytes) {
        long number = number(bytes);
        return new Way.Piece(number, last, Arrays.copyOfRange(bytes, Long.BYTES, bytes.length));
    }

    private static long number(byte[] bytes) {
        if (bytes.length < Long.BYTES) {
            throw new IllegalArgumentException("a piece without its number");
        }
        return ByteBuffer.wrap(bytes).getLong();
    }

    private Object load(String manifest, StateReader in) {
        return switch (manifest) {
            case ENTER ->
                    new NodeActor.Enter(
                            in.readText(),
                            in.readLong(),
                            in.readInt(),
                            in.readInt(),
                            in.readBoolean(),
                            actor(in),
                            actor(in));
            case ENTERED -> {
                List<ActorRef<Abroad>> ways = new ArrayList<>();
                for (int k = in.readCount(NODES_MAX, Integer.BYTES); k > 0; k--) {
                    ways.add(actor(in));
                }
                yield new NodeActor.Entered(List.copyOf(ways));
            }
            default -> new NodeActor.Refused(in.readText());
        };
    }
}
