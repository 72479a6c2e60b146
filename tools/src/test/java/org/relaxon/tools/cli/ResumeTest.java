package org.relaxon.tools.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.relaxon.tools.cli.Ran.relaxon;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.relaxon.experiments.provenance.Provenance;
import org.relaxon.experiments.storage.CheckpointFile;
import org.relaxon.tools.cli.option.ResolvedOptions;
import org.relaxon.tools.cli.process.Interruption;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** What goes on from a file goes on with what the file is of, or not at all. */
class ResumeTest {
    private static final String MOONS =
            "train --data two-moons --layers 2,6,2 --examples 60 --test-examples 20 --batch 20"
                    + " --quiet --delay exponential:100us --discipline handshake";
    private static final String SWEEP = "sweep --quiet --axis beta=1e-2,1e-3 --seeds 2 ";

    @TempDir private static Path home;
    private static Path checkpoint;

    @BeforeAll
    static void trainTheFirstHalf() {
        checkpoint = home.resolve("a.ckpt");
        Ran ran = relaxon(MOONS + " --iterations 3 --checkpoint " + checkpoint);
        assertEquals(0, ran.code(), ran.err());
    }

    private static Ran resume(String options) {
        return relaxon(MOONS + " --iterations 6 --checkpoint " + checkpoint + " " + options);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--activation sigmoid",
                "--output-activation tanh",
                "--loss cross-entropy",
                "--drop 0.1",
                "--duplicate 0.1",
                "--delay-on 1->2=constant:1ms",
                "--refractory 1ms",
                "--delivery reliable-latest",
                "--tolerance 1e-7",
                "--threshold 1e-9",
                "--unsettled fail",
                "--host akka",
                "--audit-rounds 5",
                "--init normal",
                "--gain 0.5",
                "--layers 2,7,2",
                "--seed 2",
                "--beta 1e-3",
                "--estimator centred",
                "--dynamics coordinate",
                "--optimiser sgd",
                "--weight-decay 0.1",
                "--batch 10",
                "--examples 40",
                "--test-examples 30",
                "--inputs unit",
                "--budget-messages 100000",
                "--kernels fast",
                "--rate 0.01",
                "--rate-decay 0.5",
                "--rate-schedule linear",
                "--evaluate-every 2",
                "--align-every 1",
            })
    void otherOptionsAreRefusedByNameWithBothValues(String option) throws IOException {
        byte[] before = Files.readAllBytes(checkpoint);
        String name = option.substring(0, option.indexOf(' '));
        String value = option.substring(option.indexOf(' ') + 1);
        Ran ran =
                option.matches("--(seed|batch|layers|examples|test-examples) .*")
                        ? relaxon(replaced(name, value))
                        : resume(option);

        assertEquals(2, ran.code(), ran.out() + ran.err());
        assertEquals(1, ran.err().lines().count(), ran.err());
        assertTrue(ran.err().contains(name + " was "), ran.err());
        String shown = value.equals("1e-3") ? "0.001" : value; // is printed in another way
        boolean may = name.matches("--(rate|rate-decay|evaluate-every|align-every)");
        String allowed = may ? "; allow the change with --resume-with " + name.substring(2) : "";
        assertTrue(
                ran.err().matches(".* and is \\[?" + shown + "]? now" + allowed + "\\s*"),
                ran.err());
        assertEquals(before.length, Files.size(checkpoint));
    }

    private static String replaced(String name, String value) {
        String line = MOONS.replaceAll(name + " \\S+", "");
        return line + " --iterations 6 --checkpoint " + checkpoint + " " + name + " " + value;
    }

    /** The negative twin: what makes no difference is accepted. */
    @ParameterizedTest
    @ValueSource(strings = {"", "--patience 50", "--budget-memory 100"})
    void whatMakesNoDifferenceIsAccepted(String option) throws IOException {
        Path copy = Files.copy(checkpoint, home.resolve("copy" + option.length() + ".ckpt"));
        Ran ran = relaxon(MOONS + " --iterations 6 --checkpoint " + copy + " --json - " + option);

        assertEquals(0, ran.code(), ran.err());
        assertEquals(6, ran.json().get("steps").asInt());
    }

    @ParameterizedTest
    @CsvSource({"rate,0.01", "rate-decay,0.5", "evaluate-every,2", "align-every,1"})
    void whatMayChangeIsRecordedInTheCurve(String name, String value) throws IOException {
        Path copy = Files.copy(checkpoint, home.resolve(name + ".ckpt"));
        String line =
                MOONS + " --iterations 6 --json - --checkpoint " + copy + " --resume-with " + name;
        Ran ran = relaxon(line + " --" + name + " " + value);

        assertEquals(0, ran.code(), ran.err());
        JsonNode changed = null;
        for (JsonNode point : ran.json().get("curve")) {
            changed = point.has("changed") ? point : changed;
        }
        assertEquals(3, changed.get("step").asInt());
        assertTrue(changed.get("changed").asText().startsWith("--" + name + " "), ran.out());
        assertTrue(changed.get("changed").asText().endsWith(" -> " + value), ran.out());
        // the change is part of what goes on from here: the old value is another run now
        Ran back =
                relaxon(line.replace(" --resume-with " + name, "").replace("ations 6", "ations 9"));
        assertEquals(2, back.code(), back.out());
        Ran again = relaxon(line.replace("ations 6", "ations 9") + " --" + name + " " + value);
        assertEquals(0, again.code(), again.err());
    }

    /** A rate that falls over the whole training is another in a longer one. */
    @Test
    void aFallingRateBelongsToOneLength() {
        Path own = home.resolve("falling.ckpt");
        String falling = MOONS + " --rate-schedule cosine --checkpoint " + own;
        assertEquals(0, relaxon(falling + " --iterations 3").code());
        Ran longer = relaxon(falling + " --iterations 6");
        assertEquals(2, longer.code(), longer.out());
        assertTrue(longer.err().contains("--iterations was 3 and is 6 now"), longer.err());
        assertEquals(0, relaxon(falling + " --epochs 1").code());
    }

    /** Following the advice must help: what can never change is stated beside what can. */
    @Test
    void whatMayChangeAndWhatNeverMayAreStatedAtOnce() {
        Ran both = resume("--rate 0.5 --weight-decay 0.1");
        assertEquals(2, both.code(), both.out());
        assertTrue(
                both.err()
                        .contains(
                                "; --resume-with rate allows a part, but never a change of"
                                        + " weight-decay"),
                both.err());
    }

    /** The rate and the optimiser that no option gave are those of the record. */
    @Test
    void aDefaultThatIsTypedIsNoChange() {
        String line = "train --quiet --data two-moons --layers 2,3,2 --examples 8 --batch 4";
        line += " --test-examples 4 --checkpoint " + home.resolve("typed") + " --iterations ";
        assertEquals(0, relaxon(line + 1).code());
        Ran typed = relaxon(line + "2 --rate 1e-3 --optimiser adam");
        assertEquals(0, typed.code(), typed.err());
        Ran other = relaxon(line + "3 --rate 1e-2 --optimiser adam");
        assertEquals(2, other.code(), "the twin");
        assertTrue(other.err().contains("--rate was 0.001 and is 0.01 now"), other.err());
    }

    @Test
    void resumeWithNamesWhatMayChange() {
        Ran other = resume("--loss cross-entropy --resume-with loss");
        assertEquals(2, other.code());
        assertTrue(other.err().contains("resume-with: \"loss\" is not one of rate,"), other.err());
        Ran near = resume("--rate 0.01 --resume-with rat");
        assertTrue(near.err().contains("did you mean rate?"), near.err());
        Ran nothing = relaxon(MOONS + " --resume-with rate");
        assertEquals(2, nothing.code());
        assertTrue(nothing.err().contains("--checkpoint"), nothing.err());
    }

    /** By construction: an option is part of the record unless it is stated to be none. */
    @Test
    void everyOptionOfTrainIsInTheRecordOrStatedToMakeNoDifference() throws IOException {
        Provenance record = CheckpointFile.provenance(checkpoint);
        Set<String> left = new TreeSet<>();
        try (Interruption interruption = new Interruption()) {
            CommandSpec train =
                    Main.commandLine(interruption).getSubcommands().get("train").getCommandSpec();
            for (OptionSpec option : train.options()) {
                if (!record.settings().containsKey(ResolvedOptions.name(option))) {
                    left.add(ResolvedOptions.name(option));
                }
            }
        }
        assertEquals(
                Set.of(
                        "--beside",
                        "--module", // the content of its class path is in the record
                        "--budget-memory",
                        "--checkpoint",
                        "--dry-run",
                        "--epochs",
                        "--help",
                        "--insecure",
                        "--placement",
                        "--iterations",
                        "--join", // where cells are changes no result
                        "--json",
                        "--listen",
                        "--nodes",
                        "--out",
                        "--patience",
                        "--probe",
                        "--probe-every",
                        "--quiet",
                        "--resume-with",
                        "--tensorboard",
                        "--threads",
                        "--tls"),
                left);
    }

    private static Path weights(String name, long seed) throws IOException {
        Ran ran = relaxon("settle --json - --seed " + seed + " --out " + home);
        Path arrays = Path.of(ran.json().get("directory").asText()).resolve("arrays.npz");
        return Files.copy(arrays, home.resolve(name));
    }

    @Test
    void aSweepWhoseFileChangedUnderItsNameIsRefused() throws IOException {
        Path file = weights("w.npz", 3);
        Path other = weights("v.npz", 4);
        String line = SWEEP + "--layers 8,16,12,4 --weights " + file;
        Ran first = relaxon(line + " --json - --out " + home);
        assertEquals(0, first.code(), first.err());
        String resume = line + " --resume " + first.json().get("directory").asText();
        assertEquals(0, relaxon(resume).code());

        byte[] kept = Files.readAllBytes(file);
        Files.write(file, Files.readAllBytes(other));
        Ran changed = relaxon(resume);
        assertEquals(2, changed.code(), changed.out());
        assertTrue(changed.err().contains("--weights was " + file), changed.err());

        Path moved = Files.write(home.resolve("moved.npz"), kept);
        assertEquals(0, relaxon(resume.replace("w.npz", "moved.npz")).code(), moved.toString());
    }

    @Test
    void aSweepNamesTheOptionThatDiffers() throws IOException {
        Ran first = relaxon(SWEEP + "--json - --out " + home);
        String resume = SWEEP + "--resume " + first.json().get("directory").asText();
        Ran changed = relaxon(resume + " --activation sigmoid");
        assertEquals(2, changed.code(), changed.out());
        assertTrue(
                changed.err().contains("--activation was tanh and is sigmoid now"), changed.err());
        assertNotEquals(2, relaxon(resume + " --parallel 1").code());
    }
}
