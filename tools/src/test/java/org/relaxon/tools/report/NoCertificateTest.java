package org.relaxon.tools.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.relaxon.tools.cli.Ran.relaxon;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.relaxon.tools.cli.Ran;

/** Where no certificate is stated, terminal and page say so in the same words. */
class NoCertificateTest {
    private static final String UNJUDGED = "a pair of states is not a minimum of one energy";

    @TempDir private Path out;

    private Ran run(String command) {
        Ran ran = relaxon(command + " --out " + out);
        assertEquals(0, ran.code(), ran.err());
        return ran;
    }

    private List<String> page() throws Exception {
        try (Stream<Path> files = Files.walk(out)) {
            Path page = files.filter(p -> p.endsWith("report.html")).findFirst().orElseThrow();
            return PageParser.texts(PageParser.parse(Files.readString(page)), "p");
        }
    }

    @Test
    void theRuleIsNamed() throws Exception {
        Ran ran = run("settle --algorithm dp-top");
        String why = "one, as no theorem here covers the rule of dp-top";
        assertTrue(ran.out().contains("certificate  n" + why + "\n"), ran.out());
        assertTrue(page().contains("N" + why + "."), page().toString());
    }

    @Test
    void thePrecisionsAreNamed() throws Exception {
        Ran ran = relaxon("settle --algorithm precision-pc --precisions 2,1,1");
        String why = "certificate  none, as no theorem here covers precisions other than 1\n";
        assertTrue(ran.out().contains(why), ran.out() + ran.err());
        Ran free = relaxon("settle --beta 0");
        assertTrue(
                free.out().contains("none, as only nudged phases have one, and at beta 0"),
                free.out());
    }

    @Test
    void aCheckSaysItToo() throws Exception {
        Ran ran = run("check --algorithm dp-top --seeds 1 --granularity layer");
        String why = "one, as no theorem here covers the rule of dp-top";
        assertTrue(ran.out().contains("in layer cells: n" + why + "\n"), ran.out());
        assertTrue(page().contains("N" + why + "."), page().toString());
    }

    /** The twin: beside a certificate nothing is said of none. */
    @Test
    void aCertificateStandsAlone() throws Exception {
        Ran ran = run("settle");
        assertFalse(ran.out().contains("none, as"), ran.out());
        assertFalse(page().stream().anyMatch(p -> p.startsWith("None, as")), "" + page());
    }

    /** What has no minimum settles all the same: that is no reason of its verdict. */
    @Test
    void unjudgedMinimaAreNoReasonToSettle() throws IOException {
        assertEquals("", verdict("settled").reason());
        assertEquals(UNJUDGED, verdict("not-settled").reason());
    }

    private RunVerdict verdict(String word) throws IOException {
        Path run = Files.createDirectory(out.resolve(word));
        Files.writeString(run.resolve("manifest.json"), "{\"config\":{}}");
        Files.writeString(
                run.resolve("result.json"),
                "{\"verdict\":\"%s\",\"minimum\":{\"whyUnjudged\":\"%s\"}}"
                        .formatted(word, UNJUDGED));
        return RunVerdict.of(RunFiles.read(run));
    }
}
