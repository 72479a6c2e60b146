package org.relaxon.experiments.format;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Files made by hand, byte by byte, by other code than that under test. */
public final class Samples {

    private Samples() {}

    /** An IDX file of unsigned bytes with elements 0, 7, 14, ... modulo 251. */
    public static byte[] idx(int... sizes) {
        int count = 1;
        for (int size : sizes) {
            count *= size;
        }
        byte[] elements = new byte[count];
        for (int k = 0; k < count; k++) {
            elements[k] = (byte) (7 * k % 251);
        }
        return idxOf(sizes, elements);
    }

    public static byte[] idxOf(int[] sizes, byte... elements) {
        ByteBuffer file = ByteBuffer.allocate(4 + 4 * sizes.length + elements.length);
        file.putInt(0x0800 | sizes.length);
        for (int size : sizes) {
            file.putInt(size);
        }
        return file.put(elements).array();
    }

    /** Writes an array back as the one file that can have given it. */
    public static byte[] idx(IdxArray array) {
        int[] sizes = new int[array.axes()];
        for (int axis = 0; axis < sizes.length; axis++) {
            sizes[axis] = array.size(axis);
        }
        byte[] elements = new byte[array.elements()];
        for (int k = 0; k < elements.length; k++) {
            elements[k] = (byte) array.element(k);
        }
        return idxOf(sizes, elements);
    }

    public static byte[] gzip(byte[] content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(content);
        }
        return bytes.toByteArray();
    }

    /** A .npy stream of format 1.0 with a header of your choice. */
    public static byte[] npy(String header, byte... elements) {
        byte[] text = (header + "\n").getBytes(StandardCharsets.ISO_8859_1);
        return ByteBuffer.allocate(10 + text.length + elements.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0})
                .putShort((short) text.length)
                .put(text)
                .put(elements)
                .array();
    }

    public static byte[] npy(String descr, boolean fortran, String shape, byte... elements) {
        String order = fortran ? "True" : "False";
        return npy(
                "{'descr': '%s', 'fortran_order': %s, 'shape': %s, }"
                        .formatted(descr, order, shape),
                elements);
    }

    /** Little-endian doubles. */
    public static byte[] doubles(double... values) {
        ByteBuffer bytes = ByteBuffer.allocate(8 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        for (double value : values) {
            bytes.putDouble(value);
        }
        return bytes.array();
    }

    /** A deflated archive of one entry. */
    public static byte[] zip(String name, byte[] content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream out = new ZipOutputStream(bytes)) {
            out.putNextEntry(new ZipEntry(name));
            out.write(content);
        }
        return bytes.toByteArray();
    }

    /** An archive of one entry that is not compressed. */
    public static byte[] stored(String name, byte[] content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        CRC32 sum = new CRC32();
        sum.update(content);
        try (ZipOutputStream out = new ZipOutputStream(bytes)) {
            ZipEntry entry = new ZipEntry(name);
            entry.setMethod(ZipEntry.STORED);
            entry.setSize(content.length);
            entry.setCrc(sum.getValue());
            out.putNextEntry(entry);
            out.write(content);
        }
        return bytes.toByteArray();
    }
}
