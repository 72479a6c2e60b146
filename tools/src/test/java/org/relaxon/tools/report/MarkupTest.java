package org.relaxon.tools.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;

/** Nothing that goes into a page can leave its place. */
class MarkupTest {
    private static final String HOSTILE = "</p><script>alert(\"1\")</script> & 'x' ]]> -->";

    private static Element parsed(String value) throws Exception {
        String page = new Markup().open("p", "title", value).text(value).close().finish();
        assertFalse(page.contains("<script"), page);
        return PageParser.parse(page).getDocumentElement();
    }

    @Test
    void textAndAttributesComeBackAsTheyWere() throws Exception {
        for (String value : new String[] {HOSTILE, "", "a < b && c > d", "\u00e9\uD83D\uDE00"}) {
            Element p = parsed(value);
            assertEquals(value, p.getTextContent());
            assertEquals(value, p.getAttribute("title"));
            assertEquals(0, p.getElementsByTagName("*").getLength());
        }
    }

    @Test
    void whatNoPageMayHoldIsReplaced() throws Exception {
        for (String bad :
                new String[] {"\u0000", "\u001b", "\uD800", "\uFFFE", "\u202E", "\u0085", "\r"}) {
            assertEquals("a\uFFFDb", parsed("a" + bad + "b").getTextContent());
        }
        assertEquals("a\tb\nc", parsed("a\tb\nc").getTextContent());
    }

    @Test
    void elementsThatHtmlClosesAreClosed() {
        String page = new Markup().open("td").close().finish();
        assertTrue(page.contains("<td></td>"), page);
    }
}
