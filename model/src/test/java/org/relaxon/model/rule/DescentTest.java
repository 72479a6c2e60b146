package org.relaxon.model.rule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.relaxon.model.activation.Activation;
import org.relaxon.model.activation.StandardActivation;
import org.relaxon.model.loss.StandardLoss;
import org.relaxon.model.math.Elementary;
import org.relaxon.model.network.Initialisation;
import org.relaxon.model.network.Network;
import org.relaxon.model.state.CellState;

/** No relaxation of one cell raises the energy, summed up here from its definition. */
class DescentTest {
    private static final double[] BETAS = {0.1, 1.0, 10.0};
    private static final double[] GAINS = {0.7, 2.0};
    private static final String[] GRANULARITIES = {"neuron", "block:2", "layer"};

    /** What a relaxation may add by rounding, relative to the energy and 1. */
    private static final double ROUNDING = 1e-12;

    /** Odd ones have targets within reach, even ones far ones. */
    private static final int SEEDS = 2;

    private double before;
    private double worst;

    private static double f(StandardActivation f, double a) {
        return f.value(a, Elementary.STRICT);
    }

    private static Descent.Divergence squared(StandardActivation f) {
        return (x, a) -> 0.5 * (x - f(f, a)) * (x - f(f, a));
    }

    /** Relaxes random cells; returns the largest rise relative to energy and 1. */
    private double largestRise(Descent net, int steps, Descent.Divergence divergence) {
        worst = 0.0;
        for (int c = 0; c < Descent.B; c++) {
            int column = c;
            before = net.energy(column, divergence);
            for (int k = 0; k < steps; k++) {
                net.relaxInTurn(
                        net.random(),
                        () -> {
                            double now = net.energy(column, divergence);
                            worst = Math.max(worst, (now - before) / (1.0 + Math.abs(before)));
                            before = now;
                        });
            }
        }
        return worst;
    }

    @ParameterizedTest
    @EnumSource
    void predictiveCodingNeverClimbs(StandardActivation f) {
        double twin = 0.0;
        for (String granularity : GRANULARITIES) {
            for (double gain : GAINS) {
                for (double beta : BETAS) {
                    for (long seed = 1; seed <= SEEDS; seed++) {
                        Rule rule = new SafeguardedPredictiveCoding(Moves.ONE_CELL);
                        Descent net = new Descent(f, rule, granularity, gain, beta, seed);
                        double rise = largestRise(net, 150, squared(f));
                        String where = f + " " + granularity + " " + gain + " " + beta + " " + seed;
                        assertTrue(rise <= ROUNDING, where + ": rises by " + rise);
                        Rule newton = new GaussNewton();
                        Descent other = new Descent(f, newton, granularity, gain, beta, seed);
                        twin = Math.max(twin, largestRise(other, 100, squared(f)));
                    }
                }
            }
        }
        boolean bends = f != StandardActivation.LINEAR;
        assertEquals(bends, twin > 1e-4, f + ": Gauss-Newton rises by " + twin);
    }

    @ParameterizedTest
    @EnumSource
    void fenchelYoungNeverClimbs(StandardActivation f) {
        for (String granularity : GRANULARITIES) {
            for (double gain : GAINS) {
                for (double beta : BETAS) {
                    for (long seed = 1; seed <= SEEDS; seed++) {
                        Rule rule = new CoordinateFenchelYoung(Moves.ONE_CELL);
                        Descent net = new Descent(f, rule, granularity, gain, beta, seed);
                        double rise = largestRise(net, 150, (x, a) -> FenchelYoungLoss.of(f, x, a));
                        String where = f + " " + granularity + " " + gain + " " + beta + " " + seed;
                        assertTrue(rise <= ROUNDING, where + ": rises by " + rise);
                    }
                }
            }
        }
    }

    /** The energy that an audit states, by both dynamics of the Fenchel-Young divergences. */
    @ParameterizedTest
    @EnumSource
    void theAuditStatesTheEnergyOfFenchelYoungUnits(StandardActivation f) {
        for (double beta : new double[] {0.1, 1.0}) {
            Rule moved = new CoordinateFenchelYoung(Moves.ALL_CELLS);
            for (Rule rule : new Rule[] {moved, new FenchelYoung()}) {
                Descent net = new Descent(f, rule, "block:2", 0.5, beta, 3);
                for (int k = 0; k < 3000; k++) {
                    net.sweep();
                }
                assertTrue(residual(net) < 1e-9, f + ": no rest");
                for (int c = 0; c < Descent.B; c++) {
                    double nudge = net.nudge(c);
                    double sum = net.energy(c, (x, a) -> FenchelYoungLoss.of(f, x, a)) - nudge;
                    double stated = net.cells.audit().state().energy(c);
                    assertEquals(sum, stated, 1e-12, f + " " + rule.getClass().getSimpleName());
                    assertTrue(sum > 1e-3 && nudge > 1e-3, "nothing to compare");
                }
            }
        }
    }

    /** A neuron of predictive coding may also rest at a kink that it is drawn to. */
    @ParameterizedTest
    @EnumSource
    void itRestsAtTheAuditedEquilibrium(StandardActivation f) {
        int smooth = 0;
        int all = 0;
        for (double beta : BETAS) {
            for (long seed = 1; seed <= 3; seed++) {
                for (Moves moves : Moves.values()) {
                    Rule[] rules = {
                        new SafeguardedPredictiveCoding(moves), new CoordinateFenchelYoung(moves)
                    };
                    for (Rule rule : rules) {
                        Descent net = settled(f, rule, moves, beta, seed);
                        double defect = residual(net);
                        boolean kink = rule instanceof PredictiveCoding && fromKink(net, f) < 1e-6;
                        String where = f + " " + rule.getClass().getSimpleName() + " " + moves;
                        where += ", beta " + beta + ", seed " + seed + ": " + defect;
                        assertTrue(defect < 1e-9 || kink, where);
                        smooth += defect < 1e-9 ? 1 : 0;
                        all++;
                    }
                }
            }
        }
        assertTrue(smooth >= 0.8 * all, f + ": " + smooth + " of " + all + " away from kinks");
    }

    private static Descent settled(
            StandardActivation f, Rule rule, Moves moves, double beta, long seed) {
        Descent net = new Descent(f, rule, "neuron", 1.0, beta, seed);
        long before = -1;
        for (int round = 0; round < 10_000 && net.cells.signals() != before; round++) {
            before = net.cells.signals(); // once none is sent, no cell moves any more
            for (int k = 0; k < net.count(); k++) {
                if (moves == Moves.ONE_CELL) {
                    net.relaxInTurn(k, () -> {});
                } else {
                    net.relax(k);
                }
            }
        }
        return net;
    }

    private static double residual(Descent net) {
        double most = 0.0;
        for (int c = 0; c < Descent.B; c++) {
            most = Math.max(most, net.cells.audit().residual(c)); // hands NaN on
        }
        return most;
    }

    /** Least distance of the drive of any hidden neuron from a kink. */
    private static double fromKink(Descent net, StandardActivation f) {
        double least = f.smooth() ? Double.NaN : Double.POSITIVE_INFINITY;
        for (int c = 0; c < Descent.B; c++) {
            double[][] x = net.activity(c);
            for (int p = 1; p < x.length - 1; p++) {
                for (int i = 0; i < x[p].length; i++) {
                    double a = Math.abs(net.drive(x, p, i));
                    least = Math.min(least, f == StandardActivation.RELU ? a : Math.abs(a - 1));
                }
            }
        }
        return least;
    }

    @Test
    void anActivationWithoutMajorantIsRefusedByName() {
        Network network =
                Network.layered(
                        new int[] {2, 3, 1},
                        new Unknown(),
                        StandardActivation.LINEAR,
                        StandardLoss.SQUARED,
                        Initialisation.uniform(1));
        Rule rule = new SafeguardedPredictiveCoding(Moves.ONE_CELL);
        String said =
                assertThrows(IllegalArgumentException.class, () -> rule.validate(network))
                        .getMessage();
        assertEquals("pc-nudge safeguarded: activation unknown has no known majorant", said);
        new CoordinateFenchelYoung(Moves.ONE_CELL).validate(network);
    }

    /** The same steps with f'^2 for the curvature, which bounds nothing where f bends. */
    private static final class GaussNewton extends PredictiveCoding {
        private final SafeguardedPredictiveCoding steps =
                new SafeguardedPredictiveCoding(Moves.ONE_CELL);

        @Override
        public Traits traits() {
            return super.traits()
                    .without(Trait.HOLDS_ERRORS, Trait.READS_SLOPE)
                    .with(Trait.SENDS_CURVATURE, Trait.CURVATURE_OF_ONE_CELL);
        }

        @Override
        public Dynamics dynamics() {
            return Dynamics.fixedPoint(Units.OF_DIFFERENCES);
        }

        @Override
        protected void hiddenError(CellState s) {
            steps.hiddenError(s);
        }
    }

    private static final class Unknown implements Activation {
        @Override
        public String optionName() {
            return "unknown";
        }

        @Override
        public double value(double a, Elementary math) {
            return a;
        }

        @Override
        public double slope(double a, double value, Elementary math) {
            return 1.0;
        }

        @Override
        public double increment(double a, double value, double h, Elementary math) {
            return h;
        }

        @Override
        public double steepest() {
            return 1.0;
        }
    }
}
