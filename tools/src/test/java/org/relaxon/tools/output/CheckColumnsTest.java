package org.relaxon.tools.output;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Every column of the table of a check is explained, on the page as well. */
class CheckColumnsTest {
    @Test
    void everyColumnHasALine() {
        List<String> lines = CheckColumns.lines();
        assertEquals(CheckColumns.meanings().size() + 1, lines.size());
        assertTrue(lines.get(0).startsWith("rows         not settled first"), lines.get(0));
        int k = 1;
        for (String name : CheckColumns.meanings().keySet()) {
            assertTrue(lines.get(k).startsWith(name + " "), lines.get(k));
            assertTrue(lines.get(k).length() <= 100, lines.get(k));
            k++;
        }
    }

    @Test
    void thePageSaysTheSame() {
        String page = CheckColumns.paragraph();
        for (String name :
                List.of(
                        "beta",
                        "worst seed",
                        "predicted error",
                        "measured error",
                        "1 - cosine",
                        "declared order",
                        "order",
                        "verdict",
                        "holds",
                        "why")) {
            assertTrue(page.contains(" " + name + ": "), name);
        }
    }
}
