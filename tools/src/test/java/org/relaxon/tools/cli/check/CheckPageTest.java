package org.relaxon.tools.cli.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.relaxon.tools.cli.Ran.relaxon;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.relaxon.tools.cli.Ran;

/** The page of a check states its conditions in words, and every algorithm's certificate. */
class CheckPageTest {
    private static final String FEW =
            "check --seeds 1 --host virtual --layers 4,6,3 --granularity layer --delay none ";

    @TempDir Path out;

    private String page(String options) throws IOException {
        Ran ran = relaxon(FEW + options + " --json - --out " + out);
        Path directory = Path.of(ran.json().get("directory").asText());
        return Files.readString(directory.resolve("report.html"));
    }

    @Test
    void conditionsAreStatedInTheWordsOfOptions() throws IOException {
        String page = page("--algorithm ep --drop 0.1 --delivery reliable-latest --slow 2=1ms");
        assertFalse(page.contains("Conditions["), "the conditions as a record");
        assertFalse(page.contains("Budget["), "the budget as a record");
        assertTrue(page.contains("reliable-latest, --drop 0.1, --slow 2=1ms"), "the faults");
        assertTrue(page.contains("10000000 messages, 10000000 relaxations"), "the budget");
        String plain = page("--algorithm ep");
        assertFalse(plain.contains("--drop"), "no fault is stated where there is none");
    }

    @Test
    void anAlgorithmWithoutACertificateIsNamedBesideOthers() throws IOException {
        String both = page("--algorithm pc-nudge,pc-alm");
        assertTrue(both.contains("None known for pc-alm: "), "the one that the table leaves out");
        String one = page("--algorithm pc-nudge");
        assertFalse(one.contains("None known for"), "the table leaves out nothing");
    }

    @Test
    void aWaveCompletesAndDoesNotSettle() throws IOException {
        assertTrue(page("--algorithm fpa-pc").contains("1 of 1 completed"), "a wave");
        String page = page("--algorithm pc-nudge");
        assertTrue(page.contains("1 of 1 settled") && !page.contains("1 of 1 completed"), "a rest");
    }

    @Test
    void onlyColumnsOfTheTableAreExplained() throws IOException {
        assertTrue(page("--algorithm pc-nudge --beta 1").contains("loop gain: the factor"), "pc");
        assertFalse(page("--algorithm ep").contains("loop gain: the factor"), "ep has none");
    }

    /** A refusal names the value, the limit or the name to type. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "check --algorithm dual-propagation --beta 4 | 4.0 must be greater than -2.0 and less",
                "check --algorithm dual-propagation --parameters 1 --beta -4 | -4.0 ",
                "check --algorithm hep --activation relu | relu is not holomorphic, as hep needs",
                "check --all --beta 1e-3 | all: chooses --beta for every case itself; leave out --beta",
                "settle --granularity neuron --crash 2:3@3 | a neuron is 2[3]",
                "check --algorithm pc --beta 1e-6 | the least beta that they resolve is 1e-5. ",
                "settle --crash 7@3 | inputs have no cells",
            })
    void aRefusalSaysWhatIsAllowed(String command, String text) {
        Ran ran = relaxon(command);
        assertEquals(2, ran.code(), ran.out() + ran.err());
        assertTrue(ran.err().contains(text), ran.err());
        assertEquals(1, ran.err().lines().count(), ran.err());
    }

    /** The twins: what the messages name is accepted. */
    @Test
    void whatARefusalNamesIsAccepted() {
        assertEquals(0, relaxon(FEW + "--algorithm dual-propagation --beta 0.01").code());
        assertEquals(0, relaxon(FEW + "--algorithm hep --activation softplus").code());
        Ran crash = relaxon("settle --granularity neuron --crash 2[3]@3");
        assertEquals(0, crash.code(), crash.out() + crash.err());
        assertTrue(crash.out().contains("1 crash\n"), crash.out());
    }
}
