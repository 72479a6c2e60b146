package org.relaxon.tools.cli.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.relaxon.tools.cli.Ran.relaxon;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The text of a check says everything once, and explains only the words that it uses. */
class CheckTextTest {
    private static final String FEW =
            "check --seeds 1 --host virtual --layers 4,6,3 --algorithm pc-nudge --delay none ";

    private static List<String> lines(String options) {
        return relaxon(FEW + options).out().lines().toList();
    }

    private static List<String> with(List<String> lines, String part) {
        return lines.stream().filter(l -> l.contains(part)).toList();
    }

    @Test
    void aReasonOfSeveralCasesIsPrintedOnce() {
        List<String> out = lines("--granularity layer --delay exponential:1us --cut 1->2");
        List<String> why = with(out, "did not settle");
        assertEquals(1, why.size(), out.toString());
        assertTrue(why.get(0).endsWith(" (the same in 2 cases)"), why.get(0));
    }

    /** The twin: cases that fail for their own reasons each have one, without a count. */
    @Test
    void reasonsThatDifferAreAllPrinted() {
        List<String> out = lines("--granularity neuron,layer --cut 1->2");
        assertEquals(2, with(out, "did not settle").size(), out.toString());
        assertEquals(0, with(out, "the same in").size(), out.toString());
    }

    @Test
    void noTwoCertificatesAreAlike() {
        List<String> all = with(lines("--granularity neuron,block:3,layer"), "certificate of");
        assertEquals(all.size(), all.stream().distinct().count());
        assertTrue(all.get(0).startsWith("certificate of pc-nudge in neuron cells: "), all.get(0));
    }

    @ParameterizedTest
    @CsvSource({"pc,exact ", "fpa-pc,completed "})
    void aWordOfTheTableIsExplained(String algorithm, String word) {
        String line = FEW.replace("pc-nudge", algorithm) + "--granularity layer";
        List<String> out = relaxon(line).out().lines().toList();
        assertEquals(1, out.stream().filter(l -> l.startsWith(word)).count(), out.toString());
    }

    /** The twin: a table without these words has one line about its columns. */
    @Test
    void aTableWithoutTheseWordsHasNoLegend() {
        List<String> out = lines("--granularity layer");
        assertEquals(1, with(out, "explained by check --help").size());
        assertFalse(out.stream().anyMatch(l -> l.matches("(exact|completed|rows|verdict) .*")));
    }
}
