package org.relaxon.tools.cli.reproduce;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.relaxon.tools.cli.Ran.relaxon;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.relaxon.tools.cli.Ran;
import org.relaxon.tools.cli.run.ResolvedText;
import org.relaxon.tools.cli.text.Figures;

/** What reproductions claim in words: no finding before it is measured, no median of one run. */
class ReproductionWordsTest {
    private static final String DELAYS =
            "reproduce delays --products .3,1 --delays 0 --budget-messages 50000 --seeds ";
    private static final String DEPTH =
            "reproduce depth --depths 4,8 --width 4 --activation tanh --budget-messages 1000 --seeds ";

    @TempDir private Path home;

    private String page(Ran ran) throws IOException {
        return Files.readString(Path.of(ran.json().get("directory").asText(), "report.html"));
    }

    @Test
    void aStoppedRunOpensWithWhatIsFinished() throws IOException {
        Ran text = Ran.stopped("INT", "reproduce delays --out " + home);
        Ran json = Ran.stopped("INT", "reproduce delays --json - --out " + home);

        String first = text.out().lines().findFirst().orElseThrow();
        assertTrue(
                first.matches(
                        "interrupted: \\d+ of 470 runs ended before it was stopped; the finding is"
                                + " not measured and its shape not judged"),
                text.out());
        assertTrue(text.out().contains("\nnot measured: Communication delays break"), text.out());
        boolean none = first.startsWith("interrupted: 0 of");
        assertEquals(
                none, text.err().contains("no run had ended: nothing to continue"), text.err());
        assertEquals(!none, text.err().contains("finished results are kept"), text.err());
        assertTrue(
                page(json)
                        .contains(
                                "a measurement of this finding, which was not completed:"
                                        + " Communication delays break"),
                page(json));
    }

    /** The twin: a whole run opens with the finding. */
    @Test
    void aWholeRunOpensWithTheFinding() throws IOException {
        Ran text = relaxon(DELAYS + "1");
        Ran json = relaxon(DELAYS + "1 --json - --out " + home);

        assertTrue(text.out().startsWith("Communication delays break"), text.out());
        assertFalse(text.out().contains("not measured: "), text.out());
        assertTrue(page(json).contains("a measurement of this finding: Communication"), page(json));
    }

    @Test
    void oneSeedHasNoMedianAndSeveralHave() {
        String one = relaxon(DELAYS + "1").out();
        String two = relaxon(DELAYS + "2").out();
        assertTrue(one.contains("several delays: settled; messages; relative error to"), one);
        assertTrue(two.contains("several delays: settled; median messages; largest"), two);
        String chain = relaxon(DEPTH + "1").out();
        String chains = relaxon(DEPTH + "2").out();
        assertTrue(chain.contains("messages over L, tanh, one seed; then the exponent"), chain);
        assertFalse(chain.contains("median"), chain);
        assertTrue(chains.contains("messages over L, tanh, median over seeds; then"), chains);
    }

    @Test
    void numbersAgreeWithTheirNouns() {
        String one = relaxon(DELAYS + "1 --ticks 1 --dry-run").out();
        assertTrue(one.contains(": 1 seed x (2 steps at delay 1 + 1 delay x 7 ways"), one);
        assertEquals("1 step", Figures.count(1, "step"));
        assertEquals("0 steps", Figures.count(0, "step"));
    }

    /** A list of texts with commas is separated by semicolons, and another one is not. */
    @Test
    void listsOfTextsWithCommasAreUnambiguous() {
        String delays = relaxon(DELAYS + "1 --dry-run").out();
        assertTrue(delays.contains("; error form; gradient steps, random delays\n"), delays);
        assertEquals("a, b", ResolvedText.list(List.of("a", "b"), one -> one));
        String depth = relaxon("reproduce async-depth --depths 32 --seeds 1 --dry-run").out();
        assertTrue(depth.contains("; global, 1 sweep stale; "), depth);
        assertTrue(depth.contains("L = 32       step 0.234285: synchronous; "), depth);
    }
}
