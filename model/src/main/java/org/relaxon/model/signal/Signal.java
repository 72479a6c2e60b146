package org.relaxon.model.signal;

import org.relaxon.model.memento.StateReader;
import org.relaxon.model.memento.StateWriter;

/**
 * One message from a cell to another along one link: the sender's complete current value, never a
 * difference, with its phase and a version that grows with every signal on that link. The newest
 * version wins, so that loss, repetition or overtaking of a signal only causes delay.
 *
 * <p>The payload is {@code rows} neurons by {@code planes x columns} numbers, row-major, starting
 * at {@code offset} of a shared array that is no longer written. Several signals of one relaxation
 * may view different parts of one array.
 */
public final class Signal implements Parcel {
    private final long phase;
    private final long version;
    private final double[] values;
    private final int offset;
    private final int length;

    /**
     * @param phase id of the settling this signal belongs to
     * @param version grows with every signal on the same link; first is 1
     * @param values payload array, shared and no longer written
     * @param offset start of the payload in {@code values}
     * @param length rows x planes x columns of the payload
     */
    public Signal(long phase, long version, double[] values, int offset, int length) {
        this.phase = phase;
        this.version = version;
        this.values = values;
        this.offset = offset;
        this.length = length;
    }

    @Override
    public long phase() {
        return phase;
    }

    @Override
    public long version() {
        return version;
    }

    /** {@return the shared array that holds the payload from {@link #offset()} on; read only} */
    public double[] values() {
        return values;
    }

    /** {@return the index in {@link #values()} of the first number of the payload} */
    public int offset() {
        return offset;
    }

    @Override
    public int length() {
        return length;
    }

    /**
     * {@return the i-th number of the payload}
     *
     * @param i the index in the payload, from 0
     */
    public double value(int i) {
        return values[offset + i];
    }

    /**
     * Writes this signal down, with its own part of the array alone.
     *
     * @param out receives it
     */
    public void save(StateWriter out) {
        out.writeLong(phase);
        out.writeLong(version);
        out.writeDoubles(values, offset, length);
    }

    /**
     * {@return the signal that comes next, with an array of its own}
     *
     * @param in source of what was saved
     */
    public static Signal load(StateReader in) {
        long phase = in.readLong();
        long version = in.readLong();
        double[] values = in.readDoubles();
        return new Signal(phase, version, values, 0, values.length);
    }
}
