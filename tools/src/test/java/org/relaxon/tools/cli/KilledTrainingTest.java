package org.relaxon.tools.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.relaxon.tools.cli.Ran.relaxon;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.relaxon.experiments.problem.ProblemSpec;
import org.relaxon.experiments.training.CheckpointFile;
import org.relaxon.model.math.CounterRandom;
import org.relaxon.model.network.Network;

/**
 * A training that is killed goes on from a whole checkpoint, and ends as if nobody had killed it:
 * the last checkpoint holds weights, memories of every synapse, curve and counts, and is the same
 * in every byte. An update applied twice or in part would show in all of them.
 */
class KilledTrainingTest {
    private static final String TRAINING =
            "train --data two-moons --layers 2,9,5,2 --examples 2000 --test-examples 100 --batch 20"
                    + " --epochs 12 --evaluate-every 10 --delay exponential:300us --rate 0.01"
                    + " --quiet --seed %d --checkpoint %s";
    private static final long SEED = 20_241_124;
    private static final long LONGEST_MILLIS = 3_000;

    @TempDir private Path directory;

    private static Process start(String line) throws IOException {
        List<String> words =
                new ArrayList<>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-XX:TieredStopAtLevel=1",
                                "-cp",
                                System.getProperty("java.class.path"),
                                Main.class.getName()));
        words.addAll(Arrays.asList(line.split(" ")));
        return new ProcessBuilder(words)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    private byte[] uninterrupted(long seed) throws IOException {
        Path file = directory.resolve("whole-" + seed + ".ckpt");
        Ran ran = relaxon(TRAINING.formatted(seed, file));
        assertEquals(0, ran.code(), ran.err());
        return Files.readAllBytes(file);
    }

    private void kill(int times) throws IOException, InterruptedException {
        System.out.printf("kills drawn from seed %d%n", SEED);
        byte[] whole = uninterrupted(1);
        assertFalse(Arrays.equals(whole, uninterrupted(2)), "every training ends alike");
        Network network =
                ProblemSpec.defaults()
                        .withData("two-moons")
                        .withLayers(2, 9, 5, 2)
                        .withSeed(1)
                        .build()
                        .network();
        Path file = directory.resolve("killed.ckpt");
        int killed = 0;
        int resumed = 0;
        int ended = 0;
        long longest = LONGEST_MILLIS;
        for (long k = 0; killed < times || resumed == 0 || ended == 0; k++) {
            resumed += Files.exists(file) ? 1 : 0;
            Process training = start(TRAINING.formatted(1, file));
            long wait = (long) (longest * CounterRandom.uniform(SEED, 1, k));
            boolean last = killed >= times && resumed > 0;
            if (training.waitFor(last ? 120_000 : wait, TimeUnit.MILLISECONDS)) {
                assertEquals(0, training.exitValue());
                assertArrayEquals(whole, Files.readAllBytes(file), "after " + killed + " kills");
                Files.delete(file);
                ended++;
                longest = Math.max(LONGEST_MILLIS / 4, longest / 2); // too late to kill it
                continue;
            }
            assertFalse(last, "the training does not end");
            training.destroyForcibly().waitFor();
            killed++;
            if (Files.exists(file)) {
                CheckpointFile.read(file, network); // throws unless whole
            } else if (resumed == 0) {
                longest = Math.min(2 * longest, 60_000); // a slow machine never gets that far
            }
        }
        System.out.printf(
                "%d kills, %d starts from a checkpoint, %d trainings ended%n",
                killed, resumed, ended);
        assertTrue(killed >= times && resumed > 0, "nothing was killed");
    }

    @Test
    @Timeout(value = 180, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void killedAFewTimesItEndsAsIfNobodyHad() throws IOException, InterruptedException {
        kill(4);
    }

    @Test
    @Tag("slow")
    @Timeout(value = 1200, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void killedAHundredTimesItEndsAsIfNobodyHad() throws IOException, InterruptedException {
        kill(100);
    }
}
