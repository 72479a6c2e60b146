package org.relaxon.experiments.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.relaxon.experiments.format.MalformedFileException;
import org.relaxon.experiments.problem.ProblemSpec;
import org.relaxon.experiments.provenance.Provenance;
import org.relaxon.experiments.training.Checkpoint;
import org.relaxon.model.network.Network;
import org.relaxon.model.network.Projection.FeedbackWeights;
import org.relaxon.runtime.RunReport.Ledger;

class CheckpointFileTest {
    /** Magic, version, and twice a length and a sum. */
    private static final int HEADER = 28;

    /** Number of settings of an empty provenance. */
    private static final int SETTINGS = 4;

    /** Seven long counts, and the numbers of evaluations, changes and memories. */
    private static final int BESIDE = 7 * Long.BYTES + 3 * Integer.BYTES;

    @TempDir private Path home;

    /** Whatever is wrong with a file, the message says so in words, and what can be done. */
    @Test
    void aFileThatIsNotWholeIsNamedAsSuch() throws IOException {
        Network network = ProblemSpec.defaults().withLayers(3, 2).build().network();
        Path file = home.resolve("whole");
        CheckpointFile.write(file, checkpoint(network), network);
        assertEquals(3, CheckpointFile.read(file, network).step(), "the twin is whole");
        byte[] whole = Files.readAllBytes(file);

        for (int length : new int[] {3, HEADER - 1, HEADER + 1, whole.length - 1}) {
            assertRefused(network, Arrays.copyOf(whole, length), "cut short: a part has ");
        }
        for (String other : List.of("", "hello", "a text of some length, and no checkpoint")) {
            Path none = Files.writeString(home.resolve("none"), other);
            IOException refused =
                    assertThrows(
                            MalformedFileException.class, () -> CheckpointFile.read(none, network));
            String message = refused.getMessage();
            assertTrue(message.contains("no checkpoint of relaxon"), message);
            assertFalse(message.contains("remove"), message); // it may be of use to its owner
        }
        for (int at : new int[] {HEADER, whole.length - 1}) {
            byte[] other = whole.clone();
            other[at] ^= 1;
            assertRefused(network, other, "damaged: checksum ");
        }
        assertRefused(network, Arrays.copyOf(whole, whole.length + 1), "damaged: ");
    }

    private void assertRefused(Network network, byte[] bytes, String how) throws IOException {
        Path file = home.resolve("broken");
        Files.write(file, bytes);
        IOException refused =
                assertThrows(
                        MalformedFileException.class, () -> CheckpointFile.read(file, network));
        String message = refused.getMessage();
        assertTrue(message.contains("this is a checkpoint that is " + how), message);
        String advice = "restore a copy of it, or remove it to train from the start";
        assertTrue(message.endsWith(advice), message);
    }

    private static Checkpoint checkpoint(Network network) {
        return new Checkpoint(
                new Provenance(new TreeMap<>()),
                3,
                Ledger.NONE,
                0,
                0,
                List.of(),
                List.of(),
                network.parameters(),
                List.of(network.parameters(), network.parameters()));
    }

    /** With Adam's two memories; the bound is reached to the byte, so that it misses no array. */
    @Test
    void theBoundOfALengthCountsEveryArray() throws IOException {
        ProblemSpec spec = ProblemSpec.defaults().withLayers(5, 7, 6, 2);
        Network plain = spec.build().network();
        Network own = spec.withFeedback(FeedbackWeights.random(1)).build().network();
        for (Network network : List.of(plain, own)) {
            Checkpoint written = checkpoint(network);
            Path file = home.resolve("checkpoint");
            CheckpointFile.write(file, written, network);
            long state = Files.size(file) - HEADER - SETTINGS;
            assertEquals(state, CheckpointFile.size(network, BESIDE), network::toString);
            assertEquals(3, CheckpointFile.read(file, network).step());
        }
        int fed = 6 * 7 + 2 * 6; // synapses that feed back
        long more = CheckpointFile.size(own, 0) - CheckpointFile.size(plain, 0);
        assertTrue(own.projection(1).hasOwnFeedback() && !plain.projection(1).hasOwnFeedback());
        assertEquals(3L * Double.BYTES * fed, more);
    }
}
