package org.relaxon.model.memento;

import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/**
 * Accepts the state of one part after another. Every part writes its own fields, next to where they
 * are declared, and reads them back from a {@link StateReader} in the same order.
 */
public interface StateWriter {
    /**
     * Writes one byte, 0 or 1.
     *
     * @param value the value
     */
    void writeBoolean(boolean value);

    /**
     * Writes 32 bits.
     *
     * @param value the value
     */
    void writeInt(int value);

    /**
     * Writes 64 bits.
     *
     * @param value the value
     */
    void writeLong(long value);

    /**
     * Writes the raw bits of a double; every NaN keeps its own.
     *
     * @param value the value
     */
    void writeDouble(double value);

    /**
     * Writes a length and as many bytes of UTF-8.
     *
     * @param value a text that takes at most {@link StateReader#TEXT_MAX} bytes
     */
    void writeText(String value);

    /**
     * Writes a length and the bytes.
     *
     * @param values the bytes
     */
    void writeBytes(byte[] values);

    /**
     * Writes a length and the numbers.
     *
     * @param values the numbers
     */
    void writeInts(int[] values);

    /**
     * Writes a length and the numbers.
     *
     * @param values the numbers
     */
    void writeLongs(long[] values);

    /**
     * Writes a length and the numbers.
     *
     * @param values the array that holds them
     * @param offset index of the first
     * @param length how many
     */
    void writeDoubles(double[] values, int offset, int length);

    /**
     * Writes a length and the numbers of a whole array.
     *
     * @param values the numbers
     */
    default void writeDoubles(double[] values) {
        writeDoubles(values, 0, values.length);
    }

    /**
     * Writes an array that several parts hold: once, and then its number. It must not be written to
     * any more.
     *
     * @param values the numbers
     */
    void writeShared(double[] values);

    /**
     * Writes parts in the order of their names, so that equal states have equal bytes.
     *
     * @param named at most {@link StateReader#NAMES_MAX} parts by name
     * @param part writes one of them
     * @param <T> their type
     */
    default <T> void writeNamed(Map<String, T> named, BiConsumer<T, StateWriter> part) {
        writeInt(named.size());
        new TreeMap<>(named)
                .forEach(
                        (name, one) -> {
                            writeText(name);
                            part.accept(one, this);
                        });
    }

    /**
     * Writes the name of a constant.
     *
     * @param constant the constant
     */
    default void writeConstant(Enum<?> constant) {
        writeText(constant.name());
    }
}
