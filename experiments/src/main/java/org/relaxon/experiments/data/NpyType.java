package org.relaxon.experiments.data;

import java.nio.ByteBuffer;

/** The element types of a .npy file that are read; all little-endian. */
enum NpyType {
    F4("<f4", Float.BYTES) {
        @Override
        double read(ByteBuffer from) {
            return from.getFloat();
        }
    },
    F8("<f8", Double.BYTES) {
        @Override
        double read(ByteBuffer from) {
            return from.getDouble();
        }
    },
    U1("|u1", Byte.BYTES) {
        @Override
        double read(ByteBuffer from) {
            return from.get() & 0xff;
        }
    },
    I4("<i4", Integer.BYTES) {
        @Override
        double read(ByteBuffer from) {
            return from.getInt();
        }
    },
    /** Rounded to the nearest double, hence exact up to 2^53. */
    I8("<i8", Long.BYTES) {
        @Override
        double read(ByteBuffer from) {
            return from.getLong();
        }
    };

    /** What a message says is accepted. */
    static final String ALLOWED = "<f4, <f8, |u1, <i4, <i8";

    private final String code;
    private final int bytes;

    NpyType(String code, int bytes) {
        this.code = code;
        this.bytes = bytes;
    }

    /** Returns the bytes of one element. */
    int bytes() {
        return bytes;
    }

    /** Takes one element from a little-endian buffer. */
    abstract double read(ByteBuffer from);

    /**
     * Finds a type by the code NumPy gives it.
     *
     * @throws MalformedFileException if it is not one of {@link #ALLOWED}; byte order and objects
     *     are named
     */
    static NpyType of(String where, String code) throws MalformedFileException {
        for (NpyType type : values()) {
            if (type.code.equals(code)) {
                return type;
            }
        }
        String shown = code;
        if (code.startsWith(">")) {
            shown = code + " (big-endian)";
        } else if (code.contains("O")) {
            shown = code + " (Python objects)";
        }
        throw new MalformedFileException(where, "descr", shown, ALLOWED);
    }
}
