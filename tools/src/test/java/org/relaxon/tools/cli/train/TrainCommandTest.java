package org.relaxon.tools.cli.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.relaxon.tools.cli.Ran.relaxon;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.relaxon.experiments.format.NpzReader;
import org.relaxon.tools.cli.PromisedFields;
import org.relaxon.tools.cli.Ran;

/** {@code relaxon train} as a user meets it. */
class TrainCommandTest {
    private static final String MOONS =
            "train --data two-moons --examples 200 --test-examples 80 --batch 20 --rate 0.02 ";

    @TempDir private Path directory;

    @Test
    void aTrainingPrintsItsCurveAndItsEnd() {
        Ran ran = relaxon(MOONS + "--epochs 2 --beside backprop");
        assertEquals(0, ran.code(), ran.err());
        assertTrue(ran.out().contains("done after 20 steps"), ran.out());
        assertTrue(ran.out().contains("backprop     "), ran.out());
        assertEquals(3, ran.err().lines().filter(l -> l.startsWith("pc-nudge: step")).count());
        assertEquals(3, ran.err().lines().filter(l -> l.startsWith("backprop: step")).count());
        assertTrue(relaxon("--help").out().contains("train"));
    }

    @Test
    void jsonCarriesEveryPromisedFieldAndTheAlignmentOfEveryStep() throws IOException {
        Ran ran = relaxon(MOONS + "--iterations 12 --align-every 1 --json -");
        assertEquals(0, ran.code(), ran.err());
        JsonNode json = ran.json();
        PromisedFields.assertIn(json);
        assertEquals("trained", json.get("verdict").asText());
        assertEquals(12, json.get("comparisons").asInt());
        assertTrue(json.get("cosine").asDouble() > 0.999999, ran.out());
        assertTrue(json.get("relativeError").asDouble() < 1e-3, ran.out());
        assertTrue(json.get("changeError").asDouble() < 0.1, ran.out());
        assertEquals(3, json.get("curve").size()); // 0, 10, 12
    }

    @Test
    void aRunDirectoryHoldsCurveAlignmentPictureAndPage() throws IOException {
        Ran ran = relaxon(MOONS + "--epochs 1 --align-every 5 --quiet --out " + directory);
        assertEquals(0, ran.code(), ran.err());
        Path found;
        try (Stream<Path> files = Files.walk(directory)) {
            found = files.filter(f -> f.endsWith("results.csv")).findFirst().orElseThrow();
        }
        List<String> rows = Files.readAllLines(found);
        assertEquals(3, rows.size());
        assertTrue(rows.get(0).startsWith("learner,step,epochs,"), rows.get(0));
        assertEquals(3, Files.readAllLines(found.resolveSibling("alignment.csv")).size());
        for (String plot : List.of("curve.png", "loss.png", "distance.png", "cosine.png")) {
            assertTrue(ImageIO.read(found.resolveSibling(plot).toFile()).getWidth() > 500, plot);
        }
        String page = Files.readString(found.resolveSibling("report.html"));
        assertTrue(
                page.contains(
                        "Trained (no gradient is claimed for a training, and its score is not judged)"),
                page);
        assertEquals(2, page.split("data:image/png", -1).length - 1, "the page draws the others");
        for (String drawn : List.of("curve", "loss")) {
            assertTrue(page.contains("<figure class=\"drawn\" id=\"" + drawn + "\">"), drawn);
        }
        assertTrue(Files.exists(found.resolveSibling("arrays.npz")));
    }

    @Test
    void aTrainingThatResumesStatesItsFirstStep() {
        Path file = directory.resolve("a.ckpt");
        String same = MOONS + "--evaluate-every 5 --checkpoint " + file + " --iterations ";
        Ran before = relaxon(same + 5 + " --dry-run");
        assertTrue(before.out().contains(file + ": does not exist; the training"), before.out());
        Ran first = relaxon(same + 5);
        Ran dry = relaxon(same + 10 + " --dry-run");
        assertTrue(dry.out().contains(file + ": the training goes on from step 5"), dry.out());
        Ran second = relaxon(same + 10);
        assertFalse(first.err().contains("goes on"), first.err());
        assertTrue(second.err().contains("goes on from step 5, "), second.err());
    }

    @Test
    void aTrainingGoesOnFromItsCheckpointAndEndsInTheSameBits() throws IOException {
        Path file = directory.resolve("a.ckpt");
        String rest = " --evaluate-every 5 --delay exponential:100us --json - --seed 3 ";
        Ran whole = relaxon(MOONS + "--iterations 20" + rest);
        Ran first = relaxon(MOONS + "--iterations 10" + rest + "--checkpoint " + file);
        Ran second = relaxon(MOONS + "--iterations 20" + rest + "--checkpoint " + file);
        assertEquals(0, first.code(), first.err());
        JsonNode one = whole.json();
        JsonNode two = second.json();
        assertEquals(one.get("curve"), two.get("curve"));
        assertEquals(one.get("messages"), two.get("messages"));
        Ran other =
                relaxon(
                        MOONS
                                + "--iterations 20"
                                + rest.replace("seed 3", "seed 9")
                                + "--checkpoint "
                                + file);
        assertEquals(2, other.code());
        assertTrue(other.err().contains("another run: --seed was 3 and is 9 now"), other.err());
        Files.write(file, new byte[] {1, 2, 3});
        Ran broken = relaxon(MOONS + "--iterations 20" + rest + "--checkpoint " + file);
        assertEquals(2, broken.code());
        assertEquals(1, broken.err().lines().count(), broken.err());
    }

    /** The file of backprop is read last, after all settlings, and checked before the first. */
    @Test
    void aBrokenCheckpointOfBackpropIsRefusedBeforeTheTraining() throws IOException {
        Path file = directory.resolve("a.ckpt");
        Files.write(directory.resolve("a.ckpt.backprop"), new byte[] {1, 2, 3});
        String line = MOONS + "--iterations 1 --checkpoint " + file;
        Ran refused = relaxon(line + " --beside backprop");
        assertEquals(2, refused.code(), refused.err());
        assertTrue(refused.err().contains("a.ckpt.backprop: this is no checkpoint"), refused.err());
        assertFalse(Files.exists(file), "nothing was trained");
        assertEquals(0, relaxon(line).code(), "without backprop it is not read");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "train; random examples",
                "train --data two-moons --optimiser adamw; optimiser: ",
                "train --data two-moons --epochs 0; epochs: ",
                "train --data two-moons --epochs 1 --iterations 2; iterations: ",
                "train --data two-moons --rate NaN; rate: ",
                "train --data two-moons --schedule incremental; schedule: ",
                "train --data two-moons --schedule incremental:0; schedule: ",
                "train --data two-moons --schedule incremental:x; schedule: ",
                "train --data two-moons --algorithm ipc --optimiser adam; optimiser: ",
                "train --data two-moons --algorithm ipc --schedule phased; --algorithm pc",
                "settle --algorithm ipc; relaxon train",
                "train --data two-moons --rate-decay 2; rate-decay: ",
                "train --data two-moons --weight-decay -1; weight-decay: ",
                "train --data two-moons --unsettled guess; unsettled: ",
                "train --data two-moons --inputs wide; inputs: ",
                "train --data two-moons --beside me; beside: ",
                "train --data two-moons --examples 0; examples: ",
                "train --data two-moons --examples 10 --batch 64; batch: ",
                "train --data two-moons --patience -1; patience: ",
                "train --data two-moons --align-every -1; align-every: ",
                "train --data two-moons --layers 3,4,2; layers: ",
            })
    void badInputIsRefusedInOneLine(String line, String message) {
        Ran ran = relaxon(line);
        assertEquals(2, ran.code(), line);
        assertTrue(ran.err().contains(message), ran.err());
        assertEquals(1, ran.err().lines().count(), ran.err());
    }

    /** A rate that no weight survives: its product with an update is beyond all numbers. */
    @ParameterizedTest
    @CsvSource({"sgd,1e308", "momentum,1e308", "adam,1.7e308"})
    void divergenceIsNoBadInputAndNamesStepAndArray(String optimiser, String rate)
            throws IOException {
        String line =
                MOONS.replaceAll("--rate \\S+ ", "")
                        + "--iterations 50 --beside backprop --quiet --json - --out %s"
                                .formatted(directory)
                        + " --optimiser %s --rate %s --beta 1e-2".formatted(optimiser, rate);
        Ran ran = relaxon(line);

        assertEquals(3, ran.code(), ran.out() + ran.err());
        JsonNode json = ran.json();
        for (String who : List.of("", "backprop")) {
            String ending = json.get(who.isEmpty() ? "ending" : "backpropEnding").asText();
            String reason = json.get(who.isEmpty() ? "reason" : "backpropReason").asText();
            assertEquals("diverged", ending, ran.out());
            assertTrue(
                    reason.matches(
                            "in step \\d+, (.*[Wb]\\d\\[.*is (NaN|-?Infinity)(; advice: --rate .+)?|no example .*diverged, .+)"),
                    ran.out());
        }
        Path run = Path.of(json.get("directory").asText());
        assertTrue(Files.exists(run.resolve("results.csv")));
        double[] weights = NpzReader.read(run.resolve("arrays.npz")).get("W1").values();
        assertTrue(Arrays.stream(weights).allMatch(Double::isFinite), "of the last evaluation");
    }

    /** The negative twin. */
    @Test
    void aTrainingThatDoesNotDivergeSaysNothingOfIt() throws IOException {
        Ran ran = relaxon(MOONS + "--iterations 5 --beside backprop --quiet --json -");
        assertEquals(0, ran.code(), ran.err());
        assertEquals("done", ran.json().get("backpropEnding").asText());
        assertTrue(ran.json().get("backpropReason").isNull());
    }

    @Test
    void aCheckpointBeyondTheEndIsRefused() {
        Path file = directory.resolve("long.ckpt");
        String line = MOONS + "--quiet --checkpoint " + file + " --iterations ";
        assertEquals(0, relaxon(line + 4).code());
        assertEquals(0, relaxon(line + 4).code());
        Ran fewer = relaxon(line + 3);
        assertEquals(2, fewer.code(), fewer.out());
        assertTrue(fewer.err().contains("4 steps old, more than the 3"), fewer.err());
    }

    /** The option that was typed is blamed, and nothing is announced before the refusal. */
    @Test
    void aTrainingThatIsTooShortBlamesItsOwnOption() {
        Path file = directory.resolve("long.ckpt");
        String line = MOONS + "--checkpoint " + file;
        assertEquals(0, relaxon(line + " --epochs 2").code());
        for (String length : List.of(" --epochs 1", "", " --iterations 3")) {
            Ran fewer = relaxon(line + length);
            assertEquals(2, fewer.code(), fewer.out());
            String option = length.contains("iterations") ? "iterations" : "epochs";
            assertTrue(fewer.err().contains("relaxon: " + option + ": the checkpoint is 20"));
            assertFalse(fewer.err().contains("goes on"), fewer.err());
        }
    }

    @Test
    void aRateThatChangedIsStatedWithItsStep() {
        Path file = directory.resolve("rate.ckpt");
        String line = MOONS.replaceAll("--rate \\S+ ", "") + "--quiet --checkpoint " + file;
        assertEquals(0, relaxon(line + " --rate 0.02 --iterations 10").code());
        Ran second = relaxon(line + " --rate 0.01 --resume-with rate --iterations 20");
        assertEquals(0, second.code(), second.err());
        String changed = "changed      from step 10 on: --rate 0.02 -> 0.01";
        assertTrue(second.out().contains(changed), second.out());
        Ran same = relaxon(line + " --rate 0.01 --resume-with rate --iterations 30");
        assertTrue(same.out().contains(changed), "also of a later continuation: " + same.out());
        Ran plain = relaxon(MOONS + "--quiet --iterations 2");
        assertFalse(plain.out().contains("changed      "), plain.out());
    }

    @Test
    void aLossThatRisesIsAWarning() throws IOException {
        String line = MOONS.replaceAll("--rate \\S+ ", "--rate %s ") + "--epochs 3 --json -";
        Ran large = relaxon(line.formatted("10"));
        String warned = large.json().get("warnings").toString();
        assertTrue(warned.contains("the training loss has risen from "), warned);
        assertTrue(warned.contains("the rate is probably too large"), warned);
        Ran usual = relaxon(line.formatted("0.02"));
        assertEquals("[]", usual.json().get("warnings").toString());
    }

    /** Backprop beside it begins anew, under the last settings alone, or changes with it. */
    @Test
    void aRateThatChangedKeepsTheTrainingsApart() throws IOException {
        String base = MOONS.replaceAll("--rate \\S+ ", "") + "--quiet --checkpoint ";
        Path alone = directory.resolve("alone.ckpt");
        Path both = directory.resolve("both.ckpt");
        assertEquals(0, relaxon(base + alone + " --rate 0.02 --iterations 10").code());
        String twice = base + both + " --beside backprop --rate 0.02 --iterations 10";
        assertEquals(0, relaxon(twice).code());
        String more = " --beside backprop --rate 0.01 --resume-with rate --iterations 20";
        String apart = "with the last settings from its first step on";

        Ran anew = relaxon(base + alone + more + " --out " + directory.resolve("out"));
        assertTrue(anew.out().contains("% " + apart + ": not comparable"), anew.out());
        Ran changed = relaxon(base + both + more);
        assertEquals(0, changed.code(), changed.err());
        assertFalse(changed.out().contains("not comparable"), changed.out());
    }

    @Test
    void continualTrainingSaysSo() throws IOException {
        String line = MOONS + "--optimiser sgd --schedule continual --iterations 5 --json -";
        Ran ran = relaxon(line);
        assertEquals(0, ran.code(), ran.err());
        assertEquals("continual", ran.json().get("schedule").asText());
        assertEquals(2, relaxon(line.replace("sgd", "adam")).code());
    }

    @Test
    void incrementalPredictiveCodingIsAScheduleOfPredictiveCoding() throws IOException {
        String line = MOONS + "--optimiser sgd --algorithm ipc --epochs 2 --seed 2 --json -";
        Ran ran = relaxon(line);
        assertEquals(0, ran.code(), ran.err());
        assertEquals("incremental:4", ran.json().get("schedule").asText());
        Ran named = relaxon(line.replace("ipc", "pc --schedule incremental:4"));
        Ran phased = relaxon(line.replace("ipc", "pc"));
        assertEquals(ran.json().get("testAccuracy"), named.json().get("testAccuracy"));
        assertEquals(ran.json().get("messages"), named.json().get("messages"));
        assertTrue(
                ran.json().get("messages").asLong() > phased.json().get("messages").asLong(),
                ran.out());
    }

    @Test
    void whatDoesNotSettleEndsTheTrainingWithExitCodeThree() {
        Ran ran = relaxon(MOONS + "--budget-messages 1 --unsettled fail --quiet");
        assertEquals(3, ran.code(), ran.err());
        assertTrue(ran.out().contains("unsettled after 0 steps"), ran.out());
    }

    @Test
    void whatDoesNotSettleIsLeftOutByDefaultWithAWarningAboveOnePerCent() throws IOException {
        Ran ran = relaxon(MOONS + "--budget-messages 1 --quiet");
        assertEquals(3, ran.code(), "nothing was learned: " + ran.err());
        assertTrue(ran.out().contains("unsettled after 5 steps"), ran.out());
        assertTrue(ran.out().contains("100 examples left out (100.00 %)"), ran.out());
        assertTrue(ran.out().contains("warning      more than 1 %"), ran.out());
        Ran fine = relaxon(MOONS + "--quiet");
        assertEquals(0, fine.code(), fine.err());
        assertTrue(fine.out().contains("0 examples left out (0.00 %)"), fine.out());
        assertTrue(!fine.out().contains("warning"), fine.out());
        JsonNode json = relaxon(MOONS + "--budget-messages 1 --quiet --json -").json();
        assertEquals(1.0, json.get("examplesDroppedShare").asDouble());
        assertEquals(5, json.get("accuracyAtStep").asInt());
        assertTrue(json.get("adviceCommand").isNull(), "the rate is not to blame");
    }

    @Test
    void severalExamplesAreInFlightOnActors() throws IOException {
        Ran ran =
                relaxon(
                        MOONS
                                + "--epochs 1 --in-flight 4 --host akka --delay exponential:100us"
                                + " --quiet --json -");
        assertEquals(0, ran.code(), ran.err());
        assertEquals(4, ran.json().get("inFlight").asInt());
        assertTrue(ran.json().get("testAccuracy").asDouble() > 0.6, ran.out());
        Ran tooMany = relaxon(MOONS + "--in-flight 21 --quiet");
        assertEquals(2, tooMany.code());
        assertTrue(tooMany.err().contains("in-flight: 21 is not in 1..20"), tooMany.err());
    }

    @Test
    void examplesMoveWhileTheWeightsChange() throws IOException {
        String line =
                "train --data strokes --layers 784,12,10 --examples 100 --test-examples 50"
                        + " --batch 20 --optimiser sgd --schedule continual --threshold 1e-4"
                        + " --delay exponential:100us --quiet ";
        Ran ran = relaxon(line + "--motion shift:4@1ms");
        assertEquals(0, ran.code(), ran.err());
        assertTrue(ran.out().contains("done after 20 steps"), ran.out());
        assertTrue(ran.out().matches("(?s).*motion       shift:4@1ms; [1-9].*"), ran.out());
        Ran json = relaxon(line + "--motion fade:2 --json -");
        assertEquals("fade:2", json.json().get("motion").asText());
        assertEquals(10, json.json().get("steps").asInt());
        assertEquals(0, json.json().get("framesBeforeRest").asInt());
        Ran refused = relaxon(line + "--motion wave:3");
        assertEquals(2, refused.code());
        assertTrue(refused.err().contains("motion: \"wave:3\""), refused.err());
        assertTrue(relaxon("list").out().contains("fade:N"));
    }

    /** Where nothing is judged the line says why, and only what is so. */
    @Test
    void whatWasNotJudgedIsNotCalledUnjudgeable() throws IOException {
        String line = MOONS + "--epochs 1 --json - --checkpoint " + directory.resolve("a.ckpt");
        assertTrue(relaxon(line).json().get("examplesNotJudged").isNull()); // negative twin
        assertEquals(
                "no settled example has been drawn for this test since this process began",
                relaxon(line).json().get("examplesNotJudged").asText());
        JsonNode restless = relaxon(MOONS + "--gain 8 --beta 1e-1 --iterations 10 --json -").json();
        assertEquals(
                "no example that was drawn settled",
                restless.get("examplesNotJudged").asText(),
                restless.toString());
        String dual = MOONS + "--iterations 2 --algorithm dual-propagation --json -";
        String why = relaxon(dual).json().get("examplesNotJudged").asText();
        assertTrue(why.contains("do not rest at a minimum of a known energy"), why);
    }

    /** A network of which nothing settles has no accuracy, which is not an accuracy of nought. */
    @Test
    void whatDoesNotSettleHasNoScore() throws IOException {
        String line =
                "train --data two-moons --discipline eager --algorithm ep --gain 2 --iterations 5"
                        + " --examples 200 --test-examples 100 --budget-messages 1000";
        Ran ran = relaxon(line);
        assertTrue(ran.err().contains("loss - (test -), no example settled"), ran.err());
        assertTrue(
                ran.out().contains("accuracy     - on the test set (guessing one of 2 classes"),
                ran.out());
        assertTrue(ran.out().contains("no example of the test set settled"), ran.out());
        JsonNode json = relaxon(line + " --json - --out " + directory).json();
        assertTrue(json.get("testAccuracy").isNull(), json.toString());
        assertTrue(json.get("bestTestAccuracy").isNull(), json.toString());
        Path csv = Path.of(json.get("directory").asText()).resolve("results.csv");
        String[] cells = Files.readAllLines(csv).get(1).split(",", -1);
        assertEquals(List.of("", "", "", ""), Arrays.asList(cells).subList(3, 7));
        JsonNode scored = relaxon(MOONS + "--iterations 1 --json -").json(); // negative twin
        assertTrue(scored.get("noScore").isNull() && scored.get("testAccuracy").isNumber());
    }

    @Test
    void aRefusedCheckpointSaysWhyInWordsOfTheOptions() throws IOException {
        Path file = directory.resolve("a.ckpt");
        String rest = "train --data two-moons --batch 20 --test-examples 80 --iterations 1";
        rest += " --quiet --checkpoint " + file;
        assertEquals(0, relaxon(rest + " --examples 100").code());
        Ran ran = relaxon(rest + " --rate 0.01");
        assertEquals(2, ran.code());
        assertTrue(ran.err().startsWith("relaxon: checkpoint: " + file), ran.err());
        assertTrue(ran.err().contains("--examples was 100 and is all now"), ran.err());
        String part = "; --resume-with rate allows a part, but never a change of examples";
        assertTrue(ran.err().contains(part), ran.err());
        Ran other = relaxon(rest); // negative twin: this cannot be allowed
        assertFalse(other.err().contains("--resume-with"), other.err());
        Files.writeString(file, "# no checkpoint, long enough for a header of one");
        assertTrue(relaxon(rest).err().contains("is no checkpoint of relaxon"), file.toString());
        Ran dry = relaxon(rest + " --dry-run");
        assertEquals(2, dry.code(), dry.out());
        assertEquals(relaxon(rest).err(), dry.err());
    }
}
