package org.relaxon.experiments.data;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Reads one .npy stream whose length is known, with memory that grows as bytes arrive. */
final class NpyDecoder {

    /** Elements decoded at a time, and the memory taken before the first has been seen. */
    private static final int CHUNK = 8192;

    private NpyDecoder() {}

    /**
     * Reads an array and leaves the stream behind its last element.
     *
     * @param where names the stream in messages
     * @param streamBytes length of the stream in bytes
     * @param elementsMax most elements accepted
     * @throws MalformedFileException if the head is not acceptable or promises another length
     */
    static NpyArray read(String where, InputStream in, long streamBytes, long elementsMax)
            throws IOException {
        NpyHeader header = NpyHeader.read(where, in, elementsMax);
        if (header.streamBytes() != streamBytes) {
            throw new MalformedFileException(
                    where, "length in bytes", streamBytes, "exactly " + header.streamBytes());
        }
        double[] values = values(where, in, header);
        int[] shape = header.shape();
        return NpyArray.wrap(shape, header.fortran() ? rowMajor(shape, values) : values);
    }

    private static double[] values(String where, InputStream in, NpyHeader header)
            throws IOException {
        int count = header.elements();
        NpyType type = header.type();
        byte[] bytes = new byte[CHUNK * type.bytes()];
        double[] values = new double[Math.min(count, CHUNK)];
        int filled = 0;
        while (filled < count) {
            int chunk = Math.min(CHUNK, count - filled);
            int read = in.readNBytes(bytes, 0, chunk * type.bytes());
            if (read < chunk * type.bytes()) {
                throw new MalformedFileException(
                        where,
                        "number of elements present",
                        filled + read / type.bytes(),
                        "exactly " + count);
            }
            if (filled + chunk > values.length) {
                values = Arrays.copyOf(values, (int) Math.min(count, 2L * values.length));
            }
            ByteBuffer from = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
            for (int k = 0; k < chunk; k++) {
                values[filled++] = type.read(from);
            }
        }
        return values;
    }

    /** Reorders values stored with the first axis fastest into row-major order. */
    private static double[] rowMajor(int[] shape, double[] columnMajor) {
        double[] values = new double[columnMajor.length];
        int[] index = new int[shape.length];
        for (double value : columnMajor) {
            int position = 0;
            for (int axis = 0; axis < shape.length; axis++) {
                position = position * shape[axis] + index[axis];
            }
            values[position] = value;
            for (int axis = 0; axis < shape.length && ++index[axis] == shape[axis]; axis++) {
                index[axis] = 0;
            }
        }
        return values;
    }
}
