package org.relaxon.runtime.wire;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.relaxon.model.memento.StateReader;
import org.relaxon.model.memento.StateWriter;
import org.relaxon.model.signal.Parcel;
import org.relaxon.model.signal.Signal;
import org.relaxon.runtime.protocol.Bundle;

/** Messages that are not whole end in one exception, and allocate next to nothing before. */
class WireTest {
    /** What reading may allocate, in bytes per byte of the message, and beside it. */
    private static final int PER_BYTE = 8;

    private static final long BESIDE = 32_768;

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private static Signal signal() {
        return new Signal(3, 5, new double[] {0.5, -0.25, 1e-300}, 0, 3);
    }

    private static Bundle bundle() {
        return new Bundle(
                3,
                5,
                2,
                true,
                new Bundle.Moves(7, 9),
                List.of(new Bundle.Said(4, signal()), new Bundle.Said(0, signal())));
    }

    /** The refusal of bytes, which must allocate little. */
    private static WireException refusal(byte[] bytes) {
        assertThrows(WireException.class, () -> Wire.parcel(bytes)); // loads what reading needs
        long thread = Thread.currentThread().getId();
        long before = THREADS.getThreadAllocatedBytes(thread);
        WireException e = assertThrows(WireException.class, () -> Wire.parcel(bytes));
        long spent = THREADS.getThreadAllocatedBytes(thread) - before;
        assertTrue(spent <= (long) PER_BYTE * bytes.length + BESIDE, spent + " bytes allocated");
        assertTrue(e.getMessage().startsWith("bytes: at offset " + e.offset() + ": expected "));
        assertTrue(e.offset() >= 0 && e.offset() <= bytes.length, e.getMessage());
        return e;
    }

    /** Changes bytes and puts the checksum right, as a writer with a defect would. */
    private static byte[] sealed(byte[] bytes, Consumer<byte[]> change) {
        byte[] out = bytes.clone();
        change.accept(out);
        seal(out);
        return out;
    }

    static void seal(byte[] message) {
        CRC32C sum = new CRC32C();
        sum.update(message, 0, 16);
        sum.update(message, Wire.HEADER, message.length - Wire.HEADER);
        LittleEndian.putInt(message, 16, (int) sum.getValue());
    }

    private static byte[] withInt(byte[] bytes, int at, int value) {
        return sealed(bytes, b -> LittleEndian.putInt(b, at, value));
    }

    private static <T> T roundTrip(Consumer<StateWriter> write, Function<StateReader, T> read) {
        return Wire.read(Wire.bytes(Kind.SETTLING, write), Kind.SETTLING, read);
    }

    @Test
    void theFirstVersionKeepsItsBytes() throws IOException {
        for (Parcel parcel : List.of(signal(), bundle())) {
            String name = parcel.getClass().getSimpleName().toLowerCase(java.util.Locale.ROOT);
            byte[] golden = golden("/wire/" + name + "-v1.hex");
            assertEquals(
                    HexFormat.of().formatHex(golden), HexFormat.of().formatHex(Wire.bytes(parcel)));
            assertArrayEquals(golden, Wire.bytes(Wire.parcel(golden)));
        }
    }

    private static byte[] golden(String resource) throws IOException {
        try (InputStream in = WireTest.class.getResourceAsStream(resource)) {
            String hex = new String(in.readAllBytes(), StandardCharsets.US_ASCII);
            return HexFormat.of().parseHex(hex.replaceAll("\\s", ""));
        }
    }

    @Test
    void everyTruncationIsRefused() {
        for (Parcel parcel : List.of(signal(), bundle())) {
            byte[] bytes = Wire.bytes(parcel);
            for (int length = 0; length < bytes.length; length++) {
                byte[] cut = Arrays.copyOf(bytes, length);
                refusal(cut);
                if (length >= Wire.HEADER) {
                    int body = length - Wire.HEADER;
                    WireException e = refusal(withInt(cut, 12, body)); // that claims to be whole
                    assertTrue(e.offset() >= Wire.HEADER, e.getMessage());
                }
            }
        }
    }

    @Test
    void everyFlippedByteIsRefused() {
        byte[] bytes = Wire.bytes(bundle());
        for (int at = 0; at < bytes.length; at++) {
            for (int bit = 0; bit < 8; bit++) {
                byte[] flipped = bytes.clone();
                flipped[at] ^= (byte) (1 << bit);
                WireException e = refusal(flipped);
                assertEquals(at < 16 ? at / 4 * 4 : 16, e.offset(), e.getMessage());
            }
        }
        Wire.parcel(bytes);
    }

    @Test
    void headersSayWhatIsWrong() {
        byte[] bytes = Wire.bytes(signal());
        assertEquals(
                "bytes: at offset 4: expected version 1, found 2",
                refusal(withInt(bytes, 4, 2)).getMessage());
        byte[] settling = withInt(Wire.bytes(Kind.SETTLING, out -> out.writeInt(1)), 4, 1);
        assertEquals(
                "bytes: at offset 4: expected version 3, found 1",
                assertThrows(
                                WireException.class,
                                () -> Wire.read(settling, Kind.SETTLING, StateReader::readInt))
                        .getMessage());
        assertEquals(
                "bytes: at offset 8: expected kind 1 (PARCEL), found 77",
                refusal(withInt(bytes, 8, 77)).getMessage());
        assertEquals(
                "bytes: at offset 12: expected a body of 2147483648 bytes, found 48",
                refusal(withInt(bytes, 12, Integer.MIN_VALUE)).getMessage());
        assertEquals(
                "bytes: at offset 8: expected kind 2 (SETTLING), found 1",
                assertThrows(
                                WireException.class,
                                () -> Wire.read(bytes, Kind.SETTLING, StateReader::readInt))
                        .getMessage());
    }

    /** Lengths inside, of writers that keep the checksum right. */
    @Test
    void lengthsAreComparedWithWhatIsLeft() {
        byte[] bytes = Wire.bytes(signal());
        int at = Wire.HEADER + 4 + 16; // after the kind, the phase and the version
        assertEquals(3, LittleEndian.getInt(bytes, at));
        for (int length : new int[] {4, 5, 1 << 20, Integer.MAX_VALUE, Integer.MIN_VALUE, -1}) {
            assertEquals(
                    "bytes: at offset %d: expected a length of at most 3, found %s"
                            .formatted(at, Integer.toUnsignedString(length)),
                    refusal(withInt(bytes, at, length)).getMessage());
        }
        for (int length : new int[] {0, 1, 2}) { // the rest is left over
            assertEquals(
                    "bytes: at offset %d: expected the end, found %d more bytes"
                            .formatted(at + 4 + 8 * length, 8 * (3 - length)),
                    refusal(withInt(bytes, at, length)).getMessage());
        }
    }

    @Test
    void anUnknownParcelIsRefused() {
        assertEquals(
                "bytes: at offset 20: expected a signal (1) or a bundle (2)",
                refusal(withInt(Wire.bytes(signal()), Wire.HEADER, 3)).getMessage());
    }

    @Test
    void randomBytesUnderARightChecksumEndInTheSameException() {
        SplittableRandom random = new SplittableRandom(11);
        byte[] bytes = Wire.bytes(bundle());
        int refused = 0;
        for (int k = 0; k < 5_000; k++) {
            byte[] changed =
                    sealed(
                            bytes,
                            b -> {
                                int at = Wire.HEADER + random.nextInt(b.length - Wire.HEADER);
                                b[at] = (byte) random.nextInt();
                            });
            try {
                Wire.parcel(changed);
            } catch (WireException e) {
                refused++;
            }
        }
        assertTrue(refused > 500, refused + " refused");
    }

    @Test
    void everyKindOfNumberComesBack() {
        double nan = Double.longBitsToDouble(0x7FF0_0000_0000_0001L); // a signalling one
        double[] values = {0.0, -0.0, nan, Double.NEGATIVE_INFINITY};
        assertTrue(roundTrip(out -> out.writeBoolean(true), StateReader::readBoolean));
        assertFalse(roundTrip(out -> out.writeBoolean(false), StateReader::readBoolean));
        Integer number = roundTrip(out -> out.writeInt(-7), in -> in.readInt(-7, -7));
        assertEquals(-7, number);
        Long wide = roundTrip(out -> out.writeLong(-7), in -> in.readLong(-8, -7));
        assertEquals(-7, wide);
        assertEquals("nŭmber", roundTrip(out -> out.writeText("nŭmber"), StateReader::readText));
        assertArrayEquals(
                raw(values), raw(roundTrip(out -> out.writeDoubles(values), r -> r.readDoubles())));
        double[] into = new double[4];
        roundTrip(out -> out.writeDoubles(values), in -> filled(in, into));
        assertArrayEquals(raw(values), raw(into));
        int[] ints = {1, -2};
        long[] longs = {3, Long.MIN_VALUE};
        byte[] bytes = {4, -5, 6};
        int[] readInts = new int[2];
        long[] readLongs = new long[2];
        byte[] readBytes = new byte[3];
        roundTrip(
                out -> {
                    out.writeInts(ints);
                    out.writeLongs(longs);
                    out.writeBytes(bytes);
                },
                in -> {
                    in.readInts(readInts);
                    in.readLongs(readLongs);
                    in.readBytes(readBytes);
                    return null;
                });
        assertArrayEquals(ints, readInts);
        assertArrayEquals(longs, readLongs);
        assertArrayEquals(bytes, readBytes);
    }

    private static Void filled(StateReader in, double[] into) {
        in.readDoubles(into);
        return null;
    }

    private static long[] raw(double[] values) {
        return Arrays.stream(values).mapToLong(Double::doubleToRawLongBits).toArray();
    }

    @Test
    void aSharedArrayIsWrittenOnceAndSharedAgain() {
        double[] one = new double[100];
        double[] equal = new double[100];
        byte[] bytes =
                Wire.bytes(
                        Kind.SETTLING,
                        out -> {
                            out.writeShared(one);
                            out.writeShared(equal);
                            out.writeShared(one);
                        });
        assertEquals(Wire.HEADER + 3 * 4 + 2 * (4 + 800), bytes.length);
        double[][] read =
                Wire.read(
                        bytes,
                        Kind.SETTLING,
                        in -> new double[][] {in.readShared(), in.readShared(), in.readShared()});
        assertSame(read[0], read[2]);
        assertFalse(read[0] == read[1]);
        assertThrows(
                WireException.class,
                () -> Wire.read(withInt(bytes, Wire.HEADER, 1), Kind.SETTLING, r -> r.readShared()),
                "an array that has not been read");
    }

    @Test
    void valuesOutsideTheirRangeAreRefused() {
        byte[] two = Wire.bytes(Kind.SETTLING, out -> out.writeBytes(new byte[] {2, (byte) 0xC3}));
        for (Function<StateReader, Object> read :
                List.<Function<StateReader, Object>>of(
                        in -> in.readInt(3, 9),
                        in -> in.readInt(0, 1),
                        in -> in.readLong(0, 9),
                        in -> in.readInt() + (in.readBoolean() ? 1 : 0),
                        StateReader::readText,
                        in -> in.readCount(1, 1),
                        in -> in.readCount(9, 2),
                        in -> in.readConstant(Kind.values()),
                        in -> filled(in, new double[2]),
                        in -> filled(in, new double[3]))) {
            assertThrows(WireException.class, () -> Wire.read(two, Kind.SETTLING, read));
        }
    }

    @Test
    void whatDoesNotFitTogetherIsRefusedAtItsOffset() {
        byte[] bytes = Wire.bytes(Kind.SETTLING, out -> out.writeInt(1));
        WireException e =
                assertThrows(
                        WireException.class,
                        () ->
                                Wire.read(
                                        bytes,
                                        Kind.SETTLING,
                                        in -> {
                                            in.readInt();
                                            throw new IllegalArgumentException("beta: no");
                                        }));
        assertEquals("bytes: at offset 20: expected what fits: beta: no", e.getMessage());
    }

    /** The bound of writers, refused before the array grows beyond. */
    @Test
    void aMessageThatWouldBeTooLongIsNotWritten() {
        WireWriter out = new WireWriter(2_000);
        out.writeDoubles(new double[200]);
        assertEquals(
                "bytes: at offset 1608: expected at most 392 more bytes, got 400",
                assertThrows(WireException.class, () -> out.writeDoubles(new double[50]))
                        .getMessage());
        assertEquals(1_608, out.toByteArray().length);
        assertThrows(
                WireException.class,
                () -> Wire.bytes(Kind.SETTLING, o -> o.writeText("x".repeat(1 << 17))));
    }
}
