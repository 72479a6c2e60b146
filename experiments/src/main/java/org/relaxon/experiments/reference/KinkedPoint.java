package org.relaxon.experiments.reference;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.factory.LinearSolverFactory_DDRM;
import org.ejml.interfaces.linsol.LinearSolverDense;
import org.relaxon.experiments.effort.Effort;
import org.relaxon.model.activation.Activation;
import org.relaxon.model.network.Network;
import org.relaxon.model.network.Population;

/**
 * A stationary point of a squared-distance energy at which units are on kinks of f, for one
 * example. The activities are those of an exact Newton iteration under the constraint that these
 * drives stay on their kinks, started from activities that a host reached. The feedback of these
 * units is left open: it must cancel {@link #imbalance}.
 */
final class KinkedPoint {
    /** A drive this close to a kink counts as on it. */
    private static final double ON_KINK = 1e-7;

    /**
     * Distance from a kink at which the slope of each side is read; f is nearly straight on both
     * sides.
     */
    private static final double BESIDE = 1e-9;

    private static final int STEPS_MAX = 30;

    /**
     * A unit on its kink, where f' jumps from left to right.
     *
     * @param row change of its drive with every free activity
     * @param moves false if no free activity changes its drive
     */
    record Unit(
            int population,
            int neuron,
            double kink,
            double left,
            double right,
            double[] row,
            boolean moves) {}

    private final LayeredEnergy energy;
    private final List<Unit> units = new ArrayList<>();
    private LayeredEnergy.Point at;
    private double[] gradient;
    private double scale;

    private KinkedPoint(LayeredEnergy energy) {
        this.energy = energy;
    }

    /**
     * The stationary point near the state that was reached.
     *
     * @param reached activities by population, the input's included
     * @param farthest largest distance in one neuron
     * @throws NotAnEquilibriumException if it is further away
     */
    static KinkedPoint near(LayeredEnergy energy, double[][] reached, double farthest) {
        KinkedPoint point = new KinkedPoint(energy);
        point.findUnits(reached);
        point.visit(energy.at(residuals(energy, reached)));
        point.polish();
        point.requireNear(reached, farthest);
        return point;
    }

    /** Number of units on kinks in activities that a host reached. */
    static int count(LayeredEnergy energy, double[][] reached) {
        KinkedPoint point = new KinkedPoint(energy);
        point.findUnits(reached);
        return point.units.size();
    }

    /** Units on kinks. */
    List<Unit> units() {
        return units;
    }

    /** The point; dD/da of units on kinks is the value set by {@link #feedBack}, 0 before. */
    LayeredEnergy.Point at() {
        return at;
    }

    /** dE/dx over all free activities without the feedback of units on kinks. */
    double[] imbalance() {
        return gradient;
    }

    /** Sum of the sizes of the terms of {@link #imbalance}. */
    double scale() {
        return scale;
    }

    /** P v of a unit, whose feedback is this times its slope. */
    double pull(Unit unit) {
        return energy.precision()[unit.population()] * at.v()[unit.population()][unit.neuron()];
    }

    /** Sets the slope of a unit. */
    void feedBack(Unit unit, double slope) {
        at.parts()[unit.population()].byDrive()[unit.neuron()] = -slope * pull(unit);
    }

    /** v = x - f(a) of activities. */
    static double[][] residuals(LayeredEnergy energy, double[][] x) {
        Network network = energy.network();
        double[][] v = new double[x.length][];
        for (Population p : network.populations()) {
            if (p.role() != Population.Role.INPUT) {
                double[] a = drive(energy, p, x);
                v[p.index()] = x[p.index()].clone();
                for (int i = 0; i < a.length; i++) {
                    v[p.index()][i] -= Elementwise.value(p.activation(), a[i]);
                }
            }
        }
        return v;
    }

    private static double[] drive(LayeredEnergy energy, Population p, double[][] x) {
        return Backprop.of(energy.network()).drive(energy.theta(), p, x);
    }

    private void findUnits(double[][] x) {
        int[] offset = energy.offsets();
        for (Population p : energy.network().populations()) {
            if (p.role() == Population.Role.INPUT || p.activation().smooth()) {
                continue;
            }
            double[] a = drive(energy, p, x);
            for (int i = 0; i < a.length; i++) {
                double kink = nearest(p.activation(), a[i]);
                if (Math.abs(a[i] - kink) <= ON_KINK) {
                    double[] row = energy.driveByFree(p.index(), i, offset);
                    boolean moves = false;
                    for (double w : row) {
                        moves |= w != 0.0;
                    }
                    double left = Elementwise.slope(p.activation(), kink - BESIDE);
                    double right = Elementwise.slope(p.activation(), kink + BESIDE);
                    units.add(new Unit(p.index(), i, kink, left, right, row, moves));
                }
            }
        }
    }

    /** The kink nearest to a drive; NaN if none is known. */
    private static double nearest(Activation f, double a) {
        int piece = f.piece(a);
        double below = f.kink(piece - 1);
        double above = f.kink(piece);
        return Math.abs(above - a) <= Math.abs(a - below) || Double.isNaN(below) ? above : below;
    }

    /**
     * Moves there, and removes the feedback that units on kinks would send with the slope of a
     * side.
     */
    private void visit(LayeredEnergy.Point point) {
        at = point;
        for (Unit unit : units) {
            PopulationDivergence part = at.parts()[unit.population()];
            part.byDrive()[unit.neuron()] = 0.0;
            part.xa()[unit.neuron()] = 0.0;
            part.aa()[unit.neuron()] = 0.0;
        }
        double[] sizes = new double[1];
        gradient = energy.gradient(at, sizes);
        scale = sizes[0];
    }

    /** Steps until rounding stops them. */
    private void polish() {
        double last = Double.POSITIVE_INFINITY;
        for (int k = 0; k < STEPS_MAX; k++) {
            double[] step = step();
            double size = 0.0;
            for (double d : step) {
                size = Math.max(size, Math.abs(d));
            }
            if (!(size < last / 2)) {
                return;
            }
            last = size;
            visit(energy.at(moved(step)));
        }
    }

    /** Newton's step on the drives of all units that move and on the balance of the rest. */
    private double[] step() {
        List<Unit> held = units.stream().filter(Unit::moves).toList();
        int n = gradient.length;
        int all = n + held.size();
        Effort.spend(10L * all * all * all);
        DMatrixRMaj kkt = new DMatrixRMaj(all, all);
        CommonOps_DDRM.insert(energy.curvature(at, false), kkt, 0, 0);
        DMatrixRMaj right = new DMatrixRMaj(all, 1);
        for (int i = 0; i < n; i++) {
            right.set(i, 0, -gradient[i]);
        }
        for (int h = 0; h < held.size(); h++) {
            Unit unit = held.get(h);
            Population p = energy.network().population(unit.population());
            right.set(n + h, 0, unit.kink() - drive(energy, p, at.x())[unit.neuron()]);
            for (int i = 0; i < n; i++) {
                kkt.set(n + h, i, unit.row()[i]);
                kkt.set(i, n + h, unit.row()[i]);
            }
        }
        // with more units than presynaptic neurons the multipliers are undetermined, but not the
        // step
        LinearSolverDense<DMatrixRMaj> solver =
                held.isEmpty()
                        ? LinearSolverFactory_DDRM.lu(n)
                        : LinearSolverFactory_DDRM.pseudoInverse(true);
        if (!solver.setA(kkt)) {
            throw new IllegalStateException("the state on kinks is degenerate");
        }
        DMatrixRMaj solution = new DMatrixRMaj(all, 1);
        solver.solve(right, solution);
        return Arrays.copyOf(solution.data, n);
    }

    private double[][] moved(double[] step) {
        int[] offset = energy.offsets();
        double[][] v = at.v().clone();
        for (Population p : energy.network().populations()) {
            int own = offset[p.index()];
            for (int i = 0; own >= 0 && i < p.size(); i++) {
                v[p.index()] = i == 0 ? v[p.index()].clone() : v[p.index()];
                double[] row = energy.driveByFree(p.index(), i, offset);
                double da = 0.0;
                for (int k = 0; k < row.length; k++) {
                    da += row[k] * step[k];
                }
                v[p.index()][i] += at.parts()[p.index()].residualStep(i, step[own + i], da);
            }
        }
        return v;
    }

    private void requireNear(double[][] reached, double farthest) {
        double distance = 0.0;
        for (Population p : energy.network().populations()) {
            for (int i = 0; energy.offsets()[p.index()] >= 0 && i < p.size(); i++) {
                double d = Math.abs(at.x()[p.index()][i] - reached[p.index()][i]);
                distance = Math.max(distance, d);
            }
        }
        if (!(distance <= farthest)) {
            throw new NotAnEquilibriumException(
                    "the stationary point on kinks is %.3e away from the state reached, more than %.0e"
                            .formatted(distance, farthest));
        }
    }
}
