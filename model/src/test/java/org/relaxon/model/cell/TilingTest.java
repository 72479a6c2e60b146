package org.relaxon.model.cell;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.relaxon.model.activation.StandardActivation;
import org.relaxon.model.loss.StandardLoss;
import org.relaxon.model.network.Granularity;
import org.relaxon.model.network.Initialisation;
import org.relaxon.model.network.Network;
import org.relaxon.model.phase.Phase;
import org.relaxon.model.rule.Hopfield;
import org.relaxon.model.rule.PredictiveCoding;
import org.relaxon.model.rule.Rule;

/** A phase of k times the columns of a saved state starts from k copies of it, side by side. */
class TilingTest {
    private static final int B = 3;
    private final Network network =
            Network.layered(
                    new int[] {3, 5, 4, 2},
                    StandardActivation.TANH,
                    StandardActivation.LINEAR,
                    StandardLoss.SQUARED,
                    new Initialisation(Initialisation.Scheme.NORMAL, 0.4, 1));
    private final Phase phase = CellTest.nudged(3, 2, B);

    private Phase tiled(int times) {
        double[] beta = new double[times * B];
        Arrays.fill(beta, 0.1);
        return Phase.nudged(phase.input().tiled(times), phase.target().tiled(times), beta);
    }

    private Lockstep saved(String granularity, Rule rule) {
        Lockstep net = new Lockstep(network, Granularity.parse(granularity), rule, 0.0);
        return net.open(phase).settle(2000).save("here");
    }

    @ParameterizedTest
    @ValueSource(strings = {"neuron", "block:2", "layer"})
    void copiesOfAnEquilibriumAreAnEquilibriumAndSayNothing(String granularity) {
        for (Rule rule :
                new Rule[] {new PredictiveCoding(), new Hopfield("ep"), Hopfield.holomorphic()}) {
            int planes = rule.traits().activityPlanes();
            for (int times : new int[] {1, 2, 3}) {
                Lockstep net = saved(granularity, rule);
                double[][] before = {null, net.activity(1), net.activity(2), net.activity(3)};
                net.open(tiled(times).startingFrom("here"));
                for (int l = 1; l <= 3; l++) {
                    requireCopies(before[l], net.activity(l), times, planes);
                }
                net.settle(50);
                for (int l = 1; l <= 3; l++) {
                    requireCopies(before[l], net.activity(l), times, planes);
                }
                assertEquals(0, net.signals(), rule.optionName() + ", times " + times);
                assertTrue(net.audit().residual(times * B - 1) < 1e-13, rule.optionName());
            }
        }
    }

    private static void requireCopies(double[] one, double[] all, int times, int planes) {
        int width = B * planes;
        for (int row = 0; row < one.length / width; row++) {
            for (int p = 0; p < planes; p++) {
                for (int k = 0; k < times * B; k++) {
                    double expected = one[row * width + p * B + k % B];
                    double found = all[row * width * times + p * B * times + k];
                    assertEquals(expected, found, "row " + row + ", plane " + p + ", column " + k);
                }
            }
        }
        assertFalse(Arrays.stream(one).limit(B).allMatch(v -> v == one[0]), "columns are alike");
    }

    /** The twin: another first column would say something at once. */
    @Test
    void aStartFromAnotherOrderOfColumnsIsNoEquilibrium() {
        Lockstep net = saved("layer", new Hopfield("ep"));
        double[] x = phase.input().values().clone();
        for (int r = 0; r < 3; r++) {
            double first = x[r * B];
            x[r * B] = x[r * B + 1];
            x[r * B + 1] = first;
        }
        Phase swapped =
                Phase.nudged(
                        org.relaxon.model.math.Matrix.of(3, B, x), phase.target(), phase.betas());
        net.open(swapped.startingFrom("here")).settle(50);
        assertTrue(net.signals() > 0);
    }

    @Test
    void columnsThatAreNoMultipleAreRefusedWithBothCounts() {
        Lockstep net = saved("layer", new Hopfield("ep"));
        Phase four = CellTest.nudged(3, 2, 4).startingFrom("here");
        String said =
                assertThrows(IllegalArgumentException.class, () -> net.open(four)).getMessage();
        assertTrue(said.contains("start") && said.contains("15") && said.contains("20"), said);
        Phase fewer = CellTest.nudged(3, 2, 1).startingFrom("here");
        assertThrows(IllegalArgumentException.class, () -> net.open(fewer));
    }

    /** The nudged sides of one estimate leave the saved state alone. */
    @Test
    void aTiledStartDoesNotWriteToWhatWasSaved() {
        Lockstep net = saved("neuron", new Hopfield("ep"));
        double[] x = net.activity(2);
        Phase other =
                Phase.nudged(
                        phase.input().tiled(2),
                        phase.target().tiled(2),
                        new double[] {.5, .5, .5, -.5, -.5, -.5});
        net.open(other.startingFrom("here")).settle(500);
        assertTrue(net.signals() > 0);
        net.open(phase.startingFrom("here"));
        assertArrayEquals(x, net.activity(2));
        net.open(other.differencesFrom("here"));
        assertArrayEquals(new double[4 * 6], net.activity(2)); // differences begin at 0
    }
}
