package org.relaxon.model.cell;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.relaxon.model.activation.StandardActivation;
import org.relaxon.model.loss.StandardLoss;
import org.relaxon.model.math.Matrix;
import org.relaxon.model.network.Granularity;
import org.relaxon.model.network.Initialisation;
import org.relaxon.model.network.Network;
import org.relaxon.model.network.NetworkBuilder;
import org.relaxon.model.network.Parameters;
import org.relaxon.model.network.Projection.FeedbackWeights;
import org.relaxon.model.phase.Phase;
import org.relaxon.model.plasticity.LearningStep;
import org.relaxon.model.plasticity.Optimiser;
import org.relaxon.model.plasticity.UpdateGate;
import org.relaxon.model.rule.Hopfield;
import org.relaxon.model.rule.PredictiveCoding;
import org.relaxon.model.rule.Signalling;

/** Cells of 3-7-4-2 whose hidden and output layers have feedback weights of their own. */
class FeedbackLearningTest {
    private static final int[] SIZES = {3, 7, 4, 2};
    private static final int FREE = 7 + 4 + 2;
    private static final double[] COLUMNS = {1.0, 0.5};
    private static final double RATE = 0.2;

    private static Network network(FeedbackWeights own) {
        NetworkBuilder builder =
                new NetworkBuilder(StandardLoss.SQUARED)
                        .input("0", SIZES[0])
                        .hidden("1", SIZES[1], StandardActivation.TANH)
                        .hidden("2", SIZES[2], StandardActivation.TANH)
                        .output("3", SIZES[3], StandardActivation.LINEAR)
                        .project("1", "0", "1")
                        .project("2", "1", "2")
                        .project("3", "2", "3");
        if (own != null) {
            builder.feedback("2", own).feedback("3", own);
        }
        return builder.build(Initialisation.uniform(3));
    }

    private static Matrix normal(int rows, int stream) {
        return Lockstep.normal(rows, COLUMNS.length, stream);
    }

    private static Lockstep net(Network network, Granularity granularity) {
        return new Lockstep(network, granularity, new PredictiveCoding(), 0.0);
    }

    private static Lockstep settled(Lockstep net, int step) {
        return net.open(Phase.nudged(normal(3, 2 * step), normal(2, 2 * step + 1), 0.1))
                .settle(500);
    }

    private static void learn(Lockstep net, Optimiser optimiser, int t) {
        net.learn(COLUMNS, new LearningStep(optimiser, RATE, 0.5, t));
    }

    /** W - B of a projection, flat. */
    private static double[] gap(Parameters p, int projection) {
        double[][] w = p.weights(projection);
        double[][] b = p.feedback(projection);
        double[] out = new double[w.length * w[0].length];
        Arrays.setAll(
                out,
                k -> w[k / w[0].length][k % w[0].length] - b[k / w[0].length][k % w[0].length]);
        return out;
    }

    private static double[] flat(double[][] rows) {
        return Stream.of(rows).flatMapToDouble(Arrays::stream).toArray();
    }

    private static double[] times(double factor, double[] values) {
        return DoubleStream.of(values).map(v -> factor * v).toArray();
    }

    private static double distance(double[] a, double[] b) {
        double most = 0.0;
        for (int k = 0; k < a.length; k++) {
            most = Math.max(most, Math.abs(a[k] - b[k]));
        }
        return most;
    }

    /** Errors travel by B: delta_2 = f' (B_3^T e_3), and one of W_3 would be another. */
    @ParameterizedTest
    @ValueSource(strings = {"layer", "block:3", "neuron"})
    void feedbackIsWeighedByTheMatrixOfItsOwn(String granularity) {
        Network own = network(FeedbackWeights.random(8));
        Lockstep net = settled(net(own, Granularity.parse(granularity)), 1);
        assertTrue(net.audit().residual(0) <= 1e-12);
        double[] e = net.error(3);
        double[] expected = new double[SIZES[2] * 2];
        double[] transposed = new double[SIZES[2] * 2];
        for (int j = 0; j < SIZES[2]; j++) {
            for (int i = 0; i < SIZES[3]; i++) {
                for (int c = 0; c < 2; c++) {
                    expected[2 * j + c] += own.parameters().feedback(2)[i][j] * e[2 * i + c];
                    transposed[2 * j + c] += own.parameters().weights(2)[i][j] * e[2 * i + c];
                }
            }
        }
        assertTrue(distance(expected, net.error(2)) <= 1e-13);
        assertTrue(distance(transposed, net.error(2)) >= 1e-3, "as if by the transpose");
    }

    /** Products that follow what changes use the same matrix. */
    @Test
    void eventDrivenProductsUseItAsWell() {
        Network own = network(FeedbackWeights.random(8));
        Lockstep whole = settled(net(own, Granularity.LAYER), 1);
        Signalling byEvents = new Signalling(0.0, 0.0, Signalling.Drive.EVENT_DRIVEN);
        Lockstep events =
                settled(new Lockstep(own, Granularity.LAYER, new PredictiveCoding(), byEvents), 1);
        for (int p = 1; p <= 3; p++) {
            assertTrue(distance(whole.error(p), events.error(p)) <= 1e-13);
        }
    }

    /** (W - B)_t = (1 - kappa)^t (W - B)_0, whatever the local updates are. */
    @ParameterizedTest
    @ValueSource(doubles = {0.0, 0.01, 0.3, 1.0})
    void kolenPollackWeightsApproachThatOfTheDriveByTheLaw(double kappa) {
        for (String granularity : List.of("layer", "neuron")) {
            Network own = network(FeedbackWeights.kolenPollack(kappa, 8));
            Lockstep net = net(own, Granularity.parse(granularity));
            Parameters first = net.parameters();
            for (int t = 1; t <= 6; t++) {
                settled(net, t);
                learn(net, Optimiser.sgd(), t);
                Parameters now = net.parameters();
                for (int p = 1; p <= 2; p++) {
                    double[] due = times(Math.pow(1.0 - kappa, t), gap(first, p));
                    assertTrue(
                            distance(due, gap(now, p)) <= 1e-14, "kappa " + kappa + ", step " + t);
                }
            }
            double moved = distance(flat(first.weights(2)), flat(net.parameters().weights(2)));
            assertTrue(moved >= 1e-3, "nothing was learnt");
        }
    }

    /** Where B misses an update, or only one of the two decays, the law is broken. */
    @Test
    void theLawIsBrokenWhereOneOfTheTwoMissesAStep() {
        FeedbackWeights own = FeedbackWeights.kolenPollack(0.1, 8);
        double[] before = {0.4, -0.3, 0.2};
        double[] b = {-0.1, 0.5, 0.3};
        double[] gap = {0.5, -0.8, -0.1};
        double[] w = {0.41, -0.35, 0.2};
        double[] back = b.clone();
        double[] unchanged = b.clone();
        double[] plain = w.clone();
        own.complete(before, w, back, 1.0, FREE);
        for (int j = 0; j < w.length; j++) {
            assertEquals(0.9 * gap[j], w[j] - back[j], 1e-15);
        }
        own.complete(w.clone(), plain, unchanged, 1.0, FREE); // another state before the step
        double off = 0.0;
        for (int j = 0; j < w.length; j++) {
            off = Math.max(off, Math.abs(plain[j] - unchanged[j] - 0.9 * gap[j]));
        }
        assertTrue(off >= 1e-3, "off by " + off);
    }

    /** The change of an optimiser with memory is the same in both, so that the law stays. */
    @Test
    void bothReceiveTheChangeThatTheOptimiserMakes() {
        Optimiser[] all = {
            Optimiser.momentum(0.9), Optimiser.adam(), Optimiser.sgd().withWeightDecay(0.5)
        };
        for (Optimiser optimiser : all) {
            Lockstep net = net(network(FeedbackWeights.kolenPollack(0.2, 8)), Granularity.LAYER);
            Parameters first = net.parameters();
            for (int t = 1; t <= 3; t++) {
                settled(net, t);
                learn(net, optimiser, t);
            }
            double[] due = times(0.8 * 0.8 * 0.8, gap(first, 1));
            assertTrue(distance(due, gap(net.parameters(), 1)) <= 1e-14, optimiser.toString());
        }
    }

    /** A closed gate keeps W and B as they were; behind an open one both change as without it. */
    @ParameterizedTest
    @ValueSource(strings = {"layer", "block:3", "neuron"})
    void onlySynapsesWhoseGateOpensChange(String granularity) {
        UpdateGate gate = UpdateGate.independent(0.4, 3);
        Granularity cells = Granularity.parse(granularity);
        for (FeedbackWeights own :
                List.of(
                        FeedbackWeights.kolenPollack(0.25, 8),
                        FeedbackWeights.homeostasis(1.5, 8))) {
            Lockstep gated = settled(net(network(own), cells), 1);
            Lockstep all = settled(net(network(own), cells), 1);
            Parameters before = gated.parameters();
            learn(gated, Optimiser.sgd().withGate(gate), 7);
            learn(all, Optimiser.sgd(), 7);
            int[] met = new int[2];
            for (int p = 1; p <= 2; p++) {
                for (int i = 0; i < before.weights(p).length; i++) {
                    for (int k = 0; k < before.weights(p)[i].length; k++) {
                        boolean open = gate.opens(UpdateGate.weights(p, i), k, 7);
                        Parameters due = open ? all.parameters() : before;
                        met[open ? 1 : 0]++;
                        assertEquals(due.weights(p)[i][k], gated.parameters().weights(p)[i][k]);
                        assertEquals(due.feedback(p)[i][k], gated.parameters().feedback(p)[i][k]);
                        assertNotEquals(
                                before.feedback(p)[i][k], all.parameters().feedback(p)[i][k]);
                    }
                }
            }
            assertTrue(met[0] > 5 && met[1] > 5, Arrays.toString(met));
        }
    }

    /** Learning in place follows the same law. */
    @ParameterizedTest
    @MethodSource("ways")
    void everyWayOfLearningCompletesTheStep(Consumer<Lockstep> way) {
        Lockstep net =
                settled(net(network(FeedbackWeights.kolenPollack(0.25, 8)), Granularity.LAYER), 1);
        Parameters first = net.parameters();
        way.accept(net);
        Parameters now = net.parameters();
        for (int p = 1; p <= 2; p++) {
            assertTrue(distance(times(0.75, gap(first, p)), gap(now, p)) <= 1e-14);
        }
        assertTrue(distance(flat(first.weights(1)), flat(now.weights(1))) >= 1e-3);
    }

    static Stream<Consumer<Lockstep>> ways() {
        return Stream.of(
                net -> net.cells().forEach(c -> c.learning().learn(COLUMNS, RATE)),
                net -> learn(net, Optimiser.sgd(), 1));
    }

    /** Random feedback weights never change, and W changes as it would alone. */
    @Test
    void randomFeedbackWeightsStayAndWeightsFollowTheLocalUpdateAlone() {
        Lockstep net = settled(net(network(FeedbackWeights.random(8)), Granularity.LAYER), 1);
        Parameters before = net.parameters();
        Parameters gradient = net.update(COLUMNS);
        learn(net, Optimiser.sgd(), 1);
        Parameters after = net.parameters();
        for (int p = 1; p <= 2; p++) {
            assertArrayEquals(before.feedback(p), after.feedback(p));
            double[] due = flat(before.weights(p));
            double[] g = flat(gradient.weights(p));
            for (int k = 0; k < due.length; k++) {
                due[k] -= 0.5 * RATE * g[k];
            }
            assertTrue(distance(due, flat(after.weights(p))) <= 1e-15);
            assertTrue(DoubleStream.of(flat(gradient.feedback(p))).allMatch(v -> v == 0.0));
        }
    }

    /** L = |J - J^T|^2 / (2 n) of the whole matrix of activities, written out. */
    private static double asymmetry(Network network, Parameters p) {
        int[] first = {0, 0, SIZES[1], SIZES[1] + SIZES[2]};
        double[][] j = new double[FREE][FREE];
        for (int i = 0; i < FREE; i++) {
            j[i][i] = -1.0;
        }
        for (int projection = 1; projection <= 2; projection++) {
            int post = first[network.projection(projection).post()];
            int pre = first[network.projection(projection).pre()];
            for (int i = 0; i < p.weights(projection).length; i++) {
                for (int k = 0; k < p.weights(projection)[i].length; k++) {
                    j[post + i][pre + k] = p.weights(projection)[i][k];
                    j[pre + k][post + i] = p.feedback(projection)[i][k];
                }
            }
        }
        double sum = 0.0;
        for (int i = 0; i < FREE; i++) {
            for (int k = 0; k < FREE; k++) {
                sum += (j[i][k] - j[k][i]) * (j[i][k] - j[k][i]);
            }
        }
        return sum / (2.0 * FREE);
    }

    /** The change beyond the local update is -rate c grad L, by differences of L. */
    @Test
    void homeostasisDescendsTheAsymmetryOfTheJacobian() {
        double c = 1.5;
        Network own = network(FeedbackWeights.homeostasis(c, 8));
        for (String granularity : List.of("layer", "block:3", "neuron")) {
            Lockstep net = settled(net(own, Granularity.parse(granularity)), 1);
            Parameters before = net.parameters();
            Parameters gradient = net.update(COLUMNS);
            learn(net, Optimiser.sgd(), 1);
            Parameters after = net.parameters();
            for (int p = 1; p <= 2; p++) {
                for (int i = 0; i < before.weights(p).length; i++) {
                    for (int k = 0; k < before.weights(p)[i].length; k++) {
                        double w = slope(own, before, before.weights(p)[i], k);
                        double b = slope(own, before, before.feedback(p)[i], k);
                        double local = 0.5 * RATE * gradient.weights(p)[i][k];
                        double movedW = after.weights(p)[i][k] - before.weights(p)[i][k];
                        double movedB = after.feedback(p)[i][k] - before.feedback(p)[i][k];
                        assertEquals(-RATE * c * w - local, movedW, 1e-9);
                        assertEquals(-RATE * c * b, movedB, 1e-9);
                    }
                }
            }
            assertTrue(asymmetry(own, after) < asymmetry(own, before));
        }
    }

    /** A central difference of a quadratic function is exact but for rounding. */
    private static double slope(Network network, Parameters p, double[] row, int k) {
        double at = row[k];
        double h = 1e-3;
        row[k] = at + h;
        double above = asymmetry(network, p);
        row[k] = at - h;
        double below = asymmetry(network, p);
        row[k] = at;
        return (above - below) / (2.0 * h);
    }

    /** Without a local update W - B shrinks by 1 - 4 c rate / n and W + B stays. */
    @Test
    void homeostasisAloneShrinksTheGapAndKeepsTheSum() {
        double[] w = {0.4, -0.3, 0.2};
        double[] b = {-0.1, 0.5, 0.3};
        double[] before = w.clone();
        double[] back = b.clone();
        FeedbackWeights.homeostasis(2.0, 1).complete(before, w, back, 0.1, FREE);
        for (int j = 0; j < w.length; j++) {
            double share = 1.0 - 4.0 * 2.0 * 0.1 / FREE;
            assertEquals(share * (before[j] - b[j]), w[j] - back[j], 1e-15);
            assertEquals(before[j] + b[j], w[j] + back[j], 1e-15);
        }
    }

    /** Twins share both matrices, and a cell that was written down has them back. */
    @Test
    void twinsShareThemAndSavedCellsHaveThemBack() {
        Network own = network(FeedbackWeights.kolenPollack(0.25, 8));
        Lockstep net = settled(net(own, Granularity.LAYER), 1);
        List<Cell> twins = net.cells().stream().map(Cell::new).toList();
        learn(net, Optimiser.sgd(), 1);
        Parameters expected = net.parameters();
        Parameters shared = own.zeros();
        twins.forEach(c -> c.learning().save(shared));
        assertArrayEquals(expected.feedback(2), shared.feedback(2));

        Memento memento = new Memento();
        net.cells().forEach(c -> c.save(memento));
        Lockstep other = net(own, Granularity.LAYER);
        assertNotEquals(expected.feedback(2)[0][0], other.parameters().feedback(2)[0][0]);
        Phase phase = Phase.nudged(normal(3, 2), normal(2, 3), 0.1);
        other.cells().forEach(c -> c.load(memento, phase));
        memento.readEnd();
        assertArrayEquals(expected.feedback(2), other.parameters().feedback(2));
        assertArrayEquals(expected.feedback(1), other.parameters().feedback(1));
    }

    /** A Hopfield network rests at s = f(W s_below + B^T s_above). */
    @Test
    void hopfieldCellsRestWhereTheirVectorFieldVanishes() {
        Network own = network(FeedbackWeights.random(8));
        Hopfield rule = new Hopfield("ep");
        Lockstep net = new Lockstep(own, Granularity.NEURON, rule, 0.0);
        net.open(Phase.free(normal(3, 1))).settle(2000);
        Parameters p = own.parameters();
        double[] below = net.activity(1);
        double[] above = net.activity(3);
        for (int i = 0; i < SIZES[2]; i++) {
            for (int c = 0; c < 2; c++) {
                double a = p.biases(2)[i];
                for (int j = 0; j < SIZES[1]; j++) {
                    a += p.weights(1)[i][j] * below[2 * j + c];
                }
                for (int j = 0; j < SIZES[3]; j++) {
                    a += p.feedback(2)[j][i] * above[2 * j + c];
                }
                assertEquals(Math.tanh(a), net.activity(2)[2 * i + c], 1e-12);
            }
        }
    }

    /** Energies of such a network are not known: nothing is stated by the weights of the drive. */
    @Test
    void noEnergyIsStated() {
        Lockstep own = settled(net(network(FeedbackWeights.random(8)), Granularity.LAYER), 1);
        Lockstep plain = settled(net(network(null), Granularity.LAYER), 1);
        assertTrue(Double.isNaN(own.audit().state().energy(0)));
        assertTrue(plain.audit().state().energy(0) > 0.0);
    }
}
