package org.relaxon.model.cell;

import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.relaxon.model.memento.StateReader;
import org.relaxon.model.memento.StateWriter;

/** What parts wrote of themselves, in memory; read once from the beginning. */
final class Memento implements StateWriter, StateReader {
    private final List<Object> values = new ArrayList<>();
    private final List<double[]> shared = new ArrayList<>();
    private int next;

    /** Everything written so far, each value by its bits, to be compared. */
    List<String> text() {
        return values.stream().map(Memento::bits).toList();
    }

    private static String bits(Object value) {
        if (value instanceof double[] numbers) {
            StringBuilder out = new StringBuilder("numbers");
            for (double one : numbers) {
                out.append(' ').append(Long.toHexString(Double.doubleToRawLongBits(one)));
            }
            return out.toString();
        }
        if (value instanceof Double one) {
            return Long.toHexString(Double.doubleToRawLongBits(one));
        }
        if (value instanceof long[] numbers) {
            return Arrays.toString(numbers);
        }
        if (value instanceof int[] numbers) {
            return Arrays.toString(numbers);
        }
        return value instanceof byte[] bytes ? Arrays.toString(bytes) : value.toString();
    }

    private void put(Object value) {
        values.add(value);
    }

    private <T> T take(Class<T> type) {
        Object value = values.get(next++);
        if (!type.isInstance(value)) {
            throw refusal(type.getSimpleName() + ", found " + value);
        }
        return type.cast(value);
    }

    @Override
    public void writeBoolean(boolean value) {
        put(value);
    }

    @Override
    public void writeInt(int value) {
        put(value);
    }

    @Override
    public void writeLong(long value) {
        put(value);
    }

    @Override
    public void writeDouble(double value) {
        put(value);
    }

    @Override
    public void writeText(String value) {
        put(value);
    }

    @Override
    public void writeBytes(byte[] numbers) {
        put(numbers.clone());
    }

    @Override
    public void writeInts(int[] numbers) {
        put(numbers.clone());
    }

    @Override
    public void writeLongs(long[] numbers) {
        put(numbers.clone());
    }

    @Override
    public void writeDoubles(double[] numbers, int offset, int length) {
        put(Arrays.copyOfRange(numbers, offset, offset + length));
    }

    @Override
    public void writeShared(double[] numbers) {
        for (int k = 0; k < shared.size(); k++) {
            if (shared.get(k) == numbers) {
                put(k);
                return;
            }
        }
        put(shared.size());
        shared.add(numbers);
    }

    @Override
    public boolean readBoolean() {
        return take(Boolean.class);
    }

    @Override
    public int readInt() {
        return take(Integer.class);
    }

    @Override
    public long readLong() {
        return take(Long.class);
    }

    @Override
    public double readDouble() {
        return take(Double.class);
    }

    @Override
    public String readText() {
        return take(String.class);
    }

    @Override
    public int readCount(int most, int bytes) {
        return readInt(0, most);
    }

    @Override
    public void readBytes(byte[] into) {
        fill(into);
    }

    @Override
    public void readInts(int[] into) {
        fill(into);
    }

    @Override
    public void readLongs(long[] into) {
        fill(into);
    }

    @Override
    public void readDoubles(double[] into) {
        fill(into);
    }

    @Override
    public double[] readDoubles() {
        return take(double[].class).clone();
    }

    @Override
    public double[] readShared() {
        return shared.get(readInt(0, shared.size() - 1));
    }

    @Override
    public void readEnd() {
        if (next != values.size()) {
            throw refusal("the end");
        }
    }

    /** Fills an array of any type from one of the same type and length. */
    private void fill(Object into) {
        Object own = take(into.getClass());
        int length = Array.getLength(own);
        if (length != Array.getLength(into)) {
            throw refusal("%d numbers, found %d".formatted(Array.getLength(into), length));
        }
        System.arraycopy(own, 0, into, 0, length);
    }

    @Override
    public IllegalArgumentException refusal(String expected) {
        return new IllegalArgumentException("value %d: expected %s".formatted(next, expected));
    }
}
