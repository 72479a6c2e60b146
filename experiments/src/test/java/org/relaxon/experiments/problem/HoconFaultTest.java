package org.relaxon.experiments.problem;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/** Messages of the parser in our words. */
class HoconFaultTest {
    @Test
    void whatIsFoundAndWhatIsExpected() {
        assertEquals(
                "'=', where '}', a comma or a new line is expected",
                HoconFault.words("Expecting close brace } or a comma, got '='"));
        assertEquals(
                "end of file, where an element of the list or ']' is expected",
                HoconFault.words(
                        "List should have ] or a first element after the open [, instead had"
                                + " token: end of file"));
        assertEquals(
                "']', where a value is expected",
                HoconFault.words(
                        "Expecting a value but got wrong token: ']' (if you intended ']' to be part"
                                + " of the value, enclose it in quotes)"));
        assertEquals(
                "the end of the line, within quotes that are not closed",
                HoconFault.words(
                        "Expecting a value but got wrong token: 'newline' (JSON does not allow"
                                + " unescaped newline in quoted strings)"));
    }

    /** The twin: what has another form stays as it is. */
    @Test
    void anotherMessageStays() {
        String other = "include of other.conf: not allowed, got, it seems, nothing";
        assertEquals(other, HoconFault.words(other));
    }
}
