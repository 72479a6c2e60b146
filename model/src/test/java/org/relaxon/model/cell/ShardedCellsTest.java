package org.relaxon.model.cell;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.relaxon.model.activation.StandardActivation;
import org.relaxon.model.audit.Audit;
import org.relaxon.model.audit.AuditPart;
import org.relaxon.model.audit.AuditResult;
import org.relaxon.model.connectivity.Connectivity;
import org.relaxon.model.loss.StandardLoss;
import org.relaxon.model.math.Kernels;
import org.relaxon.model.math.Matrix;
import org.relaxon.model.network.Granularity;
import org.relaxon.model.network.Initialisation;
import org.relaxon.model.network.Network;
import org.relaxon.model.network.NetworkBuilder;
import org.relaxon.model.network.Parameters;
import org.relaxon.model.phase.Phase;
import org.relaxon.model.plasticity.LearningStep;
import org.relaxon.model.plasticity.Optimiser;
import org.relaxon.model.rule.PredictiveCoding;
import org.relaxon.model.rule.Rule;
import org.relaxon.model.rule.Signalling;

/**
 * Audits and sums of shared updates in parts have the bits of the whole; in another order of the
 * parts they have not, so that these networks can tell.
 */
class ShardedCellsTest {
    private static final SharedUpdates.Numbers KERNEL = new SharedUpdates.Numbers(0, 0);

    private static final Rule RULE = new PredictiveCoding();
    private static final Network NETWORK =
            new NetworkBuilder(StandardLoss.SQUARED)
                    .input("image", 20)
                    .hidden("map", 24, StandardActivation.TANH)
                    .output("label", 3, StandardActivation.LINEAR)
                    .project(
                            "kernel",
                            "image",
                            "map",
                            Connectivity.parse("convolution:1x4x5,filters=2,kernel=2"))
                    .project("read", "map", "label")
                    .build(Initialisation.uniform(2));
    private static final Wiring WIRING = Wiring.of(NETWORK, Granularity.NEURON);
    private static final int[] CUTS = {0, 3, 4, 20, 27};

    private static Matrix drawn(int rows, double scale) {
        double[] values = new double[rows];
        Arrays.setAll(values, k -> scale * Math.sin(1.0 + 7.0 * k * k));
        return Matrix.of(rows, 1, values);
    }

    private static final Phase PHASE = Phase.nudged(drawn(20, 1.0), drawn(3, 2.0), 0.5);

    private static Cells relaxed() {
        Cells cells = Cells.of(WIRING, RULE, Kernels.Kind.STRICT, Signalling.exact(0.0), true);
        cells.forEach(c -> c.open(1, PHASE));
        List<Runnable> mail = new ArrayList<>();
        Links links = WIRING.links();
        for (int round = 0; round < 9; round++) {
            for (Cell cell : cells) {
                cell.relax(
                        (link, signal) ->
                                mail.add(
                                        () ->
                                                cells.get(links.to(link))
                                                        .receive(links.slot(link), signal)));
            }
            if (round < 8) { // the last signals are in flight
                mail.forEach(Runnable::run);
                mail.clear();
            }
        }
        return cells;
    }

    private static List<Cells> parts(Cells whole) {
        List<Cells> out = new ArrayList<>();
        for (int k = 1; k < CUTS.length; k++) {
            out.add(whole.range(CUTS[k - 1], CUTS[k]));
        }
        return out;
    }

    private static List<Cells> backwards(Cells whole) {
        List<Cells> out = parts(whole);
        Collections.reverse(out);
        return out;
    }

    private static AuditResult audit(List<Cells> parts) {
        Audit audit = new Audit(WIRING, RULE);
        List<AuditPart> all = parts.stream().map(audit::part).toList();
        return audit.run(all, 1, PHASE, true, null);
    }

    private static double[] numbers(AuditResult result) {
        double[][] defects = result.defects();
        List<Double> out = new ArrayList<>();
        for (double[] own : defects) {
            out.add(own[0]);
        }
        out.add(result.state().energy(0));
        return out.stream().mapToDouble(d -> d).toArray();
    }

    @Test
    void anAuditInPartsHasTheBitsOfTheWhole() {
        Cells whole = relaxed();
        AuditResult one = audit(List.of(whole));
        AuditResult four = audit(parts(whole));

        assertArrayEquals(numbers(one), numbers(four));
        assertEquals(one.unheard(), four.unheard());
        assertFalse(one.unheard().isEmpty());
        assertFalse(
                Arrays.equals(numbers(one), numbers(audit(backwards(whole)))),
                "the order of parts makes no difference here");
    }

    private static double[] learned(List<Cells> parts) {
        List<SharedUpdates> shared = parts.stream().map(SharedUpdates::new).toList();
        Map<SharedUpdates.Numbers, Integer> counts = new HashMap<>();
        shared.forEach(s -> s.count(counts));
        assertEquals(Map.of(KERNEL, 24), counts);
        shared.forEach(s -> s.keepShared(counts));
        assertTrue(shared.stream().anyMatch(SharedUpdates::any));
        parts.forEach(p -> p.forEach(c -> c.learning().prepare(new double[] {1.0})));
        Map<SharedUpdates.Numbers, double[][]> sums = new HashMap<>();
        shared.forEach(s -> s.addTo(sums));
        shared.forEach(s -> s.take(sums));
        LearningStep step = new LearningStep(Optimiser.sgd(), 0.1, 1.0, 1);
        parts.forEach(p -> p.forEach(c -> c.learning().learn(step)));
        Parameters out = NETWORK.zeros();
        parts.forEach(p -> p.forEach(c -> c.learning().save(out)));
        return Arrays.stream(out.weights(0)).flatMapToDouble(Arrays::stream).toArray();
    }

    @Test
    void sharedUpdatesInPartsHaveTheBitsOfTheWhole() {
        double[] one = learned(List.of(relaxed()));
        assertArrayEquals(one, learned(parts(relaxed())));
        assertFalse(Arrays.equals(one, learned(backwards(relaxed()))), "the order is not seen");
    }

    @Test
    void numbersThatOneCellHasAreNotShared() {
        SharedUpdates alone = new SharedUpdates(relaxed().range(0, 1));
        Map<SharedUpdates.Numbers, Integer> counts = new HashMap<>();
        alone.count(counts);
        assertEquals(Map.of(KERNEL, 1), counts);
        alone.keepShared(counts);
        assertFalse(alone.any());
    }
}
