package org.relaxon.tools.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.relaxon.tools.cli.Ran.relaxon;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.relaxon.experiments.format.NpyArray;
import org.relaxon.experiments.format.NpzReader;
import org.relaxon.model.math.Numeral;

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
                "dp-top",
                "ep",
                "hep",
                "chl",
                "chl-clamped",
                "coupled",
                "pc-alm"
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
        "pc-alm, '', '8,8'",
        "pc-alm, '--parameters 4,0.5', '4,0.5'",
        "dp-top, '', 0",
        "dual-propagation, '--parameters 0.25', 0.25",
        "dual-propagation, '', ''",
        "pc-nudge, '', ''"
    })
    void parametersInForceAreStated(String name, String given, String stated) throws IOException {
        String line = "settle --host virtual --algorithm " + name + " " + given;
        JsonNode options = relaxon(line + " --json -").json().get("options");
        String word = "--parameters " + stated;
        for (String out : List.of(relaxon(line).out(), relaxon(line + " --dry-run").out())) {
            String head = out.lines().limit(3).collect(Collectors.joining("; "));
            assertEquals(!stated.isEmpty(), head.contains(name + " " + word + ","), head);
        }
        assertEquals(stated, options.path("--parameters").asText());
        JsonNode check =
                relaxon(
                                "check --seeds 1 --host virtual --granularity layer --delay none"
                                        + " --json - --algorithm "
                                        + name
                                        + " "
                                        + given)
                        .json();
        List<Double> numbers = new ArrayList<>();
        check.at("/cases/0/parameters").forEach(n -> numbers.add(n.asDouble()));
        assertEquals(stated, Numeral.list(numbers));
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
        assertTrue(json.get("energy").get("total").isNumber());
        assertTrue(json.get("freeEnergy").get("internal").isNumber());
        String prose = relaxon("settle --algorithm ep").out();
        for (String word : List.of("certificate", "energy", "implicit")) {
            assertTrue(prose.toLowerCase(java.util.Locale.ROOT).contains(word), prose);
        }
    }

    /**
     * Per column, in total, with and without beta times the loss, and recomputed from the arrays.
     */
    @Test
    void energiesAreThoseOfAllColumnsAndSayWhatTheyContain(@TempDir Path temp) throws IOException {
        String line =
                "settle --layers 4,6,3 --algorithm pc --beta 0.5 --batch 3 --json - --out " + temp;
        JsonNode json = relaxon(line).json();
        JsonNode energy = json.get("energy");
        Map<String, NpyArray> arrays =
                NpzReader.read(Path.of(json.get("directory").asText()).resolve("arrays.npz"));
        double[] e1 = arrays.get("e1").values();
        double[] e2 = arrays.get("e2").values();
        double[] x2 = arrays.get("x2").values();
        double[] target = arrays.get("target").values();

        double sum = 0.0;
        double sumWithLoss = 0.0;
        for (int c = 0; c < 3; c++) {
            double own = 0.5 * (squares(e1, c) + squares(e2, c));
            double[] miss = new double[x2.length];
            for (int k = 0; k < miss.length; k++) {
                miss[k] = x2[k] - target[k];
            }
            double total = own + 0.5 * 0.5 * squares(miss, c);
            assertEquals(own, energy.get("internalPerColumn").get(c).asDouble(), 1e-12 * own);
            assertEquals(total, energy.get("totalPerColumn").get(c).asDouble(), 1e-12 * total);
            sum += own;
            sumWithLoss += total;
        }
        assertEquals(sum, energy.get("internal").asDouble(), 1e-12 * sum);
        assertEquals(sumWithLoss, energy.get("total").asDouble(), 1e-12 * sumWithLoss);
        assertTrue(energy.get("contains").asText().contains("beta times the loss"));
        assertTrue(json.get("freeEnergy").isNull());
    }

    /** Of one of three columns. */
    private static double squares(double[] values, int column) {
        double sum = 0.0;
        for (int k = column; k < values.length; k += 3) {
            sum += values[k] * values[k];
        }
        return sum;
    }

    @ParameterizedTest
    @ValueSource(strings = {"fixed-point", "coordinate", "gradient"})
    void aClampedOutputIsHeldAtItsTargetByEveryDynamics(String dynamics, @TempDir Path temp)
            throws IOException {
        JsonNode json =
                relaxon(
                                "settle --layers 4,6,3 --algorithm pc-clamped --batch 2 --json - --dynamics "
                                        + dynamics
                                        + " --out "
                                        + temp)
                        .json();

        assertEquals("settled", json.get("verdict").asText());
        Map<String, NpyArray> arrays =
                NpzReader.read(Path.of(json.get("directory").asText()).resolve("arrays.npz"));
        // In error form x is mu + (target - mu), which rounds.
        assertArrayEquals(arrays.get("target").values(), arrays.get("x2").values(), 1e-15);
    }

    @Test
    void freeStatesStandBesideSettledOnes(@TempDir Path temp) throws IOException {
        JsonNode json =
                relaxon("settle --layers 4,6,3 --algorithm ep --json - --out " + temp).json();
        Map<String, NpyArray> arrays =
                NpzReader.read(Path.of(json.get("directory").asText()).resolve("arrays.npz"));

        assertTrue(arrays.keySet().containsAll(Set.of("x1", "e1", "fx1", "fe1", "fx2", "fe2")));
        double apart = 0.0;
        double size = 0.0;
        for (int k = 0; k < 6; k++) {
            double free = arrays.get("fx1").values()[k];
            apart = Math.max(apart, Math.abs(arrays.get("x1").values()[k] - free));
            size = Math.max(size, Math.abs(free));
        }
        assertTrue(apart > 0.0 && apart < 0.1 * size, apart + " of " + size);
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
    /** A free state that is too far for a reference is too far for a contrast as well. */
    @Test
    void aCoarseContrastIsNotSettledUnlessThatIsAskedFor() throws IOException {
        String coarse =
                "settle --algorithm ep --granularity neuron --threshold 1e-5 --tolerance 4.4e-5"
                        + " --delay exponential:1ms";
        Ran prose = relaxon(coarse);
        JsonNode json = relaxon(coarse + " --json -").json();

        assertEquals(3, prose.code(), prose.out());
        assertTrue(prose.out().contains("unresolved: W1..W3: not resolved"), prose.out());
        assertEquals("unresolved", json.get("reason").asText());
        JsonNode asked = relaxon(coarse.replace("4.4e-5", "0.9") + " --json -").json();
        assertTrue(asked.get("referenceObjection").isNull());
        assertTrue(asked.get("relativeError").asDouble() > 1e-3);
        JsonNode fine = relaxon(coarse.replace("1e-5", "1e-10") + " --json -").json();
        assertTrue(fine.get("relativeError").asDouble() < 1e-2);
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
