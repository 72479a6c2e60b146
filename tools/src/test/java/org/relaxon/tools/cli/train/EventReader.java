package org.relaxon.tools.cli.train;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32C;

/** Reads event files as TensorBoard does: frames with checksums, and the fields of an Event. */
final class EventReader {
    /** One event: its version or start, or its scalars. */
    record Event(double seconds, long step, String version, boolean start, Map<String, Float> of) {}

    private EventReader() {}

    /** The events of a file; a record at the end that is not whole is not there yet. */
    static List<Event> read(Path file) throws IOException {
        ByteBuffer in = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        List<Event> out = new ArrayList<>();
        while (in.remaining() >= 12) {
            byte[] head = new byte[8];
            in.get(head);
            long length = ByteBuffer.wrap(head).order(ByteOrder.LITTLE_ENDIAN).getLong();
            requireSum(in.getInt(), head);
            if (in.remaining() < length + 4) {
                return out;
            }
            byte[] record = new byte[(int) length];
            in.get(record);
            requireSum(in.getInt(), record);
            out.add(event(ByteBuffer.wrap(record).order(ByteOrder.LITTLE_ENDIAN)));
        }
        return out;
    }

    /** Unmasks: subtracts the constant, then turns left by 15 bits. */
    private static void requireSum(int stored, byte[] bytes) throws IOException {
        int turned = stored - 0xa282ead8;
        long crc = ((turned << 15) | (turned >>> 17)) & 0xffffffffL;
        CRC32C own = new CRC32C();
        own.update(bytes);
        if (own.getValue() != crc) {
            throw new IOException("checksum");
        }
    }

    private static Event event(ByteBuffer in) {
        double seconds = Double.NaN;
        long step = 0;
        String version = "";
        boolean start = false;
        Map<String, Float> of = new TreeMap<>();
        while (in.hasRemaining()) {
            switch ((int) varint(in)) {
                case 1 << 3 | 1 -> seconds = in.getDouble();
                case 2 << 3 -> step = varint(in);
                case 3 << 3 | 2 -> version = StandardCharsets.UTF_8.decode(part(in)).toString();
                case 5 << 3 | 2 -> summary(part(in), of);
                case 7 << 3 | 2 -> {
                    ByteBuffer log = part(in);
                    start = varint(log) == 1 << 3 && varint(log) == 1 && !log.hasRemaining();
                }
                default -> throw new IllegalStateException("a field of no Event");
            }
        }
        return new Event(seconds, step, version, start, of);
    }

    private static void summary(ByteBuffer in, Map<String, Float> out) {
        while (in.hasRemaining()) {
            require(varint(in) == (1 << 3 | 2));
            ByteBuffer value = part(in);
            require(varint(value) == (1 << 3 | 2));
            String tag = StandardCharsets.UTF_8.decode(part(value)).toString();
            require(varint(value) == (2 << 3 | 5));
            require(out.put(tag, value.getFloat()) == null && !value.hasRemaining());
        }
    }

    private static void require(boolean holds) {
        if (!holds) {
            throw new IllegalStateException("not a summary of scalars");
        }
    }

    private static ByteBuffer part(ByteBuffer in) {
        int length = (int) varint(in);
        ByteBuffer out = in.slice(in.position(), length).order(ByteOrder.LITTLE_ENDIAN);
        in.position(in.position() + length);
        return out;
    }

    private static long varint(ByteBuffer in) {
        long out = 0;
        for (int shift = 0; ; shift += 7) {
            byte one = in.get();
            out |= (long) (one & 0x7f) << shift;
            if (one >= 0) {
                return out;
            }
        }
    }
}
