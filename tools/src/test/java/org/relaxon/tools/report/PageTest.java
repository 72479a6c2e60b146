package org.relaxon.tools.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a browser may break into lines. */
class PageTest {
    /** Numbers stay on one line; the twin: lists of cells and neurons wrap. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1 | true",
                "-1.5e-3 | true",
                "+4,096 | true",
                "<1e-3 | true",
                "0.98 [0.97, 0.99] | true",
                "[-1, 1e-3] | true",
                "1[0], 1[1], 1[2] | false",
                "1[0] 1[1] | false",
                "4, 8, 16 | false",
                "2 | true",
                "a | false"
            })
    void onlyNumbersAreKeptOnOneLine(String cell, boolean whole) {
        Page page = new Page("t");
        page.table("c", List.of("a", "b"), List.of(List.of("x", cell), List.of("y", "z")), 10);
        String text = page.finish();
        assertTrue(text.contains(">" + cell.replace("<", "&lt;") + "</td>"), text);
        assertEquals(whole, text.contains("<td class=\"number\">"), text);
    }
}
