package org.relaxon.tools.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
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

/** The family of algorithms as a user of the commands meets it. */
class FamilyCommandTest {
    private static final String SMALL =
            " --host virtual --granularity layer --delay none --seeds 1";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "pc-nudge",
                "pc",
                "pc-clamped",
                "fpa-pc",
                "z-il",
                "precision-pc",
                "fy-pc",
                "dual-propagation",
                "ep",
                "hep",
                "chl",
                "chl-clamped",
                "coupled"
            })
    void everyAlgorithmIsListedAndItsCheckHolds(String name) throws IOException {
        Ran ran = relaxon("check --algorithm " + name + SMALL + " --json -");

        assertEquals(0, ran.code(), ran.out() + ran.err());
        JsonNode json = ran.json();
        for (String field :
                List.of(
                        "algorithm",
                        "variant",
                        "reference",
                        "predictedError",
                        "declaredOrder",
                        "certificate")) {
            assertTrue(json.has(field), field);
            assertTrue(json.get("cases").get(0).has(field), field);
        }
        assertEquals(name, json.get("algorithm").asText());
        assertTrue(relaxon("list").out().contains(name + " "), name);
    }

    @ParameterizedTest
    @CsvSource({
        "relu, check --algorithm hep --activation relu",
        "form, check --algorithm pc-nudge --form difference",
        "gamma, check --algorithm ep --gamma 1e-3",
        "beta, check --algorithm chl --beta 1e-3",
        "step, check --algorithm ep --step 0.3",
        "estimator, check --algorithm z-il --estimator centred",
        "all, check --all --algorithm ep",
        "points, check --algorithm ep --points 8",
    })
    void whatDoesNotApplyIsRefusedByName(String name, String line) {
        Ran ran = relaxon(line);

        assertEquals(2, ran.code(), ran.out() + ran.err());
        assertEquals("", ran.out());
        assertEquals(1, ran.err().lines().count(), ran.err());
        assertTrue(ran.err().contains(name), ran.err());
    }

    @Test
    void theWrongReferenceAndTooLargeACircleDoNotPass() {
        assertEquals(1, relaxon("check --algorithm ep --against backprop" + SMALL).code());
        assertNotEquals(0, relaxon("check --algorithm hep --points 16 --beta 0.9" + SMALL).code());
    }

    @Test
    void aSettlingSaysWhatTheoryAndItsEnergiesSay() throws IOException {
        JsonNode json = relaxon("settle --algorithm ep --json -").json();

        assertEquals("implicit", json.get("reference").asText());
        assertFalse(json.get("certificate").isNull());
        assertTrue(json.get("energy").isNumber());
        assertTrue(json.get("freeEnergy").isNumber());
        String prose = relaxon("settle --algorithm ep").out();
        for (String word : List.of("certificate", "energy", "implicit")) {
            assertTrue(prose.toLowerCase(java.util.Locale.ROOT).contains(word), prose);
        }
    }

    /** At rest, and still not the gradient to the stated order. */
    @Test
    void kinksThatTheNudgeCrossedAreSaid() throws IOException {
        String large =
                "settle --algorithm fy-pc --beta 0.1 --data strokes --layers 784,40,30,10"
                        + " --activation relu --batch 8 --granularity layer";
        Ran prose = relaxon(large);
        int crossed = relaxon(large + " --json -").json().get("kinksCrossed").asInt();
        assertEquals(0, prose.code(), prose.out());
        assertTrue(crossed > 0, prose.out());
        assertTrue(prose.out().contains("carried units over " + crossed + ":"), prose.out());

        Ran small = relaxon(large.replace("--beta 0.1 ", "--beta 1e-7 "));
        assertEquals(0, small.code(), small.out());
        assertTrue(!small.out().contains("kinks "), small.out());
        JsonNode ep = relaxon("settle --algorithm ep --json -").json();
        assertTrue(ep.get("kinksCrossed").isNull(), ep.toString());
        JsonNode smooth = relaxon("settle --algorithm pc --beta 1 --json -").json();
        assertEquals(0, smooth.get("kinksCrossed").asInt(-1), smooth.toString());
    }

    /** A residual below the tolerance at a state that is further than that from its equilibrium. */
    @Test
    void aReferenceThatDoesNotAcceptAFreeStateSaysSo() throws IOException {
        String coarse =
                "settle --algorithm ep --granularity neuron --threshold 1e-5 --tolerance 4.4e-5"
                        + " --delay exponential:1ms";
        Ran prose = relaxon(coarse);
        JsonNode json = relaxon(coarse + " --json -").json();

        assertEquals(0, prose.code(), prose.out()); // it settled, which is all that was asked
        String objection = json.get("referenceObjection").asText();
        assertTrue(objection.contains("away from the state reached"), objection);
        assertTrue(
                prose.out().lines().anyMatch(l -> l.matches("implicit +no comparison: .*")),
                prose.out());
        assertTrue(prose.out().contains(objection), prose.out());
        assertEquals("settled", json.get("verdict").asText());
        assertTrue(json.get("relativeError").isNull());
        JsonNode fine = relaxon(coarse.replace("4.4e-5", "1e-3") + " --json -").json();
        assertTrue(fine.get("referenceObjection").isNull());
        assertTrue(fine.get("relativeError").isNumber());
    }

    @Test
    void everyRowOfARunDirectoryRepeatsItself(@TempDir Path temp) throws IOException {
        Ran ran =
                relaxon(
                        "check --algorithm pc-nudge,pc,precision-pc,z-il,ep,hep,chl,coupled"
                                + SMALL
                                + " --json - --out "
                                + temp);
        Path run = Path.of(ran.json().get("directory").asText());
        List<String> rows = Files.readAllLines(run.resolve("results.csv"));

        assertEquals(1 + 8, rows.size());
        int column = List.of(rows.get(0).split(",")).indexOf("relativeError");
        for (String row : rows.subList(1, rows.size())) {
            String repeat = row.substring(row.lastIndexOf("relaxon check") + 8).replace("\"", "");
            Ran again = relaxon(repeat + " --json -");
            assertEquals(0, again.code(), repeat + again.err());
            double error = Double.parseDouble(row.split(",")[column]);
            double second = again.json().get("relativeError").asDouble();
            assertEquals(error, second, 1e-5 * error, repeat);
        }
    }
}
