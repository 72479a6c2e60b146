package org.relaxon.tools.cli.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.relaxon.tools.cli.Ran.relaxon;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.relaxon.tools.cli.Ran;

/** What a training states of itself, in words. */
class TrainWordsTest {
    private static final String TRAIN =
            "train --data two-moons --layers 2,4,2 --examples 16 --test-examples 10 --batch 4"
                    + " --iterations 1 ";

    @TempDir private Path temp;

    /** A threshold that is typed changes nothing of what is judged; a tolerance does. */
    @Test
    void aThresholdThatIsTypedDoesNotJudgeUpdates() throws IOException {
        for (String options : new String[] {"--precision float ", "--algorithm ep "}) {
            String line = TRAIN + options + "--quiet --json - ";
            JsonNode usual = relaxon(line).json();
            String threshold = " --threshold " + usual.get("threshold").asText();
            JsonNode typed = relaxon(line + threshold).json();
            assertTrue(usual.get("resolution").isNull(), "no limit");
            assertEquals(usual.get("resolution"), typed.get("resolution"), options);
            assertEquals(usual.get("testLoss"), typed.get("testLoss"), options);
        }
        String judged = "--precision float --tolerance 1e-3 --quiet --json -";
        assertEquals(1e-3, relaxon(TRAIN + judged).json().get("resolution").asDouble());
    }

    @Test
    void theArithmeticIsStatedWhereItIsNotTheUsualOne() throws IOException {
        Ran ran = relaxon(TRAIN + "--precision float --kernels fast --quiet --out " + temp);
        String words = "fast kernels, weights and their products in float, all else in double";
        assertTrue(ran.out().contains("arithmetic   " + words), ran.out());
        Path run = Path.of(ran.out().replaceAll("(?s).*written to +(\\S+).*", "$1"));
        String page = Files.readString(run.resolve("report.html"));
        assertTrue(page.contains(words), page);
        assertFalse(relaxon(TRAIN + "--quiet").out().contains("arithmetic"));
    }

    /** The advice on another option is a whole command too, and true. */
    @Test
    void adviceOnTheBudgetIsACommand() throws IOException {
        Ran ran = relaxon(TRAIN + "--quiet --budget-messages 3 --json -");
        JsonNode json = ran.json();
        assertEquals("unsettled", json.get("ending").asText());
        String command = json.get("adviceCommand").asText();
        assertTrue(command.contains("--budget-messages "), command);
        assertFalse(command.contains("--budget-messages 3 "), command);
        JsonNode again = relaxon(command.replace("relaxon ", "")).json();
        assertEquals("done", again.get("ending").asText(), command);
        assertTrue(again.get("adviceCommand").isNull(), "the twin needs none");
        String kept = " --checkpoint " + temp.resolve("kept");
        JsonNode other = relaxon(TRAIN + "--quiet --budget-messages 3 --json -" + kept).json();
        assertTrue(other.get("adviceCommand").isNull(), "the checkpoint has the other budget");
    }

    /** Five minibatches of 20 examples in a row end it between two evaluations. */
    @Test
    void theLastEvaluationIsAnnounced() {
        String line =
                "train --data two-moons --layers 2,4,2 --examples 400 --test-examples 10"
                        + " --batch 20 --iterations 20 ";
        Ran ran = relaxon(line + "--budget-messages 3");
        String announced = "pc-nudge: ended after step 5; its last state is evaluated now";
        assertTrue(ran.err().contains(announced), ran.err());
        assertFalse(relaxon(line).err().contains("ended after"), "the twin ends at one");
    }

    @Test
    void oneStepIsNotSeveral() {
        Ran ran = relaxon(TRAIN + "--quiet");
        assertTrue(ran.out().contains("ending       done after 1 step\n"), ran.out());
        Ran two = relaxon(TRAIN.replace("iterations 1", "iterations 2") + "--quiet");
        assertTrue(two.out().contains("ending       done after 2 steps\n"), two.out());
    }
}
