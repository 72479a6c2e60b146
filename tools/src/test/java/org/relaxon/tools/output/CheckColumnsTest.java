package org.relaxon.tools.output;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Every column of the table of a check is explained, on the page as well. */
class CheckColumnsTest {
    @Test
    void everyColumnIsExplainedByTheHelp() {
        for (String name : CheckColumns.names()) {
            assertTrue(
                    CheckColumns.HELP.lines().anyMatch(l -> l.startsWith("  " + name + " ")), name);
        }
        long named = CheckColumns.HELP.lines().filter(l -> l.matches("  [a-z1].*")).count();
        assertEquals(CheckColumns.names().size(), named, "a line about nothing");
        CheckColumns.HELP.lines().forEach(l -> assertTrue(l.length() <= 80, l));
    }

    @Test
    void thePageSaysTheSame() {
        String page = CheckColumns.paragraph(2, name -> true);
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
                        "relaxations",
                        "critical path",
                        "holds",
                        "why")) {
            assertTrue(page.contains(" " + name + ": "), name);
        }
    }

    /** The twin: a column that is not shown is not explained, nor the order of a single row. */
    @Test
    void thePageExplainsNothingElse() {
        assertEquals(
                "order: the measured power, between the strength and a tenth of it, or between two"
                        + " other strengths where rounding or a kink would hide it; required to"
                        + " within 0.05, or a 50th of the declared order if that is more.",
                CheckColumns.paragraph(1, name -> name.equals("order")));
    }
}
