package org.relaxon.runtime.wire;

/** Bytes are not what they should be; the message names the offset and what was expected there. */
public final class WireException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    /** Where, in bytes from the beginning of the message. */
    private final int offset;

    WireException(int offset, String expected) {
        super("bytes: at offset %d: expected %s".formatted(offset, expected));
        this.offset = offset;
    }

    WireException(int offset, String expected, RuntimeException cause) {
        this(offset, expected);
        initCause(cause);
    }

    /** {@return the offset at which something else was expected, in bytes} */
    public int offset() {
        return offset;
    }
}
