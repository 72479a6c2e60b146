package org.relaxon.model.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.relaxon.model.activation.StandardActivation;
import org.relaxon.model.cell.Cell;
import org.relaxon.model.cell.Lockstep;
import org.relaxon.model.loss.Loss;
import org.relaxon.model.loss.StandardLoss;
import org.relaxon.model.network.Granularity;
import org.relaxon.model.network.Initialisation;
import org.relaxon.model.network.Network;
import org.relaxon.model.network.Parameters;
import org.relaxon.model.network.Projection;
import org.relaxon.model.phase.Phase;
import org.relaxon.model.rule.FenchelYoung;
import org.relaxon.model.rule.PredictiveCoding;
import org.relaxon.model.rule.Rule;

/** Cells rest where the energy that their rule claims to minimise is stationary. */
class EnergyTest {
    private static final double BETA = 0.1;
    private static final int COLUMNS = 2;

    /**
     * Step of a difference over four points, off by h^4 E^(5)/30 + eps E/h: about 1e-11 here, the
     * fifth derivative of the sigmoid's G being some 1e4.
     */
    private static final double H = 3e-4;

    private static final double GRADIENT_BAR = 1e-10;

    private record Case(String name, Network network, Energy energy, Rule rule) {
        Lockstep settled() {
            Phase phase =
                    Phase.nudged(
                            Worlds.normal(network.input().size(), COLUMNS, 1),
                            Worlds.target(network, COLUMNS, 2),
                            new double[] {BETA, -BETA});
            return new Lockstep(network, Granularity.LAYER, rule, 0.0).open(phase).settle(2000);
        }

        double beta(int column) {
            return column == 0 ? BETA : -BETA;
        }

        double[] target(int column) {
            double[] all = Worlds.target(network, COLUMNS, 2).values();
            return Worlds.column(all, COLUMNS, column);
        }

        double[][] state(Lockstep net, int column) {
            double[][] x = new double[network.populations().size()][];
            for (int p = 0; p < x.length; p++) {
                x[p] = Worlds.column(net.activity(p), COLUMNS, column);
            }
            return x;
        }

        @Override
        public String toString() {
            return name;
        }
    }

    private static Stream<Case> cases() {
        List<Case> out = new ArrayList<>();
        for (Loss loss : StandardLoss.values()) {
            for (StandardActivation f : StandardActivation.values()) {
                Network chain = Worlds.layered(f, loss, 4, 4, 6, 5, 3);
                Network graph = Worlds.graph(f, loss, 4);
                String name = f.optionName() + ", " + loss.optionName();
                Energy pc = Energy.PREDICTIVE_CODING;
                out.add(new Case("pc, chain, " + name, chain, pc, new PredictiveCoding()));
                out.add(new Case("pc, graph, " + name, graph, pc, new PredictiveCoding()));
                boolean conjugate =
                        f == StandardActivation.TANH
                                || f == StandardActivation.SIGMOID
                                || f == StandardActivation.LINEAR;
                if (conjugate) {
                    Energy fy = Energy.FENCHEL_YOUNG;
                    out.add(new Case("fy, chain, " + name, chain, fy, new FenchelYoung()));
                    out.add(new Case("fy, graph, " + name, graph, fy, new FenchelYoung()));
                }
            }
        }
        for (StandardActivation f : List.of(StandardActivation.TANH, StandardActivation.SIGMOID)) {
            Network bent =
                    Network.layered(
                            new int[] {4, 6, 3},
                            f,
                            f,
                            StandardLoss.SQUARED,
                            Initialisation.uniform(4));
            String name = "bent output, " + f.optionName();
            out.add(new Case("fy, " + name, bent, Energy.FENCHEL_YOUNG, new FenchelYoung()));
            out.add(
                    new Case(
                            "pc, " + name, bent, Energy.PREDICTIVE_CODING, new PredictiveCoding()));
        }
        return out.stream();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void atEquilibriumTheEnergyIsStationaryInEveryActivity(Case c) {
        Lockstep net = c.settled();
        for (int column = 0; column < COLUMNS; column++) {
            double[][] x = c.state(net, column);
            assertTrue(steepest(c, x, column) < GRADIENT_BAR, "slope " + steepest(c, x, column));
        }
    }

    /** The same look at the forward pass, where only the output would move, sees the nudge. */
    @ParameterizedTest
    @MethodSource("cases")
    void beforeTheNudgeArrivedItIsNot(Case c) {
        double[] x0 = Worlds.column(Worlds.normal(4, COLUMNS, 1).values(), COLUMNS, 0);
        double[][] forward = Energy.forward(c.network(), c.network().parameters(), x0);
        assertTrue(steepest(c, forward, 0) > 1e5 * GRADIENT_BAR);
    }

    private static double steepest(Case c, double[][] x, int column) {
        double steepest = 0.0;
        Parameters p = c.network().parameters();
        for (int q = 1; q < x.length; q++) {
            for (int i = 0; i < x[q].length; i++) {
                double slope = difference(c, p, x, column, x[q], i);
                steepest = Math.max(steepest, Math.abs(slope));
            }
        }
        return steepest;
    }

    /**
     * The local update is 1/beta times the partial derivative of the energy by each parameter with
     * the activities held (theory: the envelope theorem), exactly, at any beta.
     */
    @ParameterizedTest
    @MethodSource("cases")
    void theLocalUpdateIsTheDerivativeOfTheEnergyByTheParameter(Case c) {
        Lockstep net = c.settled();
        for (int column = 0; column < COLUMNS; column++) {
            double[] share = new double[COLUMNS];
            share[column] = 1.0;
            Parameters update = c.network().zeros();
            net.cells().forEach(cell -> cell.learning().update(share, update));
            double[][] x = c.state(net, column);
            Parameters p = c.network().parameters().copy();
            for (Projection e : c.network().projections()) {
                for (int i = 0; i < p.weights(e.index()).length; i++) {
                    double[] row = p.weights(e.index())[i];
                    for (int j = 0; j < row.length; j++) {
                        double expected = derivative(c, p, x, column, row, j);
                        assertEquals(expected, update.weights(e.index())[i][j], 1e-9);
                    }
                    double[] b = p.biases(e.post());
                    double expected = derivative(c, p, x, column, b, i);
                    assertEquals(expected, update.biases(e.post())[i], 1e-9);
                }
            }
        }
    }

    private static double derivative(
            Case c, Parameters p, double[][] x, int column, double[] values, int k) {
        return difference(c, p, x, column, values, k) / c.beta(column);
    }

    /** dE/dv for v = values[k], which is one of the activities or parameters. */
    private static double difference(
            Case c, Parameters p, double[][] x, int column, double[] values, int k) {
        double at = values[k];
        double sum = 0.0;
        for (int step : new int[] {-2, -1, 1, 2}) {
            values[k] = at + step * H;
            double e = c.energy().of(c.network(), p, x, c.target(column), c.beta(column));
            sum += (Math.abs(step) == 1 ? 8 : -1) * Integer.signum(step) * e;
        }
        values[k] = at;
        return sum / (12 * H);
    }

    /**
     * One hidden cell moves by d = mu + W^T e - x against fixed neighbours; a linear network's
     * energy changes by -|d|^2/2 + |W d|^2/2, so it falls as long as no weight matrix expands.
     * Upwards and downwards every cell hears its neighbours' current values.
     */
    @ParameterizedTest
    @CsvSource({"up, 1e-3", "down, 1e-3", "up, 0.1", "down, 0.1", "up, 1", "down, 1"})
    void aStepOfOneCellNeverRaisesTheEnergyWhereNoWeightMatrixExpands(String way, double beta) {
        for (int seed = 1; seed <= 10; seed++) {
            Network network = contracting(seed);
            Phase phase =
                    Phase.nudged(Worlds.normal(4, 1, seed), Worlds.normal(3, 1, seed + 50), beta);
            Lockstep net = new Lockstep(network, Granularity.LAYER, new PredictiveCoding(), 0.0);
            net.open(phase);
            List<Cell> order = new ArrayList<>(net.cells());
            for (Cell cell : order) { // from rest to a consistent state, upwards
                net.relax(cell);
                net.deliver();
            }
            if (way.equals("down")) {
                Collections.reverse(order);
            }
            double before = energy(network, net, phase, beta);
            double start = before;
            for (int sweep = 0; sweep < 30; sweep++) {
                for (Cell cell : order) {
                    net.relax(cell);
                    net.deliver();
                    double after = energy(network, net, phase, beta);
                    double rounding = 1e-15 * (1 + beta) * 20;
                    assertTrue(after <= before + rounding, "rose by " + (after - before));
                    before = after;
                }
            }
            assertTrue(before < start, "nothing happened");
        }
    }

    /**
     * Why the bound on W is there: with W = 3 the same step overshoots, before it settles or not.
     */
    @Test
    void anExpandingWeightMatrixCanMakeAStepRaiseTheEnergy() {
        Network drawn = Worlds.layered(StandardActivation.LINEAR, StandardLoss.SQUARED, 1, 1, 1, 1);
        Parameters p = drawn.zeros();
        p.weights(0)[0][0] = 1.0;
        p.weights(1)[0][0] = 3.0;
        Network network = drawn.with(p);
        Phase phase = Phase.nudged(Worlds.normal(1, 1, 1), Worlds.normal(1, 1, 2), 0.1);
        Lockstep net =
                new Lockstep(network, Granularity.LAYER, new PredictiveCoding(), 0.0).open(phase);
        for (Cell cell : net.cells()) {
            net.relax(cell);
            net.deliver();
        }
        double before = energy(network, net, phase, 0.1);
        net.relax(net.cells().get(0));
        assertTrue(energy(network, net, phase, 0.1) > before);
    }

    private static double energy(Network network, Lockstep net, Phase phase, double beta) {
        double[][] x = new double[network.populations().size()][];
        for (int q = 0; q < x.length; q++) {
            x[q] = net.activity(q);
        }
        double[] target = phase.target().values();
        return Energy.PREDICTIVE_CODING.of(network, network.parameters(), x, target, beta);
    }

    /** Linear, every weight matrix scaled to a Frobenius norm of 0.95, which bounds the 2-norm. */
    private static Network contracting(long seed) {
        Network drawn =
                Worlds.layered(StandardActivation.LINEAR, StandardLoss.SQUARED, seed, 4, 6, 5, 3);
        Parameters p = drawn.parameters().copy();
        for (int e = 0; e < 3; e++) {
            double squares = 0.0;
            for (double[] row : p.weights(e)) {
                for (double w : row) {
                    squares += w * w;
                }
            }
            for (double[] row : p.weights(e)) {
                for (int j = 0; j < row.length; j++) {
                    row[j] *= 0.95 / Math.sqrt(squares);
                }
            }
        }
        return drawn.with(p);
    }
}
