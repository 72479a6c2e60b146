package org.relaxon.experiments.storage;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32C;

/**
 * A new file of records that grows while another process reads it, framed as TFRecord: the length
 * (8 bytes, little-endian), its checksum (4), the record, and its checksum (4). Each record is
 * written at once, so that a reader finds whole records and at most one that is not yet whole,
 * which its checksums show. One writer, which created the file; nothing is overwritten.
 */
public final class EventFile implements AutoCloseable {
    static final int LENGTH_BYTES = 8;
    static final int CHECKSUM_BYTES = 4;
    static final int HEAD_BYTES = LENGTH_BYTES + CHECKSUM_BYTES;
    private static final int MASK = 0xa282ead8; // by which TFRecord masks checksums
    private static final int ROTATION = 15;

    private final Path file;
    private final FileChannel channel;

    private EventFile(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /**
     * Creates a file beside those of earlier processes, later than they by name.
     *
     * @param directory created if it does not exist
     * @param epochSecond becomes part of the name
     * @return the file, empty
     * @throws UnwritableException naming the file
     */
    public static EventFile create(Path directory, long epochSecond) throws UnwritableException {
        Path file = directory;
        try {
            Files.createDirectories(directory);
            for (int number = 0; ; number++) {
                // TensorBoard knows its files by this name, and reads them in its order.
                String name =
                        "events.out.tfevents.%010d.relaxon.%04d".formatted(epochSecond, number);
                file = directory.resolve(name);
                try {
                    return new EventFile(
                            file,
                            FileChannel.open(
                                    file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE));
                } catch (FileAlreadyExistsException e) {
                    file = directory; // another training of this second
                }
            }
        } catch (IOException e) {
            throw new UnwritableException(file, e);
        }
    }

    /** {@return the path of the file} */
    public Path path() {
        return file;
    }

    /**
     * Appends one record.
     *
     * @param record its bytes
     * @throws UnwritableException naming the file; it then ends with a part of the record, which
     *     readers ignore
     */
    public void append(byte[] record) throws UnwritableException {
        ByteBuffer frame =
                ByteBuffer.allocate(HEAD_BYTES + record.length + CHECKSUM_BYTES)
                        .order(ByteOrder.LITTLE_ENDIAN);
        frame.putLong(record.length);
        frame.putInt(masked(frame.array(), LENGTH_BYTES));
        frame.put(record);
        frame.putInt(masked(record, record.length));
        frame.flip();
        try {
            while (frame.hasRemaining()) {
                channel.write(frame);
            }
        } catch (IOException e) {
            throw new UnwritableException(file, e);
        }
    }

    /** The checksum of the first bytes, as TFRecord stores it. */
    static int masked(byte[] bytes, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, length);
        return Integer.rotateRight((int) crc.getValue(), ROTATION) + MASK;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
