package org.relaxon.tools.house;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The energy that the documents show is the one that the examples and the test kit run. */
class OneHalfSquaresTest {
    private static final Path ROOT = Path.of("").toAbsolutePath().getParent();
    private static final String EXAMPLE = "examples/src/main/java/HalfSquares.java";

    /** The record in a file, without what its place adds: modifiers, comments, a main, spaces. */
    private static String term(String text) {
        int start = text.indexOf("record HalfSquares(");
        assertTrue(start >= 0, "no record HalfSquares");
        String record = text.substring(start, end(text, start));
        int main = record.indexOf("public static void main");
        if (main >= 0) {
            record = record.substring(0, main) + record.substring(end(record, main));
        }
        return record.replaceAll("//[^\\n]*", "").replace("@Override", "").replaceAll("\\s+", "");
    }

    /** Behind the brace that closes the first one after an index. */
    private static int end(String text, int from) {
        int depth = 0;
        for (int k = text.indexOf('{', from); k < text.length(); k++) {
            depth += text.charAt(k) == '{' ? 1 : text.charAt(k) == '}' ? -1 : 0;
            if (depth == 0) {
                return k + 1;
            }
        }
        throw new AssertionError("no end of the block");
    }

    private static String read(String file) throws IOException {
        return Files.readString(ROOT.resolve(file));
    }

    @Test
    void documentsAndTestsHaveTheEnergyOfTheExample() throws IOException {
        String example = term(read(EXAMPLE));
        assertEquals(example, term(read("docs/library.md")));
        assertEquals(
                example, term(read("testkit/src/test/java/org/relaxon/testkit/HalfSquares.java")));
    }

    @Test
    void anotherDerivativeIsAnotherEnergy() throws IOException {
        String example = read(EXAMPLE);
        String other = example.replace("return x - a.prediction()", "return x + a.prediction()");
        assertNotEquals(term(example), term(other));
    }
}
