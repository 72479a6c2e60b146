package org.relaxon.tools.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/** The vocabulary is the one source of what a page explains. */
class GlossaryTest {
    @Test
    void everyNameOfARowHasItsMeaning() {
        Map<String, String> read =
                Glossary.parse(
                        "| Name | Meaning | Elsewhere |\n|---|---|---|\n"
                                + "| weights (of a cell), B | all synapses | matrix |\n"
                                + "## Words to avoid\n| hears | one verb | receives |\n");

        assertEquals(Map.of("weights", "all synapses", "b", "all synapses"), read);
    }

    @Test
    void asManyPartsAsNamesAreOneForEach() {
        String rows = "| free, held | beta = 0; at a value | |\n| a, b | one; two; three | |\n";
        assertEquals(
                Map.of(
                        "free", "beta = 0",
                        "held", "at a value",
                        "a", "one; two; three",
                        "b", "one; two; three"),
                Glossary.parse(rows));
    }

    @Test
    void termsOfTheVocabularyAreKnownAndOthersAreNot() {
        assertTrue(Glossary.meaning("Critical path").orElseThrow().startsWith("relaxations of"));
        assertEquals(Glossary.meaning("cell"), Glossary.meaning("cells"));
        assertTrue(Glossary.meaning("relative error").isPresent());
        assertTrue(Glossary.meaning("hears").isEmpty(), "a word to avoid");
        assertTrue(Glossary.meaning("beta of no kind").isEmpty());
    }

    /** A term can have the keyboard focus, and stands in the list at the end. */
    @Test
    void aPageExplainsTheTermsThatItShows() throws Exception {
        Page page = new Page("t");
        page.facts(Map.of("residual: farthest of a cell", "1", "colour", "2"));
        Document read = PageParser.parse(page.finish());

        assertEquals(List.of("residual"), PageParser.texts(read, "abbr"));
        Element term = (Element) read.getElementsByTagName("abbr").item(0);
        assertEquals("0", term.getAttribute("tabindex"));
        assertEquals(List.of(term.getAttribute("title")), PageParser.texts(read, "dd"));
        assertTrue(PageParser.texts(read, "th").contains("residual: farthest of a cell"));
        Document plain = PageParser.parse(new Page("t").finish());
        assertFalse(PageParser.texts(plain, "h2").contains("Terms"));
    }
}
