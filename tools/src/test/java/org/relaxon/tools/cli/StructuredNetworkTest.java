package org.relaxon.tools.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.relaxon.tools.cli.Ran.relaxon;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Network files with convolutions and sparse projections, through the verbs. */
class StructuredNetworkTest {
    private static final String NET =
            """
            populations = [
              { name = x, size = 2, role = input }
              { name = map, size = 4 }
              { name = y, size = 2, role = output }
            ]
            projections = [
              { name = k, from = x, to = map, connectivity = "transposed-convolution:1x1x2,filters=1,kernel=1,stride=3" }
              { name = s, from = map, to = y, connectivity = "random:2,seed=SEED" }
            ]
            """;

    @TempDir private Path directory;

    private Path net(String seed) throws IOException {
        return Files.writeString(directory.resolve(seed + ".conf"), NET.replace("SEED", seed));
    }

    private Path arrays(Path root) throws IOException {
        try (Stream<Path> all = Files.walk(root)) {
            return all.filter(p -> p.endsWith("arrays.npz")).findFirst().orElseThrow();
        }
    }

    @Test
    void weightsOfASparseProjectionAreTakenForItsOwnSynapsesOnly() throws IOException {
        Path out = directory.resolve("out");
        String settle = "settle --quiet --network ";
        Ran ran = relaxon(settle + net("1") + " --out " + out);
        assertEquals(0, ran.code(), ran.err());
        Path arrays = arrays(out);

        Ran same = relaxon(settle + net("1") + " --weights " + arrays);
        assertEquals(0, same.code(), same.err());
        Ran other = relaxon(settle + net("6") + " --weights " + arrays);
        assertEquals(2, other.code(), other.out());
        assertTrue(other.err().contains("js states that synapse"), other.err());
    }

    @Test
    void backpropTrainsBesideOnAnyGraph() throws IOException {
        String train =
                "train --quiet --data two-moons --epochs 1 --examples 60 --test-examples 20 --network ";
        Ran ran = relaxon(train + net("1") + " --beside backprop --align-every 1 --json -");
        assertEquals(0, ran.code(), ran.err());
        assertTrue(ran.out().contains("\"backpropTestAccuracy\" : 0."), ran.out());
    }

    @Test
    void cellsThatShareWeightsDoNotLearnWhileTheySettle() throws IOException {
        String train =
                "train --dry-run --data two-moons --schedule continual --network " + net("1");
        Ran refused = relaxon(train + " --granularity block:2");
        assertEquals(2, refused.code(), refused.out());
        assertTrue(refused.err().contains("cells of projection k"), refused.err());
        Ran whole = relaxon(train + " --granularity layer");
        assertEquals(0, whole.code(), whole.err());
    }

    @Test
    void aWrongConnectivityIsRefusedInWholeWords() throws IOException {
        Path wrong = directory.resolve("wrong.conf");
        Files.writeString(wrong, NET.replace("stride=3", "stride=0"));
        Ran ran = relaxon("network " + wrong);
        assertEquals(2, ran.code());
        assertTrue(ran.err().contains("line 7: kernel: need size >= 1"), ran.err());
        assertFalse(ran.err().contains("did you mean"), ran.err());
        Files.writeString(wrong, NET.replace("filters=1", "filter=1"));
        String near = relaxon("network " + wrong).err();
        assertTrue(near.contains("did you mean filters?"), near);
        Files.writeString(wrong, NET.replace("\"transposed-conv", "\"transpose-conv"));
        String kind = relaxon("network " + wrong).err();
        assertTrue(kind.contains("did you mean transposed-convolution?"), kind);
    }
}
