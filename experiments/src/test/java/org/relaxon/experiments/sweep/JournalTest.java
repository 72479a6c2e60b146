package org.relaxon.experiments.sweep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalTest {
    private static final String HASH = "0123456789abcdef";

    @TempDir private Path temp;

    private static Map<Integer, SweepRow> run(Journal journal) throws IOException {
        return new SweepExecutor(SmallSweep.of(SmallSweep.GRID), 2)
                .run(Shard.WHOLE, journal.rows(), journal, () -> false);
    }

    private Map<Integer, SweepRow> written() throws IOException {
        try (Journal journal = Journal.create(temp, HASH)) {
            return run(journal);
        }
    }

    private static Map<Integer, List<String>> cells(Map<Integer, SweepRow> rows) {
        Map<Integer, List<String>> out = new TreeMap<>();
        rows.forEach((index, row) -> out.put(index, row.cells()));
        return out;
    }

    @Test
    void theRowsComeBack() throws IOException {
        Map<Integer, SweepRow> rows = written();

        assertEquals(12, rows.size());
        assertEquals(rows, Journal.read(temp, HASH, SmallSweep.GRID));
    }

    @Test
    void cutAtEveryByteOfItsLastLinesItLosesTheTornOneOnly() throws IOException {
        Map<Integer, SweepRow> rows = written();
        Path file = temp.resolve(Journal.NAME);
        byte[] whole = Files.readAllBytes(file);
        int lines = 1 + rows.size();
        for (int cut = start(whole, lines - 2); cut <= whole.length; cut++) {
            Files.write(file, Arrays.copyOf(whole, cut));
            int expected = 0;
            for (int k = 0; k < cut; k++) {
                expected += whole[k] == '\n' ? 1 : 0;
            }
            try (Journal journal = Journal.resume(temp, HASH, SmallSweep.GRID)) {
                assertEquals(expected - 1, journal.rows().size(), "cut at " + cut);
                for (SweepRow row : rows.values()) {
                    if (!journal.rows().containsKey(row.index())) {
                        journal.finished(row);
                    }
                }
            }
            assertEquals(rows, Journal.read(temp, HASH, SmallSweep.GRID), "cut at " + cut);
        }
    }

    @Test
    void whatIsRunAgainAfterAKillIsWhatWasLost() throws IOException {
        Map<Integer, SweepRow> rows = written();
        Path file = temp.resolve(Journal.NAME);
        byte[] whole = Files.readAllBytes(file);
        for (int cut : new int[] {0, 9, start(whole, 1), start(whole, 5) + 20, whole.length}) {
            Files.write(file, Arrays.copyOf(whole, cut));
            try (Journal journal = Journal.resume(temp, HASH, SmallSweep.GRID)) {
                assertEquals(cells(rows), cells(run(journal)), "cut at " + cut);
            }
            assertEquals(cells(rows), cells(Journal.read(temp, HASH, SmallSweep.GRID)));
        }
    }

    @Test
    void aForeignADamagedAndAMissingJournalAreRefused() throws IOException {
        written();
        Path file = temp.resolve(Journal.NAME);
        byte[] whole = Files.readAllBytes(file);

        refused("other options", "fedcba9876543210");
        byte[] flipped = whole.clone();
        flipped[start(whole, 3) + 15] ^= 1;
        Files.write(file, flipped);
        refused("line 4 is damaged", HASH);
        Files.writeString(file, "something else");
        refused("other options", HASH);
        Files.delete(file);
        refused("not the directory of a sweep", HASH);
    }

    private void refused(String why, String hash) {
        IllegalArgumentException e =
                assertThrows(
                        IllegalArgumentException.class,
                        () -> Journal.resume(temp, hash, SmallSweep.GRID));
        assertTrue(e.getMessage().contains(why), e.getMessage());
    }

    @Test
    void twoSweepsDoNotWriteOneJournal() throws IOException {
        try (Journal first = Journal.create(temp, HASH)) {
            assertEquals(0, first.rows().size());
            refused("is being written by process", HASH);
        }
        Journal.resume(temp, HASH, SmallSweep.GRID).close();
    }

    /** Where the line with this number, from 0, begins. */
    private static int start(byte[] bytes, int line) {
        int at = 0;
        for (int k = 0; k < line; at++) {
            k += bytes[at] == '\n' ? 1 : 0;
        }
        return at;
    }
}
