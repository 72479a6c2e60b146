package org.relaxon.experiments.format;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Records of an event file of TensorBoard, as protocol buffers: those of the message {@code Event}
 * that state the version, the start of a process, and scalars. Fields have the numbers of
 * tensorflow/core/util/event.proto and framework/summary.proto (Apache 2.0).
 */
public final class ScalarEvents {
    static final int VARINT = 0;
    static final int FIXED64 = 1;
    static final int BYTES = 2;
    static final int FIXED32 = 5;

    static final int WALL_TIME = 1;
    static final int STEP = 2;
    private static final int FILE_VERSION = 3;
    static final int SUMMARY = 5;
    static final int SESSION_LOG = 7;
    static final int STATUS = 1; // of a session log
    static final int START = 1;
    static final int VALUE = 1; // of a summary
    static final int TAG = 1; // of a value
    static final int SIMPLE_VALUE = 2;

    static final int KIND_BITS = 3;
    static final int PAYLOAD_BITS = 7;
    static final int MORE = 0x80;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    private ScalarEvents() {}

    /**
     * {@return the first record of every file}
     *
     * @param seconds since 1970
     */
    public static byte[] version(double seconds) {
        return event(seconds, 0)
                .bytes(FILE_VERSION, "brain.Event:2".getBytes(StandardCharsets.UTF_8))
                .out
                .toByteArray();
    }

    /**
     * {@return the record of a process that begins: readers forget what earlier files of the
     * directory state of this step and later ones}
     *
     * @param seconds since 1970
     * @param step that it makes first
     */
    public static byte[] start(double seconds, long step) {
        return event(seconds, step)
                .bytes(SESSION_LOG, new ScalarEvents().varint(STATUS, START).out.toByteArray())
                .out
                .toByteArray();
    }

    /**
     * {@return the record of some numbers}
     *
     * @param seconds since 1970
     * @param step to which they belong
     * @param values by tag, in order; rounded to single precision, as the format has them
     */
    public static byte[] scalars(double seconds, long step, Map<String, Double> values) {
        ScalarEvents summary = new ScalarEvents();
        values.forEach(
                (tag, value) ->
                        summary.bytes(
                                VALUE,
                                new ScalarEvents()
                                        .bytes(TAG, tag.getBytes(StandardCharsets.UTF_8))
                                        .fixed32(SIMPLE_VALUE, value.floatValue())
                                        .out
                                        .toByteArray()));
        return event(seconds, step).bytes(SUMMARY, summary.out.toByteArray()).out.toByteArray();
    }

    /**
     * One record.
     *
     * @param seconds since 1970; NaN if it states none
     * @param step to which it belongs
     * @param start whether it is the record of a process that begins
     * @param values by tag; empty for other records
     */
    public record Event(double seconds, long step, boolean start, Map<String, Double> values) {
        /**
         * Copies the values.
         *
         * @param seconds since 1970; NaN if it states none
         * @param step to which it belongs
         * @param start whether it is the record of a process that begins
         * @param values by tag; empty for other records
         */
        public Event {
            values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
        }
    }

    /**
     * {@return a record, without fields of other kinds}
     *
     * @param record its bytes
     * @throws IOException if it is no record of an event file
     */
    public static Event read(byte[] record) throws IOException {
        try {
            return new ScalarDecoder(ByteBuffer.wrap(record)).event();
        } catch (BufferUnderflowException | IllegalArgumentException e) {
            throw new IOException("a record is no event of TensorBoard", e);
        }
    }

    private static ScalarEvents event(double seconds, long step) {
        return new ScalarEvents().fixed64(WALL_TIME, seconds).varint(STEP, step);
    }

    private ScalarEvents varint(int field, long value) {
        number((long) field << KIND_BITS | VARINT);
        number(value);
        return this;
    }

    private ScalarEvents fixed64(int field, double value) {
        number((long) field << KIND_BITS | FIXED64);
        out.writeBytes(little(Double.BYTES).putDouble(value).array());
        return this;
    }

    private ScalarEvents fixed32(int field, float value) {
        number((long) field << KIND_BITS | FIXED32);
        out.writeBytes(little(Float.BYTES).putFloat(value).array());
        return this;
    }

    private ScalarEvents bytes(int field, byte[] value) {
        number((long) field << KIND_BITS | BYTES);
        number(value.length);
        out.writeBytes(value);
        return this;
    }

    private static ByteBuffer little(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Seven bits a byte, the low ones first. */
    private void number(long value) {
        long left = value;
        while (Long.compareUnsigned(left, MORE) >= 0) {
            out.write((int) (left & (MORE - 1) | MORE));
            left >>>= PAYLOAD_BITS;
        }
        out.write((int) left);
    }
}
