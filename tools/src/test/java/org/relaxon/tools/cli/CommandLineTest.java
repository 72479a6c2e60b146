package org.relaxon.tools.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.relaxon.tools.cli.Ran.relaxon;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.relaxon.experiments.format.NpzReader;
import org.relaxon.experiments.format.NpzWriter;

/** The commands as a user meets them: exit codes, one-line errors, files. */
class CommandLineTest {
    private static String[] words(String line) {
        return line.trim().split("\\s+");
    }

    @Test
    void aCheckPrintsItsCasesAndHolds() {
        Ran ran = relaxon(words("check --seeds 1 --host virtual,akka --granularity layer"));

        assertEquals(0, ran.code(), ran.err());
        assertEquals(8, ran.out().lines().filter(l -> l.endsWith("yes")).count(), ran.out());
        assertTrue(ran.out().contains("The claim holds"), ran.out());
        assertEquals("", ran.err());
    }

    @Test
    void jsonOnStdoutIsOneObjectWithEveryPromisedField() throws IOException {
        Ran ran = relaxon(words("check --seeds 1 --host virtual --granularity layer --json -"));

        JsonNode json = ran.json();
        for (String field : PromisedFields.NAMES) {
            assertTrue(json.has(field), field);
            assertTrue(json.get("cases").get(0).has(field) || field.matches("command|version"));
        }
        assertEquals(4, json.get("cases").size());
        assertEquals("settled", json.get("verdict").asText());
        double error = json.get("relativeError").asDouble();
        assertTrue(error >= 1e-4 && error <= 4e-4, "relative error " + error);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "check --beta NaN",
                "check --estimator sideways",
                "check --beta 0",
                "check --beta -1",
                "check --beta Infinity",
                "check --delay constant:-1ms",
                "check --delay sometimes",
                "check --delay pareto:1ms,NaN",
                "check --activation cube",
                "check --algorithm alchemy",
                "check --host mainframe",
                "check --granularity block:0",
                "check --layers 8",
                "check --layers 8,0,4",
                "check --layers 8,x,4",
                "check --layers 8,16,12,4 --data strokes",
                "check --loss hinge",
                "check --loss cross-entropy --output-activation tanh",
                "check --threshold NaN",
                "check --threshold -1",
                "check --tolerance 0",
                "check --seeds 0",
                "check --batch 0",
                "check --cut 7->8",
                "check --cut 2-3",
                "check --cut 2->3@5ms..1ms",
                "check --host synchronous --delay constant:1ms",
                "check --budget-messages 0",
                "check --budget-memory 0",
                "check --discipline sometimes",
                "check --delivery perhaps",
                "check --drop 1",
                "check --drop 1->2",
                "settle --drop 0->1=0.5",
                "settle --reorder 0->1=0.5",
                "settle --reorder 0.1 --discipline turn-taking",
                "settle --late 1",
                "settle --starve 9",
                "settle --starve 2@0",
                "settle --starve 2 --host akka",
                "settle --crash 9@3",
                "settle --delivery best-effort --discipline turn-taking",
                "check --precision half",
                "settle --precision float --algorithm ep",
                "settle --precision float --tolerance 1e-6",
                "settle --precision float --threshold 1e-9",
                "settle --precision float --drive event-driven",
                "check --precision float --feedback random",
                "check --precision float --init ntp",
                "check --no-such-option",
                "check --data mnist:no-such-directory",
                "check --gain NaN",
                "settle --beta NaN",
                "settle --refractory -1ms",
                "settle --threads 0 --host akka",
                "settle --weights no-such-file.npz",
                "bench --rounds 0",
                "data --show -1",
                "frobnicate",
            })
    void badInputIsOneLineThatNamesTheField(String line) {
        Ran ran = relaxon(words(line));

        assertEquals(2, ran.code(), ran.out() + ran.err());
        assertEquals("", ran.out());
        assertEquals(1, ran.err().lines().count(), ran.err());
        String[] words = words(line);
        String field = words.length > 1 ? words[1].replace("--", "") : words[0];
        String last = words[words.length - 1];
        String value = last.substring(last.indexOf(':') + 1);
        assertTrue(
                ran.err().contains(field) || ran.err().contains(value), field + ": " + ran.err());
    }

    @Test
    void faultsThatHappenedAreCountedByName() throws IOException {
        Ran ran =
                relaxon(
                        words(
                                "settle --algorithm ep --granularity neuron --delay exponential:1ms"
                                        + " --reorder 0.2 --late 0.05 --starve 2 --delivery"
                                        + " reliable-latest --json -"));

        assertEquals(0, ran.code(), ran.err());
        for (String name : List.of("reordered", "held", "late", "starved")) {
            assertTrue(ran.json().get("faults").get(name).asLong() > 0, name);
        }
        assertTrue(ran.json().get("faultsMissing").isEmpty());
    }

    @Test
    void aFaultThatNeverHappenedFailsTheRun() throws IOException {
        Ran ran = relaxon(words("settle --duplicate 1e-12 --json -"));

        assertEquals(1, ran.code(), "one of a million million signals is copied");
        assertEquals("duplicate", ran.json().get("faultsMissing").get(0).asText());
        assertEquals(0, ran.json().get("faults").get("duplicated").asLong());
    }

    @Test
    void aBudgetTooSmallIsNeverAGradient() throws IOException {
        Ran ran = relaxon(words("settle --budget-messages 5 --json -"));

        assertEquals(3, ran.code());
        assertEquals("message-budget", ran.json().get("reason").asText());
        assertTrue(ran.json().get("relativeError").isNull());
    }

    @Test
    void aCutLinkIsNamed() throws IOException {
        Ran ran = relaxon(words("settle --cut 2->3 --json -"));

        assertEquals(3, ran.code());
        assertEquals("quiet-away-from-equilibrium", ran.json().get("reason").asText());
        assertEquals("2->3", ran.json().get("links").get(0).asText());
        assertTrue(ran.json().get("lost").asLong() > 0);
    }

    @Test
    void anOutageThatHealsIsRepaired() throws IOException {
        Ran ran = relaxon(words("settle --cut 2->3@0ms..5ms --delay exponential:200us --json -"));

        assertEquals(0, ran.code(), ran.out());
        assertTrue(ran.json().get("lost").asLong() > 0, "the outage must have happened");
        assertTrue(ran.json().get("auditRounds").asInt() > 1);
        assertTrue(ran.json().get("relativeError").asDouble() < 4e-4);
    }

    @Test
    void aLargeNudgeDoesNotHold() throws IOException {
        Ran ran =
                relaxon(
                        words(
                                "check --beta 1 --seeds 3 --host virtual --granularity layer"
                                        + " --delay none --json -"));

        assertTrue(ran.code() == 1 || ran.code() == 3, "exit " + ran.code());
        for (JsonNode c : ran.json().get("cases")) {
            boolean honest =
                    c.get("verdict").asText().equals("not-settled")
                            || c.get("relativeError").asDouble() >= .3;
            assertTrue(honest, c.toString());
            assertFalse(c.get("caseHolds").asBoolean());
        }
    }

    @Test
    void aRunDirectoryHoldsEverythingAndItsArraysSettleAgain(@TempDir Path temp)
            throws IOException {
        Ran first =
                relaxon(words("settle --batch 3 --seed 5 --json - --out " + temp.resolve("runs")));
        Path run = Path.of(first.json().get("directory").asText());

        for (String file :
                List.of(
                        "manifest.json",
                        "results.csv",
                        "arrays.npz",
                        "latency.hlog",
                        "latency.hgrm")) {
            assertTrue(Files.size(run.resolve(file)) > 0, file);
        }
        Path arrays = run.resolve("arrays.npz");
        assertEquals(12 * 16, NpzReader.read(arrays).get("gW2").length());
        Ran again =
                relaxon(
                        "settle",
                        "--layers",
                        "8,16,12,4",
                        "--seed",
                        "5",
                        "--batch",
                        "3",
                        "--json",
                        "-",
                        "--data",
                        arrays.toString(),
                        "--weights",
                        arrays.toString());
        assertEquals(0, again.code(), again.err());
        assertEquals(
                first.json().get("relativeError").asDouble(),
                again.json().get("relativeError").asDouble(),
                1e-3 * first.json().get("relativeError").asDouble());
    }

    @Test
    void aCheckDirectoryHasATableAndAPicture(@TempDir Path temp) throws IOException {
        Ran ran =
                relaxon(
                        "check",
                        "--seeds",
                        "2",
                        "--host",
                        "virtual",
                        "--granularity",
                        "layer",
                        "--beta",
                        "1e-2,1e-4",
                        "--json",
                        "-",
                        "--out",
                        temp.toString());

        Path run = Path.of(ran.json().get("directory").asText());
        List<String> rows = Files.readAllLines(run.resolve("results.csv"));
        assertEquals(1 + 2 * 2 * 2 * 2, rows.size());
        assertTrue(Files.size(run.resolve("error.png")) > 1000);
        assertTrue(ran.json().get("slopes").get(0).get("least").asDouble() > .97);
        String repeat = rows.get(1).substring(rows.get(1).lastIndexOf("relaxon check") + 8);
        assertEquals(0, relaxon(words(repeat.replace("\"", ""))).code(), repeat);
    }

    @Test
    void aWeightThatIsNotANumberIsNamed(@TempDir Path temp) throws IOException {
        for (double bad : new double[] {Double.NaN, Double.POSITIVE_INFINITY}) {
            Path file = temp.resolve("weights" + bad + ".npz");
            try (NpzWriter npz = NpzWriter.create(file)) {
                npz.put("W1", new double[] {1, 2, 3, 4, bad, 6}, 3, 2);
                npz.put("b1", new double[] {0, 0, 0}, 3);
            }
            Ran ran = relaxon("settle", "--layers", "2,3", "--weights", file.toString());
            assertEquals(2, ran.code());
            assertTrue(ran.err().contains("W1[2][0]"), ran.err());
        }
    }

    @Test
    void weightsOfTheWrongShapeAreRefusedWithBothShapes(@TempDir Path temp) throws IOException {
        Path file = temp.resolve("weights.npz");
        try (NpzWriter npz = NpzWriter.create(file)) {
            npz.put("W1", new double[] {1, 2, 3, 4, 5, 6}, 2, 3);
            npz.put("b1", new double[] {0, 0, 0}, 3);
        }
        Ran ran = relaxon("settle", "--layers", "2,3", "--weights", file.toString());

        assertEquals(2, ran.code());
        assertTrue(ran.err().contains("(2, 3)") && ran.err().contains("(3, 2)"), ran.err());
    }

    @Test
    void nothingIsOverwritten(@TempDir Path temp) throws IOException {
        Path file = Files.writeString(temp.resolve("kept.json"), "kept");

        Ran ran = relaxon("settle", "--json", file.toString());

        assertEquals(2, ran.code());
        assertEquals("kept", Files.readString(file));
    }

    @Test
    void helpTeachesEveryCommand() {
        for (String command :
                List.of("check", "settle", "paper", "report", "bench", "data", "list")) {
            Ran ran = relaxon(command, "--help");
            assertEquals(0, ran.code());
            assertTrue(ran.out().startsWith("Usage: relaxon " + command), ran.out());
        }
        assertEquals(0, relaxon("--version").code());
    }

    @Test
    void aDryRunSaysWhatItWouldNeed() {
        Ran ran = relaxon(words("check --dry-run --granularity neuron"));

        assertEquals(0, ran.code());
        assertTrue(ran.out().contains("32 cells, 480 links"), ran.out());
    }

    @Test
    void tooMuchMemoryIsRefusedBeforeItIsTaken() {
        Ran ran =
                relaxon(
                        words(
                                "settle --layers 100,900,900,10 --granularity neuron"
                                        + " --budget-memory 20"));

        assertEquals(2, ran.code());
        assertTrue(ran.err().contains("MiB"), ran.err());
    }

    @Test
    void everyListedNameIsAccepted() {
        List<String> failures = new ArrayList<>();
        Stream.of("linear", "tanh", "sigmoid", "hard-sigmoid", "relu", "softplus")
                .forEach(
                        f -> {
                            Ran ran = relaxon("settle", "--activation", f);
                            if (ran.code() != 0 && ran.code() != 3) {
                                failures.add(f + ": " + ran.err());
                            }
                        });
        assertEquals(List.of(), failures);
        String list = relaxon("list").out();
        assertTrue(list.contains("hard-sigmoid") && list.contains("pareto:1ms,1.5"), list);
    }

    @Test
    void dataShowsAndExportsABatch(@TempDir Path temp) throws IOException {
        Path file = temp.resolve("batch.npz");
        Ran ran =
                relaxon(
                        "data",
                        "--data",
                        "strokes",
                        "--batch",
                        "30",
                        "--show",
                        "1",
                        "--export",
                        file.toString());

        assertEquals(0, ran.code(), ran.err());
        assertTrue(ran.out().contains("30 examples, 784 inputs"), ran.out());
        assertEquals(784 * 30, NpzReader.read(file).get("x0").length());
        Ran settled =
                relaxon(
                        "settle",
                        "--data",
                        file.toString(),
                        "--layers",
                        "784,20,10",
                        "--batch",
                        "4");
        assertEquals(0, settled.code(), settled.err());
    }

    /** Within the tolerance of its own audit a coarse free state still has a reference. */
    @Test
    void aThresholdedRunStatesItsErrorUnderItsOwnTolerance() throws IOException {
        String line =
                "settle --algorithm ep --threshold 1e-5 --tolerance .5 --delay exponential:1ms --json -";
        double coarse = relaxon(line.split(" ")).json().at("/relativeError").asDouble();
        String fine = line.replace("1e-5", "1e-11");
        double exact = relaxon(fine.split(" ")).json().at("/relativeError").asDouble();
        assertTrue(coarse > 10 * exact && coarse < 1, coarse + " and " + exact);
    }

    @Test
    void safeguardedDynamicsNeedsTurnsAndIsTheSameUnderAllDelays() {
        String line =
                "settle --algorithm %s --dynamics %s --layers 4,6,5,3 --granularity neuron --beta 1 ";
        for (String algorithm : List.of("pc", "fy-pc", "pc-nudge")) {
            for (String dynamics : List.of("safeguarded", "safeguarded:all")) {
                String command = line.formatted(algorithm, dynamics);
                Ran eager = relaxon(command.trim().split(" "));
                assertEquals(2, eager.code(), eager.err());
                assertTrue(eager.err().contains("use turn-taking"), eager.err());
                String turns = command + "--discipline turn-taking --delay ";
                Ran none = relaxon((turns + "none").split(" "));
                Ran drawn = relaxon((turns + "pareto:1ms,1.5").split(" "));
                assertEquals(0, none.code(), none.err());
                assertTrue(none.out().contains("certified, recommends turn-taking"), none.out());
                assertEquals(states(none), states(drawn));
            }
        }
        Ran other = relaxon("settle --algorithm ep --dynamics safeguarded".split(" "));
        assertEquals(2, other.code());
    }

    private static String states(Ran ran) {
        return ran.out().lines().filter(l -> l.startsWith("states")).findFirst().orElseThrow();
    }
}
