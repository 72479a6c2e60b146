package org.relaxon.tools.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

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

    /** A table of two short columns is narrower than its explanation: that stands before it. */
    @Test
    void aLongCaptionIsAsWideAsThePage() throws Exception {
        String rest = " The rest explains what its columns mean, at a length of two lines or more.";
        for (boolean wide : new boolean[] {true, false}) {
            Page page = new Page("t");
            String caption = "Two of them." + (wide ? rest : "");
            page.table(caption, List.of("a", "b"), List.of(List.of("1", "2")), 10);
            Document read = PageParser.parse(page.finish());
            assertEquals(List.of(caption), PageParser.captions(read));
            assertEquals(wide ? 0 : 1, PageParser.texts(read, "caption").size());
            Element table = (Element) read.getElementsByTagName("table").item(0);
            assertEquals(wide ? "Two of them." : "", table.getAttribute("aria-label"));
        }
    }
}
