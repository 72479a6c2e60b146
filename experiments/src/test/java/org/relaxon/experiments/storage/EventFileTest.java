package org.relaxon.experiments.storage;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.relaxon.experiments.format.ScalarEvents;

/** Records of event files, from the writer to the reader. */
class EventFileTest {
    @TempDir private Path temp;

    /** By the frame of an empty record, which TensorFlow writes as well. */
    @Test
    void theChecksumsAreThoseOfTfRecord() throws IOException {
        Path path;
        try (EventFile file = EventFile.create(temp, 1)) {
            file.append(new byte[0]);
            path = file.path();
        }
        byte[] frame = Files.readAllBytes(path);
        assertEquals(16, frame.length);
        assertArrayEquals(new byte[8], Arrays.copyOf(frame, 8));
        // crc32c of eight zeros is 0x8c28b28a, that of nothing is 0; both are then masked.
        int eight = Integer.rotateRight(0x8c28b28a, 15) + 0xa282ead8;
        assertEquals(eight, EventFile.masked(new byte[8], 8));
        assertEquals(0xa282ead8, EventFile.masked(new byte[0], 0));
    }

    @Test
    void recordsAreReadOnceEachAndOnlyWhole() throws IOException {
        try (EventFile file = EventFile.create(temp, 7)) {
            EventTail tail = new EventTail(file.path());
            assertEquals(List.of(), tail.next());
            file.append(new byte[] {1, 2, 3});
            file.append(new byte[] {4});
            List<byte[]> both = tail.next();
            assertEquals(2, both.size());
            assertArrayEquals(new byte[] {1, 2, 3}, both.get(0));
            assertEquals(List.of(), tail.next());
            file.append(new byte[] {5, 6});
            assertArrayEquals(new byte[] {5, 6}, tail.next().get(0));
            byte[] whole = Files.readAllBytes(file.path());
            for (int length = 0; length < whole.length; length++) {
                Path part = Files.write(temp.resolve("part"), Arrays.copyOf(whole, length));
                assertTrue(new EventTail(part).next().size() < 3, length + " bytes");
            }
        }
    }

    @Test
    void changedAndLongRecordsAreRefused() throws IOException {
        Path path;
        try (EventFile file = EventFile.create(temp, 7)) {
            file.append(new byte[] {1, 2, 3});
            path = file.path();
        }
        byte[] whole = Files.readAllBytes(path);
        for (int k = 0; k < whole.length; k++) {
            byte[] other = whole.clone();
            other[k] ^= 4;
            Path changed = Files.write(temp.resolve("changed"), other);
            IOException e =
                    assertThrows(IOException.class, () -> new EventTail(changed).next(), k + "");
            assertTrue(e.getMessage().contains("a checksum is wrong"), e.getMessage());
        }
        try (EventFile file = EventFile.create(temp, 8)) {
            file.append(new byte[EventTail.RECORD_MAX + 1]);
            EventTail tail = new EventTail(file.path());
            IOException e = assertThrows(IOException.class, tail::next);
            assertTrue(e.getMessage().contains("longer than is read"), e.getMessage());
        }
    }

    @Test
    void eventsSurvive() throws IOException {
        Map<String, Double> values = new LinkedHashMap<>();
        values.put("loss", 0.25);
        values.put("größe", -1e-3);
        ScalarEvents.Event read =
                ScalarEvents.read(ScalarEvents.scalars(1.5e9, 5_000_000_000L, values));
        assertEquals(1.5e9, read.seconds());
        assertEquals(5_000_000_000L, read.step());
        assertFalse(read.start());
        assertEquals(List.of("loss", "größe"), List.copyOf(read.values().keySet()));
        assertEquals(-1e-3, read.values().get("größe"), 1e-10);
        assertTrue(ScalarEvents.read(ScalarEvents.start(1.0, 9)).start());
        assertTrue(ScalarEvents.read(ScalarEvents.version(1.0)).values().isEmpty());
    }

    /** Fields that other programs write: 20 in each form that protocol buffers have. */
    @Test
    void otherFieldsAreLeftOut() throws IOException {
        byte[] known = ScalarEvents.start(1.0, 9);
        byte[] more = Arrays.copyOf(known, known.length + 2 + 2 + 2 + 8 + 2 + 4 + 2 + 1 + 1);
        int at = known.length;
        more[at] = (byte) (20 << 3 | 0x80); // a varint
        more[at + 1] = 1;
        more[at + 2] = (byte) 0x85;
        more[at + 3] = 1;
        more[at + 4] = (byte) (20 << 3 | 1 | 0x80); // eight bytes
        more[at + 5] = 1;
        more[at + 14] = (byte) (20 << 3 | 5 | 0x80); // four bytes
        more[at + 15] = 1;
        more[at + 20] = (byte) (20 << 3 | 2 | 0x80); // a part
        more[at + 21] = 1;
        more[at + 22] = 1;
        ScalarEvents.Event read = ScalarEvents.read(more);
        assertTrue(read.start());
        assertEquals(9, read.step());
        more[at + 22] = 100; // longer than the record
        assertThrows(IOException.class, () -> ScalarEvents.read(more));
        for (int length = known.length - 1; length > 10; length--) {
            byte[] cut = Arrays.copyOf(known, length);
            if (length != 11) { // at 9 ends a field
                assertThrows(IOException.class, () -> ScalarEvents.read(cut), length + " bytes");
            }
        }
    }
}
