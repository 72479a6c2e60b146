package org.relaxon.experiments.format;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** Reads the protocol buffers that {@link ScalarEvents} writes; other fields are left out. */
final class ScalarDecoder {
    private static final int KIND_MASK = (1 << ScalarEvents.KIND_BITS) - 1;

    private final ByteBuffer in;

    ScalarDecoder(ByteBuffer in) {
        this.in = in.order(ByteOrder.LITTLE_ENDIAN);
    }

    ScalarEvents.Event event() {
        double seconds = Double.NaN;
        long step = 0;
        boolean start = false;
        Map<String, Double> values = new LinkedHashMap<>();
        while (in.hasRemaining()) {
            long key = number();
            if (key == key(ScalarEvents.WALL_TIME, ScalarEvents.FIXED64)) {
                seconds = in.getDouble();
            } else if (key == key(ScalarEvents.STEP, ScalarEvents.VARINT)) {
                step = number();
            } else if (key == key(ScalarEvents.SUMMARY, ScalarEvents.BYTES)) {
                part().summary(values);
            } else if (key == key(ScalarEvents.SESSION_LOG, ScalarEvents.BYTES)) {
                start = part().isStart();
            } else {
                skip(key);
            }
        }
        return new ScalarEvents.Event(seconds, step, start, values);
    }

    private void summary(Map<String, Double> out) {
        while (in.hasRemaining()) {
            long key = number();
            if (key == key(ScalarEvents.VALUE, ScalarEvents.BYTES)) {
                part().value(out);
            } else {
                skip(key);
            }
        }
    }

    private void value(Map<String, Double> out) {
        String tag = "";
        Double value = null;
        while (in.hasRemaining()) {
            long key = number();
            if (key == key(ScalarEvents.TAG, ScalarEvents.BYTES)) {
                tag = StandardCharsets.UTF_8.decode(part().in).toString();
            } else if (key == key(ScalarEvents.SIMPLE_VALUE, ScalarEvents.FIXED32)) {
                value = (double) in.getFloat();
            } else {
                skip(key);
            }
        }
        if (value != null) {
            out.put(tag, value);
        }
    }

    private boolean isStart() {
        boolean start = false;
        while (in.hasRemaining()) {
            long key = number();
            if (key == key(ScalarEvents.STATUS, ScalarEvents.VARINT)) {
                start = number() == ScalarEvents.START;
            } else {
                skip(key);
            }
        }
        return start;
    }

    private static long key(int field, int kind) {
        return (long) field << ScalarEvents.KIND_BITS | kind;
    }

    private void skip(long key) {
        switch ((int) key & KIND_MASK) {
            case ScalarEvents.VARINT -> number();
            case ScalarEvents.FIXED64 -> in.position(in.position() + Long.BYTES);
            case ScalarEvents.BYTES -> part();
            case ScalarEvents.FIXED32 -> in.position(in.position() + Integer.BYTES);
            default -> throw new IllegalArgumentException("a kind that protocol buffers lack");
        }
    }

    private ScalarDecoder part() {
        long length = number();
        if (length < 0 || length > in.remaining()) {
            throw new IllegalArgumentException("a length beyond the record");
        }
        ByteBuffer own = in.slice(in.position(), (int) length);
        in.position(in.position() + (int) length);
        return new ScalarDecoder(own);
    }

    private long number() {
        long out = 0;
        for (int shift = 0; shift < Long.SIZE; shift += ScalarEvents.PAYLOAD_BITS) {
            byte one = in.get();
            out |= (long) (one & (ScalarEvents.MORE - 1)) << shift;
            if (one >= 0) {
                return out;
            }
        }
        throw new IllegalArgumentException("a number of more than 64 bits");
    }
}
