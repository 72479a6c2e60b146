package org.relaxon.runtime.wire;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.relaxon.model.memento.StateReader;

/** Reads the body of a message. Lengths are compared with what is left before anything else. */
final class WireReader implements StateReader {
    private final byte[] bytes;
    private final List<double[]> shared = new ArrayList<>();
    private int at;
    private int last; // where the value read last begins

    WireReader(byte[] bytes, int from) {
        this.bytes = bytes;
        at = from;
        last = from;
    }

    /** Where the value read last begins. */
    int offset() {
        return last;
    }

    @Override
    public boolean readBoolean() {
        byte value = bytes[take(1)];
        if (value != 0 && value != 1) {
            throw refusal("0 or 1, found " + value);
        }
        return value == 1;
    }

    @Override
    public int readInt() {
        return LittleEndian.getInt(bytes, take(Integer.BYTES));
    }

    @Override
    public long readLong() {
        return LittleEndian.getLong(bytes, take(Long.BYTES));
    }

    @Override
    public double readDouble() {
        return Double.longBitsToDouble(readLong());
    }

    @Override
    public String readText() {
        int length = readCount(TEXT_MAX, 1);
        ByteBuffer text = ByteBuffer.wrap(bytes, take(length), length);
        try { // refuses what is not UTF-8, instead of replacing it
            return StandardCharsets.UTF_8.newDecoder().decode(text).toString();
        } catch (CharacterCodingException e) {
            throw refusal("a text in UTF-8");
        }
    }

    @Override
    public int readCount(int most, int itsBytes) {
        int count = readInt();
        int fit = Math.min(most, (bytes.length - at) / itsBytes);
        if (count < 0 || count > fit) {
            throw refusal(
                    "a length of at most %d, found %s"
                            .formatted(fit, Integer.toUnsignedString(count)));
        }
        return count;
    }

    @Override
    public void readBytes(byte[] into) {
        requireLength(into.length, 1);
        System.arraycopy(bytes, take(into.length), into, 0, into.length);
    }

    @Override
    public void readInts(int[] into) {
        requireLength(into.length, Integer.BYTES);
        view(into.length, Integer.BYTES).asIntBuffer().get(into);
    }

    @Override
    public void readLongs(long[] into) {
        requireLength(into.length, Long.BYTES);
        view(into.length, Long.BYTES).asLongBuffer().get(into);
    }

    @Override
    public void readDoubles(double[] into) {
        requireLength(into.length, Double.BYTES);
        fill(into);
    }

    @Override
    public double[] readDoubles() {
        double[] values = new double[readCount(Integer.MAX_VALUE, Double.BYTES)];
        fill(values);
        return values;
    }

    @Override
    public double[] readShared() {
        int number = readInt(0, shared.size());
        if (number == shared.size()) {
            shared.add(readDoubles());
        }
        return shared.get(number);
    }

    private void fill(double[] into) {
        int from = take(Math.multiplyExact(into.length, Double.BYTES));
        for (int k = 0; k < into.length; k++) {
            into[k] = Double.longBitsToDouble(LittleEndian.getLong(bytes, from + k * Double.BYTES));
        }
    }

    private ByteBuffer view(int count, int itsBytes) {
        int length = Math.multiplyExact(count, itsBytes);
        return ByteBuffer.wrap(bytes, take(length), length).order(ByteOrder.LITTLE_ENDIAN);
    }

    private void requireLength(int length, int itsBytes) {
        int count = readInt();
        if (count != length) {
            throw refusal(
                    "a length of %d, found %s".formatted(length, Integer.toUnsignedString(count)));
        }
        if (count > (bytes.length - at) / itsBytes) {
            throw refusal("%d numbers of %d bytes, before the end".formatted(count, itsBytes));
        }
    }

    /** Takes the next bytes; where they begin. */
    private int take(int count) {
        last = at;
        if (count > bytes.length - at) {
            throw refusal(
                    "%d more bytes, found the end after %d".formatted(count, bytes.length - at));
        }
        at += count;
        return last;
    }

    @Override
    public void readEnd() {
        if (at != bytes.length) {
            throw new WireException(
                    at, "the end, found %d more bytes".formatted(bytes.length - at));
        }
    }

    @Override
    public WireException refusal(String expected) {
        return new WireException(last, expected);
    }
}
