package org.relaxon.experiments.format;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** A stream over some bytes of an open file, which closing the stream leaves open. */
final class FileSlice extends InputStream {

    private final FileChannel channel;
    private final long end;
    private long position;

    /** The caller has checked that the slice lies within the file. */
    FileSlice(FileChannel channel, long start, long bytes) {
        this.channel = channel;
        this.position = start;
        this.end = start + bytes;
    }

    /** Returns how many bytes have not been read yet. */
    long left() {
        return end - position;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (position == end) {
            return -1;
        }
        int count = (int) Math.min(length, end - position);
        int read = channel.read(ByteBuffer.wrap(into, offset, count), position);
        position += Math.max(0, read);
        return read;
    }
}
