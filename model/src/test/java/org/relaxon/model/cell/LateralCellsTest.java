package org.relaxon.model.cell;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.relaxon.model.activation.StandardActivation;
import org.relaxon.model.audit.AuditResult;
import org.relaxon.model.connectivity.Connectivity;
import org.relaxon.model.loss.StandardLoss;
import org.relaxon.model.math.Matrix;
import org.relaxon.model.network.Granularity;
import org.relaxon.model.network.Initialisation;
import org.relaxon.model.network.Network;
import org.relaxon.model.network.NetworkBuilder;
import org.relaxon.model.network.Parameters;
import org.relaxon.model.phase.Phase;
import org.relaxon.model.rule.Hopfield;
import org.relaxon.model.rule.Rule;

/** Cells that own both neurons of a synapse rest where cells of single neurons do. */
class LateralCellsTest {
    private static final int ROUNDS = 3000;
    private static final double BETA = 0.05;
    private static final Matrix INPUT = Matrix.of(2, 2, new double[] {1, -.5, .3, .8});
    private static final Matrix TARGET = Matrix.of(3, 2, new double[] {1, 0, 0, 0, 0, 1});

    /** Lateral, some of them of every kind, and one way back; small enough for one basin. */
    private static Network network(StandardLoss loss, boolean lateral) {
        NetworkBuilder builder =
                new NetworkBuilder(loss)
                        .input("x", 2)
                        .hidden("g", 3, StandardActivation.TANH)
                        .hidden("h", 5, StandardActivation.TANH)
                        .output("y", 3, StandardActivation.LINEAR)
                        .project("up", "x", "g")
                        .project("on", "g", "h")
                        .project("out", "h", "y");
        if (lateral) {
            builder.project("back", "h", "g")
                    .project("side", "h", "h")
                    .project("some", "h", "h", Connectivity.parse("others:random:2,seed=3"))
                    .project("self", "g", "g", Connectivity.allToAll())
                    .project("top", "y", "y");
        }
        return builder.build(new Initialisation(Initialisation.Scheme.NORMAL, 0.3, 4));
    }

    record Case(Rule rule, StandardLoss loss, boolean differences) {}

    static Stream<Case> cases() {
        return Stream.of(
                new Case(new Hopfield("ep"), StandardLoss.SQUARED, false),
                new Case(new Hopfield("ep"), StandardLoss.SQUARED, true),
                new Case(new Hopfield("ep"), StandardLoss.CROSS_ENTROPY, false),
                new Case(new Hopfield("ep"), StandardLoss.CROSS_ENTROPY, true),
                new Case(Hopfield.gradient("ep", 0.4), StandardLoss.SQUARED, false));
    }

    private static Lockstep settled(Network network, String cells, Case one) {
        Lockstep net = new Lockstep(network, Granularity.parse(cells), one.rule(), 1e-16);
        net.open(Phase.free(INPUT)).settle(ROUNDS).save("free");
        Phase nudged = Phase.nudged(INPUT, TARGET, BETA);
        net.open(one.differences() ? nudged.differencesFrom("free") : nudged.startingFrom("free"));
        return net.settle(ROUNDS);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void cellsOfEverySizeRestAtTheSameState(Case one) {
        Network network = network(one.loss(), true);
        Lockstep neurons = settled(network, "neuron", one);
        Parameters expected = neurons.update(1.0, 1.0);
        for (String cells : new String[] {"layer", "block:2"}) {
            Lockstep net = settled(network, cells, one);
            for (int p = 1; p <= 3; p++) {
                double[] x = neurons.activity(p);
                assertArrayEquals(x, net.activity(p), 1e-12, one + ", " + cells);
            }
            Parameters update = net.update(1.0, 1.0);
            for (int e = 0; e < network.projections().size(); e++) {
                for (int i = 0; i < expected.weights(e).length; i++) {
                    double[] row = expected.weights(e)[i];
                    assertArrayEquals(row, update.weights(e)[i], 1e-9, one + ", " + cells);
                }
            }
            AuditResult audit = net.audit();
            for (double[] defects : audit.defects()) {
                assertTrue(Arrays.stream(defects).allMatch(d -> d <= 1e-8), one + ", " + cells);
            }
            assertEquals(0, audit.unheard().size());
        }
    }

    /** The twin: the lateral synapses matter. */
    @Test
    void withoutThemTheStateIsAnother() {
        Case one = new Case(new Hopfield("ep"), StandardLoss.SQUARED, false);
        double[] with = settled(network(one.loss(), true), "layer", one).activity(2);
        double[] without = settled(network(one.loss(), false), "layer", one).activity(2);
        double off = 0.0;
        for (int k = 0; k < with.length; k++) {
            off = Math.max(off, Math.abs(with[k] - without[k]));
        }
        assertTrue(off > 1e-3, "off by " + off);
    }

    /** A held neuron moves neither by its own cell's synapses nor by others. */
    @Test
    void heldNeuronsOfACellStay() {
        Network network = network(StandardLoss.SQUARED, true);
        boolean[] held = {true, false, true, false, false};
        Matrix values = Matrix.of(5, 2, new double[] {.4, -.3, 0, 0, .2, .6, 0, 0, 0, 0});
        Phase phase = Phase.free(INPUT).clamping("h", values, held);
        double[][] found = new double[2][];
        for (int k = 0; k < 2; k++) {
            Granularity cells = k == 0 ? Granularity.LAYER : Granularity.NEURON;
            Lockstep net = new Lockstep(network, cells, new Hopfield("ep"), 1e-16);
            found[k] = net.open(phase).settle(ROUNDS).activity(2);
            assertEquals(.4, found[k][0]);
            assertEquals(.6, found[k][5]);
        }
        assertArrayEquals(found[1], found[0], 1e-12);
    }
}
