package org.relaxon.model.rule;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.relaxon.model.activation.StandardActivation;
import org.relaxon.model.math.Elementary;
import org.relaxon.model.network.CellId;
import org.relaxon.model.network.Projection;

/**
 * With the curvature of {@link Moves#ALL_CELLS} single cells may relax in any order whatever: what
 * never rises is the sum of every neuron's bound, anchored where that neuron last relaxed, and it
 * never falls below the energy.
 */
class SurrogateTest {
    private static final double ROUNDING = 1e-12;
    private static final int STEPS = 1500;

    /** What a neuron's energy was bounded by when its cell last relaxed, by cell. */
    private record Anchor(double[][] x, double drive, double curvature) {}

    private interface Family {
        double term(StandardActivation f, double x, double a);

        double curvature(StandardActivation f, double x, double a);
    }

    private static final Family SQUARED =
            new Family() {
                @Override
                public double term(StandardActivation f, double x, double a) {
                    double d = x - f.value(a, Elementary.STRICT);
                    return 0.5 * d * d;
                }

                @Override
                public double curvature(StandardActivation f, double x, double a) {
                    return f.majorant(a, f.value(a, Elementary.STRICT), x, Elementary.STRICT);
                }
            };

    private static final Family FENCHEL_YOUNG =
            new Family() {
                @Override
                public double term(StandardActivation f, double x, double a) {
                    return FenchelYoungLoss.of(f, x, a);
                }

                @Override
                public double curvature(StandardActivation f, double x, double a) {
                    return f.steepest();
                }
            };

    @ParameterizedTest
    @EnumSource
    void theSumOfAllBoundsNeverRisesInAnyOrder(StandardActivation f) {
        double twin = 0.0;
        for (double gain : new double[] {0.7, 2.0}) {
            for (double beta : new double[] {0.1, 10.0}) {
                for (long seed = 1; seed <= 3; seed++) {
                    requireDescent(
                            f, new SafeguardedPredictiveCoding(Moves.ALL_CELLS), gain, beta, seed);
                    requireDescent(
                            f, new CoordinateFenchelYoung(Moves.ALL_CELLS), gain, beta, seed);
                    Rule alone = new SafeguardedPredictiveCoding(Moves.ONE_CELL);
                    twin = Math.max(twin, largestRise(f, alone, gain, beta, seed));
                }
            }
        }
        assertFalse(twin <= 0.1, f + ": the curvature of one cell would do, " + twin);
    }

    private static void requireDescent(
            StandardActivation f, Rule rule, double gain, double beta, long seed) {
        double rise = largestRise(f, rule, gain, beta, seed);
        String where = f + " " + rule.getClass().getSimpleName();
        assertTrue(rise <= ROUNDING, where + " " + gain + " " + beta + " " + seed + ": " + rise);
    }

    private static double largestRise(
            StandardActivation f, Rule rule, double gain, double beta, long seed) {
        Family family = rule instanceof PredictiveCoding ? SQUARED : FENCHEL_YOUNG;
        Descent net = new Descent(f, rule, "neuron", gain, beta, seed);
        Anchor[] anchors = new Anchor[net.count()];
        for (int k = 0; k < anchors.length; k++) {
            relax(net, k, family, anchors);
        }
        double before = bound(net, family, anchors);
        double worst = 0.0;
        for (int step = 0; step < STEPS; step++) {
            relax(net, net.random(), family, anchors);
            double now = bound(net, family, anchors);
            worst = Math.max(worst, (now - before) / (1 + Math.abs(before)));
            double energy = net.energy(0, (x, a) -> family.term(f, x, a));
            worst = Math.max(worst, (energy - now) / (1 + Math.abs(energy)));
            before = now;
        }
        return worst;
    }

    private static void relax(Descent net, int k, Family family, Anchor[] anchors) {
        net.relax(k);
        CellId id = net.cell(k).id();
        double[][] x = net.activity(0);
        double a = net.drive(x, id.population(), id.from());
        double own = x[id.population()][id.from()];
        anchors[k] = new Anchor(x, a, family.curvature(activation(net, id), own, a));
    }

    private static StandardActivation activation(Descent net, CellId id) {
        return (StandardActivation) net.network.population(id.population()).activation();
    }

    private static double bound(Descent net, Family family, Anchor[] anchors) {
        double[][] x = net.activity(0);
        double sum = 0.0;
        for (int k = 0; k < anchors.length; k++) {
            CellId id = net.cell(k).id();
            StandardActivation f = activation(net, id);
            double own = x[id.population()][id.from()];
            double mu = f.value(anchors[k].drive(), Elementary.STRICT);
            boolean squared = family == SQUARED;
            double slope = squared ? f.slope(anchors[k].drive(), mu, Elementary.STRICT) : 1.0;
            sum += family.term(f, own, anchors[k].drive());
            sum += slope * (mu - own) * change(net, id, x, anchors[k]);
            sum += spread(net, id, x, anchors[k]);
        }
        double[] out = x[x.length - 1];
        for (int i = 0; i < out.length; i++) {
            double d = out[i] - net.target.get(i, 0);
            sum += 0.5 * net.beta * d * d;
        }
        return sum;
    }

    /** By how much the drive has changed since. */
    private static double change(Descent net, CellId id, double[][] x, Anchor anchor) {
        double sum = 0.0;
        for (Projection e : net.network.into(id.population())) {
            double[] row = net.network.parameters().weights(e.index())[id.from()];
            for (int j = 0; j < row.length; j++) {
                sum += row[j] * (x[e.pre()][j] - anchor.x()[e.pre()][j]);
            }
        }
        return sum;
    }

    /** c / 2 times the separable bound of the square of that change. */
    private static double spread(Descent net, CellId id, double[][] x, Anchor anchor) {
        double total = 0.0;
        double squares = 0.0;
        for (Projection e : net.network.into(id.population())) {
            double[] row = net.network.parameters().weights(e.index())[id.from()];
            for (int j = 0; e.pre() > 0 && j < row.length; j++) {
                double moved = x[e.pre()][j] - anchor.x()[e.pre()][j];
                total += Math.abs(row[j]);
                squares += Math.abs(row[j]) * moved * moved;
            }
        }
        return squares == 0.0 ? 0.0 : 0.5 * anchor.curvature() * total * squares;
    }
}
