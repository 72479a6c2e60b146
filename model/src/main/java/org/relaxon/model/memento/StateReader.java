package org.relaxon.model.memento;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * Returns what a {@link StateWriter} was given, in the same order. Every length is compared with
 * what is left, and with a maximum, before anything is allocated; most arrays are read into those
 * that the part has already.
 *
 * <p>All methods throw the exception of {@link #refusal} if something else is found.
 */
public interface StateReader {
    /** The most bytes of a text. */
    int TEXT_MAX = 1 << 16;

    /** The most parts of {@link #readNamed}. */
    int NAMES_MAX = 1 << 16;

    /** {@return the next value} */
    boolean readBoolean();

    /** {@return the next value} */
    int readInt();

    /**
     * {@return the next value, which must be in a range}
     *
     * @param least smallest value
     * @param most largest value
     */
    default int readInt(int least, int most) {
        return Math.toIntExact(within(readInt(), least, most));
    }

    /** {@return the next value} */
    long readLong();

    /**
     * {@return the next value, which must be in a range}
     *
     * @param least smallest value
     * @param most largest value
     */
    default long readLong(long least, long most) {
        return within(readLong(), least, most);
    }

    private long within(long value, long least, long most) {
        if (value < least || value > most) {
            throw refusal("%d to %d, found %d".formatted(least, most, value));
        }
        return value;
    }

    /** {@return the next value, with its raw bits} */
    double readDouble();

    /** {@return the next text} */
    String readText();

    /**
     * {@return the number of parts that follow}
     *
     * @param most the largest number
     * @param bytes the fewest bytes that each of them takes, at least 1
     */
    int readCount(int most, int bytes);

    /**
     * Reads as many bytes as an array holds.
     *
     * @param into receives them
     */
    void readBytes(byte[] into);

    /**
     * Reads as many numbers as an array holds.
     *
     * @param into receives them
     */
    void readInts(int[] into);

    /**
     * Reads as many numbers as an array holds.
     *
     * @param into receives them
     */
    void readLongs(long[] into);

    /**
     * Reads as many numbers as an array holds.
     *
     * @param into receives them
     */
    void readDoubles(double[] into);

    /** {@return the next numbers, however many there are} */
    double[] readDoubles();

    /** {@return the next shared array; parts that shared it when it was written share it again} */
    double[] readShared();

    /** Refuses anything that is left. */
    void readEnd();

    /**
     * {@return the constant whose name is next}
     *
     * @param constants all constants that are allowed
     * @param <E> their type
     */
    default <E extends Enum<E>> E readConstant(E[] constants) {
        String name = readText();
        for (E one : constants) {
            if (one.name().equals(name)) {
                return one;
            }
        }
        throw refusal("a constant, not \"%s\"".formatted(name));
    }

    /**
     * {@return the parts that {@link StateWriter#writeNamed} wrote, by name}
     *
     * @param part reads one of them
     * @param <T> their type
     */
    default <T> Map<String, T> readNamed(Function<StateReader, T> part) {
        Map<String, T> named = new HashMap<>();
        for (int k = readCount(NAMES_MAX, Integer.BYTES); k > 0; k--) {
            String name = readText();
            named.put(name, part.apply(this));
        }
        return named;
    }

    /**
     * {@return the exception to throw where the part just read is not what it should be}
     *
     * @param expected what should be there
     */
    RuntimeException refusal(String expected);
}
