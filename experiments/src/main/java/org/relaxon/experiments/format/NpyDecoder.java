package org.relaxon.experiments.format;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Reads one .npy stream whose length is known, with memory that grows as bytes arrive. */
final class NpyDecoder {

    private NpyDecoder() {}

    /**
     * Reads an array and leaves the stream behind its last element.
     *
     * @param where names the stream in messages
     * @param streamBytes length of the stream in bytes
     * @param bytesMax most memory that its elements may take
     * @throws MalformedFileException if the head is not acceptable or states another length
     */
    static NpyArray read(String where, InputStream in, long streamBytes, long bytesMax)
            throws IOException {
        long elementsMax = Math.min(bytesMax, Integer.MAX_VALUE);
        NpyHeader header = NpyHeader.read(where, in, elementsMax);
        long bytes = (long) header.elements() * header.type().bytes();
        if (bytes > bytesMax) {
            throw new MalformedFileException(
                    where, "size of the elements in bytes", bytes, "up to " + bytesMax);
        }
        if (header.streamBytes() != streamBytes) {
            throw new MalformedFileException(
                    where, "length in bytes", streamBytes, "exactly " + header.streamBytes());
        }
        ByteBuffer[] chunks = chunks(where, in, header);
        return new NpyArray(
                header.shape(), header.type(), header.fortran(), chunks, header.elements());
    }

    private static ByteBuffer[] chunks(String where, InputStream in, NpyHeader header)
            throws IOException {
        int count = header.elements();
        NpyType type = header.type();
        List<ByteBuffer> chunks = new ArrayList<>();
        for (int filled = 0; filled < count; filled += NpyArray.CHUNK) {
            byte[] bytes = new byte[Math.min(NpyArray.CHUNK, count - filled) * type.bytes()];
            int read = in.readNBytes(bytes, 0, bytes.length);
            if (read < bytes.length) {
                throw new MalformedFileException(
                        where,
                        "number of elements present",
                        filled + read / type.bytes(),
                        "exactly " + count);
            }
            chunks.add(ByteBuffer.wrap(bytes).order(type.order()));
        }
        return chunks.toArray(new ByteBuffer[0]);
    }
}
