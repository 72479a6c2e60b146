package org.relaxon.experiments.storage;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Reads an {@link EventFile} that may still grow: every call returns the records that have become
 * whole since the one before. Sizes are checked before anything is allocated.
 */
public final class EventTail {
    /** The longest record that is read. */
    static final int RECORD_MAX = 1 << 20;

    /** Records of one call; the next one goes on after them. */
    private static final int RECORDS_MAX = 100_000;

    private final Path file;
    private long position;

    /**
     * Begins with the first record.
     *
     * @param file framed as TFRecord
     */
    public EventTail(Path file) {
        this.file = file;
    }

    /**
     * {@return the next records, in order; empty if none has become whole}
     *
     * @throws IOException if the file cannot be read, or a record is too long or not the one that
     *     was written; the following calls fail as well
     */
    public List<byte[]> next() throws IOException {
        List<byte[]> out = new ArrayList<>();
        try (FileChannel in = FileChannel.open(file, StandardOpenOption.READ)) {
            long size = in.size();
            while (out.size() < RECORDS_MAX && size - position >= EventFile.HEAD_BYTES) {
                byte[] head = read(in, position, EventFile.HEAD_BYTES);
                long length = numbers(head).getLong(0);
                requireSum(
                        numbers(head).getInt(EventFile.LENGTH_BYTES), head, EventFile.LENGTH_BYTES);
                if (length < 0 || length > RECORD_MAX) {
                    throw new IOException(file + ": a record is longer than is read");
                }
                long end = position + EventFile.HEAD_BYTES + length + EventFile.CHECKSUM_BYTES;
                if (end > size) {
                    break; // still being written
                }
                int whole = (int) length + EventFile.CHECKSUM_BYTES;
                byte[] body = read(in, position + EventFile.HEAD_BYTES, whole);
                requireSum(numbers(body).getInt((int) length), body, (int) length);
                out.add(Arrays.copyOf(body, (int) length));
                position = end;
            }
        }
        return out;
    }

    private void requireSum(int stored, byte[] of, int length) throws IOException {
        if (stored != EventFile.masked(of, length)) {
            throw new IOException(file + ": a checksum is wrong");
        }
    }

    private static ByteBuffer numbers(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    private byte[] read(FileChannel in, long from, int bytes) throws IOException {
        byte[] out = new byte[bytes];
        ByteBuffer left = ByteBuffer.wrap(out);
        while (left.hasRemaining()) {
            if (in.read(left, from + left.position()) < 0) {
                throw new IOException(file + ": became shorter");
            }
        }
        return out;
    }
}
