package org.relaxon.tools.cli.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.relaxon.tools.cli.Ran.relaxon;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.relaxon.tools.cli.Ran;
import org.relaxon.tools.cli.process.ExitCode;

/** What a check does and says where little was requested. */
class CheckDefaultsTest {
    private static final String SMALL = "check --layers 4,5,3 --seeds 1 ";

    @Test
    void sweepingHostsCheckWithoutDelay() throws IOException {
        assertEquals(Set.of("synchronous none"), cases("--host synchronous"));
        assertEquals(
                Set.of("virtual none", "virtual exponential:200us", "red-black none"),
                cases("--host virtual,red-black"));
        Ran refused = relaxon(SMALL + "--host red-black --delay constant:1ms");
        assertEquals(ExitCode.BAD_INPUT, refused.code());
        assertTrue(refused.err().contains("or --delay none and no faults"), refused.err());
    }

    private static Set<String> cases(String options) throws IOException {
        Ran ran = relaxon(SMALL + options + " --json -");
        assertEquals(ExitCode.DONE, ran.code(), ran.err());
        Set<String> out = new TreeSet<>();
        for (JsonNode one : ran.json().get("cases")) {
            out.add(one.get("host").asText() + " " + one.get("delay").asText());
        }
        return out;
    }

    @Test
    void aLargeStrengthIsNamedWhereItsOrderIsDenied() throws IOException {
        String few = SMALL + "--host virtual --granularity layer --delay none --algorithm ";
        Ran large = relaxon(few + "chl --gamma 1");
        assertEquals(ExitCode.DOES_NOT_HOLD, large.code());
        assertTrue(large.out().contains("between gamma 1.0e+00 and 1.0e-01"), large.out());
        assertTrue(large.out().contains("measured from gamma <= 0.01 downwards"), large.out());
        Ran small = relaxon(few + "chl --gamma 0.001");
        assertEquals(ExitCode.DONE, small.code());
        assertFalse(small.out().contains("downwards"), small.out());
    }

    /** The advised strength is typed as printed: the denied claim holds there. */
    @ParameterizedTest
    @CsvSource({
        "pc-nudge, beta, 10",
        "pc-nudge, beta, 0.1",
        "dual-propagation, beta, 1",
        "ep, beta, 1",
        "chl, gamma, 1"
    })
    void theAdvisedStrengthHolds(String algorithm, String name, String value) {
        String line =
                "check --seeds 1 --host virtual --granularity layer --delay none --algorithm %s --%s "
                        .formatted(algorithm, name);
        Ran large = relaxon(line + value);
        assertEquals(ExitCode.DOES_NOT_HOLD, large.code(), large.out());
        assertTrue(large.out().contains(", such as by --" + name + " 0.01"), large.out());
        Ran advised = relaxon(line + "0.01");
        assertEquals(ExitCode.DONE, advised.code(), advised.out());
        assertFalse(advised.out().contains("such as by"), advised.out());
    }

    @Test
    void aThresholdNearOneIsNotJudgedInsteadOfRefused() {
        Ran ran = relaxon(SMALL + "--host virtual --algorithm ep --threshold 1e-2");
        assertEquals(ExitCode.NOT_SETTLED, ran.code(), ran.err());
        assertTrue(ran.out().contains("is not judged: changes below the threshold"), ran.out());
    }

    @Test
    void everySeedsRowHasTheVerdictOfItsCase(@TempDir Path out) throws IOException {
        String options = "--host virtual --granularity layer --delay none --threshold ";
        for (String one : List.of("1e-3,,seed 1 is not judged: changes", "1e-10,true,")) {
            String[] part = one.split(",", -1);
            JsonNode json = relaxon(SMALL + options + part[0] + " --json - --out " + out).json();
            Path csv = Path.of(json.get("directory").asText(), "results.csv");
            List<String> lines = Files.readAllLines(csv);
            List<String> header = List.of(lines.get(0).split(","));
            List<String> row = List.of(lines.get(1).split(","));
            assertEquals(part[1], row.get(header.indexOf("caseHolds")));
            String why = row.get(header.indexOf("notJudged")).replace("\"", "");
            assertTrue(part[2].isEmpty() ? why.isEmpty() : why.startsWith(part[2]), why);
        }
    }

    @Test
    void theSeedsOfTheRowsAreStatedOnce() {
        String few = "check --layers 4,5,3 --host virtual --granularity layer --delay none ";
        String several = relaxon(few + "--seeds 2").out();
        assertTrue(several.contains("batch 1\n"), several);
        assertTrue(
                several.contains(
                        ", seeds 1..2; worst figures over the seeds, medians of messages and path\n"),
                several);
        String one = relaxon(few + "--seeds 1").out();
        assertTrue(one.contains("batch 1, seed 1\none-sided, strength 1e-4\n"), one);
    }
}
