package org.relaxon.experiments.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class MalformedFileExceptionTest {

    @Test
    void theMessageNamesFileFieldValueAndRange() {
        String message = new MalformedFileException("a.npz", "label 3", 12, "0 to 9").getMessage();

        assertEquals("a.npz: label 3 is 12; allowed: 0 to 9", message);
    }

    @Test
    void aValueFromTheFileCannotBreakTheLine() {
        String message =
                new MalformedFileException("f", "name", "a\r\n\u001b[2Jb\0", "x").getMessage();

        assertEquals("f: name is a???[2Jb?; allowed: x", message);
    }

    @Test
    void aLongValueIsCutOff() {
        String message = new MalformedFileException("f", "n", "y".repeat(9999), "x").getMessage();

        assertTrue(message.length() < 200, message);
    }
}
