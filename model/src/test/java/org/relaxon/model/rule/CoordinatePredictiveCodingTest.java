package org.relaxon.model.rule;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.relaxon.model.activation.StandardActivation;
import org.relaxon.model.cell.Cell;
import org.relaxon.model.cell.Link;
import org.relaxon.model.cell.Lockstep;
import org.relaxon.model.math.Matrix;
import org.relaxon.model.network.Network;
import org.relaxon.model.network.Parameters;
import org.relaxon.model.phase.Phase;
import org.relaxon.model.signal.Signal;

class CoordinatePredictiveCodingTest {
    private static final int B = Chain.COLUMNS;
    private final PredictiveCoding rule = new CoordinatePredictiveCoding();

    /** x = (mu + pulled) / (1 + curvature): one neuron, two columns, curvature in plane 1. */
    @Test
    void oneCellByHand() {
        CellBench cell = CellBench.hidden(StandardActivation.LINEAR, 2, 1, 2, 0.5, 0.5);
        cell.on(Phase.free(Matrix.zeros(1, 2)), 1, 1).drive(1.0, 2.0, 3.0, 4.0);
        cell.feedback(5.0, 7.0, 1.0, 2.0, -9.0, 6.0, 3.0, 0.0);
        rule.predict(cell.state());
        rule.correct(cell.state());
        double[] x = {6.0 / 2, 9.0 / 3, -6.0 / 4, 10.0};
        assertArrayEquals(x, cell.state().activity(), 1e-14);
        assertArrayEquals(new double[] {2, 1, -4.5, 6}, cell.state().error(), 1e-14);
    }

    /**
     * What one output cell sends back, against the sums: c_j = sum_i f'_i^2 |W_ij| sum_k |W_ik| and
     * g_j = sum_i W_ij f'_i e_i + c_j x_j.
     */
    @ParameterizedTest
    @ValueSource(strings = {"neuron", "block:2", "layer"})
    void theMessagesAreTheStatedSums(String granularity) {
        Chain net = Chain.of(1, 0.8, StandardActivation.TANH, StandardActivation.SIGMOID);
        Lockstep cells = net.cells(granularity, rule);
        cells.open(Phase.nudged(net.input, net.target, 0.5)).settle(3000);
        int n = 4;
        double[] below = cells.activity(2);
        double[] e = cells.error(3);
        double[] found = new double[n * 2 * B];
        for (Cell cell : cells.cells()) {
            if (cell.id().population() == 3) {
                add(cells, cell, found);
            }
        }
        double[][] w = net.network.parameters().weights(2);
        for (int c = 0; c < B; c++) {
            double[] x = new double[n];
            for (int j = 0; j < n; j++) {
                x[j] = below[j * B + c];
            }
            double[] a = net.drive(3, x);
            for (int j = 0; j < n; j++) {
                double curvature = 0.0;
                double diagonal = 0.0;
                double pulled = 0.0;
                for (int i = 0; i < w.length; i++) {
                    double slope = net.slope(3, a[i]);
                    double row = 0.0;
                    for (double v : w[i]) {
                        row += Math.abs(v);
                    }
                    curvature += slope * slope * Math.abs(w[i][j]) * row;
                    diagonal += slope * slope * w[i][j] * w[i][j];
                    pulled += w[i][j] * slope * e[i * B + c];
                }
                assertEquals(curvature, found[j * 2 * B + B + c], 1e-13);
                assertEquals(pulled + curvature * x[j], found[j * 2 * B + c], 1e-13);
                assertTrue(curvature - diagonal > 1e-4, "the diagonal alone would pass");
            }
        }
    }

    /** Hears once more what a cell said last. */
    private static void add(Lockstep cells, Cell cell, double[] into) {
        for (Link link : cells.wiring().outgoing(cell.id().index())) {
            cell.lastSignals().reannounce(link, (l, signal) -> sum(cells, link, signal, into));
        }
    }

    private static void sum(Lockstep cells, Link link, Signal signal, double[] into) {
        int from = cells.wiring().cells().get(link.to()).from();
        for (int k = 0; k < signal.length(); k++) {
            into[from * 2 * B + k] += signal.value(k);
        }
    }

    /** The same energy, so the same equilibrium and update as the error form. */
    @ParameterizedTest
    @EnumSource
    void theFixedPointIsThatOfTheErrorForm(StandardActivation f) {
        Chain net = Chain.of(2, 0.4, f, f);
        Phase phase = Phase.nudged(net.input, net.target, 0.1);
        Lockstep plain = net.cells("layer", new PredictiveCoding()).open(phase).settle(3000);
        for (String granularity : new String[] {"neuron", "layer"}) {
            Lockstep cells = net.cells(granularity, rule).open(phase).settle(3000);
            for (int l = 1; l <= 3; l++) {
                assertArrayEquals(plain.activity(l), cells.activity(l), 1e-13, f + ", layer " + l);
                assertArrayEquals(plain.error(l), cells.error(l), 1e-13, f + ", layer " + l);
            }
            Parameters found = cells.update(1, 1, 1);
            double off = Chain.relative(found, plain.update(1, 1, 1), net.depth);
            assertTrue(off < 1e-10, f + ": update off by " + off);
            double twin = Chain.relative(found, net.backprop(), net.depth);
            assertTrue(twin > 1e-2, f + ": at this beta it is not backprop, " + twin);
            assertTrue(cells.audit().residual(0) < 1e-12, f.toString());
        }
    }

    /** Nudges and weights at which the error form runs away. */
    @ParameterizedTest
    @ValueSource(doubles = {1.0, 10.0, 1000.0})
    void itRestsWhereTheErrorFormDoesNot(double beta) {
        Chain net = Chain.of(3, 1.5, StandardActivation.LINEAR);
        Phase phase = Phase.nudged(net.input, net.target, beta);
        Lockstep cells = net.cells("neuron", rule).open(phase).settle(100_000);
        Lockstep plain = net.cells("neuron", new PredictiveCoding()).open(phase).settle(300);
        for (int c = 0; c < B; c++) {
            double residual = cells.audit().residual(c);
            assertTrue(residual < 1e-10, "beta " + beta + ": " + residual);
            assertFalse(plain.audit().residual(c) < 1e-3, "the error form settles as well");
        }
    }

    /** The output held at its target is the limit of a large beta. */
    @Test
    void aClampedOutputRestsAtItsTarget() {
        Chain net = Chain.of(4, 0.5, StandardActivation.TANH);
        Phase clamped = Phase.clamped(net.input, net.target);
        for (PredictiveCoding one : new PredictiveCoding[] {rule, new PredictiveCoding()}) {
            Lockstep cells = net.cells("layer", one).open(clamped).settle(5000);
            Lockstep strong =
                    net.cells("layer", one)
                            .open(Phase.nudged(net.input, net.target, 1e9))
                            .settle(5000);
            assertArrayEquals(net.target.values(), cells.activity(3), 1e-13);
            assertArrayEquals(strong.error(1), cells.error(1), 1e-8);
            assertTrue(cells.audit().residual(1) < 1e-12);
            Lockstep weak =
                    net.cells("layer", one)
                            .open(Phase.nudged(net.input, net.target, 1.0))
                            .settle(5000);
            double off = Math.abs(weak.error(1)[0] - cells.error(1)[0]);
            assertTrue(off > 1e-3, "beta 1 is no clamp: " + off);
        }
    }

    @Test
    void whatItSaysAboutItself() {
        Network network = Chain.of(1, 1, StandardActivation.RELU).network;
        rule.validate(network);
        assertEquals(2, rule.traits().feedbackPlanes());
        assertEquals(1, rule.traits().activityPlanes());
        assertTrue(rule.traits().has(Trait.SENDS_CURVATURE));
        assertFalse(rule.dynamics().judge(rule).traits().has(Trait.SENDS_CURVATURE));
        assertEquals(PredictiveCoding.class, rule.dynamics().judge(rule).getClass());
        Phase phase = Phase.nudged(Matrix.zeros(3, 2), Matrix.zeros(2, 2), new double[] {-.1, 0});
        assertEquals(0.1, rule.dynamics().units().activity(phase, 0, 2));
        assertEquals(1.0, rule.dynamics().units().activity(phase, 1, 2));
        assertEquals(1e-12, rule.dynamics().units().roundOff(phase, 0), 1e-24);
        assertEquals(0.0, rule.dynamics().judge(rule).dynamics().units().roundOff(phase, 0));
    }
}
