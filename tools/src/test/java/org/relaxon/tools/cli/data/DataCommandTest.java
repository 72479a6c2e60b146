package org.relaxon.tools.cli.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.relaxon.tools.cli.Ran.relaxon;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.relaxon.tools.cli.Ran;

/** Files of images as a user brings them. */
class DataCommandTest {
    private static final int ROWS = 4;
    private static final int COLUMNS = 9;
    private static final int CLASSES = 26;

    @TempDir private Path directory;

    /** Images of 4 x 9 with one bright pixel, labels 1 to 26. */
    @BeforeEach
    void write() throws IOException {
        for (boolean train : new boolean[] {true, false}) {
            int size = train ? 130 : 52;
            ByteBuffer images = ByteBuffer.allocate(16 + size * ROWS * COLUMNS);
            images.putInt(0x0803).putInt(size).putInt(ROWS).putInt(COLUMNS);
            ByteBuffer labels = ByteBuffer.allocate(8 + size);
            labels.putInt(0x0801).putInt(size);
            for (int k = 0; k < size; k++) {
                images.put(16 + k * ROWS * COLUMNS + k % CLASSES, (byte) 255);
                labels.put((byte) (1 + k % CLASSES));
            }
            String half = train ? "train" : "t10k";
            Files.write(directory.resolve(half + "-images.idx3-ubyte"), images.array());
            Files.write(directory.resolve(half + "-labels.idx1-ubyte"), labels.array());
        }
    }

    @Test
    void picturesThatAreNotDrawnHaveAReason() {
        Ran none = relaxon("data --data two-moons --show 2");
        assertTrue(none.out().contains("no pictures: the inputs of two-moons"), none.out());
        Ran few = relaxon("data --data idx:" + directory + " --batch 4 --show 9");
        assertTrue(few.out().contains("no more pictures: --batch is 4"), few.out());
        assertFalse(relaxon("data --data two-moons").out().contains("pictures"));
        Ran all = relaxon("data --data idx:" + directory + " --batch 4 --show 4");
        assertFalse(all.out().contains("pictures"), all.out());
    }

    @Test
    void aPictureIsDrawnInItsRowsAndColumns() throws IOException {
        Ran ran = relaxon("data --data idx:" + directory + " --batch 3 --show 3");
        assertEquals(0, ran.code(), ran.err());
        List<String> lines = ran.out().lines().toList();
        for (int k = 0; k < 3; k++) {
            int title = lines.size() - 3 * (ROWS + 1) + k * (ROWS + 1);
            String[] words = lines.get(title).split(" ");
            int label = Integer.parseInt(words[words.length - 1]);
            String row = lines.get(title + 1 + label / COLUMNS);
            assertEquals(label % COLUMNS + 1, row.length(), ran.out());
            assertTrue(row.endsWith("@"), ran.out());
        }
        JsonNode json = relaxon("data --data idx:" + directory + " --json -").json();
        assertEquals("4 x 9", json.get("image").asText());
        assertEquals(CLASSES, json.get("outputs").asInt());
    }

    /** 36 inputs are a square as well, in which a shift would tear the rows apart. */
    @Test
    void lettersWithLabelsFromOneAreLearnedAndMoved() throws IOException {
        String line = "train --data mnist:" + directory + " --layers 36,26 --batch 50 --quiet ";
        Ran ran = relaxon(line + "--epochs 30 --rate 0.05 --json -");
        assertEquals(0, ran.code(), ran.err());
        assertEquals(90, ran.json().get("steps").asInt());
        assertTrue(ran.json().get("testAccuracy").asDouble() > 0.95, ran.out());
        Ran moved = relaxon(line + "--motion shift:2");
        assertEquals(0, moved.code(), moved.err());
    }

    @Test
    void unusedExamplesAreCountedAndTheInputsAreExplained() throws IOException {
        String line = "train --data idx:" + directory + " --layers 36,26 --batch 50 --quiet ";
        JsonNode kept = relaxon(line + "--json -").json();
        assertEquals("keep", kept.get("lastBatch").asText());
        assertEquals(0, kept.get("examplesUnusedPerEpoch").asInt());
        assertEquals(3, kept.get("steps").asInt());
        assertEquals(0, kept.get("comparisonsInPart").asInt());
        Ran dropped = relaxon(line + "--last-batch drop --examples 120 --inputs standard");
        assertTrue(
                dropped.out().contains("unused: 20 of an epoch (--last-batch), 10 not selected"),
                dropped.out());
        assertTrue(dropped.out().contains("done after 2 steps"), dropped.out());
        assertTrue(dropped.out().contains("inputs standard, minus mean -0.94"), dropped.out());
        Ran raw = relaxon(line + "--inputs raw");
        assertTrue(raw.out().contains("inputs raw, pixels from 0 to 255"), raw.out());
        Ran all = relaxon(line + "--align-every 1 --json -");
        assertEquals(3, all.json().get("comparisons").asInt());
        assertEquals(0, all.json().get("comparisonsInPart").asInt());
        assertEquals(2, relaxon(line + "--last-batch half").code());
        assertEquals(2, relaxon(line + "--inputs wide").code());
    }

    @Test
    void aRefusedDirectoryListsWhatItFound() throws IOException {
        Files.move(directory.resolve("train-images.idx3-ubyte"), directory.resolve("pictures.bin"));
        Ran ran = relaxon("data --data mnist:" + directory);
        assertEquals(2, ran.code());
        assertTrue(
                ran.err()
                        .contains(
                                "holds pictures.bin, t10k-images.idx3-ubyte,"
                                        + " t10k-labels.idx1-ubyte, train-labels.idx1-ubyte"),
                ran.err());
        assertEquals(1, ran.err().lines().count(), ran.err());
    }
}
