package org.relaxon.tools.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.relaxon.tools.cli.Ran.relaxon;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.relaxon.tools.cli.process.ExitCode;

/** An option that has no effect is refused, and the message names that option and no other. */
class IgnoredOptionsTest {
    private static final String SMALL = "settle --layers 2,3,1 ";

    @ParameterizedTest
    @CsvSource({
        "--budget-sweeps 5, budget-sweeps",
        "--host akka --budget-sweeps 5, budget-sweeps",
        "--host synchronous --budget-time 1s, budget-time",
        "--host red-black --budget-sweeps 0, budget-sweeps",
        "--threads 3, threads",
        "--host synchronous --threads 3, threads",
        "--host akka --probes, probes",
        "--host synchronous --probes, probes",
        "'--algorithm chl --gamma 1e-2,1e-3', gamma",
        "--algorithm chl --gamma 1e-300, gamma",
        "--algorithm chl --gamma -1, gamma",
        "--algorithm pc --beta 1e30, beta",
        "--algorithm pc --beta 1e308, beta",
        "--beta 4.9e-324, beta",
        "--algorithm fy-pc --beta 3e-309, beta",
        "--algorithm precision-pc --beta 1e-320, beta",
        "--algorithm dual-propagation --beta 4.9e-324, beta"
    })
    void itIsRefusedByName(String words, String option) {
        Ran ran = relaxon(SMALL + words);
        assertEquals(ExitCode.BAD_INPUT, ran.code(), ran.out() + ran.err());
        assertTrue(ran.err().startsWith("relaxon: " + option + ": "), ran.err());
        assertEquals(1, ran.err().lines().count(), ran.err());
    }

    @ParameterizedTest
    @CsvSource({
        "'network --layers 8,4 --seed 5', seed",
        "'network --layers 8,4 --gain 3', gain",
        "'network --layers 8,4 --init he', init",
        "'network --layers 8,4 --batch 7', batch",
        "'network --layers 8,4 --samples 3', samples",
        "'data --data two-moons --gain 3', gain",
        "'data --data two-moons --activation relu', activation",
        "'data --data two-moons --weights none.npz', weights"
    })
    void descriptionsRefuseWhatTheyDoNotState(String words, String option) {
        Ran ran = relaxon(words);
        assertEquals(ExitCode.BAD_INPUT, ran.code(), ran.out() + ran.err());
        assertTrue(ran.err().startsWith("relaxon: " + option + ": "), ran.err());
    }

    @ParameterizedTest
    @CsvSource({
        "'network --layers 8,4 --init ntp'",
        "'network --layers 8,4,2 --activation relu --feedback random'",
        "'data --data two-moons --batch 7 --samples 3 --seed 2'"
    })
    void descriptionsTakeWhatTheyState(String words) {
        Ran ran = relaxon(words);
        assertEquals(ExitCode.DONE, ran.code(), ran.out() + ran.err());
    }

    @ParameterizedTest
    @CsvSource({
        "--host synchronous --budget-sweeps 500",
        "--host akka --threads 1 --budget-time 20s",
        "--probes",
        "--refractory 0",
        "--algorithm chl --gamma 1e-2 --form difference"
    })
    void whereItHasAnEffectItIsTaken(String words) {
        Ran ran = relaxon(SMALL + words);
        assertEquals(ExitCode.DONE, ran.code(), ran.out() + ran.err());
    }

    @Test
    void checkAndTrainRefuseLikewise() {
        for (String line :
                new String[] {
                    "check --seeds 1 --host virtual --budget-sweeps 5",
                    "check --seeds 1 --host synchronous --budget-time 5s",
                    "check --seeds 1 --host virtual --threads 2",
                    "check --seeds 1 --host virtual --algorithm chl --gamma 1e-200",
                    "train --data two-moons --algorithm chl --gamma 1e-300",
                    "train --data two-moons --algorithm pc --beta 1e30",
                    "train --data two-moons --threads 2"
                }) {
            Ran ran = relaxon(line);
            assertEquals(ExitCode.BAD_INPUT, ran.code(), line + ran.err());
            String[] words = line.split(" ");
            String option = words[words.length - 2].substring(2);
            assertTrue(ran.err().startsWith("relaxon: " + option + ": "), ran.err());
        }
    }

    /** Steps that lead nowhere take no message and no virtual time. */
    @Test
    void aRunThatOnlyCreepsEndsWithItsRelaxations() throws IOException {
        Ran ran =
                relaxon(
                        SMALL
                                + "--dynamics gradient --step 1e-320 --budget-time 1ms"
                                + " --budget-relaxations 1000 --json -");
        assertEquals(ExitCode.NOT_SETTLED, ran.code(), ran.err());
        JsonNode json = ran.json();
        assertEquals("relaxation-budget", json.get("reason").asText());
        assertTrue(json.get("relaxations").asLong() <= 1001, json.get("relaxations").asText());
    }

    @Test
    void theResidualOfARunThatLeftTheNumbersIsNotThatOfItsSilencedState() throws IOException {
        JsonNode json = relaxon("settle --gain 8 --beta 0.1 --json -").json();
        assertEquals("diverged", json.get("reason").asText());
        assertTrue(json.get("residual").asDouble() >= 1e150, json.get("residual").asText());
    }

    @Test
    void aTrainingThatEndsEarlySaysWhyAtWhichStepAndWhatSettles() {
        Ran ran =
                relaxon(
                        "train --data two-moons --layers 2,4,2 --examples 64 --test-examples 16"
                                + " --batch 8 --epochs 1 --unsettled fail --quiet"
                                + " --budget-messages 2");
        assertEquals(ExitCode.NOT_SETTLED, ran.code(), ran.err());
        String ending = ran.out().lines().filter(l -> l.startsWith("ending")).findFirst().get();
        assertTrue(ending.contains("8 examples of step 1 did not settle: message-budget"), ending);
        assertTrue(ending.contains("(tried: settles in "), ending);
    }

    @Test
    void whatCannotBeReadIsNotSaidToBeUnwritable(@TempDir Path dir) throws IOException {
        Path there = Files.writeString(dir.resolve("there"), "x");
        assertFalse(Main.isUnreadable(new FileSystemException(there.toString())));
        assertFalse(Main.isUnreadable(new FileSystemException(dir.resolve("no").toString())));
        assertFalse(Main.isUnreadable(new FileSystemException(null)));
        there.toFile().setReadable(false);
        boolean permitted = Files.isReadable(there); // as everything is to root
        assertEquals(!permitted, Main.isUnreadable(new FileSystemException(there.toString())));
    }
}
