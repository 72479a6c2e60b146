package org.relaxon.experiments.reproduction.published;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.relaxon.experiments.reference.Backprop;
import org.relaxon.experiments.reproduction.published.ExplicitState.Reads;
import org.relaxon.model.activation.StandardActivation;
import org.relaxon.model.loss.StandardLoss;
import org.relaxon.model.math.CounterRandom;
import org.relaxon.model.math.Matrix;
import org.relaxon.model.network.Initialisation;
import org.relaxon.model.network.Initialisation.Scheme;
import org.relaxon.model.network.Network;
import org.relaxon.testkit.Problem;

/** The published program against steps that are written out, in a network of unequal sizes. */
class PublishedProgramTest {
    private static final int DEPTH = 4;
    private static final int WIDTH = 5;
    private static final int INPUTS = 7;
    private static final int OUTPUTS = 3;
    private static final int EXAMPLES = 2;
    private static final double ETA = 0.2;

    private static ResidualNetwork shape(StandardActivation f) {
        return new ResidualNetwork(DEPTH, WIDTH, INPUTS, OUTPUTS, f);
    }

    private static Network network(StandardActivation f) {
        return shape(f).plan()
                .build(
                        f,
                        StandardActivation.LINEAR,
                        StandardLoss.SQUARED,
                        new Initialisation(Scheme.DEPTH_MUP, 1.0, 3));
    }

    private static Matrix drawn(int rows, int stream) {
        return Problem.normal(9, stream, rows, EXAMPLES);
    }

    private static ResidualProblem problem(StandardActivation f) {
        return new ResidualProblem(shape(f), network(f), drawn(INPUTS, 1), drawn(OUTPUTS, 2));
    }

    /** W_l of the network, found by name. */
    private static double[][] weights(Network network, int layer) {
        return network.projections().stream()
                .filter(e -> e.name().equals("W" + layer))
                .map(e -> network.parameters().weights(e.index()))
                .findFirst()
                .orElseThrow();
    }

    /** s_l as the publication states it. */
    private static double scale(int layer) {
        return layer == 1
                ? 1 / Math.sqrt(INPUTS)
                : layer < DEPTH ? 1 / Math.sqrt(WIDTH * DEPTH) : 1.0 / WIDTH;
    }

    /** p_l of one example, written out. */
    private static double[] prediction(Network network, int layer, double[] below) {
        double[][] w = weights(network, layer);
        double[] p = new double[w.length];
        for (int i = 0; i < p.length; i++) {
            for (int j = 0; j < below.length; j++) {
                double a = layer == 1 ? below[j] : Math.max(below[j], 0.0);
                p[i] += scale(layer) * w[i][j] * a;
            }
            p[i] += layer > 1 && layer < DEPTH ? below[i] : 0.0;
        }
        return p;
    }

    private static double[] column(double[] flat, int c) {
        double[] out = new double[flat.length / EXAMPLES];
        Arrays.setAll(out, i -> flat[i * EXAMPLES + c]);
        return out;
    }

    /** E of one example at given states and multipliers, rho = 1. */
    private static double energy(Network network, double[][] z, double[][] dual, double[] y) {
        double sum = 0.0;
        for (int l = 1; l < DEPTH; l++) {
            double[] p = prediction(network, l, z[l - 1]);
            for (int k = 0; k < p.length; k++) {
                double shifted = z[l][k] - p[k] + dual[l][k];
                sum += 0.5 * shifted * shifted;
            }
        }
        double[] p = prediction(network, DEPTH, z[DEPTH - 1]);
        for (int k = 0; k < p.length; k++) {
            sum += 0.5 * (p[k] - y[k]) * (p[k] - y[k]);
        }
        return sum;
    }

    private static double[][] columns(double[][] flat, int c) {
        double[][] out = new double[flat.length][];
        for (int l = 0; l < flat.length; l++) {
            out[l] = flat[l] == null ? null : column(flat[l], c);
        }
        return out;
    }

    /** A state away from the forward pass, with multipliers. */
    private static ExplicitState moved(ResidualProblem problem) {
        ExplicitState state = new ExplicitState(problem, ETA);
        for (int i = 1; i <= state.last(); i++) {
            double[] by = new double[WIDTH * EXAMPLES];
            int layer = i;
            Arrays.setAll(by, k -> CounterRandom.normal(4, layer, k));
            state.move(i, by);
        }
        state.ascendAll();
        return state;
    }

    @Test
    void theForwardPassAndItsGradientAreThoseOfTheNetworkOfCells() {
        Network network = network(StandardActivation.RELU);
        ResidualProblem problem = problem(StandardActivation.RELU);
        ExplicitState state = new ExplicitState(problem, ETA);
        double[] last = problem.prediction(DEPTH, state.states()[DEPTH - 1]);
        Matrix output = Backprop.of(network).output(network.parameters(), drawn(INPUTS, 1));
        assertArrayEquals(output.values(), last, 1e-13);
        for (int c = 0; c < EXAMPLES; c++) {
            double[] x = column(problem.input(), c);
            for (int l = 1; l <= DEPTH; l++) {
                x = prediction(network, l, x);
            }
            assertArrayEquals(column(last, c), x, 1e-13);
        }
    }

    /** Every step is -eta times the derivative of the energy, by central differences. */
    @Test
    void aStepFollowsTheDerivativeOfTheEnergy() {
        Network network = network(StandardActivation.RELU);
        ExplicitState state = moved(problem(StandardActivation.RELU));
        for (int i = 1; i < DEPTH; i++) {
            double[] found = state.gradient(i, state.fresh(i));
            for (int c = 0; c < EXAMPLES; c++) {
                double[][] z = columns(state.states(), c);
                double[][] dual = columns(state.duals(), c);
                double[] y = column(drawn(OUTPUTS, 2).values(), c);
                for (int k = 0; k < WIDTH; k++) {
                    double kept = z[i][k];
                    z[i][k] = kept + 1e-5;
                    double above = energy(network, z, dual, y);
                    z[i][k] = kept - 1e-5;
                    double below = energy(network, z, dual, y);
                    z[i][k] = kept;
                    assertEquals((above - below) / 2e-5, found[k * EXAMPLES + c], 1e-8);
                }
            }
        }
    }

    /** All layers move by the old states of the others, then all multipliers by the new ones. */
    @Test
    void aSynchronousSweepIsTheOneWrittenOut() {
        ResidualProblem problem = problem(StandardActivation.RELU);
        EventProgram program = new EventProgram(problem, ETA, PublishedSchedule.SYNCHRONOUS, 1);
        ExplicitState hand = new ExplicitState(problem, ETA);
        for (int sweep = 0; sweep < 3; sweep++) {
            program.sweep();
            double[][] by = new double[DEPTH][];
            for (int i = 1; i < DEPTH; i++) {
                by[i] = hand.gradient(i, hand.fresh(i));
            }
            for (int i = 1; i < DEPTH; i++) {
                hand.move(i, by[i]);
            }
            for (int i = 1; i < DEPTH; i++) {
                hand.ascend(i, hand.states()[i - 1]);
            }
        }
        assertSameState(hand, program.state());
        EventProgram other = new EventProgram(problem, ETA, PublishedSchedule.PERMUTATION, 1);
        other.sweep();
        other.sweep();
        other.sweep();
        assertFalse(Arrays.equals(hand.states()[1], other.state().states()[1]), "the twin");
    }

    private static void assertSameState(ExplicitState expected, ExplicitState found) {
        for (int i = 1; i < DEPTH; i++) {
            assertArrayEquals(expected.states()[i], found.states()[i]);
            assertArrayEquals(expected.duals()[i], found.duals()[i]);
        }
    }

    /** The twin: with an age of up to three events the bits differ. */
    @ParameterizedTest
    @CsvSource({"GLOBAL_STALE, COORDINATE", "LOCAL_STALE, LOCAL"})
    void readsWithoutAgeAreFresh(PublishedSchedule stale, PublishedSchedule fresh) {
        ResidualProblem problem = problem(StandardActivation.RELU);
        EventProgram none = new EventProgram(problem, ETA, stale, 5, 0);
        EventProgram some = new EventProgram(problem, ETA, stale, 5, 3);
        EventProgram expected = new EventProgram(problem, ETA, fresh, 5);
        for (int sweep = 0; sweep < 6; sweep++) {
            none.sweep();
            some.sweep();
            expected.sweep();
        }
        assertSameState(expected.state(), none.state());
        assertFalse(Arrays.equals(expected.state().states()[1], some.state().states()[1]));
    }

    /** Against a list of all versions that ever were, with the same draws of ages. */
    @ParameterizedTest
    @CsvSource({"GLOBAL_STALE, false", "LOCAL_STALE, true"})
    void staleReadsAreVersionsOfNeighboursAlone(PublishedSchedule schedule, boolean local) {
        ResidualProblem problem = problem(StandardActivation.RELU);
        int staleness = 4;
        EventProgram program = new EventProgram(problem, ETA, schedule, 8, staleness);
        ExplicitState hand = new ExplicitState(problem, ETA);
        List<double[][]> versions = new ArrayList<>();
        versions.add(hand.states());
        int[] order = {3, 1, 2, 3, 3, 2, 1, 1, 3, 2, 2, 1};
        for (int event = 0; event < order.length; event++) {
            int layer = order[event];
            program.event(layer);
            int age = (int) (CounterRandom.uniform(8, 2, event) * (staleness + 1));
            double[][] old = versions.get(Math.max(0, event - age));
            Reads now = hand.fresh(layer);
            double[] above = layer == DEPTH - 1 ? null : old[layer + 1];
            Reads seen = new Reads(old[layer - 1], above, now.own(), now.next());
            hand.move(layer, hand.gradient(layer, seen));
            if (local) {
                hand.ascend(layer, seen.below());
            }
            versions.add(hand.states());
        }
        assertSameState(hand, program.state());
    }

    @Test
    void aPermutationHasEveryLayerOnceASweep() {
        ResidualProblem problem = problem(StandardActivation.RELU);
        int repeated = 0;
        for (long seed = 0; seed < 5; seed++) {
            Set<Integer> once = new TreeSet<>();
            Set<Integer> some = new TreeSet<>();
            EventProgram shuffled =
                    new EventProgram(problem, ETA, PublishedSchedule.PERMUTATION, seed);
            EventProgram even = new EventProgram(problem, ETA, PublishedSchedule.COORDINATE, seed);
            for (int k = 0; k < DEPTH - 1; k++) {
                once.add(shuffled.next(k));
                some.add(even.next(k));
            }
            assertEquals(Set.of(1, 2, 3), once);
            repeated += some.size() < DEPTH - 1 ? 1 : 0;
        }
        assertTrue(repeated > 0, "draws with replacement repeat a layer");
    }

    /** Frequencies are those of exp(h N(0, 1)); even draws have none. */
    @Test
    void unequalRatesAreLognormal() {
        ResidualProblem problem = problem(StandardActivation.RELU);
        long seed = 6;
        double[] weight = new double[DEPTH];
        double sum = 0.0;
        for (int i = 1; i < DEPTH; i++) {
            weight[i] = Math.exp(1.5 * CounterRandom.normal(seed, 3, i - 1));
            sum += weight[i];
        }
        int events = 20_000;
        int[] counts = new int[DEPTH];
        EventProgram program = new EventProgram(problem, ETA, PublishedSchedule.RATES, seed);
        for (int k = 0; k < events; k++) {
            counts[program.next(k)]++;
        }
        boolean unequal = false;
        for (int i = 1; i < DEPTH; i++) {
            double p = weight[i] / sum;
            assertEquals(p * events, counts[i], 5 * Math.sqrt(events * p * (1 - p)));
            unequal |= Math.abs(p - 1.0 / (DEPTH - 1)) > 0.1;
        }
        assertTrue(unequal);
    }

    /** In a linear network the fixed point is backprop; without multipliers it is not. */
    @Test
    void theFixedPointOfALinearNetworkIsBackprop() {
        ResidualProblem problem = problem(StandardActivation.LINEAR);
        EventProgram program = new EventProgram(problem, ETA, PublishedSchedule.SYNCHRONOUS, 1);
        ExplicitState without = new ExplicitState(problem, ETA);
        for (int sweep = 0; sweep < 4000; sweep++) {
            program.sweep();
            for (int i = 1; i < DEPTH; i++) {
                without.move(i, without.gradient(i, without.fresh(i)));
            }
        }
        Alignment found = Alignment.of(program.state());
        assertEquals(1.0, found.cosine(), 1e-9);
        for (int l = 0; l < DEPTH; l++) {
            assertEquals(1.0, found.cosines()[l], 1e-9);
            assertEquals(1.0, found.norms()[l], 1e-6);
        }
        assertTrue(Alignment.of(without).norms()[0] < 0.9, "the twin");
    }

    @ParameterizedTest
    @EnumSource
    void aStaleReadIsOldWhereItsNameSays(StaleRead read) {
        Reads now = new Reads(new double[1], new double[1], new double[1], new double[1]);
        Reads old = new Reads(new double[1], new double[1], new double[1], new double[1]);
        Reads seen = read.of(now, old);
        boolean all = read == StaleRead.ALL;
        boolean both = all || read == StaleRead.STATES;
        assertSame(both || read == StaleRead.BELOW ? old.below() : now.below(), seen.below());
        assertSame(both || read == StaleRead.ABOVE ? old.above() : now.above(), seen.above());
        assertSame(all || read == StaleRead.OWN ? old.own() : now.own(), seen.own());
        assertSame(all || read == StaleRead.NEXT ? old.next() : now.next(), seen.next());
    }

    /** Against all versions: what is old is as old as a sweep, or the begin. */
    @ParameterizedTest
    @EnumSource
    void aStaleReadIsOneSweepOld(StaleRead read) {
        ResidualProblem problem = problem(StandardActivation.RELU);
        StaleReadProgram program = new StaleReadProgram(problem, ETA, read, 2);
        ExplicitState hand = new ExplicitState(problem, ETA);
        List<double[][]> states = new ArrayList<>();
        states.add(hand.states());
        List<double[][]> duals = new ArrayList<>();
        duals.add(hand.duals());
        for (int event = 0; event < 20; event++) {
            program.event();
            int layer = 1 + (int) (CounterRandom.uniform(2, 1, event) * (DEPTH - 1));
            int then = Math.max(0, event - (DEPTH - 1));
            Reads old = ExplicitState.reads(layer, states.get(then), duals.get(then));
            Reads seen = read.of(hand.fresh(layer), old);
            hand.move(layer, hand.gradient(layer, seen));
            hand.ascend(layer, seen.below());
            states.add(hand.states());
            duals.add(hand.duals());
        }
        assertSameState(hand, program.state());
    }

    @Test
    void layersAboveTheThresholdFireFromTheOutputDown() {
        ResidualProblem problem = problem(StandardActivation.RELU);
        TriggeredProgram all = new TriggeredProgram(problem, ETA, -1.0);
        ExplicitState hand = new ExplicitState(problem, ETA);
        for (int round = 0; round < 3; round++) {
            assertEquals(DEPTH - 1, all.round(round == 0));
            for (int i = DEPTH - 1; i > 0; i--) {
                hand.move(i, hand.gradient(i, hand.fresh(i)));
                hand.ascend(i, hand.states()[i - 1]);
            }
        }
        assertSameState(hand, all.state());
        Outcome never = new TriggeredProgram(problem, ETA, 1e9).run();
        assertEquals(1.0 / (DEPTH - 1), never.sweeps(), 1e-15);
        assertEquals(32.0, new TriggeredProgram(problem, ETA, -1.0).run().sweeps(), 1e-15);
    }

    /** At the forward pass only the last hidden layer has a gradient. */
    @Test
    void aThresholdOfZeroFollowsTheWave() {
        TriggeredProgram wave = new TriggeredProgram(problem(StandardActivation.RELU), ETA, 0.0);
        assertEquals(1, wave.round(false));
        assertEquals(2, wave.round(false));
        assertEquals(3, wave.round(false));
    }

    @Test
    void aFrontEndsAtTheFirstGap() {
        double[] reference = {0, 1, 2, 4, 8};
        assertEquals(4, EventProgram.front(new double[] {0, 1, 1, 1, 2}, reference));
        assertEquals(2, EventProgram.front(new double[] {0, 1, 0.4, 1, 2}, reference));
        assertEquals(0, EventProgram.front(new double[] {0, 1, 1, 1, 1.9}, reference));
        assertEquals(0, EventProgram.front(new double[] {0, 1, 1, 1, Double.NaN}, reference));
    }

    @Test
    void alignmentIsThatOfTheWholeAndOfEveryLayer() {
        double[][][] exact = {{{3, 4}}, {{0, 2}, {1, 0}}, {{1}}, {{1}}};
        double[][][] found = {{{6, 8}}, {{0, -2}, {-1, 0}}, {{0}}, {{1}}};
        Alignment a = Alignment.of(found, exact);
        assertArrayEquals(new double[] {1, -1, 0, 1}, a.cosines(), 1e-15);
        assertArrayEquals(new double[] {2, 1, 0, 1}, a.norms(), 1e-15);
        assertEquals((50 - 5 + 1) / Math.sqrt(106.0 * 32), a.cosine(), 1e-15);
        assertEquals(1.0, a.earlyCosine());
        assertEquals(2.0, a.earlyNorm());
    }

    /** Behind dead units both are 0: there is no ratio, and so no mean, of lengths. */
    @Test
    void alignmentWithoutAGradientHasNoLength() {
        double[][][] exact = {{{0, 0}}, {{0}}, {{1}}};
        double[][][] found = {{{0, 0}}, {{2}}, {{3}}};
        Alignment a = Alignment.of(found, exact);
        assertArrayEquals(new double[] {0, 0, 1}, a.cosines());
        assertArrayEquals(new double[] {Double.NaN, Double.POSITIVE_INFINITY, 3}, a.norms());
        assertTrue(Double.isNaN(a.earlyNorm()));
        assertEquals(0.0, a.earlyCosine());
    }

    @Test
    void everyRowAtThirtyTwoLayersIsPublished() {
        for (PublishedSchedule schedule : PublishedSchedule.values()) {
            assertNotNull(PublishedFigure.of(false, 32, schedule));
            assertNull(PublishedFigure.of(false, 8, schedule));
        }
        for (StaleRead read : StaleRead.values()) {
            assertNotNull(PublishedFigure.of(true, 32, read));
            assertNull(PublishedFigure.of(true, 16, read));
        }
        for (double threshold : new double[] {-1, 1e-5, 3e-5, 1e-4}) {
            assertNotNull(PublishedFigure.of(false, 32, threshold));
        }
        assertNull(PublishedFigure.of(false, 32, 1e-3));
        assertEquals(31, PublishedSchedule.GLOBAL_STALE.staleness(31));
        assertEquals(8, PublishedSchedule.LOCAL_QUARTER.staleness(31));
        assertEquals(62, PublishedSchedule.GLOBAL_OLDER.staleness(31));
    }
}
