package org.relaxon.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The same seed gives the same bits: again, in another JVM, interpreted, in another country. */
class ReplayTest {
    private static final int RUNS = 100;
    private static final int RUNS_INTERPRETED = 30;

    @Test
    void everyRunReplaysBitForBit() {
        for (int number = 0; number < RUNS; number++) {
            assertEquals(
                    ReplayedRuns.run(number, number),
                    ReplayedRuns.run(number, number),
                    "run and seed " + number);
        }
    }

    @Test
    void anotherSeedIsAnotherTrace() {
        for (int number = 0; number < RUNS; number++) {
            if (number % 5 == 0) {
                continue; // without delays and with whole layers chance has no part
            }
            String one = ReplayedRuns.run(number, number);
            String other = ReplayedRuns.run(number, number + 1000);
            assertNotEquals(
                    one.substring(0, one.indexOf(' ')),
                    other.substring(0, other.indexOf(' ')),
                    "run " + number + ", seeds " + number + " and " + (number + 1000));
        }
    }

    @Test
    void anInterpretedJvmComputesTheSameBits() {
        assertEquals(ReplayedRuns.combined(RUNS_INTERPRETED), elsewhere(RUNS_INTERPRETED, "-Xint"));
    }

    @Test
    void aTurkishJvmInAnotherZoneWithAnotherCollectorComputesTheSameBits() {
        assertEquals(
                ReplayedRuns.combined(RUNS),
                elsewhere(
                        RUNS,
                        "-Duser.language=tr",
                        "-Duser.country=TR",
                        "-Duser.timezone=Asia/Kolkata",
                        "-XX:+UseSerialGC",
                        "-Xmx256m"));
    }

    private static String elsewhere(int runs, String... flags) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(flags));
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        command.addAll(List.of(ReplayedRuns.class.getName(), Integer.toString(runs)));
        try {
            Process child = new ProcessBuilder(command).redirectErrorStream(true).start();
            String said = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertEquals(0, child.waitFor(), said);
            String[] lines = said.split("\\R");
            String last = lines[lines.length - 1]; // after what the launcher may have to say
            assertTrue(last.startsWith("combined "), said);
            return last.substring("combined ".length());
        } catch (IOException e) {
            throw new AssertionError("the other JVM did not start", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }
}
