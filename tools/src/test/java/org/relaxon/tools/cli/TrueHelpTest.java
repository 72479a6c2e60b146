package org.relaxon.tools.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.relaxon.tools.cli.Ran.relaxon;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.relaxon.tools.cli.process.ExitCode;

/** What help states of an option that several verbs share is true for each of them. */
class TrueHelpTest {
    private static String help(String verb) {
        return relaxon(verb + " --help").out().replaceAll("\\s+", " ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"delays", "desynchronised", "depth", "async-depth", "straggler"})
    void theExamplesOfAFindingAreAccepted(String finding) {
        List<String> examples =
                relaxon("reproduce " + finding + " --help")
                        .out()
                        .replaceAll("\\\\\\n\\s+", "")
                        .lines()
                        .filter(line -> line.startsWith("  relaxon ") && !line.contains(":DIR"))
                        .map(line -> line.strip().replaceFirst(" {2,}.*", ""))
                        .map(line -> line.substring("relaxon ".length()))
                        .toList();
        assertFalse(examples.isEmpty());
        for (String example : examples) {
            Ran ran = relaxon(example + " --dry-run");
            assertEquals(ExitCode.DONE, ran.code(), example + ": " + ran.err());
        }
    }

    @ParameterizedTest
    @CsvSource({"delays, 10", "depth, 3", "async-depth, 3", "desynchronised, 5", "straggler, 3"})
    void theNumberOfSeedsIsThatOfTheFinding(String finding, int usual) {
        String help = help("reproduce " + finding);
        int at = help.indexOf("Number of networks");
        String seeds = help.substring(at, help.indexOf("--", help.indexOf("Default", at)));
        assertTrue(seeds.contains("Default " + usual + "."), seeds);
        assertFalse(seeds.contains(" for "), seeds);
        int least = finding.equals("desynchronised") ? 3 : 1;
        assertTrue(seeds.contains("from " + least + " to 1000"), seeds);
        String line = "reproduce " + finding + " --dry-run --seeds ";
        assertEquals(ExitCode.DONE, relaxon(line + least).code());
        assertEquals(ExitCode.BAD_INPUT, relaxon(line + (least - 1)).code());
    }

    @Test
    void theBudgetOfMessagesIsThatOfTheVerb() {
        assertTrue(help("settle").contains("may send. Default 10000000."), help("settle"));
        for (String grid : List.of("sweep", "stress")) {
            assertTrue(help(grid).contains("may send. Default 1000000;"), help(grid));
        }
    }

    /** What has an effect only beside --out is listed as such; the twin: data options are not. */
    @Test
    void dataStatesWhichOptionsAreOfWeightsAlone() {
        String help = help("data");
        for (String name : List.of("gain=", "init=", "activation=", "output-activation=")) {
            int at = help.indexOf(" --" + name);
            assertTrue(help.indexOf("Only with --out", at) < help.indexOf(".", at), name + help);
        }
        int batch = help.indexOf(" --batch=");
        assertTrue(help.indexOf("Only with", batch) > help.indexOf(".", batch), help);
        assertFalse(help("settle").contains("Only with --out, whose"), help("settle"));
    }

    @Test
    void checkStatesTheStrengthsThatItAdds() {
        String help = help("check");
        assertTrue(help.contains("cases also settle at beta/10"), help);
        assertTrue(help.contains("every case also settles at beta/10 (gamma/10 of chl)"), help);
    }

    @Test
    void theRangeOfAlphaIsStated() {
        assertTrue(help("settle").contains("alpha above 0 and below 2 rho"), help("settle"));
        Ran ran = relaxon("settle --algorithm pc-alm --parameters 4,8");
        assertEquals(ExitCode.BAD_INPUT, ran.code());
        assertTrue(ran.err().contains("is not below 2 rho = 8"), ran.err());
        String both = relaxon("settle --algorithm pc-alm --parameters=-1,0").err();
        assertTrue(both.contains("rho: -1"), both);
        String alone = relaxon("settle --algorithm pc-alm --parameters=1,0").err();
        assertTrue(alone.contains("alpha: 0"), alone);
    }

    /** Skips stay as they are; what stands beside one is scaled by the depth, here 3. */
    @Test
    void theListStatesTheScalesOfANetwork(@TempDir Path temp) throws IOException {
        String list = relaxon("list").out();
        assertTrue(list.contains("1/sqrt(v K L) beside a skip, depth L; 1/(v sqrt(K)) onto"), list);
        Path file = temp.resolve("skip.conf");
        Files.writeString(
                file,
                """
                populations = [ {name=x,size=2,role=input}, {name=a,size=4}, {name=b,size=4},
                  {name=y,size=3,role=output} ]
                projections = [ {from=x,to=a}, {from=a,to=b}, {from=b,to=y}
                  {name=skip,from=a,to=b,connectivity=identity} ]
                """);
        JsonNode all =
                relaxon("network --json - --init depth-mup --network " + file)
                        .json()
                        .get("projections");
        double[] expected = {1 / Math.sqrt(2), 1 / Math.sqrt(4 * 3), 1 / 4.0, 1.0};
        for (int k = 0; k < expected.length; k++) {
            assertEquals(expected[k], all.get(k).get("scale").asDouble(), 1e-15, all.toString());
        }
    }
}
