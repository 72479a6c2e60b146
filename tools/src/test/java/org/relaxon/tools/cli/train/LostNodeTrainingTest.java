package org.relaxon.tools.cli.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.relaxon.tools.cli.Ran.relaxon;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.relaxon.experiments.problem.ProblemSpec;
import org.relaxon.experiments.storage.CheckpointFile;
import org.relaxon.model.network.Network;
import org.relaxon.runtime.cluster.Address;
import org.relaxon.runtime.cluster.ClusterNode;
import org.relaxon.tools.cli.Ran;

/** A training whose only node is lost ends with one line, and goes on from its checkpoint. */
class LostNodeTrainingTest {
    private static final Address ANY = new Address("127.0.0.1", 0);
    private static final Executor SOON =
            CompletableFuture.delayedExecutor(20, TimeUnit.MILLISECONDS);

    @TempDir private Path home;

    private static long stepOf(Path checkpoint) throws IOException {
        Network network =
                ProblemSpec.defaults().withData("two-moons").withLayers(2, 8, 2).build().network();
        return CheckpointFile.read(checkpoint, network).step();
    }

    /** Ends the node once there is a checkpoint. */
    private static CompletableFuture<Void> ends(ClusterNode node, Path checkpoint) {
        return CompletableFuture.supplyAsync(() -> Files.exists(checkpoint), SOON)
                .thenCompose(
                        there -> {
                            if (!there) {
                                return ends(node, checkpoint);
                            }
                            node.close();
                            return CompletableFuture.completedFuture(null);
                        });
    }

    private void endsAndGoesOn(String options, String lost) throws IOException {
        Path checkpoint = home.resolve("a.ckpt");
        String line =
                "train --data two-moons --layers 2,8,2 --examples 400 --test-examples 50 --batch 4"
                        + " --evaluate-every 2 --host cluster --checkpoint "
                        + checkpoint
                        + options
                        + " --join ";
        Ran ended;
        try (ClusterNode node = ClusterNode.start(ANY, null, 1)) {
            CompletableFuture<Void> loss = ends(node, checkpoint);
            ended = relaxon(line + node.address() + " --iterations 5000");
            loss.join();
            assertEquals(3, ended.code(), ended.err());
            assertTrue(ended.err().contains(node.address().toString()), ended.err());
        }
        assertTrue(ended.err().contains(lost), ended.err());
        assertFalse(ended.err().contains("defect"), ended.err());
        assertTrue(ended.err().contains("go on with: "), ended.err());
        try (ClusterNode node = ClusterNode.start(ANY, null, 1)) {
            long step = stepOf(checkpoint);
            Ran more = relaxon(line + node.address() + " --iterations " + (step + 4));
            assertEquals(0, more.code(), more.err());
            assertEquals(step + 4, stepOf(checkpoint));
        }
    }

    @Test
    void onThePhasedSchedule() throws IOException {
        endsAndGoesOn("", "no node is left");
    }

    @Test
    void whereWeightsChangeWhileCellsSettle() throws IOException {
        endsAndGoesOn(" --schedule continual", "checkpoint");
    }
}
