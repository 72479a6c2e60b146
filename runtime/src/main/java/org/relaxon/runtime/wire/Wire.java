package org.relaxon.runtime.wire;

import java.util.function.Consumer;
import java.util.function.Function;
import java.util.zip.CRC32C;
import org.relaxon.model.memento.StateReader;
import org.relaxon.model.memento.StateWriter;
import org.relaxon.model.signal.Parcel;
import org.relaxon.runtime.protocol.Parcels;

/**
 * Messages in bytes, little-endian. A header of 20 bytes (magic, version, kind, length, checksum)
 * precedes the body, in which every part writes its own state. Bytes name no class, and reading
 * them creates nothing but what the kind of message consists of. See ADR 24.
 */
public final class Wire {
    /** The most bytes of a message. */
    public static final int BYTES_MAX = 1 << 30;

    static final int HEADER = 20;
    private static final int MAGIC = 0x57584C52; // "RLXW"
    private static final int VERSION_AT = 4;
    private static final int KIND_AT = 8;
    private static final int LENGTH_AT = 12;
    private static final int CHECKSUM_AT = 16;

    private Wire() {}

    /**
     * {@return a parcel as a message}
     *
     * @param parcel a signal or a bundle
     * @throws WireException if it takes more than {@link #BYTES_MAX}
     */
    public static byte[] bytes(Parcel parcel) {
        return bytes(Kind.PARCEL, out -> Parcels.save(parcel, out));
    }

    /**
     * {@return the parcel in a message}
     *
     * @param message a whole message
     * @throws WireException if it is anything else
     */
    public static Parcel parcel(byte[] message) {
        return read(message, Kind.PARCEL, Parcels::load);
    }

    /**
     * {@return a message}
     *
     * @param kind what it holds
     * @param body writes it
     * @throws WireException if it takes more than {@link #BYTES_MAX}
     */
    public static byte[] bytes(Kind kind, Consumer<StateWriter> body) {
        WireWriter out = new WireWriter(BYTES_MAX);
        out.writeInt(MAGIC);
        out.writeInt(kind.version());
        out.writeInt(kind.number());
        out.writeInt(0);
        out.writeInt(0);
        body.accept(out);
        byte[] message = out.toByteArray();
        LittleEndian.putInt(message, LENGTH_AT, message.length - HEADER);
        LittleEndian.putInt(message, CHECKSUM_AT, checksum(message));
        return message;
    }

    /**
     * Reads a message.
     *
     * @param message a whole message
     * @param kind what it must hold
     * @param body reads it, to its end
     * @param <T> what it is read as
     * @return what {@code body} returned
     * @throws WireException if the message is anything else
     */
    public static <T> T read(byte[] message, Kind kind, Function<StateReader, T> body) {
        requireHeader(message, kind);
        WireReader in = new WireReader(message, HEADER);
        T out;
        try {
            out = body.apply(in);
        } catch (WireException e) {
            throw e;
        } catch (RuntimeException e) { // what was read does not fit together
            throw new WireException(in.offset(), "what fits: " + e.getMessage(), e);
        }
        in.readEnd();
        return out;
    }

    /**
     * Reads the beginning of a message that is read as a whole later.
     *
     * @param message a whole message
     * @param kind what it must hold
     * @param body reads some of it
     * @param <T> what that is read as
     * @return what {@code body} returned
     * @throws WireException if the message holds something else
     */
    public static <T> T peek(byte[] message, Kind kind, Function<StateReader, T> body) {
        if (kind(message) != kind) {
            throw new WireException(KIND_AT, "kind " + kind);
        }
        return body.apply(new WireReader(message, HEADER));
    }

    /**
     * {@return what a message holds}
     *
     * @param message a whole message
     * @throws WireException if its header states no kind
     */
    public static Kind kind(byte[] message) {
        if (message.length < HEADER) {
            throw new WireException(message.length, "a header of " + HEADER + " bytes");
        }
        int number = LittleEndian.getInt(message, KIND_AT);
        for (Kind one : Kind.values()) {
            if (one.number() == number) {
                return one;
            }
        }
        throw new WireException(KIND_AT, "a kind, found " + Integer.toUnsignedString(number));
    }

    private static void requireHeader(byte[] message, Kind kind) {
        if (message.length > BYTES_MAX) {
            throw new WireException(BYTES_MAX, "the end, not byte " + message.length);
        }
        if (message.length < HEADER) {
            throw new WireException(message.length, "a header of " + HEADER + " bytes");
        }
        if (LittleEndian.getInt(message, 0) != MAGIC) {
            throw new WireException(0, "the letters RLXW");
        }
        int number = LittleEndian.getInt(message, KIND_AT);
        if (number != kind.number()) {
            throw new WireException(
                    KIND_AT,
                    "kind %d (%s), found %s"
                            .formatted(kind.number(), kind, Integer.toUnsignedString(number)));
        }
        int version = LittleEndian.getInt(message, VERSION_AT);
        if (version != kind.version()) {
            throw new WireException(
                    VERSION_AT,
                    "version %d, found %s"
                            .formatted(kind.version(), Integer.toUnsignedString(version)));
        }
        int length = LittleEndian.getInt(message, LENGTH_AT);
        if (length != message.length - HEADER) {
            throw new WireException(
                    LENGTH_AT,
                    "a body of %s bytes, found %d"
                            .formatted(Integer.toUnsignedString(length), message.length - HEADER));
        }
        if (LittleEndian.getInt(message, CHECKSUM_AT) != checksum(message)) {
            throw new WireException(CHECKSUM_AT, "the checksum of what precedes and follows it");
        }
    }

    /** Of all bytes but its own. */
    private static int checksum(byte[] message) {
        CRC32C sum = new CRC32C();
        sum.update(message, 0, CHECKSUM_AT);
        sum.update(message, HEADER, message.length - HEADER);
        return (int) sum.getValue();
    }
}
