package org.relaxon.experiments.format;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An element type of a .npy file: every real number that NumPy stores in 1, 2, 4 or 8 bytes, and
 * truth values as 0 and 1. Integers beyond 2^53 are rounded to the nearest double.
 *
 * @param kind b, i, u or f
 * @param bytes of one element
 * @param order of its bytes
 */
record NpyType(char kind, int bytes, ByteOrder order) {

    /** Little-endian doubles. */
    static final NpyType F8 = new NpyType('f', 8, ByteOrder.LITTLE_ENDIAN);

    /** The accepted types, for messages. */
    static final String ALLOWED = "b1, i1 to i8, u1 to u8, f2, f4, f8 in either byte order";

    private static final Pattern CODE = Pattern.compile("(?:\\|([biu]1)|([<>])([iu][248]|f[248]))");

    /**
     * Finds a type by the code NumPy gives it.
     *
     * @throws MalformedFileException if it is not one of {@link #ALLOWED}; objects, text and
     *     complex numbers are named
     */
    static NpyType of(String where, String code) throws MalformedFileException {
        Matcher m = CODE.matcher(code);
        if (!m.matches()) {
            throw new MalformedFileException(where, "descr", code + meaning(code), ALLOWED);
        }
        String name = m.group(1) == null ? m.group(3) : m.group(1);
        boolean big = ">".equals(m.group(2));
        return new NpyType(
                name.charAt(0),
                name.charAt(1) - '0',
                big ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
    }

    private static String meaning(String code) {
        return switch (code.replaceAll("[^A-Za-z]", "")) {
            case "O" -> " (Python objects)";
            case "U", "S", "a", "V" -> " (text or raw bytes)";
            case "c" -> " (complex numbers)";
            case "M", "m" -> " (times)";
            default -> "";
        };
    }

    /** Reads the element at a byte position of a buffer in this type's order. */
    double read(ByteBuffer from, int at) {
        return switch (kind) {
            case 'b' -> from.get(at) == 0 ? 0 : 1;
            case 'u' -> unsigned(from, at);
            case 'i' -> signed(from, at);
            default -> real(from, at);
        };
    }

    private double signed(ByteBuffer from, int at) {
        return switch (bytes) {
            case 1 -> from.get(at);
            case 2 -> from.getShort(at);
            case 4 -> from.getInt(at);
            default -> from.getLong(at);
        };
    }

    private double unsigned(ByteBuffer from, int at) {
        return switch (bytes) {
            case 1 -> from.get(at) & 0xff;
            case 2 -> from.getShort(at) & 0xffff;
            case 4 -> Integer.toUnsignedLong(from.getInt(at));
            default -> unsigned(from.getLong(at));
        };
    }

    /** The lowest bit is kept sticky, so that halving does not round twice. */
    private static double unsigned(long bits) {
        return bits >= 0 ? bits : 2.0 * (bits >>> 1 | bits & 1);
    }

    private double real(ByteBuffer from, int at) {
        return switch (bytes) {
            case 2 -> half(from.getShort(at));
            case 4 -> from.getFloat(at);
            default -> from.getDouble(at);
        };
    }

    /** IEEE 754 binary16. */
    private static double half(short bits) {
        int exponent = bits >> 10 & 0x1f;
        int fraction = bits & 0x3ff;
        double size =
                switch (exponent) {
                    case 0 -> Math.scalb((double) fraction, -24);
                    case 0x1f -> fraction == 0 ? Double.POSITIVE_INFINITY : Double.NaN;
                    default -> Math.scalb(1024.0 + fraction, exponent - 25);
                };
        return bits < 0 ? -size : size;
    }
}
