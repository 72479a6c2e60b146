package org.relaxon.experiments.reference;

import java.util.function.DoubleUnaryOperator;
import java.util.function.IntFunction;
import org.ejml.data.DMatrixRMaj;
import org.relaxon.experiments.effort.Effort;
import org.relaxon.model.activation.Activation;
import org.relaxon.model.energy.Drive;
import org.relaxon.model.energy.EnergyTerm;
import org.relaxon.model.network.Network;
import org.relaxon.model.network.Parameters;
import org.relaxon.model.network.Population;
import org.relaxon.model.network.Projection;

/**
 * E(x) = sum phi(x, a) + beta Loss of one example, with all activities but the input's unknown: its
 * value, its derivatives by activities and by parameters, and its stationary points by Newton's
 * method. It uses only the value and first derivatives of phi; second derivatives are differences
 * of these, so that they do not depend on the term's own statements.
 *
 * <p>Activities are arrays by population, entry p of shape (n_p), the input's included.
 *
 * @param terms phi of each population, by index
 * @param noise of derivatives that are themselves differences, absolute; 0 for stated ones
 * @param beta nudging strength; 0 for none
 * @param target shape (n_L); not read without a nudge
 */
record TermEnergy(
        Network network,
        Parameters theta,
        IntFunction<EnergyTerm> terms,
        double noise,
        double beta,
        double[] target) {
    private static final int STEPS_MAX = 200;
    private static final int HALVINGS_MAX = 40;

    /** The largest gradient at rest, relative to the sum of its terms. */
    private static final double AT_REST = 1e-12;

    /**
     * Step of second derivatives by differences, extrapolated: truncation and rounding about 1e-12.
     */
    private static final double STEP = 0x1p-11;

    /** The free neurons. */
    int size() {
        int n = 0;
        for (Population p : network.populations()) {
            n += p.role() == Population.Role.INPUT ? 0 : p.size();
        }
        return n;
    }

    /** Offset of each population among the free neurons; -1 for an input. */
    int[] offsets() {
        int[] out = new int[network.populations().size()];
        int n = 0;
        for (Population p : network.populations()) {
            boolean input = p.role() == Population.Role.INPUT;
            out[p.index()] = input ? -1 : n;
            n += input ? 0 : p.size();
        }
        return out;
    }

    private Drive[][] drives(double[][] x) {
        Backprop forward = Backprop.of(network);
        Drive[][] out = new Drive[x.length][];
        for (Population p : network.populations()) {
            if (p.role() == Population.Role.INPUT) {
                continue;
            }
            double[] a = forward.drive(theta, p, x);
            out[p.index()] = new Drive[a.length];
            for (int i = 0; i < a.length; i++) {
                out[p.index()][i] = drive(p.activation(), a[i]);
            }
        }
        return out;
    }

    private static Drive drive(Activation f, double a) {
        return new Drive(a, Elementwise.value(f, a), Elementwise.slope(f, a));
    }

    double value(double[][] x) {
        Drive[][] a = drives(x);
        Ends ends = new Ends(network);
        double sum = beta == 0.0 ? 0.0 : beta * ends.loss(ends.outputs(x), target);
        for (int p = 0; p < x.length; p++) {
            for (int i = 0; a[p] != null && i < a[p].length; i++) {
                sum += terms.apply(p).value(x[p][i], a[p][i]);
            }
        }
        return sum;
    }

    /** Derivatives by activities, of the free neurons. */
    double[] gradient(double[][] x) {
        return gradient(x, false);
    }

    private double[] gradient(double[][] x, boolean sizes) {
        Drive[][] a = drives(x);
        int[] offset = offsets();
        double[] out = new double[size()];
        for (Population p : network.populations()) {
            for (int i = 0; offset[p.index()] >= 0 && i < p.size(); i++) {
                double own = terms.apply(p.index()).byActivity(at(x, p, i), at(a, p, i));
                add(out, offset[p.index()] + i, own, sizes);
            }
        }
        for (Projection e : network.projections()) {
            double[][] w = theta.weights(e.index());
            for (int i = 0; i < w.length; i++) {
                double back = byDrive(e.post(), i, x, a);
                for (int j = 0; offset[e.pre()] >= 0 && j < w[i].length; j++) {
                    add(out, offset[e.pre()] + j, back * w[i][j], sizes);
                }
            }
        }
        for (Population p : network.outputs()) {
            if (beta == 0.0) {
                continue;
            }
            double[] aim = new Ends(network).part(p, target);
            double[] pull = new OutputLoss(network.loss()).gradient(x[p.index()], aim);
            for (int i = 0; i < pull.length; i++) {
                add(out, offset[p.index()] + i, beta * pull[i], sizes);
            }
        }
        return out;
    }

    private static void add(double[] into, int k, double value, boolean size) {
        into[k] += size ? Math.abs(value) : value;
    }

    private double byDrive(int p, int i, double[][] x, Drive[][] a) {
        return terms.apply(p).byDrive(x[p][i], a[p][i]);
    }

    private static double at(double[][] x, Population p, int i) {
        return x[p.index()][i];
    }

    private static Drive at(Drive[][] a, Population p, int i) {
        return a[p.index()][i];
    }

    /** Second derivatives of every neuron's phi, by population. */
    private record Second(double[][] xx, double[][] xa, double[][] aa) {}

    private Second second(double[][] x) {
        Drive[][] a = drives(x);
        Second out =
                new Second(new double[x.length][], new double[x.length][], new double[x.length][]);
        for (Population p : network.populations()) {
            int k = p.index();
            if (a[k] == null) {
                continue;
            }
            Activation f = p.activation();
            EnergyTerm term = terms.apply(k);
            out.xx[k] = new double[p.size()];
            out.xa[k] = new double[p.size()];
            out.aa[k] = new double[p.size()];
            for (int i = 0; i < p.size(); i++) {
                double own = x[k][i];
                Drive here = a[k][i];
                out.xx[k][i] = slope(t -> term.byActivity(t, here), own);
                out.xa[k][i] = slope(t -> term.byDrive(t, here), own);
                out.aa[k][i] = slope(t -> term.byDrive(own, drive(f, t)), here.value());
            }
        }
        return out;
    }

    /** Central differences at two steps, combined so that the term in h^2 cancels. */
    private static double slope(DoubleUnaryOperator of, double at) {
        double h = STEP * Math.max(1.0, Math.abs(at));
        double wide = (of.applyAsDouble(at + h) - of.applyAsDouble(at - h)) / (2.0 * h);
        double near = (of.applyAsDouble(at + h / 2) - of.applyAsDouble(at - h / 2)) / h;
        return (4.0 * near - wide) / 3.0;
    }

    /** Second derivatives of E by activities, over the free neurons. */
    DMatrixRMaj curvature(double[][] x) {
        int n = size();
        int[] offset = offsets();
        Effort.spend((long) n * n * network.populations().size());
        Second d = second(x);
        DMatrixRMaj h = new DMatrixRMaj(n, n);
        for (Population p : network.populations()) {
            for (int i = 0; offset[p.index()] >= 0 && i < p.size(); i++) {
                int k = offset[p.index()] + i;
                h.add(k, k, d.xx[p.index()][i]);
                double[] by = driveBy(p.index(), i, offset, n);
                for (int r = 0; r < n; r++) {
                    if (by[r] == 0.0) {
                        continue;
                    }
                    h.add(k, r, d.xa[p.index()][i] * by[r]);
                    h.add(r, k, d.xa[p.index()][i] * by[r]);
                    for (int c = 0; c < n; c++) {
                        h.add(r, c, d.aa[p.index()][i] * by[r] * by[c]);
                    }
                }
            }
        }
        for (Population p : network.outputs()) {
            if (beta != 0.0) {
                int own = offset[p.index()];
                new Ends(network)
                        .curvature(p, x, target)
                        .forEach(
                                (i, j, left, right) ->
                                        h.add(own + i, own + j, beta * left * right));
            }
        }
        return h;
    }

    /** da_i/dx over the free neurons. */
    private double[] driveBy(int population, int i, int[] offset, int n) {
        double[] out = new double[n];
        for (Projection e : network.into(population)) {
            double[] row = theta.weights(e.index())[i];
            for (int j = 0; offset[e.pre()] >= 0 && j < row.length; j++) {
                out[offset[e.pre()] + j] += row[j];
            }
        }
        return out;
    }

    /** Adds {@code share} times dE/dtheta at given activities. */
    void addByParameters(double[][] x, double share, Parameters out) {
        Drive[][] a = drives(x);
        for (Projection e : network.projections()) {
            double[][] w = out.weights(e.index());
            for (int i = 0; i < w.length; i++) {
                double back = share * byDrive(e.post(), i, x, a);
                for (int j = 0; j < w[i].length; j++) {
                    w[i][j] += back * x[e.pre()][j];
                }
            }
        }
        for (Population p : network.populations()) {
            for (int i = 0; a[p.index()] != null && i < p.size(); i++) {
                out.biases(p.index())[i] += share * byDrive(p.index(), i, x, a);
            }
        }
    }

    /**
     * Adds the change of dE/dtheta as activities move along {@code p}.
     *
     * @param p over the free neurons
     */
    void addChangeByParameters(double[][] x, double[] p, Parameters out) {
        Drive[][] a = drives(x);
        Second d = second(x);
        int[] offset = offsets();
        int n = size();
        for (Population post : network.populations()) {
            int k = post.index();
            for (int i = 0; offset[k] >= 0 && i < post.size(); i++) {
                double moved = dot(driveBy(k, i, offset, n), p);
                double change = d.xa[k][i] * p[offset[k] + i] + d.aa[k][i] * moved;
                out.biases(k)[i] += change;
                for (Projection e : network.into(k)) {
                    double[] row = out.weights(e.index())[i];
                    for (int j = 0; j < row.length; j++) {
                        double pre = offset[e.pre()] < 0 ? 0.0 : p[offset[e.pre()] + j];
                        row[j] += change * x[e.pre()][j] + byDrive(k, i, x, a) * pre;
                    }
                }
            }
        }
    }

    private static double dot(double[] u, double[] v) {
        double sum = 0.0;
        for (int i = 0; i < u.length; i++) {
            sum += u[i] * v[i];
        }
        return sum;
    }

    /**
     * The stationary point near given activities: Newton's method with halved steps while the
     * gradient shrinks (Nocedal and Wright 2006, section 11.2).
     *
     * @throws IllegalStateException if it is not found to round-off
     */
    double[][] stationary(double[][] start) {
        double[][] x = start;
        double[] g = gradient(x);
        for (int k = 0; k < STEPS_MAX && norm(g) > 0.0; k++) {
            long n = g.length;
            Effort.spend(n * n * n / 3);
            double[] step = new LinearSystem(curvature(x)).solve(g);
            double[][] next = lower(x, step, norm(g));
            if (next == null) {
                break;
            }
            x = next;
            g = gradient(x);
        }
        double size = norm(gradient(x, true));
        if (!(norm(g) <= AT_REST * size + noise)) {
            throw new IllegalStateException(
                    "no stationary point of the energy found: relative gradient %.3e"
                            .formatted(norm(g) / size));
        }
        return x;
    }

    private double[][] lower(double[][] x, double[] step, double before) {
        double share = 1.0;
        for (int k = 0; k < HALVINGS_MAX; k++, share /= 2.0) {
            double[][] there = moved(x, step, -share);
            if (norm(gradient(there)) < before) {
                return there;
            }
        }
        return null;
    }

    private double[][] moved(double[][] x, double[] step, double share) {
        int[] offset = offsets();
        double[][] out = x.clone();
        for (int p = 0; p < x.length; p++) {
            out[p] = x[p].clone();
            for (int i = 0; offset[p] >= 0 && i < x[p].length; i++) {
                out[p][i] += share * step[offset[p] + i];
            }
        }
        return out;
    }

    private static double norm(double[] v) {
        return Math.sqrt(Amplification.square(v));
    }
}
