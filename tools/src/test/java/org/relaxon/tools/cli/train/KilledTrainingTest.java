package org.relaxon.tools.cli.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.relaxon.tools.cli.Ran.relaxon;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.relaxon.experiments.format.MalformedFileException;
import org.relaxon.experiments.problem.ProblemSpec;
import org.relaxon.experiments.storage.CheckpointFile;
import org.relaxon.experiments.training.Checkpoint;
import org.relaxon.experiments.training.Evaluation;
import org.relaxon.model.network.Network;
import org.relaxon.model.network.Parameters;
import org.relaxon.tools.cli.Killer;
import org.relaxon.tools.cli.Ran;

/**
 * A training that is killed at any moment goes on from a whole checkpoint and ends in the bits of
 * one that was never interrupted: no update is lost, halved or made twice.
 */
@DisabledOnOs(OS.WINDOWS) // has no SIGKILL
class KilledTrainingTest {
    private static final String TRAINING =
            "train --data strokes --layers 784,12,10 --examples 200 --test-examples 50 --batch 20"
                    + " --iterations 60 --evaluate-every 5 --delay exponential:100us --seed 5";
    private static final int EVALUATIONS = 1 + 60 / 5;

    @TempDir private static Path home;

    private static Network network;
    private static Path checkpointOfWhole;
    private static Path directoryOfWhole;
    private static List<Evaluation> curveOfWhole;

    /** The uninterrupted training, in this process. */
    @BeforeAll
    static void trainWithoutInterruption() throws IOException {
        network =
                ProblemSpec.defaults()
                        .withData("strokes")
                        .withLayers(784, 12, 10)
                        .build()
                        .network();
        checkpointOfWhole = home.resolve("whole.ckpt");
        Path out = home.resolve("whole");
        Ran ran = relaxon(line(checkpointOfWhole, out).toArray(String[]::new));
        assertEquals(0, ran.code(), ran.err());
        directoryOfWhole = only(out);
        curveOfWhole = CheckpointFile.read(checkpointOfWhole, network).curve();
        assertEquals(EVALUATIONS, curveOfWhole.size());
    }

    private static List<String> line(Path checkpoint, Path out) {
        List<String> words = new ArrayList<>(List.of(TRAINING.split(" ")));
        words.addAll(List.of("--checkpoint", checkpoint.toString(), "--out", out.toString()));
        return words;
    }

    /** The one run directory below. */
    private static Path only(Path out) throws IOException {
        try (Stream<Path> runs = Files.list(out.resolve("train"))) {
            List<Path> all = runs.toList();
            assertEquals(1, all.size(), all.toString());
            return all.get(0);
        }
    }

    @Test
    void aTrainingKilledThreeTimesEndsInTheSameBits() throws Exception {
        killOften(3, Long.getLong("relaxon.kill.seed", 1));
    }

    @Test
    @Tag("slow")
    void trainingsKilledAHundredTimesEndInTheSameBits() throws Exception {
        Set<Long> resumedAt = killOften(100, Long.getLong("relaxon.kill.seed", 2));

        assertTrue(resumedAt.size() > EVALUATIONS / 2, "went on from steps " + resumedAt);
    }

    /**
     * Kills, begins anew whenever a training comes to its end, and lets the last one end.
     *
     * @return steps at which a training went on
     */
    private static Set<Long> killOften(int kills, long seed) throws Exception {
        System.out.printf("killing %d times, -Drelaxon.kill.seed=%d%n", kills, seed);
        Killer killer = new Killer(seed);
        Set<Long> resumedAt = new TreeSet<>();
        int ended = 0;
        int unfinished = 0; // checkpoints that were being written
        for (boolean more = true; more; ended++) {
            Path own = Files.createTempDirectory(home, "killed");
            Path checkpoint = own.resolve("a.ckpt");
            List<String> line = line(checkpoint, own);
            long step = -1;
            boolean killed = true;
            while (killed && killer.kills() < kills) {
                killed = killer.kill(line);
                step = requireWhole(checkpoint, step);
                resumedAt.add(step);
                unfinished += Files.exists(own.resolve("a.ckpt.new")) ? 1 : 0;
            }
            more = !killed;
            assertEquals(0, killed ? killer.letRun(line) : 0);
            requireSame(checkpoint, only(own));
        }
        System.out.printf(
                "%d kills, %d trainings to their end, %d checkpoints half written, went on from"
                        + " steps %s%n",
                killer.kills(), ended, unfinished, resumedAt);
        assertTrue(killer.kills() >= kills, killer.kills() + " kills");
        return resumedAt;
    }

    /**
     * What is there under the name of a checkpoint has to be one of the uninterrupted training.
     *
     * @param before step of the checkpoint before; -1 if there was none
     * @return its step; -1 if there is none
     */
    private static long requireWhole(Path checkpoint, long before) throws IOException {
        if (!Files.exists(checkpoint)) {
            assertEquals(-1, before, "a checkpoint has gone");
            return -1;
        }
        Checkpoint found = CheckpointFile.read(checkpoint, network);
        List<Evaluation> curve = found.curve();
        assertEquals(curveOfWhole.subList(0, curve.size()), curve);
        assertEquals(found.step(), curve.get(curve.size() - 1).step());
        assertTrue(found.step() >= before, before + " was followed by " + found.step());
        return found.step();
    }

    /** Weights, memories of the optimiser, curve, messages and operations, all in one file. */
    private static void requireSame(Path checkpoint, Path run) throws IOException {
        assertArrayEquals(Files.readAllBytes(checkpointOfWhole), Files.readAllBytes(checkpoint));
        for (String file : List.of("results.csv", "arrays.npz")) {
            assertArrayEquals(
                    Files.readAllBytes(directoryOfWhole.resolve(file)),
                    Files.readAllBytes(run.resolve(file)),
                    file);
        }
    }

    @Test
    void oneWeightChangedInItsLastBitGivesAnotherCurve() throws IOException {
        Path file = halfWay("bent");
        Checkpoint half = CheckpointFile.read(file, network);
        Parameters bent = half.parameters().copy();
        bent.weights(1)[3][7] = Math.nextUp(bent.weights(1)[3][7]);
        CheckpointFile.write(
                file,
                new Checkpoint(
                        half.provenance(),
                        half.step(),
                        half.ledger(),
                        half.dropped(),
                        half.restless(),
                        half.curve(),
                        half.changes(),
                        bent,
                        half.memories()),
                network);

        Ran ran = relaxon(TRAINING + " --checkpoint " + file);

        assertEquals(0, ran.code(), ran.err());
        List<Evaluation> curve = CheckpointFile.read(file, network).curve();
        assertEquals(EVALUATIONS, curve.size());
        assertNotEquals(curveOfWhole, curve);
    }

    @Test
    void anyFlippedByteIsRefused() throws IOException {
        Path file = halfWay("flipped");
        byte[] whole = Files.readAllBytes(file);
        SplittableRandom random = new SplittableRandom(7);
        for (int k = 0; k < 200; k++) {
            int at = k < 28 ? k : random.nextInt(whole.length); // the header is 28 bytes
            byte[] bent = whole.clone();
            bent[at] ^= (byte) (1 << random.nextInt(8));
            Files.write(file, bent);
            assertThrows(
                    MalformedFileException.class,
                    () -> CheckpointFile.read(file, network),
                    () -> "byte " + at);
        }
        Ran ran = relaxon(TRAINING + " --checkpoint " + file);
        assertEquals(2, ran.code(), ran.err());
        assertEquals(1, ran.err().lines().count(), ran.err());
        assertFalse(Files.exists(file.resolveSibling("flipped.ckpt.new")));
    }

    /** A checkpoint of the same training after 30 of its 60 steps. */
    private static Path halfWay(String name) throws IOException {
        Path file = home.resolve(name + ".ckpt");
        String half = TRAINING.replace("--iterations 60", "--iterations 30");
        Ran ran = relaxon(half + " --checkpoint " + file);
        assertEquals(0, ran.code(), ran.err());
        return file;
    }
}
