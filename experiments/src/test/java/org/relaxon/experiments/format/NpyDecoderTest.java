package org.relaxon.experiments.format;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class NpyDecoderTest {

    private static final byte[] SIX = Samples.doubles(1, 2, 3, 4, 5, 6);

    @Test
    void columnMajorArraysAreTransposed() throws IOException {
        NpyArray matrix = array(Samples.npy("<f8", true, "(2, 3)", SIX));
        assertArrayEquals(new int[] {2, 3}, matrix.shape());
        assertArrayEquals(new double[] {1, 3, 5, 2, 4, 6}, matrix.values());

        byte[] twelve = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11};
        NpyArray cube = array(Samples.npy("|u1", true, "(2, 3, 2)", twelve));
        for (int i = 0; i < 2; i++) {
            for (int j = 0; j < 3; j++) {
                for (int k = 0; k < 2; k++) {
                    assertEquals(i + 2 * j + 6 * k, cube.value((i * 3 + j) * 2 + k));
                }
            }
        }
    }

    @Test
    void everyAcceptedElementTypeBecomesDouble() throws IOException {
        ByteBuffer floats = little(8).putFloat(0.1f).putFloat(-2);
        assertArrayEquals(new double[] {0.1f, -2}, values("<f4", floats));
        ByteBuffer ints = little(8).putInt(Integer.MIN_VALUE).putInt(7);
        assertArrayEquals(new double[] {Integer.MIN_VALUE, 7}, values("<i4", ints));
        ByteBuffer longs = little(16).putLong(-(1L << 53)).putLong(9);
        assertArrayEquals(new double[] {-0x1p53, 9}, values("<i8", longs));
        ByteBuffer bytes = little(2).put((byte) 255).put((byte) 1);
        assertArrayEquals(new double[] {255, 1}, values("|u1", bytes));
    }

    /** By hand from two's complement and IEEE 754, beside the limits of each type. */
    @Test
    void bothByteOrdersAndAllSizesAreRead() throws IOException {
        assertValues("|b1", "00 01", 0, 1);
        assertValues("|i1", "80 7f", -128, 127);
        assertValues("<i2", "0080 0100", -32768, 1);
        assertValues(">i2", "8000 0001", -32768, 1);
        assertValues("<u2", "ffff 0100", 65535, 1);
        assertValues(">u2", "ffff 0001", 65535, 1);
        assertValues(">u4", "ffffffff 00000001", 4294967295.0, 1);
        assertValues(">i4", "fffffffe 7fffffff", -2, 2147483647);
        assertValues(">i8", "fffffffffffffffe 0000000000000007", -2, 7);
        assertValues("<u8", "ffffffffffffffff 0100000000000000", 0x1p64, 1);
        assertValues(">u8", "8000000000000401 7fffffffffffffff", 0x1.0000000000001p63, 0x1p63);
        assertValues(">f4", "3dcccccd c0000000", 0.1f, -2);
        assertValues(">f8", "3fb999999999999a c000000000000000", 0.1, -2);
        assertValues("<f2", "662e 00c0", 0.0999755859375, -2);
        assertValues(">f2", "2e66 c000", 0.0999755859375, -2);
        assertValues("<f2", "ff7b 0100", 65504, 0x1p-24);
        assertValues("<f2", "007c 00fc", Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY);
        assertValues("<f2", "017e 0080", Double.NaN, -0.0);
        assertValues("<f2", "ff03 0004", 0x1.ff8p-15, 0x1p-14);
    }

    private static void assertValues(String descr, String hex, double... expected)
            throws IOException {
        byte[] elements = HexFormat.of().parseHex(hex.replace(" ", ""));
        NpyArray array = array(Samples.npy(descr, false, "(2,)", elements));
        assertArrayEquals(expected, array.values(), descr + " " + hex);
    }

    @Test
    void moreBytesThanTheLimitAreRefusedByTheirNumber() {
        assertRefused(
                Samples.npy("<f8", false, "(126,)", new byte[1008]),
                "size of the elements in bytes is 1008; allowed: up to 1000");
        assertRefused(Samples.npy("|u1", false, "(1001,)", new byte[1001]), "1001; allowed: 0 to");
    }

    @Test
    void otherElementTypesAreRefusedByName() {
        assertRefused(Samples.npy("|O", false, "(6,)", SIX), "descr is |O (Python objects)");
        assertRefused(Samples.npy("<U2", false, "(6,)", SIX), "descr is <U2 (text or raw bytes)");
        assertRefused(Samples.npy("<c16", false, "(3,)", SIX), "descr is <c16 (complex numbers)");
        assertRefused(Samples.npy("<M8[s]", false, "(6,)", SIX), "descr is <M8[s]; allowed: b1, ");
        for (String none : new String[] {"<f16", "f8", "|f8", "<i1", "<f1", ">u3", "<b1", ""}) {
            assertRefused(Samples.npy(none, false, "(6,)", SIX), "descr is " + none + "; allowed");
        }
        assertRefused(
                Samples.npy(
                        "{'descr': [('a', '<f8')], 'fortran_order': False, 'shape': (6,)}", SIX),
                "allowed: a quoted string");
    }

    @Test
    void theHeaderMayBeInAnyOrderAndSpacing() throws IOException {
        for (String header :
                new String[] {
                    "{'shape':(2,3),'fortran_order':False,'descr':'<f8'}",
                    "  { \"descr\" : \"<f8\" , 'shape' : ( 2 , 3 , ) , 'fortran_order' : False , } "
                }) {
            assertEquals(6, array(Samples.npy(header, SIX)).length(), header);
        }
        NpyArray scalar = array(Samples.npy("<f8", false, "()", Samples.doubles(5)));
        assertEquals(0, scalar.axes());
        assertEquals(5, scalar.value(0));
        assertEquals(0, array(Samples.npy("<f8", false, "(3, 0)")).length());
    }

    @Test
    void headersOutsideTheGrammarAreRefused() {
        String rest = "'fortran_order': False, 'shape': (6,)";
        for (String header :
                new String[] {
                    "",
                    "{}",
                    "{'descr': '<f8', " + rest + ", 'x': 1}",
                    "{'descr': '<f8', 'descr': '<f8', " + rest + "}",
                    "{'descr': '<f8', 'shape': (6,)}",
                    "{'descr': '<f8' " + rest + "}",
                    "{'descr': '<f8', " + rest + ",,}",
                    "{'descr': '<f8', " + rest + "} #",
                    "{'descr': '<f8', " + rest,
                    "{'descr': '\\x3cf8', " + rest + "}",
                    "{'descr': __import__('os'), " + rest + "}",
                    "{'descr': '<f8', 'fortran_order': 0, 'shape': (6,)}",
                    "{'descr': '<f8', 'fortran_order': False, 'shape': 6}",
                    "{'descr': '<f8', 'fortran_order': False, 'shape': (6)}",
                    "{'descr': '<f8', 'fortran_order': False, 'shape': (6L,)}",
                    "{'descr': '<f8', 'fortran_order': False, 'shape': (-6,)}",
                    "{'descr': '<f8', 'fortran_order': False, 'shape': (2 3)}",
                    "{'descr': '<f8', 'fortran_order': False, 'shape': (,)}",
                    "{'descr': '<f8', 'fortran_order': False, 'shape': (1, 1, 1, 1, 6)}",
                }) {
            assertRefused(Samples.npy(header, SIX), "a.npy: ");
        }
    }

    @Test
    void otherFormatVersionsAndMagicsAreRefused() {
        byte[] npy = Samples.npy("<f8", false, "(6,)", SIX);
        npy[6] = 3;
        assertRefused(npy, "format version is 3.0; allowed: 1.0 or 2.0");
        npy[6] = 1;
        npy[0] = 0;
        assertRefused(npy, "magic");
    }

    @Test
    void aHeaderThatClaimsToBeHugeIsRefused() {
        byte[] npy = Samples.npy("<f8", false, "(6,)", SIX);
        npy[6] = 2; // now the length has four bytes, two of them from the text
        assertRefused(npy, "allowed: up to 4096");
    }

    @Test
    void everyTruncationAndEveryFurtherByteIsRefused() {
        byte[] npy = Samples.npy("<f8", false, "(2, 3)", SIX);
        for (int length = 0; length < npy.length; length++) {
            assertRefused(Arrays.copyOf(npy, length), "a.npy: ");
        }
        assertRefused(Arrays.copyOf(npy, npy.length + 1), "length in bytes");
    }

    @Test
    void aStreamThatEndsBeforeItsClaimedLengthIsRefused() {
        byte[] npy = Samples.npy("<f8", false, "(2, 3)", SIX);
        byte[] cut = Arrays.copyOf(npy, npy.length - 9);

        MalformedFileException refused =
                assertThrows(
                        MalformedFileException.class,
                        () ->
                                NpyDecoder.read(
                                        "a.npy", new ByteArrayInputStream(cut), npy.length, 48));

        assertEquals(
                "a.npy: number of elements present is 4; allowed: exactly 6", refused.getMessage());
    }

    private static NpyArray array(byte[] npy) throws IOException {
        return NpyDecoder.read("a.npy", new ByteArrayInputStream(npy), npy.length, 1000);
    }

    /** All of a buffer over an array of its own. */
    private static byte[] bytes(ByteBuffer buffer) {
        byte[] out = new byte[buffer.capacity()];
        buffer.duplicate().rewind().get(out);
        return out;
    }

    private static double[] values(String descr, ByteBuffer two) throws IOException {
        return array(Samples.npy(descr, false, "(2,)", bytes(two))).values();
    }

    private static ByteBuffer little(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static void assertRefused(byte[] npy, String part) {
        MalformedFileException refused =
                assertThrows(MalformedFileException.class, () -> array(npy));
        assertTrue(refused.getMessage().startsWith("a.npy: "), refused.getMessage());
        assertTrue(refused.getMessage().contains(part), refused.getMessage());
    }
}
