package org.relaxon.runtime.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.relaxon.model.activation.StandardActivation;
import org.relaxon.model.loss.StandardLoss;
import org.relaxon.model.math.Matrix;
import org.relaxon.model.network.Granularity;
import org.relaxon.model.network.Initialisation;
import org.relaxon.model.network.Network;
import org.relaxon.model.network.NetworkBuilder;
import org.relaxon.model.phase.Phase;
import org.relaxon.model.rule.PredictiveCoding;
import org.relaxon.runtime.Budget;
import org.relaxon.runtime.RunPlan;
import org.relaxon.runtime.Session;

/** One process plays any node of a cluster. */
class DryNodeTest {
    private static final int[] SIZES = {6, 20, 14, 20, 4};
    private static final int NODES = 3;
    private static final Initialisation INIT = Initialisation.uniform(3);
    private static final RunPlan PLAN =
            RunPlan.of(new PredictiveCoding()).withGranularity(new Granularity(5));
    private static final Phase NUDGED = nudged(SIZES);

    /** Two columns in which errors move. */
    static Phase nudged(int... sizes) {
        Matrix input = Matrix.zeros(sizes[0], 2);
        Matrix target = Matrix.zeros(sizes[sizes.length - 1], 2);
        Arrays.fill(input.values(), 0.5);
        Arrays.fill(target.values(), 1.0);
        return Phase.nudged(input, target, 0.1);
    }

    private static NetworkBuilder builder() {
        return NetworkBuilder.layered(
                SIZES, StandardActivation.TANH, StandardActivation.LINEAR, StandardLoss.SQUARED);
    }

    private static DryReport dry(int nodes, int index) {
        Network outline = builder().outline(INIT);
        return DryNode.report(
                new DryNode.Place(outline, INIT, PLAN, nodes, index), Map.of("nudged", NUDGED));
    }

    private static List<DryReport> all() {
        List<DryReport> out = new ArrayList<>();
        for (int k = 0; k < NODES; k++) {
            out.add(dry(NODES, k));
        }
        return out;
    }

    @Test
    void itsCellsAndTheirWorkAreThoseOfARealNode() {
        List<DryReport> dry = all();
        try (LocalCluster cluster = new LocalCluster(NODES);
                ClusterHost host = cluster.host()) {
            host.measure();
            try (Session session = host.open(builder().build(INIT), PLAN)) {
                session.settle(NUDGED, Budget.DEFAULT);
                List<NodeUsage> real = host.usage();
                assertEquals(NODES, real.size());
                for (int k = 0; k < NODES; k++) {
                    NodeUsage own = dry.get(k).measured();
                    assertEquals(real.get(k).cells(), own.cells());
                    assertEquals(real.get(k).neurons(), own.neurons());
                    assertTrue(real.get(k).relaxations() >= own.cells());
                    double round = dry.get(k).predicted().roundOperations();
                    assertEquals(round, own.roundOperations(), 0.05 * round);
                    assertEquals(round, real.get(k).roundOperations(), 0.05 * round);
                }
            }
        }
    }

    @Test
    void theWaysOfAllNodesAreTheChannelsBetweenThem() {
        List<DryReport> dry = all();
        long channels = 0;
        long bytes = 0;
        long synapses = 0;
        for (DryReport node : dry) {
            synapses += node.predicted().synapses();
            for (DryReport.Way way : node.ways()) {
                channels += way.channels();
                bytes += way.bytes();
                DryReport.Way back =
                        dry.get(way.other()).ways().stream()
                                .filter(w -> w.other() == node.index())
                                .findFirst()
                                .orElseThrow();
                assertEquals(way.back(), back.channels());
            }
        }
        WholeCluster cluster = dry.get(0).cluster();
        assertEquals(channels, cluster.channels());
        assertEquals(bytes, cluster.roundBytes());
        assertEquals(6 * 20 + 20 * 14 + 14 * 20 + 20 * 4, synapses);
        assertEquals(synapses, cluster.synapses());
    }

    /** 3e9 synapses, of which a thousandth is drawn. */
    @Test
    void aNodeOfAClusterThatNoProcessCouldHold() {
        int wide = 1 << 14;
        int[] sizes = {wide, wide, wide, wide, wide, wide, wide, wide, wide, wide, wide, wide, 10};
        Network outline =
                NetworkBuilder.layered(
                                sizes,
                                StandardActivation.TANH,
                                StandardActivation.LINEAR,
                                StandardLoss.SQUARED)
                        .outline(INIT);
        RunPlan plan = PLAN.withGranularity(new Granularity(128));
        DryReport report =
                DryNode.report(
                        new DryNode.Place(outline, INIT, plan, 1000, 500),
                        Map.of("nudged", nudged(wide, 10)));
        assertEquals(11L * wide * wide + 10 * wide, report.cluster().synapses());
        assertTrue(report.measured().heapBytes() > 8 * report.predicted().synapses());
        assertTrue(report.measured().heapBytes() < 1L << 28, report.measured().toString());
    }

    @Test
    void aNodeWithoutCellsIsRefused() {
        assertEquals(12, dry(12, 11).nodes());
        String message =
                assertThrows(IllegalArgumentException.class, () -> dry(13, 12)).getMessage();
        assertEquals("as: there is no node 13, as the network has cells for 12 nodes", message);
    }

    /** 4e8 synapses. */
    @Test
    void aNodeWhoseWeightsNoMessageHoldsIsRefused() {
        int wide = 20_000;
        Network outline =
                NetworkBuilder.layered(
                                new int[] {wide, wide, 1},
                                StandardActivation.TANH,
                                StandardActivation.LINEAR,
                                StandardLoss.SQUARED)
                        .outline(INIT);
        DryNode.Place place = new DryNode.Place(outline, INIT, PLAN, 1, 0);
        String message =
                assertThrows(
                                IllegalArgumentException.class,
                                () -> DryNode.report(place, Map.of("nudged", nudged(wide, 1))))
                        .getMessage();
        assertTrue(message.startsWith("as: node 1 has 400020000 synapses, and one message"));
    }

    @Test
    void aSessionThatWasNotToBeMeasuredIsNot() {
        try (LocalCluster cluster = new LocalCluster(1);
                ClusterHost host = cluster.host();
                Session session = host.open(builder().build(INIT), PLAN)) {
            session.settle(NUDGED, Budget.DEFAULT);
            assertThrows(IllegalArgumentException.class, host::usage);
        }
    }
}
