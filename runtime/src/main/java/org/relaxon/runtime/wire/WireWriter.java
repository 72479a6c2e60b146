package org.relaxon.runtime.wire;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.IdentityHashMap;
import org.relaxon.model.memento.StateReader;
import org.relaxon.model.memento.StateWriter;

/** Writes into an array that grows as needed, up to a largest number of bytes. */
final class WireWriter implements StateWriter {
    private static final int ROOM = 256;

    private final IdentityHashMap<double[], Integer> shared = new IdentityHashMap<>();
    private final int most;
    private byte[] bytes = new byte[ROOM];
    private int size;

    WireWriter(int most) {
        this.most = most;
    }

    @Override
    public void writeBoolean(boolean value) {
        reserve(1);
        bytes[size++] = (byte) (value ? 1 : 0);
    }

    @Override
    public void writeInt(int value) {
        reserve(Integer.BYTES);
        LittleEndian.putInt(bytes, size, value);
        size += Integer.BYTES;
    }

    @Override
    public void writeLong(long value) {
        reserve(Long.BYTES);
        LittleEndian.putLong(bytes, size, value);
        size += Long.BYTES;
    }

    @Override
    public void writeDouble(double value) {
        writeLong(Double.doubleToRawLongBits(value));
    }

    @Override
    public void writeText(String value) {
        byte[] text = value.getBytes(StandardCharsets.UTF_8);
        if (text.length > StateReader.TEXT_MAX) {
            throw new WireException(
                    size,
                    "a text of at most %d bytes, got %d"
                            .formatted(StateReader.TEXT_MAX, text.length));
        }
        writeBytes(text);
    }

    @Override
    public void writeBytes(byte[] values) {
        writeInt(values.length);
        reserve(values.length);
        System.arraycopy(values, 0, bytes, size, values.length);
        size += values.length;
    }

    @Override
    public void writeInts(int[] values) {
        writeInt(values.length);
        reserve((long) Integer.BYTES * values.length);
        for (int value : values) {
            writeInt(value);
        }
    }

    @Override
    public void writeLongs(long[] values) {
        writeInt(values.length);
        reserve((long) Long.BYTES * values.length);
        for (long value : values) {
            writeLong(value);
        }
    }

    @Override
    public void writeDoubles(double[] values, int offset, int length) {
        writeInt(length);
        reserve((long) Double.BYTES * length);
        for (int k = offset; k < offset + length; k++) {
            writeDouble(values[k]);
        }
    }

    @Override
    public void writeShared(double[] values) {
        Integer number = shared.putIfAbsent(values, shared.size());
        writeInt(number == null ? shared.size() - 1 : number);
        if (number == null) {
            writeDoubles(values);
        }
    }

    private void reserve(long more) {
        if (more > most - size) {
            throw new WireException(
                    size, "at most %d more bytes, got %d".formatted(most - size, more));
        }
        if (more > bytes.length - size) {
            long larger = Math.max(size + more, 2L * bytes.length);
            bytes = Arrays.copyOf(bytes, (int) Math.min(larger, most));
        }
    }

    byte[] toByteArray() {
        return Arrays.copyOf(bytes, size);
    }
}
