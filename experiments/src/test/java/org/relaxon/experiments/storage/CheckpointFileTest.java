package org.relaxon.experiments.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
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

    /** With Adam's two memories; the bound is reached to the byte, so that it misses no array. */
    @Test
    void theBoundOfALengthCountsEveryArray() throws IOException {
        ProblemSpec spec = ProblemSpec.defaults().withLayers(5, 7, 6, 2);
        Network plain = spec.build().network();
        Network own = spec.withFeedback(FeedbackWeights.random(1)).build().network();
        for (Network network : List.of(plain, own)) {
            Checkpoint written =
                    new Checkpoint(
                            new Provenance(new TreeMap<>()),
                            3,
                            Ledger.NONE,
                            0,
                            0,
                            List.of(),
                            List.of(),
                            network.parameters(),
                            List.of(network.parameters(), network.parameters()));
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
