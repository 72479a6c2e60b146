package org.relaxon.experiments.reference;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.IntFunction;
import org.ejml.data.DMatrixRMaj;
import org.relaxon.experiments.reference.Amplification.Divergence;
import org.relaxon.model.activation.Activation;
import org.relaxon.model.energy.EnergyTerm;
import org.relaxon.model.network.Network;
import org.relaxon.model.network.Parameters;
import org.relaxon.model.network.Population;

/**
 * Judges whether a state that settled, a stationary point of its energy, is a minimum: from the
 * second derivatives over all free neurons, by independent arithmetic. Up to {@value #UNITS_MAX}
 * free neurons it decides, unless the smallest eigenvalue is within rounding.
 *
 * <p>At a kink of an activation the energy has one curvature per side. A Hopfield energy is judged
 * with the larger slope, which is the smaller curvature; a direction of descent counts if it leads
 * to that side. A squared distance whose error holds a unit on its kink, where the energy bends
 * upwards, is judged along the directions in which the unit's input stays; where it bends downwards
 * the energy falls to one side, and a state exactly on the kink is not decided. The slope of a
 * Fenchel-Young divergence does not jump; it is judged with the smaller curvature of both sides.
 *
 * <p>States are arrays by population, entry p of shape (n_p), the input's included.
 */
public final class StationaryPoint {
    /** Beyond this many free neurons no matrix is formed. */
    public static final int UNITS_MAX = 2000;

    private static final int COMPONENTS_SHOWN = 4;

    /** Largest dE/dx of a state known to a tolerance, as a share of the errors. */
    private static final double FORCE_MAX = 0.1;

    /** How strongly a neuron's dE/dx may depend on the distances of the cells around it. */
    private static final double FORCE_PER_RESIDUAL = 10.0;

    /** Errors of this share of the activities are rounding. */
    private static final double ROUNDING_OF_ERRORS = 1e-12;

    /** How often the rounding of one number enters an eigenvalue, relative to the norm. */
    private static final double ROUNDINGS = 64.0;

    /** How strongly second derivatives depend on the state, times their norm. */
    private static final double BY_STATE = 4.0;

    private final Network network;
    private final Parameters theta;
    private final double[][] state;
    private final double tolerance;

    /**
     * Prepares the tests of one state.
     *
     * @param network graph, activations and loss
     * @param theta weights and biases in the shapes of the network
     * @param state by population, the input's included
     * @param tolerance how far the state may be from the stationary point
     */
    public StationaryPoint(Network network, Parameters theta, double[][] state, double tolerance) {
        this.network = network;
        this.theta = theta;
        this.state = state;
        this.tolerance = tolerance;
    }

    /**
     * Tests the state as a point of a layered divergence plus beta times the loss.
     *
     * @param divergence between activity and prediction
     * @param precisions by population
     * @param beta nudging strength; infinity for an output that is held at its target
     * @param target shape (n_L); null for zeros
     * @return the result
     */
    public MinimumTest ofDivergence(
            Divergence divergence, double[] precisions, double beta, double[] target) {
        double[] goal = orZeros(target);
        double[] input = new Ends(network).inputs(state);
        LayeredEnergy energy =
                new LayeredEnergy(network, theta, divergence, precisions, beta, input, goal);
        double[][] v = Residuals.of(network, theta, state, divergence);
        if (v == null) {
            return MinimumTest.unknown(Residuals.missing(network, state));
        }
        LayeredEnergy.Point at = energy.at(v);
        UnitsOnKinks kinked = UnitsOnKinks.hold(energy, at, state, v, tolerance);
        if (!kinked.falls().isEmpty()) {
            return MinimumTest.unknown(kinked.falls());
        }
        if (!kinked.bearing() && isNearZeroError(energy, at, divergence)) {
            return MinimumTest.minimum();
        }
        if (energy.size() == 0) {
            return MinimumTest.minimum();
        }
        if (energy.size() > UNITS_MAX) {
            return tooLarge(energy.size());
        }
        boolean[] free = new boolean[state.length];
        int[] offsets = energy.offsets();
        for (int p = 0; p < free.length; p++) {
            free[p] = offsets[p] >= 0;
        }
        boolean squared = divergence == Divergence.SQUARED_DISTANCE;
        double norm = norm(energy, squared ? energy.at(v) : at); // without units held on kinks
        MinimumTest found = judge(energy.curvature(at, false), norm, free, null);
        boolean decided = found.outcome() == MinimumTest.Outcome.MINIMUM || !kinked.oneSided();
        return decided
                ? found
                : MinimumTest.unknown("units stand on a kink, flat to one side of it");
    }

    /**
     * {@return whether the state is stationary for a layered divergence plus beta times the loss}
     * It is not stationary if |dE/dx| is more than a tenth of the errors, in 1-norms, and more than
     * a slack. True without a test if units can be on kinks, or if all errors are rounding.
     *
     * @param divergence between activity and prediction
     * @param precisions by population
     * @param beta nudging strength; infinity for an output that is held at its target
     * @param target shape (n_L); null for zeros
     * @param residual largest distance of a cell from its own minimum that explains |dE/dx|; 0 for
     *     none
     */
    public boolean isStationary(
            Divergence divergence,
            double[] precisions,
            double beta,
            double[] target,
            double residual) {
        double[] input = new Ends(network).inputs(state);
        LayeredEnergy energy =
                new LayeredEnergy(
                        network, theta, divergence, precisions, beta, input, orZeros(target));
        double[][] v = Residuals.of(network, theta, state, divergence);
        if (v == null || !CrossedKinks.isSmooth(network)) {
            return true;
        }
        LayeredEnergy.Point at = energy.at(v);
        double errors = 0.0;
        double activities = 1.0;
        for (Population p : network.populations()) {
            for (int i = 0; p.role() != Population.Role.INPUT && i < p.size(); i++) {
                errors += precisions[p.index()] * Math.abs(at.v()[p.index()][i]);
                activities += Math.abs(at.x()[p.index()][i]);
            }
        }
        double force = 0.0;
        for (double g : energy.gradient(at, new double[1])) {
            force += Math.abs(g);
        }
        double slack = FORCE_PER_RESIDUAL * energy.size() * residual;
        return errors <= ROUNDING_OF_ERRORS * activities
                || force <= Math.max(FORCE_MAX * errors, slack);
    }

    private static double norm(LayeredEnergy energy, LayeredEnergy.Point at) {
        boolean small = energy.size() <= UNITS_MAX;
        return small ? new SmallestEigenvalue(energy.curvature(at, false)).norm() : 0.0;
    }

    /**
     * True if the errors are too small to undo the curvature that the energy has without them. With
     * x = B^-1 y, B = 1 - f' W, that curvature is P, and the errors add at most the sum over
     * populations of max |P e f''| |W x|^2, where |x_p| &lt;= 1 + sum |f' W| |x_pre|.
     */
    private boolean isNearZeroError(
            LayeredEnergy energy, LayeredEnergy.Point at, Divergence divergence) {
        if (divergence != Divergence.SQUARED_DISTANCE || !(energy.beta() >= 0.0)) {
            return false;
        }
        double[] reach = new double[state.length];
        double least = Double.POSITIVE_INFINITY;
        double added = 0.0;
        for (Population p : network.populations()) {
            int k = p.index();
            if (p.role() == Population.Role.INPUT) {
                continue;
            }
            double drive = 0.0;
            for (var e : network.into(k)) {
                drive += frobenius(theta.weights(e.index())) * reach[e.pre()];
            }
            double bent = 0.0;
            double steepest = 0.0;
            for (int i = 0; i < p.size(); i++) {
                PopulationDivergence part = at.parts()[k];
                double flat = part.xa()[i] * part.xa()[i] / part.xx()[i];
                bent = Math.max(bent, Math.abs(part.aa()[i] - flat));
                steepest = Math.max(steepest, Math.abs(part.xa()[i]) / part.xx()[i]);
            }
            added += bent * drive * drive;
            boolean heldOutput = p.role() == Population.Role.OUTPUT && energy.clamped();
            reach[k] = heldOutput ? 0.0 : 1.0 + steepest * drive;
            least = heldOutput ? least : Math.min(least, energy.precision()[k]);
        }
        return added < 0.5 * least;
    }

    private static double frobenius(double[][] w) {
        double sum = 0.0;
        for (double[] row : w) {
            sum += Amplification.square(row);
        }
        return Math.sqrt(sum);
    }

    /**
     * Tests the state as a point of a Hopfield energy, plus beta times the loss.
     *
     * @param gamma feedback gain, greater than 0
     * @param beta nudging strength; not read if the output is held
     * @param outputHeld true if the output does not move
     * @param target shape (n_L); null for zeros
     * @return the result
     */
    public MinimumTest ofHopfield(double gamma, double beta, boolean outputHeld, double[] target) {
        HopfieldCoupling coupling = new HopfieldCoupling(network, theta, gamma);
        boolean[] free = outputHeld ? coupling.hidden() : coupling.allFree();
        int n = coupling.offsets(free)[free.length];
        if (n == 0) {
            return MinimumTest.minimum();
        }
        if (n > UNITS_MAX) {
            return tooLarge(n);
        }
        int[] oneSided = new int[n];
        double[] slope = slopes(coupling, free, oneSided);
        DMatrixRMaj curvature = scaled(coupling, free, slope, beta, orZeros(target));
        double norm = new SmallestEigenvalue(curvature).norm();
        return judge(curvature, norm, free, oneSided);
    }

    /**
     * Tests the state as a point of a user's energy plus beta times the loss.
     *
     * @param terms the energy of one neuron of each population, by index
     * @param beta nudging strength
     * @param target shape (n_L); null for zeros
     * @return the result
     */
    public MinimumTest ofTerms(IntFunction<EnergyTerm> terms, double beta, double[] target) {
        TermEnergy energy = new TermEnergy(network, theta, terms, 0.0, beta, orZeros(target));
        if (energy.size() > UNITS_MAX) {
            return tooLarge(energy.size());
        }
        boolean[] free = new boolean[state.length];
        for (Population p : network.populations()) {
            free[p.index()] = p.role() != Population.Role.INPUT;
        }
        DMatrixRMaj curvature = energy.curvature(state);
        return judge(curvature, new SmallestEigenvalue(curvature).norm(), free, null);
    }

    /** f' by free neuron, the larger of both sides at a kink, and the side that it belongs to. */
    private double[] slopes(HopfieldCoupling coupling, boolean[] free, int[] oneSided) {
        int[] offset = coupling.offsets(free);
        double[] out = new double[oneSided.length];
        double[][] drive = HopfieldEquilibrium.of(network, theta, coupling.gamma()).drive(state);
        for (Population p : network.populations()) {
            for (int i = 0; free[p.index()] && i < p.size(); i++) {
                double h = drive[p.index()][i];
                Activation f = p.activation();
                int k = offset[p.index()] + i;
                double beside = UnitsOnKinks.isAtKink(f, h) ? UnitsOnKinks.AT_KINK : 0.0;
                double left = Elementwise.slope(f, h - beside);
                double right = Elementwise.slope(f, h + beside);
                oneSided[k] = (int) Math.signum(right - left);
                out[k] = Math.max(left, right);
            }
        }
        return out;
    }

    /** 1 - D^1/2 (W - beta L'') D^1/2, which has the signs of the energy's second derivatives. */
    private DMatrixRMaj scaled(
            HopfieldCoupling coupling,
            boolean[] free,
            double[] slope,
            double beta,
            double[] target) {
        double[][] ones = new double[state.length][];
        for (Population p : network.populations()) {
            ones[p.index()] = new double[p.size()];
            Arrays.fill(ones[p.index()], 1.0);
        }
        DMatrixRMaj a = coupling.oneMinusSlopeTimesWeights(ones, free);
        int n = slope.length;
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < i; j++) { // W forward is a(i, j), times its gain a(j, i)
                double product = a.get(i, j) * a.get(j, i);
                double root = Math.signum(a.get(i, j)) * Math.sqrt(product * slope[i] * slope[j]);
                a.set(i, j, root);
                a.set(j, i, root);
            }
        }
        for (Population output : network.outputs()) {
            if (free[output.index()] && beta != 0.0) {
                addLoss(a, output, coupling.offsets(free)[output.index()], slope, beta, target);
            }
        }
        return a;
    }

    private double[] orZeros(double[] target) {
        return target == null ? new double[network.outputSize()] : target;
    }

    private void addLoss(
            DMatrixRMaj a,
            Population output,
            int at,
            double[] slope,
            double beta,
            double[] target) {
        new Ends(network)
                .curvature(output, state, target)
                .forEach(
                        (i, j, left, right) -> {
                            double both =
                                    i == j && right == 1.0
                                            ? slope[at + i]
                                            : Math.sqrt(slope[at + i] * slope[at + j]);
                            a.add(at + i, at + j, beta * both * left * right);
                        });
    }

    /**
     * @param norm of the part that depends on the state, without the terms that hold units on kinks
     */
    private MinimumTest judge(DMatrixRMaj curvature, double norm, boolean[] free, int[] oneSided) {
        SmallestEigenvalue matrix = new SmallestEigenvalue(curvature);
        double rounding =
                matrix.norm() * ROUNDINGS * Math.ulp(1.0)
                        + norm * BY_STATE * Math.max(0.0, tolerance);
        if (matrix.isAbove(rounding)) {
            return MinimumTest.minimum();
        }
        boolean flat = matrix.isAbove(-rounding);
        double[] v = matrix.vector();
        if (v == null) {
            return MinimumTest.unknown("the second derivatives are not finite");
        }
        double quotient = matrix.quotient(v);
        if (flat || !(quotient < -rounding)) {
            return MinimumTest.flat(quotient, rounding);
        }
        if (oneSided != null && !isAllowed(v, oneSided)) {
            return new ConeTest(curvature, oneSided, rounding).judge(u -> direction(u, free));
        }
        return MinimumTest.saddle(quotient, rounding, direction(v, free));
    }

    /** True if all units on a kink move to their steep side along v or -v. */
    private static boolean isAllowed(double[] v, int[] oneSided) {
        boolean forth = true;
        boolean back = true;
        for (int k = 0; k < v.length; k++) {
            forth &= oneSided[k] * v[k] >= 0.0;
            back &= oneSided[k] * v[k] <= 0.0;
        }
        return forth || back;
    }

    private List<String> direction(double[] v, boolean[] free) {
        List<String> names = new ArrayList<>();
        for (Population p : network.populations()) {
            for (int i = 0; free[p.index()] && i < p.size(); i++) {
                names.add(p.name() + "[" + i + "]");
            }
        }
        List<Integer> order = new ArrayList<>();
        for (int k = 0; k < v.length; k++) {
            order.add(k);
        }
        order.sort(Comparator.comparingDouble(k -> -Math.abs(v[k])));
        return order.stream()
                .limit(COMPONENTS_SHOWN)
                .filter(k -> v[k] != 0.0)
                .map(k -> String.format(Locale.ROOT, "%s %+.3f", names.get(k), v[k]))
                .toList();
    }

    private static MinimumTest tooLarge(int n) {
        return MinimumTest.unknown("%d free neurons, more than %d".formatted(n, UNITS_MAX));
    }
}
