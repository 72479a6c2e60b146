package org.relaxon.runtime.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.relaxon.model.activation.StandardActivation;
import org.relaxon.model.loss.StandardLoss;
import org.relaxon.model.network.Granularity;
import org.relaxon.model.network.Initialisation;
import org.relaxon.model.network.NetworkBuilder;
import org.relaxon.model.phase.Phase;
import org.relaxon.model.rule.PredictiveCoding;
import org.relaxon.runtime.Budget;
import org.relaxon.runtime.RunPlan;
import org.relaxon.runtime.Session;

/** The memory that a dry run measures, and the model predicts, is that of processes in a run. */
@Tag("slow")
@EnabledOnOs(OS.LINUX)
class DryNodeSlowTest {
    private static final int NODES = 3;
    private static final double WITHIN = 0.2;
    private static final int[] SIZES = {1000, 1500, 1500, 1500, 100};
    private static final Initialisation INIT = Initialisation.uniform(1);

    private static NetworkBuilder builder() {
        return NetworkBuilder.layered(
                SIZES, StandardActivation.TANH, StandardActivation.LINEAR, StandardLoss.SQUARED);
    }

    @Test
    void threeNodesInProcessesOfTheirOwn() {
        RunPlan plan = RunPlan.of(new PredictiveCoding()).withGranularity(new Granularity(100));
        Phase phase = DryNodeTest.nudged(SIZES);
        List<DryReport> dry = new ArrayList<>();
        for (int k = 0; k < NODES; k++) {
            dry.add(
                    DryNode.report(
                            new DryNode.Place(builder().outline(INIT), INIT, plan, NODES, k),
                            Map.of("nudged", phase)));
        }
        try (ProcessCluster cluster = new ProcessCluster(NODES)) {
            cluster.host().measure();
            try (Session session = cluster.host().open(builder().build(INIT), plan)) {
                session.settle(phase, Budget.DEFAULT);
                List<NodeUsage> real = cluster.host().usage();
                for (int k = 0; k < NODES; k++) {
                    compare(dry.get(k), real.get(k));
                }
            }
        }
    }

    private static void compare(DryReport dry, NodeUsage real) {
        String figures =
                "node %d: model %d, dry %s, real %s"
                        .formatted(dry.index(), dry.predicted().bytes(), dry.measured(), real);
        System.out.println(figures);
        long heap = real.heapBytes();
        assertEquals(heap, dry.measured().heapBytes(), WITHIN * heap, figures);
        assertEquals(heap, dry.predicted().bytes(), WITHIN * heap, figures);
        double round = real.roundOperations();
        assertTrue(round > 0, figures);
        assertEquals(round, dry.measured().roundOperations(), WITHIN * round, figures);
        assertEquals(round, dry.predicted().roundOperations(), WITHIN * round, figures);
    }
}
