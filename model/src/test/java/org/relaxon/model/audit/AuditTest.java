package org.relaxon.model.audit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.relaxon.model.activation.Activation;
import org.relaxon.model.activation.Rectifier;
import org.relaxon.model.activation.StandardActivation;
import org.relaxon.model.cell.Cell;
import org.relaxon.model.cell.ColumnFault;
import org.relaxon.model.cell.Link;
import org.relaxon.model.cell.Lockstep;
import org.relaxon.model.loss.StandardLoss;
import org.relaxon.model.math.Matrix;
import org.relaxon.model.network.Granularity;
import org.relaxon.model.network.Initialisation;
import org.relaxon.model.network.Network;
import org.relaxon.model.network.Parameters;
import org.relaxon.model.phase.Phase;
import org.relaxon.model.plasticity.LocalRule;
import org.relaxon.model.rule.FenchelYoung;
import org.relaxon.model.rule.PredictiveCoding;
import org.relaxon.model.rule.Rule;
import org.relaxon.model.rule.Trait;
import org.relaxon.model.rule.Traits;
import org.relaxon.model.settle.Reason;
import org.relaxon.model.settle.Resolution;
import org.relaxon.model.signal.Signal;
import org.relaxon.model.state.CellState;

class AuditTest {
    /** Round-off of a handful of sums of a dozen products of numbers of order one. */
    private static final double ROUND_OFF = 1e-13;

    /** A tolerance that a run would use. */
    private static final double TOLERANCE = 1e-8;

    private static final int COLUMNS = 4;

    /**
     * Linear network, squared loss: e_L = beta (1 + beta S)^-1 (T - o) with S = sum P P^T over the
     * paths P from each layer to the output, and e_l = P_l^T e_L.
     */
    @ParameterizedTest
    @CsvSource({
        "1e-9, layer",
        "1e-4, layer",
        "0.1, layer",
        "0.5, layer",
        "-0.2, layer",
        "1e-9, neuron",
        "0.1, neuron",
        "0.1, block:2",
        "-0.2, neuron",
        "1e-9, block:3"
    })
    void aLinearNetworkRestsWhereItsClosedFormSays(double beta, String granularity) {
        for (int seed = 1; seed <= 5; seed++) {
            Network network =
                    Worlds.layered(
                            StandardActivation.LINEAR, StandardLoss.SQUARED, seed, 4, 6, 5, 3);
            for (Rule rule : List.of(new PredictiveCoding(), new FenchelYoung())) {
                Phase phase = phase(network, beta, seed);
                Lockstep net =
                        new Lockstep(network, Granularity.parse(granularity), rule, 0.0)
                                .open(phase)
                                .settle(2000);
                for (int c = 0; c < COLUMNS; c++) {
                    double[][] expected = closedForm(network, phase, beta, c);
                    for (int l = 1; l <= 3; l++) {
                        double[] e = Worlds.column(net.error(l), COLUMNS, c);
                        double size = Math.max(norm(expected[l]), 1e-30);
                        assertArrayEquals(expected[l], e, 1e-12 * size, "seed " + seed);
                    }
                    assertTrue(net.audit().residual(c) < ROUND_OFF, "residual of column " + c);
                }
                assertEquals(List.of(), net.audit().unheard());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"neuron", "block:2", "layer"})
    void whateverTheOrderOfEventsTheEquilibriumIsTheSame(String granularity) {
        Network network =
                Worlds.layered(StandardActivation.TANH, StandardLoss.SQUARED, 3, 4, 6, 5, 3);
        Phase phase = phase(network, 0.1, 3);
        Granularity g = Granularity.parse(granularity);
        Rule rule = new PredictiveCoding();
        Lockstep inOrder = new Lockstep(network, g, rule, 1e-15).open(phase).settle(500);
        for (int seed = 1; seed <= 5; seed++) {
            Lockstep mixed = new Lockstep(network, g, rule, 1e-15).open(phase);
            mixed.scramble(seed, 20_000).settle(200);
            for (int p = 1; p <= 3; p++) {
                assertArrayEquals(inOrder.activity(p), mixed.activity(p), 1e-13);
                assertArrayEquals(inOrder.error(p), mixed.error(p), 1e-13);
            }
        }
    }

    /**
     * Its drive is not recomputed by an audit: what is left is one function of the same numbers.
     */
    @Test
    void aCellOnInputsAloneIsNotPredictedAgain() {
        int aboveIt = 2;
        int byTheSweep = 1; // where what was not sent moved the cells below
        assertEquals(aboveIt + byTheSweep, predictionsOfAnAudit(StandardActivation.TANH));
    }

    /** Which side of its kink a unit is on is a matter of where it was held. */
    @Test
    void aCellThatKinksMayHoldIsPredictedAgain() {
        assertEquals(2 * 3, predictionsOfAnAudit(StandardActivation.RELU), "of all cells");
    }

    /** In the audit and in its sweep. */
    private static int predictionsOfAnAudit(Activation activation) {
        int[] predictions = {0};
        Rule counting =
                new PredictiveCoding() {
                    @Override
                    public void predict(CellState state) {
                        predictions[0]++;
                        super.predict(state);
                    }
                };
        Network network = Worlds.layered(activation, StandardLoss.SQUARED, 7, 4, 6, 5, 3);
        Phase phase = phase(network, 1e-4, 7);
        Lockstep net = new Lockstep(network, Granularity.LAYER, counting, 1e-6);
        net.open(phase).settle(500);
        predictions[0] = 0;
        assertTrue(net.audit().residual(0) < 1e-4);
        return predictions[0];
    }

    /** Sums run in neuron order whoever owns the neurons, so not a bit depends on the cut. */
    @Test
    void neuronCellsAndLayerCellsAgreeInBitsRoundByRound() {
        Network network =
                Worlds.layered(StandardActivation.TANH, StandardLoss.SQUARED, 5, 4, 6, 5, 3);
        Phase phase = phase(network, 0.1, 5);
        Lockstep layers = new Lockstep(network, Granularity.LAYER, new PredictiveCoding(), 0.0);
        Lockstep neurons = new Lockstep(network, Granularity.NEURON, new PredictiveCoding(), 0.0);
        layers.open(phase);
        neurons.open(phase);
        for (int round = 0; round < 30; round++) {
            layers.settle(1);
            neurons.settle(1);
            for (int p = 1; p <= 3; p++) {
                assertArrayEquals(layers.activity(p), neurons.activity(p));
                assertArrayEquals(layers.error(p), neurons.error(p));
            }
        }
    }

    /** A column is one example under one beta: settling it among others changes nothing. */
    @Test
    void aColumnSettlesAsIfItWereAlone() {
        Network network =
                Worlds.layered(StandardActivation.TANH, StandardLoss.CROSS_ENTROPY, 5, 4, 6, 5, 3);
        Matrix input = Worlds.normal(4, 3, 1);
        Matrix target = Worlds.classes(3, 3);
        double[] betas = {0.1, -0.1, 0.0};
        Lockstep all = layers(network, new FenchelYoung());
        all.open(Phase.nudged(input, target, betas)).settle(500);
        for (int c = 0; c < 3; c++) {
            Lockstep one = layers(network, new FenchelYoung());
            Matrix x = Matrix.column(Worlds.column(input.values(), 3, c));
            Matrix t = Matrix.column(Worlds.column(target.values(), 3, c));
            one.open(Phase.nudged(x, t, betas[c])).settle(500);
            for (int p = 1; p <= 3; p++) {
                assertArrayEquals(one.activity(p), Worlds.column(all.activity(p), 3, c), 1e-15);
                assertArrayEquals(one.error(p), Worlds.column(all.error(p), 3, c), 1e-15);
            }
        }
    }

    @Test
    void aFreePhaseRestsAtTheForwardPassWithoutAnyError() {
        Network network = Worlds.graph(StandardActivation.TANH, StandardLoss.SQUARED, 1);
        Matrix input = Worlds.normal(4, COLUMNS, 1);
        Lockstep net = layers(network, new PredictiveCoding()).open(Phase.free(input)).settle(50);
        for (int c = 0; c < COLUMNS; c++) {
            double[] x0 = Worlds.column(input.values(), COLUMNS, c);
            double[][] forward = Energy.forward(network, network.parameters(), x0);
            for (int p = 1; p <= 3; p++) {
                assertArrayEquals(forward[p], Worlds.column(net.activity(p), COLUMNS, c), 1e-14);
                for (double e : net.error(p)) {
                    assertEquals(0.0, Math.abs(e));
                }
            }
            assertEquals(0.0, net.audit().residual(c), 1e-15);
        }
    }

    @Test
    void theGatheredStateIsWhatTheCellsHold() {
        Network network =
                Worlds.layered(StandardActivation.TANH, StandardLoss.SQUARED, 3, 4, 6, 5, 3);
        Phase phase = phase(network, 0.1, 3);
        Lockstep net = new Lockstep(network, Granularity.NEURON, new PredictiveCoding(), 0.0);
        AuditResult result = net.open(phase).settle(500).audit();
        assertSame(phase, result.state().phase());
        assertEquals(1, result.state().phaseId());
        assertEquals(phase.input(), result.state().activity(0));
        assertNull(result.state().error(0));
        for (int p = 1; p <= 3; p++) {
            assertEquals(COLUMNS, result.state().activity(p).columns());
            assertArrayEquals(net.activity(p), result.state().activity(p).values());
            assertArrayEquals(net.error(p), result.state().error(p).values());
        }
        assertEquals(14, result.defects().length);
        assertEquals(COLUMNS, result.defects()[0].length);
    }

    /** Auditing looks and touches nothing. */
    @Test
    void anAuditCanBeRepeatedAndTheRunGoesOnAsBefore() {
        Network network =
                Worlds.layered(StandardActivation.TANH, StandardLoss.SQUARED, 3, 4, 6, 5, 3);
        Phase phase = phase(network, 0.1, 3);
        Lockstep looked = layers(network, new PredictiveCoding()).open(phase);
        Lockstep left = layers(network, new PredictiveCoding()).open(phase);
        looked.audit();
        for (int round = 0; round < 30; round++) {
            looked.settle(1);
            left.settle(1);
            double first = looked.audit().residual(0);
            assertEquals(first, looked.audit().residual(0));
            assertArrayEquals(left.activity(1), looked.activity(1));
            assertEquals(left.signals(), looked.signals());
        }
    }

    /** Predictive coding that can be made to forget the error of one hidden layer. */
    private static final class Forgetful implements Rule {
        private final PredictiveCoding truth = new PredictiveCoding();
        private int forgotten = -1;

        @Override
        public String optionName() {
            return "forgetful";
        }

        @Override
        public void validate(Network network) {
            truth.validate(network);
        }

        @Override
        public Traits traits() {
            return Traits.of(Trait.READS_SLOPE);
        }

        @Override
        public void predict(CellState s) {
            truth.predict(s);
        }

        @Override
        public void correct(CellState s) {
            truth.correct(s);
            if (s.neurons() == forgotten) {
                for (int k = 0; k < s.error().length; k++) {
                    s.error()[k] = 0.0;
                    s.activity()[k] = s.prediction()[k];
                }
                truth.announce(s);
            }
        }

        @Override
        public void announce(CellState s) {
            truth.announce(s);
        }

        @Override
        public LocalRule localRule() {
            return truth.localRule();
        }
    }

    /**
     * At beta 1e-9 a lost error moves no activity by more than 1e-9, so that x - mu looks settled
     * at a tolerance of 1e-8; in units of beta it is a defect of order one.
     */
    @ParameterizedTest
    @ValueSource(ints = {6, 5})
    void anErrorForcedToZeroShowsEvenAtTheSmallestBeta(int layerSize) {
        Network network =
                Worlds.layered(StandardActivation.TANH, StandardLoss.SQUARED, 3, 4, 6, 5, 3);
        Forgetful rule = new Forgetful();
        rule.forgotten = layerSize;
        Lockstep net = layers(network, rule).open(phase(network, 1e-9, 3)).settle(100);
        rule.forgotten = -1; // the audit asks the true rule
        AuditResult result = net.audit();
        int cell = layerSize == 6 ? 0 : 1;
        Lockstep sound = layers(network, rule).open(phase(network, 1e-9, 3)).settle(100);
        for (int c = 0; c < COLUMNS; c++) {
            assertTrue(result.residual(c) > 1e6 * TOLERANCE, "residual " + result.residual(c));
            assertTrue(result.defects()[cell][c] > 1e6 * TOLERANCE);
            assertTrue(sound.audit().residual(c) < ROUND_OFF);
        }
        for (int p = 1; p <= 3; p++) { // what a look at the activities alone would see
            assertArrayEquals(sound.activity(p), net.activity(p), TOLERANCE);
        }
        assertEquals(List.of(), result.unheard()); // every word arrived: only the defect tells
    }

    /** Quiet is not settled: for every single link, losing it is seen, named, and repaired. */
    @ParameterizedTest
    @CsvSource({"layer, 1e-9", "layer, 0.1", "block:3, 1e-9", "block:3, 0.1"})
    void everyLinkWhoseWordsAreLostIsNamedAndRaisesTheResidual(String granularity, double beta) {
        Network network =
                Worlds.layered(StandardActivation.TANH, StandardLoss.SQUARED, 3, 4, 6, 5, 3);
        Phase phase = phase(network, beta, 3);
        Granularity g = Granularity.parse(granularity);
        Lockstep net = new Lockstep(network, g, new PredictiveCoding(), 0.0);
        for (Link lost : net.wiring().links()) {
            net.open(phase);
            net.lose(link -> link.equals(lost));
            net.settle(500);
            AuditResult result = net.audit();
            assertEquals(List.of(lost), result.unheard());
            int hurt = lost.to();
            for (int c = 0; c < COLUMNS; c++) {
                assertTrue(result.residual(c) > 1e4 * TOLERANCE, net.wiring().name(lost));
                assertTrue(result.defects()[hurt][c] > 1e4 * TOLERANCE, net.wiring().name(lost));
            }
            assertTrue(result.cellResidual(hurt) > 1e4 * TOLERANCE);

            net.lose(link -> false);
            net.reannounce(lost);
            net.deliver();
            net.settle(500);
            assertEquals(List.of(), net.audit().unheard());
            for (int c = 0; c < COLUMNS; c++) {
                assertTrue(net.audit().residual(c) < ROUND_OFF);
            }
        }
    }

    /** The last word alone, the rest of the conversation having arrived. */
    @Test
    void oneLastSignalThatNeverArrivesIsEnough() {
        Network network =
                Worlds.layered(StandardActivation.TANH, StandardLoss.SQUARED, 3, 4, 6, 5, 3);
        Phase phase = phase(network, 0.1, 3);
        Lockstep net = layers(network, new PredictiveCoding());
        for (Link lost : net.wiring().links()) {
            net.open(phase).settle(6); // well on its way, not there yet
            int talkative = net.cells().get(lost.from()).id().index();
            long heard = net.cells().get(lost.to()).lastSignals().receivedVersion(lost.slot());
            net.lose(link -> link.equals(lost));
            net.settle(1);
            net.lose(link -> false);
            long said = net.cells().get(talkative).lastSignals().sentVersion(lost);
            if (said > heard) { // it spoke in that round, and was not heard
                assertTrue(net.audit().unheard().contains(lost), net.wiring().name(lost));
            }
        }
    }

    @Test
    void oneDivergedColumnIsNamedWhileTheOthersAreJudgedAsEver() {
        Network network =
                Worlds.layered(StandardActivation.LINEAR, StandardLoss.SQUARED, 3, 4, 6, 5, 3);
        double[] x = Worlds.normal(4, COLUMNS, 3).values().clone();
        for (int i = 0; i < 4; i++) {
            x[i * COLUMNS + 2] = 1e200;
        }
        Phase clean = phase(network, 0.1, 3);
        Phase bad = Phase.nudged(Matrix.of(4, COLUMNS, x), clean.target(), 0.1);
        AuditResult result = layers(network, new PredictiveCoding()).open(bad).settle(500).audit();
        AuditResult other = layers(network, new PredictiveCoding()).open(clean).settle(500).audit();
        for (int c = 0; c < COLUMNS; c++) {
            ColumnFault fault = result.faults()[c];
            if (c == 2) {
                assertEquals(Reason.DIVERGED, fault.reason());
                assertEquals("1", fault.cell().name());
                assertTrue(!(result.residual(c) < TOLERANCE));
                for (int i = 0; i < 6; i++) { // out of play: nothing is left in it
                    assertEquals(0.0, result.state().error(1).get(i, c));
                    assertEquals(0.0, result.state().activity(1).get(i, c));
                }
            } else {
                assertNull(fault);
                assertTrue(result.residual(c) < ROUND_OFF);
                for (int p = 1; p <= 3; p++) {
                    assertArrayEquals(
                            Worlds.column(other.state().error(p).values(), COLUMNS, c),
                            Worlds.column(result.state().error(p).values(), COLUMNS, c));
                }
            }
        }
    }

    /** Two cells with a fault in one column: divergence is reported first, else the first cell. */
    @Test
    void ofSeveralFaultsOfAColumnTheWorstIsReported() {
        Network drawn =
                Worlds.layered(StandardActivation.RELU, StandardLoss.SQUARED, 1, 1, 1, 1, 1, 1);
        Lockstep net = layers(drawn, new PredictiveCoding());
        net.open(Phase.free(Matrix.zeros(1, 1)));
        Cell two = net.cells().get(1);
        Cell three = net.cells().get(2);
        chase(net, three, 100);
        assertEquals("3", net.audit().held()[0].cell().name());
        chase(net, two, 100);
        assertEquals(Reason.KINK, net.audit().held()[0].reason());
        assertEquals("2", net.audit().held()[0].cell().name());
        assertNull(net.audit().faults()[0]);
        three.receive(0, new Signal(1, 999, new double[] {Double.NaN}, 0, 1));
        net.relax(three);
        assertEquals(Reason.DIVERGED, net.audit().faults()[0].reason());
        assertEquals("3", net.audit().faults()[0].cell().name());
        net.cells().get(3).receive(0, new Signal(1, 999, new double[] {Double.NaN}, 0, 1));
        net.relax(net.cells().get(3));
        assertEquals("3", net.audit().faults()[0].cell().name());
    }

    private static void chase(Lockstep net, Cell cell, int times) {
        for (int k = 1; k <= times; k++) {
            cell.receive(0, new Signal(1, k, new double[] {k % 2 == 0 ? 9 : -9}, 0, 1));
            net.relax(cell);
        }
    }

    /**
     * A contrived ReLU chain 1-1-1-1 with drive a2 = 1/8 + e1. While neuron 2 is on, the target -4
     * makes its error about -4/3, which travels back as e1 and switches it off; off, it sends
     * nothing back, e1 becomes 0, and it is on again. Where it is not known at which drive f'
     * jumps, nothing between the two can be held.
     */
    @Test
    void chatterAtAnUnknownKinkIsReported() {
        AuditResult result = chattering(new Rectifier()).audit();
        assertEquals(Reason.KINK, result.held()[0].reason());
        assertEquals("2", result.held()[0].cell().name());
        assertTrue(result.residual(0) > 0.1);
        assertNull(result.held()[1]);
        assertTrue(result.residual(1) < ROUND_OFF);
    }

    @Test
    void atAKnownKinkTheChatterEnds() {
        AuditResult result = chattering(StandardActivation.RELU).audit();
        assertNull(result.held()[0]);
        assertTrue(result.residual(0) < ROUND_OFF, "residual " + result.residual(0));
        assertEquals(1, result.state().heldAtKink(0));
        assertEquals(0, result.state().heldAtKink(1));
        assertTrue(result.residual(1) < ROUND_OFF);
    }

    private static Lockstep chattering(Activation f) {
        Network drawn =
                Network.layered(
                        new int[] {1, 1, 1, 1},
                        f,
                        StandardActivation.LINEAR,
                        StandardLoss.SQUARED,
                        Initialisation.uniform(1));
        Parameters p = drawn.zeros();
        p.weights(0)[0][0] = 1.0; // x1 = 1 + e1
        p.weights(1)[0][0] = 1.0;
        p.biases(2)[0] = -0.875; // a2 = 1/8 + e1
        p.weights(2)[0][0] = 1.0;
        Lockstep net = layers(drawn.with(p), new PredictiveCoding());
        Matrix input = Matrix.of(1, 2, new double[] {1.0, 2.0});
        Matrix target = Matrix.of(1, 2, new double[] {-4.0, 2.0});
        return net.open(Phase.nudged(input, target, 0.5)).settle(2000);
    }

    @Test
    void aResidualIsTheWorstOfItsColumnOrCellAndHandsNotANumberOn() {
        double[][] defects = {{1, 5, 0}, {3, 2, Double.NaN}};
        AuditResult result =
                new AuditResult(
                        null,
                        defects,
                        new ColumnFault[3],
                        new ColumnFault[3],
                        Resolution.NOT_SWEPT,
                        null,
                        List.of());
        assertEquals(3, result.residual(0));
        assertEquals(5, result.residual(1));
        assertTrue(Double.isNaN(result.residual(2)));
        assertEquals(5, result.cellResidual(0));
        assertTrue(Double.isNaN(result.cellResidual(1)));
    }

    private static Lockstep layers(Network network, Rule rule) {
        return new Lockstep(network, Granularity.LAYER, rule, 0.0);
    }

    private static Phase phase(Network network, double beta, long seed) {
        return Phase.nudged(
                Worlds.normal(network.input().size(), COLUMNS, seed),
                Worlds.target(network, COLUMNS, seed + 100),
                beta);
    }

    /** e_l of one column, by Gaussian elimination on 1 + beta S. */
    private static double[][] closedForm(Network network, Phase phase, double beta, int c) {
        Parameters w = network.parameters();
        int depth = network.depth();
        double[] x0 = Worlds.column(phase.input().values(), COLUMNS, c);
        double[] o = Energy.forward(network, w, x0)[depth];
        double[] t = Worlds.column(phase.target().values(), COLUMNS, c);
        int n = o.length;
        double[][][] paths = new double[depth + 1][][];
        paths[depth] = new double[n][n];
        for (int i = 0; i < n; i++) {
            paths[depth][i][i] = 1.0;
        }
        double[][] m = new double[n][n + 1];
        for (int l = depth; l >= 1; l--) {
            if (l < depth) {
                paths[l] = product(paths[l + 1], w.weights(l));
            }
            for (int i = 0; i < n; i++) {
                for (int j = 0; j < n; j++) {
                    for (int k = 0; k < paths[l][0].length; k++) {
                        m[i][j] += beta * paths[l][i][k] * paths[l][j][k];
                    }
                }
            }
        }
        for (int i = 0; i < n; i++) {
            m[i][i] += 1.0;
            m[i][n] = beta * (t[i] - o[i]);
        }
        double[] top = solve(m);
        double[][] e = new double[depth + 1][];
        for (int l = 1; l <= depth; l++) {
            e[l] = new double[paths[l][0].length];
            for (int k = 0; k < e[l].length; k++) {
                for (int i = 0; i < n; i++) {
                    e[l][k] += paths[l][i][k] * top[i];
                }
            }
        }
        return e;
    }

    private static double[][] product(double[][] a, double[][] b) {
        double[][] out = new double[a.length][b[0].length];
        for (int i = 0; i < a.length; i++) {
            for (int j = 0; j < b[0].length; j++) {
                for (int k = 0; k < b.length; k++) {
                    out[i][j] += a[i][k] * b[k][j];
                }
            }
        }
        return out;
    }

    /** Solves the augmented system; 1 + beta S is well conditioned, so no pivoting. */
    private static double[] solve(double[][] m) {
        int n = m.length;
        for (int k = 0; k < n; k++) {
            for (int i = k + 1; i < n; i++) {
                double factor = m[i][k] / m[k][k];
                for (int j = k; j <= n; j++) {
                    m[i][j] -= factor * m[k][j];
                }
            }
        }
        double[] x = new double[n];
        for (int i = n - 1; i >= 0; i--) {
            double sum = m[i][n];
            for (int j = i + 1; j < n; j++) {
                sum -= m[i][j] * x[j];
            }
            x[i] = sum / m[i][i];
        }
        return x;
    }

    private static double norm(double[] v) {
        double sum = 0.0;
        for (double a : v) {
            sum += a * a;
        }
        return Math.sqrt(sum);
    }
}
