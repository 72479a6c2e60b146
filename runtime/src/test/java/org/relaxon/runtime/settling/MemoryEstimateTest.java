package org.relaxon.runtime.settling;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.relaxon.model.activation.StandardActivation;
import org.relaxon.model.cell.Wiring;
import org.relaxon.model.loss.Loss;
import org.relaxon.model.loss.StandardLoss;
import org.relaxon.model.math.Matrix;
import org.relaxon.model.network.Granularity;
import org.relaxon.model.network.Initialisation;
import org.relaxon.model.network.Network;
import org.relaxon.model.phase.Phase;
import org.relaxon.model.rule.PredictiveCoding;
import org.relaxon.runtime.Budget;
import org.relaxon.runtime.Host;
import org.relaxon.runtime.RunPlan;
import org.relaxon.runtime.Session;
import org.relaxon.runtime.virtual.VirtualHost;

class MemoryEstimateTest {
    private static Network network(Loss loss, int... sizes) {
        return Network.layered(
                sizes,
                StandardActivation.TANH,
                StandardActivation.LINEAR,
                loss,
                new Initialisation(Initialisation.Scheme.UNIFORM, 0.5, 1));
    }

    @ParameterizedTest
    @CsvSource({"layer", "neuron", "block:2", "block:3", "block:7", "block:100"})
    void cellsAndLinksAreThoseOfTheWiring(String text) {
        Granularity granularity = Granularity.parse(text);
        for (Loss loss : StandardLoss.values()) { // cross-entropy keeps the output in one cell
            Network network = network(loss, 5, 7, 6, 3, 4);
            Wiring wiring = Wiring.of(network, granularity);
            MemoryEstimate estimate = MemoryEstimate.of(network, granularity, 1);

            assertEquals(wiring.cells().size(), estimate.cells(), loss + ", " + text);
            assertEquals(wiring.links().size(), estimate.links(), loss + ", " + text);
        }
    }

    @Test
    void theEstimateGrowsWithColumnsAndWithTheNumberOfCells() {
        Network network = network(StandardLoss.SQUARED, 10, 20, 20, 5);
        long layer = MemoryEstimate.of(network, Granularity.LAYER, 1).bytes();
        long block = MemoryEstimate.of(network, new Granularity(4), 1).bytes();
        long neuron = MemoryEstimate.of(network, Granularity.NEURON, 1).bytes();
        long wide = MemoryEstimate.of(network, Granularity.NEURON, 100).bytes();

        assertTrue(layer < block && block < neuron && neuron < wide);
    }

    /** Weights once, everything else once per lane. */
    @Test
    void lanesShareWeightsAlone() {
        Network network = network(StandardLoss.SQUARED, 10, 20, 20, 5);
        long[] bytes = new long[4];
        for (int lanes = 1; lanes < bytes.length; lanes++) {
            bytes[lanes] = MemoryEstimate.of(network, Granularity.NEURON, 3, lanes).bytes();
        }
        long weights = 2L * 8 * (10 * 20 + 20 * 20 + 20 * 5);
        assertEquals(MemoryEstimate.of(network, Granularity.NEURON, 3).bytes(), bytes[1]);
        assertEquals(bytes[1] - weights, bytes[2] - bytes[1]);
        assertEquals(bytes[2] - bytes[1], bytes[3] - bytes[2]);
    }

    @Test
    void aRunBeyondTheLimitIsRefusedWithTheEstimateAndTheLimit() {
        MemoryEstimate estimate = new MemoryEstimate(1_000, 2_000_000, 200L << 20, 100L << 20);
        estimate.require(300L << 20);
        String message =
                assertThrows(
                                IllegalArgumentException.class,
                                () -> estimate.require((300L << 20) - 1))
                        .getMessage();

        assertTrue(message.startsWith("memory: "), message);
        assertTrue(message.contains("2000000 links"), message);
        assertTrue(message.contains("300 MiB"), message);
        assertTrue(message.contains("299 MiB"), message);
    }

    /** 40 million links; the refusal comes before the wiring, which would take gigabytes. */
    @Test
    void anEnormousNetworkIsRefusedBeforeAnythingIsAllocated() {
        Network network = network(StandardLoss.SQUARED, 1, 4_500, 4_500, 1);
        MemoryEstimate estimate = MemoryEstimate.of(network, Granularity.NEURON, 1);
        assertTrue(estimate.bytes() > Runtime.getRuntime().maxMemory() / 5 * 4);
        RunPlan plan = RunPlan.of(new PredictiveCoding()).withGranularity(Granularity.NEURON);
        Runtime runtime = Runtime.getRuntime();
        System.gc();
        long before = runtime.totalMemory() - runtime.freeMemory();
        String message =
                assertThrows(
                                IllegalArgumentException.class,
                                () -> new VirtualHost().open(network, plan))
                        .getMessage();
        long after = runtime.totalMemory() - runtime.freeMemory();

        assertTrue(message.startsWith("memory: "), message);
        assertTrue(after - before < estimate.bytes() / 10, "allocated " + (after - before));
    }

    /** Bytes that come and go between two collections. */
    private static final long NOISE = 16_384;

    @ParameterizedTest
    @CsvSource({"neuron, 1", "neuron, 8", "block:10, 1", "layer, 64"})
    void theEstimateIsWithinAFactorOfTwoOfWhatASettledSessionKeeps(String text, int columns) {
        Granularity granularity = Granularity.parse(text);
        int width = granularity.equals(Granularity.NEURON) ? 250 : 1_500; // far above the noise
        int[] sizes = {10, width, width, 10};
        Network network = network(StandardLoss.SQUARED, sizes);
        long weights = 8L * (sizes[0] * sizes[1] + sizes[1] * sizes[2] + sizes[2] * sizes[3]);
        RunPlan plan =
                RunPlan.of(new PredictiveCoding())
                        .withGranularity(granularity)
                        .withThreshold(1e-3)
                        .withTolerance(0.5);
        Phase phase = Phase.free(Matrix.zeros(10, columns));
        long before = usedAfterCollection();
        try (Host host = new VirtualHost();
                Session session = host.open(network, plan)) {
            session.settle(phase, Budget.DEFAULT);
            long kept = usedAfterCollection() - before + weights; // the network's own, counted too
            long estimate = MemoryEstimate.of(network, granularity, columns).kept();
            session.report(); // keeps the session reachable until here

            String context =
                    "%s, %d columns: estimate %d, measured %d"
                            .formatted(text, columns, estimate, kept);
            System.out.println(context);
            assertTrue(estimate <= 2 * kept && kept <= 2 * estimate, context);
        }
    }

    /** Collects until nothing more is freed: threads of tests before may still be ending. */
    private static long usedAfterCollection() {
        Runtime runtime = Runtime.getRuntime();
        long least = Long.MAX_VALUE;
        for (int same = 0; same < 3; ) {
            System.gc();
            long used = runtime.totalMemory() - runtime.freeMemory();
            same = used < least - NOISE ? 0 : same + 1;
            least = Math.min(least, used);
        }
        return least;
    }
}
