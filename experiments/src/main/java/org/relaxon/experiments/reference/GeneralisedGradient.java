package org.relaxon.experiments.reference;

import java.util.ArrayList;
import java.util.List;
import org.relaxon.experiments.effort.Effort;
import org.relaxon.model.math.Matrix;
import org.relaxon.model.network.Network;
import org.relaxon.model.network.Parameters;
import org.relaxon.model.network.Population;
import org.relaxon.model.network.Projection;

/**
 * The loss where units of the feedforward pass stand on a kink of f, as all do on a blank image
 * with zero biases. It has no gradient there. A set replaces it: backprop with any slope between
 * those of the two sides at each of these units. It contains the generalised gradient of Clarke
 * (1975, 1983) by his chain rule, and is a conservative gradient in the sense of Bolte and Pauwels
 * (2021).
 *
 * <p>{@link #nearest} finds the element of the set that is nearest to an estimate, one slope after
 * the other from the output down, each by least squares. Its distance therefore bounds that of the
 * estimate from the set. It uses the estimate, but no state of any cell.
 */
public final class GeneralisedGradient {
    /** The most units whose slopes are searched for; each costs two backward passes a sweep. */
    private static final int UNITS_MAX = 1000;

    private static final int SWEEPS_MAX = 20;

    /** A drive this close to a kink, in roundings of the terms that it sums, counts as on it. */
    private static final double ROUNDINGS = 4.0;

    private static final double BESIDE = 1e-9;

    private final Network network;
    private final Parameters theta;
    private final Backprop backprop;

    private GeneralisedGradient(Network network, Parameters theta) {
        this.network = network;
        this.theta = theta;
        backprop = Backprop.of(network);
    }

    /** A unit of one example on its kink, with the slopes of the two sides. */
    private record Unit(int example, int population, int neuron, double left, double right) {}

    /**
     * {@return the number of units whose drive is on a kink in the feedforward pass, over all
     * examples}
     *
     * @param network graph and activations
     * @param theta weights and biases in the shapes of the network
     * @param input shape (n_0, B)
     */
    public static int count(Network network, Parameters theta, Matrix input) {
        return new GeneralisedGradient(network, theta).units(input).size();
    }

    /**
     * {@return the number of units whose drive from below is on a kink in a free state of a network
     * with feedback, and which no feedback moves}
     *
     * @param network graph and activations
     * @param theta weights and biases in the shapes of the network
     * @param input shape (n_0, B)
     * @param free activities by population, of the first B columns of each
     */
    public static int count(Network network, Parameters theta, Matrix input, Matrix[] free) {
        GeneralisedGradient here = new GeneralisedGradient(network, theta);
        int count = 0;
        for (int c = 0; c < input.columns(); c++) {
            double[][] x = new double[free.length][];
            double[][] fedBack = new double[free.length][];
            for (Population p : network.populations()) {
                boolean clamped = p.role() == Population.Role.INPUT;
                x[p.index()] =
                        clamped
                                ? new Ends(network).part(p, input.columnValues(c))
                                : free[p.index()].columnValues(c);
                fedBack[p.index()] = new double[p.size()];
            }
            for (Projection e : network.projections()) {
                double[][] w = theta.weights(e.index());
                for (int i = 0; i < w.length; i++) {
                    for (int j = 0; j < w[i].length; j++) {
                        fedBack[e.pre()][j] += Math.abs(w[i][j] * x[e.post()][i]);
                    }
                }
            }
            for (Unit unit : here.units(c, x)) {
                count += fedBack[unit.population()][unit.neuron()] == 0.0 ? 1 : 0;
            }
        }
        return count;
    }

    /**
     * {@return the element nearest to an estimate; backprop's own if no unit is on a kink}
     *
     * @param network graph, activations and loss
     * @param theta weights and biases in the shapes of the network
     * @param input shape (n_0, B)
     * @param target shape (n_L, B)
     * @param estimate stated as dLoss/dtheta, summed over the batch
     * @throws IllegalStateException if more units are on a kink than are searched for
     */
    public static Parameters nearest(
            Network network, Parameters theta, Matrix input, Matrix target, Parameters estimate) {
        return new GeneralisedGradient(network, theta).search(input, target, estimate);
    }

    private Parameters search(Matrix input, Matrix target, Parameters estimate) {
        Parameters now = backprop.gradient(theta, input, target).gradient();
        List<Unit> units = units(input);
        if (units.size() > UNITS_MAX) {
            throw new IllegalStateException(
                    "%d units of the free state stand on a kink, where the loss has no gradient; the"
                                    .formatted(units.size())
                            + " nearest generalised one is looked for with up to "
                            + UNITS_MAX);
        }
        Backprop.Pass[] passes = new Backprop.Pass[input.columns()];
        for (int k = units.size() - 1; k >= 0; k--) { // from the output down
            int c = units.get(k).example();
            passes[c] =
                    passes[c] == null ? backprop.forward(theta, input.columnValues(c)) : passes[c];
        }
        boolean moved = !units.isEmpty();
        for (int sweep = 0; moved && sweep < SWEEPS_MAX; sweep++) {
            moved = false;
            for (int k = units.size() - 1; k >= 0; k--) {
                Unit unit = units.get(k);
                double[] top = target.columnValues(unit.example());
                moved |= improve(unit, passes[unit.example()], top, estimate, now);
            }
        }
        return now;
    }

    /** Sets one slope to its least squares; {@code now} is the gradient of the whole batch. */
    private boolean improve(
            Unit unit, Backprop.Pass pass, double[] target, Parameters estimate, Parameters now) {
        double[] slopes = pass.slope()[unit.population()];
        double before = slopes[unit.neuron()];
        Parameters was = one(pass, target);
        double[] own = flat(was);
        Effort.spend(6L * own.length);
        slopes[unit.neuron()] = unit.left();
        double[] left = flat(one(pass, target));
        slopes[unit.neuron()] = unit.right();
        double[] right = flat(one(pass, target));
        double[] wanted = flat(estimate);
        double[] whole = flat(now);
        double along = 0.0;
        double square = 0.0;
        for (int k = 0; k < own.length; k++) {
            double span = right[k] - left[k];
            along += span * (wanted[k] - (whole[k] - own[k] + left[k]));
            square += span * span;
        }
        double share = square > 0.0 ? Math.max(0.0, Math.min(1.0, along / square)) : 0.0;
        double after = square > 0.0 ? unit.left() + share * (unit.right() - unit.left()) : before;
        slopes[unit.neuron()] = after;
        Sums.add(network, was, -1.0, now);
        Sums.add(network, one(pass, target), 1.0, now);
        return Math.abs(after - before) > 1e-12;
    }

    /** The gradient of one example with the slopes of its pass. */
    private Parameters one(Backprop.Pass pass, double[] target) {
        Parameters out = network.zeros();
        double[] top = backprop.outputError(new Ends(network).outputs(pass.x()), target);
        backprop.addGradient(pass, backprop.backward(theta, pass, top), out);
        return out;
    }

    private double[] flat(Parameters p) {
        List<double[]> rows = new ArrayList<>();
        network.projections().forEach(e -> rows.addAll(List.of(p.weights(e.index()))));
        network.populations().forEach(q -> rows.add(p.biases(q.index())));
        double[] out = new double[rows.stream().mapToInt(r -> r.length).sum()];
        int at = 0;
        for (double[] row : rows) {
            System.arraycopy(row, 0, out, at, row.length);
            at += row.length;
        }
        return out;
    }

    /** In order of examples, then populations. */
    private List<Unit> units(Matrix input) {
        List<Unit> out = new ArrayList<>();
        boolean any = !CrossedKinks.isSmooth(network);
        for (int c = 0; any && c < input.columns(); c++) {
            out.addAll(units(c, backprop.forward(theta, input.columnValues(c)).x()));
        }
        return out;
    }

    private List<Unit> units(int example, double[][] x) {
        List<Unit> out = new ArrayList<>();
        for (Population p : network.populations()) {
            if (p.role() == Population.Role.INPUT || p.activation().smooth()) {
                continue;
            }
            double[] a = backprop.drive(theta, p, x);
            for (int i = 0; i < a.length; i++) {
                int piece = p.activation().piece(a[i]);
                double rounding = ROUNDINGS * Math.ulp(terms(p, i, x));
                for (double kink :
                        new double[] {p.activation().kink(piece - 1), p.activation().kink(piece)}) {
                    if (Math.abs(a[i] - kink) <= rounding) {
                        double left = Elementwise.slope(p.activation(), kink - BESIDE);
                        double right = Elementwise.slope(p.activation(), kink + BESIDE);
                        out.add(new Unit(example, p.index(), i, left, right));
                    }
                }
            }
        }
        return out;
    }

    /** Sum of the sizes of the terms of a drive. */
    private double terms(Population p, int neuron, double[][] x) {
        double sum = Math.abs(theta.biases(p.index())[neuron]);
        for (Projection e : network.into(p.index())) {
            double[] w = theta.weights(e.index())[neuron];
            for (int j = 0; j < w.length; j++) {
                sum += Math.abs(w[j] * x[e.pre()][j]);
            }
        }
        return sum;
    }
}
