package org.relaxon.tools.house;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * A method binds before a plus: of two literals that are joined, {@code formatted} formats the
 * second alone, and the first shows its {@code %d} to the reader.
 */
class FormatsTest {
    private static final String LITERAL = "\"(?:[^\"\\\\\\n]|\\\\.)*\"";
    private static final Pattern JOINED =
            Pattern.compile(
                    "((?:%s\\s*\\+\\s*)+)%s\\s*\\.formatted\\(".formatted(LITERAL, LITERAL));
    private static final Pattern CONVERSION = Pattern.compile("%[-+0-9.]*[a-z]");

    private static List<String> unformatted(String source) {
        List<String> out = new ArrayList<>();
        Matcher m = JOINED.matcher(source);
        while (m.find()) {
            if (CONVERSION.matcher(m.group(1).replace("%%", "")).find()) {
                out.add(m.group());
            }
        }
        return out;
    }

    @Test
    void everyPlaceholderIsFilled() throws IOException {
        List<String> found = new ArrayList<>();
        try (Stream<Path> files = Files.walk(Path.of("").toAbsolutePath().getParent())) {
            for (Path file :
                    files.filter(p -> p.toString().matches(".*/src/main/.*[.]java")).toList()) {
                unformatted(Files.readString(file)).forEach(t -> found.add(file + ": " + t));
            }
        }
        assertEquals(List.of(), found);
    }

    @Test
    void thePatternFindsWhatItIsFor() {
        assertEquals(1, unformatted("x = \"%d of\"\n + \" all\".formatted(3);").size());
        assertTrue(unformatted("x = (\"%d of\" + \" all\").formatted(3);").isEmpty());
        assertTrue(unformatted("x = \"100 %% of\" + \" %d\".formatted(3);").isEmpty());
    }
}
