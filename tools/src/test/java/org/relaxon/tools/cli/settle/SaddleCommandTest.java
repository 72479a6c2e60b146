package org.relaxon.tools.cli.settle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.relaxon.experiments.format.NpzWriter;
import org.relaxon.tools.cli.Ran;
import org.relaxon.tools.cli.process.ExitCode;

/** States that are no minimum, or rest in another basin, from the command line. */
class SaddleCommandTest {
    @TempDir Path directory;

    @BeforeEach
    void files() throws IOException {
        put(
                "tied",
                "W1",
                "1 0",
                "W2",
                ".3 0 0 2",
                "W3",
                ".5 0",
                "b1",
                "0 0",
                "b2",
                "0 0",
                "b3",
                "0");
        put(
                "loose",
                "W1",
                "1 0",
                "W2",
                ".3 0 0 .9",
                "W3",
                ".5 0",
                "b1",
                "0 0",
                "b2",
                "0 0",
                "b3",
                "0");
        put("fitted", "W1", "1", "W2", "1", "b1", "0", "b2", "0");
        put("example", "x0", ".7", "target", ".4");
        put("one", "x0", "1", "target", "1");
    }

    /** Names and row-major values; W of n rows has as many columns as its values allow. */
    private void put(String file, String... arrays) throws IOException {
        try (NpzWriter npz = NpzWriter.create(directory.resolve(file + ".npz"))) {
            for (int k = 0; k < arrays.length; k += 2) {
                double[] values =
                        Stream.of(arrays[k + 1].split(" "))
                                .mapToDouble(Double::parseDouble)
                                .toArray();
                int n = values.length;
                int rows = arrays[k].equals("W1") ? n : arrays[k].equals("W2") && n > 1 ? 2 : 1;
                if (arrays[k].startsWith("b")) {
                    npz.put(arrays[k], values);
                } else {
                    npz.put(arrays[k], values, rows, n / rows);
                }
            }
        }
    }

    private Ran run(String command, String weights, String data, String words) {
        return Ran.relaxon(
                "%s --weights %s/%s.npz --data %s/%s.npz --batch 1 %s"
                        .formatted(command, directory, weights, directory, data, words));
    }

    @Test
    void checkAndSettleEndWithThreeAndSayWhere() throws IOException {
        String words = "--algorithm ep --layers 1,2,2,1";
        Ran settled = run("settle", "tied", "example", words + " --json -");
        JsonNode json = settled.json();
        assertEquals(ExitCode.NOT_SETTLED, settled.code());
        assertEquals("saddle", json.get("reason").asText());
        assertEquals(1, json.get("minimum").get("saddles").asInt());
        assertTrue(json.get("detail").asText().contains("eigenvalue -1.000e+00, direction 1[1]"));

        Ran text = run("settle", "tied", "example", words);
        assertTrue(text.out().contains("reason       saddle: "), text.out());
        assertTrue(text.out().contains("1 of 1 columns judged rest at saddles"), text.out());

        Ran checked =
                run("check", "tied", "example", words + " --seeds 1 --host virtual --delay none");
        assertEquals(ExitCode.NOT_SETTLED, checked.code());
        assertTrue(checked.out().contains("saddle"), checked.out());
    }

    @Test
    void theSameWithoutTheGainHolds() throws IOException {
        String words = "--algorithm ep --layers 1,2,2,1";
        Ran settled = run("settle", "loose", "example", words + " --json -");
        assertEquals(ExitCode.DONE, settled.code());
        assertEquals(2, settled.json().get("minimum").get("minima").asInt());
        Ran checked =
                run("check", "loose", "example", words + " --seeds 1 --host virtual --delay none");
        assertEquals(ExitCode.DONE, checked.code(), checked.out());
    }

    /** Zero beside zero has no relative error, and the reason in its place. */
    @Test
    void zeroBesideZeroIsSaidInPlaceOfAnError() throws IOException {
        String linear = "--layers 1,1,1 --activation linear --algorithm ";
        for (String algorithm : List.of("pc-nudge", "fy-pc", "pc-clamped")) {
            JsonNode json = run("settle", "fitted", "one", linear + algorithm + " --json -").json();
            assertTrue(json.get("relativeError").isNull(), json.toString());
            assertTrue(
                    json.get("relativeErrorReason")
                            .asText()
                            .startsWith("estimate and reference are"),
                    json.toString());
        }
        String text = run("settle", "fitted", "one", linear + "pc-nudge").out();
        assertTrue(text.contains("backprop     estimate and reference are zero"), text);
        JsonNode other =
                run("settle", "loose", "example", "--algorithm ep --layers 1,2,2,1 --json -")
                        .json();
        assertTrue(other.get("relativeErrorReason").isNull());
        assertTrue(other.get("relativeError").asDouble() > 0.0);
    }

    @Test
    void whatIsNotJudgedIsSaid() throws IOException {
        String words = "--algorithm dual-propagation --layers 1,2,2,1 --json -";
        JsonNode minimum = run("settle", "loose", "example", words).json().get("minimum");
        assertEquals(1, minimum.get("unjudged").asInt());
        assertEquals(
                "1 column not judged: a pair of states is not a minimum of one energy",
                minimum.get("text").asText());
    }

    @Test
    void rowsOfASweepNameTheSaddle() throws IOException {
        Path out = directory.resolve("runs");
        run(
                "sweep",
                "tied",
                "example",
                "--algorithm ep --layers 1,2,2,1 --axis beta=1e-2,1e-3 --seeds 1 --out " + out);
        try (Stream<Path> files = Files.walk(out)) {
            Path rows = files.filter(f -> f.endsWith("results.csv")).findFirst().orElseThrow();
            List<String> lines = Files.readAllLines(rows);
            assertEquals(2, lines.stream().filter(l -> l.contains(",saddle,")).count());
        }
    }

    /** The reference solver met nothing but rounding here, and crashed. */
    @Test
    void aNetworkThatFitsItsTargetSettlesAndHolds() {
        for (String algorithm : List.of("pc-clamped", "pc", "pc-nudge", "ep")) {
            String words = "--layers 1,1,1 --activation linear --algorithm " + algorithm;
            Ran settled = run("settle", "fitted", "one", words + " --budget-messages 20000");
            boolean done =
                    settled.code() == ExitCode.DONE || settled.code() == ExitCode.NOT_SETTLED;
            assertTrue(done, settled.err());
        }
        for (String algorithm : List.of("pc-clamped", "pc", "pc-nudge", "fy-pc", "fpa-pc")) {
            Ran checked =
                    run(
                            "check",
                            "fitted",
                            "one",
                            "--layers 1,1,1 --activation linear --seeds 1 --host virtual"
                                    + " --delay none --granularity layer --algorithm "
                                    + algorithm);
            assertEquals(ExitCode.DONE, checked.code(), checked.out() + checked.err());
            assertTrue(checked.out().contains("to rounding"), checked.out());
        }
    }
}
