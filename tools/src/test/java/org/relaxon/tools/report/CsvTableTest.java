package org.relaxon.tools.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.Reader;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What is kept of a table too long to keep. */
class CsvTableTest {
    private static final List<String> VERDICTS =
            List.of("settled", "completed", "not-settled", "refused", "");

    /** Rows without end. */
    private static final class Endless extends Reader {
        private static final String ROW = "settled,1e-3\n";
        private final String header = "verdict,relativeError\n";
        private long at;

        @Override
        public int read(char[] buffer, int offset, int length) {
            for (int k = 0; k < length; k++, at++) {
                buffer[offset + k] =
                        at < header.length()
                                ? header.charAt((int) at)
                                : ROW.charAt((int) ((at - header.length()) % ROW.length()));
            }
            return length;
        }

        @Override
        public void close() {}
    }

    @Test
    void aTableWithoutEndIsReadAsFarAsItSays() {
        CsvTable table = CsvTable.read(new Endless(), 20_000);

        assertFalse(table.isWhole());
        assertEquals(20_000, table.size());
        assertEquals(20_000, table.conclusive());
        assertEquals(CsvTable.FIRST, table.first().size());
        assertEquals(CsvTable.WORST, table.worst().size());
    }

    @Test
    void theWorstRowsAreThoseOfASortOfAll() {
        Random random = new Random(7);
        List<List<String>> rows = new ArrayList<>();
        StringBuilder text = new StringBuilder("row,verdict,relativeError\n");
        for (int k = 0; k < 2000; k++) {
            String verdict = VERDICTS.get(random.nextInt(VERDICTS.size()));
            String error = random.nextInt(3) == 0 ? "" : Integer.toString(random.nextInt(50));
            rows.add(List.of(Integer.toString(k), verdict, error));
            text.append(k).append(',').append(verdict).append(',').append(error).append('\n');
        }
        List<List<String>> sorted = new ArrayList<>(rows);
        Collections.sort(
                sorted,
                Comparator.comparing((List<String> r) -> RunVerdict.isConclusive(r.get(1)))
                        .thenComparing(r -> Shown.parse(r.get(2)), Comparator.reverseOrder()));

        CsvTable table = CsvTable.read(text.toString());

        assertTrue(table.isWhole());
        assertEquals(sorted.subList(0, CsvTable.WORST), table.worst());
        assertEquals(rows.subList(0, CsvTable.FIRST), table.first());
        assertEquals(49.0, table.worstError());
        assertEquals(2000, table.verdicts().values().stream().mapToLong(n -> n).sum());
        long good = rows.stream().filter(r -> RunVerdict.isConclusive(r.get(1))).count();
        assertEquals(good, table.conclusive());
        assertTrue(table.hasLostRows());
    }

    /** The published arithmetic is wrong on purpose; a row that settled wrongly is not. */
    @Test
    void rowsThatClaimNothingAreNotTheWorst() {
        String header = "row,verdict,relativeError\n";
        String rows = "a,settled,1e-3\nb,not-judged,0.7\nc,settled,2e-3\n";
        CsvTable table = CsvTable.read(header + rows);
        assertEquals(2e-3, table.worstError());
        assertEquals(1, table.unjudged());
        assertEquals(List.of("c", "a"), table.worst().stream().map(r -> r.get(0)).toList());
        assertEquals(3, table.size());
        assertEquals(
                0.7, CsvTable.read(header + rows.replace("not-judged", "settled")).worstError());
    }
}
