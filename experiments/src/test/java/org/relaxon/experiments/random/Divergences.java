package org.relaxon.experiments.random;

import java.util.Arrays;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.relaxon.model.network.Network;
import org.relaxon.model.network.Parameters;

/**
 * The minimum of sum_l D_l + beta L for one example, with D squared distances of given precision or
 * Fenchel-Young divergences. The unknowns are the errors over beta, (x_l - f(a_l)) / beta, which
 * stay of the size of the gradient however small beta is. A squared distance may hold units on a
 * kink: their drive is given there, and the slope at which they send errors back is one more
 * unknown each.
 */
final class Divergences implements Equations {
    private final Chain chain;
    private final double beta;
    private final boolean young;
    private final boolean clamped;
    private final double[] precision;
    private final List<Held> held;

    /** What bends the energy upwards at a kink and holds a unit there. */
    private static final double STIFF = 1e8;

    /**
     * A unit on a kink.
     *
     * @param at its drive
     */
    record Held(int layer, int unit, double at) {}

    /**
     * @param beta nudging strength; 1 where the output is held
     * @param precision by layer, from 1; null for 1
     */
    Divergences(Chain chain, double beta, boolean young, boolean clamped, double[] precision) {
        this(chain, beta, young, clamped, precision, List.of());
    }

    /**
     * @param held units on kinks, of squared distances alone; their slopes are the last unknowns
     */
    Divergences(
            Chain chain,
            double beta,
            boolean young,
            boolean clamped,
            double[] precision,
            List<Held> held) {
        this.chain = chain;
        this.beta = beta;
        this.young = young;
        this.clamped = clamped;
        this.precision = precision;
        this.held = held;
    }

    /** The same equations with units on kinks. */
    Divergences with(List<Held> units) {
        return new Divergences(chain, beta, young, clamped, precision, List.copyOf(units));
    }

    /** A start without slopes, with slopes halfway between those of both sides. */
    double[] start(double[] errors) {
        double[] out = Arrays.copyOf(errors, unknowns());
        for (int k = 0; k < held.size(); k++) {
            Held h = held.get(k);
            Curve f = chain.f[h.layer()];
            out[chain.unknowns + k] =
                    0.5 * (f.slope(Math.nextDown(h.at())) + f.slope(Math.nextUp(h.at())));
        }
        return out;
    }

    /** Where the unknowns of each layer end, and those of the slopes. */
    int[] ends() {
        int[] layers = chain.ends();
        if (held.isEmpty()) {
            return layers;
        }
        int[] out = Arrays.copyOf(layers, layers.length + 1);
        out[layers.length] = unknowns();
        return out;
    }

    private int unknowns() {
        return chain.unknowns + held.size();
    }

    /** The unknown that is the slope of a unit; -1 if the unit is on no kink. */
    private int slopeOf(int l, int i) {
        for (int k = 0; k < held.size(); k++) {
            if (held.get(k).layer() == l && held.get(k).unit() == i) {
                return chain.unknowns + k;
            }
        }
        return -1;
    }

    /** The slope at which a unit sends its error back. */
    private double slope(At at, int l, int i) {
        int k = slopeOf(l, i);
        return k < 0 ? chain.f[l].slope(at.a[l][i]) : at.z[k];
    }

    /** True if the slope of unit k of those held is between those of both sides of its kink. */
    boolean isBetweenSides(double[] z, int k) {
        Held h = held.get(k);
        double left = chain.f[h.layer()].slope(Math.nextDown(h.at()));
        double right = chain.f[h.layer()].slope(Math.nextUp(h.at()));
        double own = z[chain.unknowns + k];
        return own >= Math.min(left, right) && own <= Math.max(left, right);
    }

    /** Activities of a solution by layer. */
    double[][] activities(double[] z) {
        return new At(z).x;
    }

    /** Everything that follows from the unknowns. */
    private final class At {
        final double[][] x = new double[chain.depth + 1][];
        final double[][] a = new double[chain.depth + 1][];
        final double[][] u = new double[chain.depth + 1][];
        final double[][] sent = new double[chain.depth + 1][];
        final double[] z;

        At(double[] z) {
            this.z = z;
            x[0] = chain.input;
            for (int l = 1; l <= chain.depth; l++) {
                a[l] = chain.drive(l, x[l - 1]);
                x[l] = new double[a[l].length];
                sent[l] = new double[a[l].length];
                for (int i = 0; i < x[l].length; i++) {
                    double e = z[chain.offset[l] + i];
                    int k = slopeOf(l, i);
                    double on = k < 0 ? a[l][i] : held.get(k - chain.unknowns).at();
                    x[l][i] = chain.f[l].value(on) + beta * e;
                    sent[l][i] = young ? e : p(l) * slope(this, l, i) * e;
                }
            }
            int top = chain.depth;
            if (clamped) {
                x[top] = chain.target.clone();
            }
            for (int l = top; l >= 1; l--) {
                u[l] = l == top ? chain.pull(x[l]) : chain.back(l + 1, sent[l + 1]);
            }
        }
    }

    private double p(int l) {
        return precision == null ? 1.0 : precision[l];
    }

    @Override
    public double[] residual(double[] z) {
        At at = new At(z);
        double[] r = z.clone();
        for (int l = 1; l <= chain.depth; l++) {
            for (int i = 0; i < chain.size[l]; i++) {
                r[chain.offset[l] + i] -= due(at, l, i);
            }
        }
        for (int k = 0; k < held.size(); k++) {
            Held h = held.get(k);
            r[chain.unknowns + k] = at.a[h.layer()][h.unit()] - h.at();
        }
        return r;
    }

    private double due(At at, int l, int i) {
        double a = at.a[l][i];
        if (clamped && l == chain.depth) {
            return chain.target[i] - chain.f[l].value(a);
        }
        double u = at.u[l][i];
        return young ? chain.f[l].meanSlope(a, beta * u) * u : u / p(l);
    }

    @Override
    public DMatrixRMaj jacobian(double[] z) {
        At at = new At(z);
        int n = unknowns();
        DMatrixRMaj[] byX = new DMatrixRMaj[chain.depth + 1];
        DMatrixRMaj[] byA = new DMatrixRMaj[chain.depth + 1];
        byX[0] = new DMatrixRMaj(chain.size[0], n);
        for (int l = 1; l <= chain.depth; l++) {
            byA[l] = new DMatrixRMaj(chain.size[l], n);
            CommonOps_DDRM.mult(chain.matrix(l), byX[l - 1], byA[l]);
            byX[l] = Chain.scaled(moving(at, l), byA[l]);
            for (int i = 0; i < chain.size[l]; i++) {
                byX[l].add(i, chain.offset[l] + i, beta);
            }
        }
        if (clamped) {
            byX[chain.depth].zero();
        }
        DMatrixRMaj out = CommonOps_DDRM.identity(n);
        DMatrixRMaj bySent = null;
        for (int l = chain.depth; l >= 1; l--) {
            DMatrixRMaj byU = new DMatrixRMaj(chain.size[l], n);
            if (l == chain.depth) {
                CommonOps_DDRM.mult(-1, chain.lossCurvature(at.x[l]), byX[l], byU);
            } else {
                CommonOps_DDRM.multTransA(chain.matrix(l + 1), bySent, byU);
            }
            bySent = bySent(at, l, byA[l]);
            Chain.addAt(out, chain.offset[l], 0, -1, byDue(at, l, byA[l], byU));
        }
        for (int k = 0; k < held.size(); k++) {
            Held h = held.get(k);
            int row = chain.unknowns + k;
            for (int j = 0; j < n; j++) {
                out.set(row, j, byA[h.layer()].get(h.unit(), j));
            }
        }
        return out;
    }

    /** Slopes by which predictions move; those of units on kinks stay. */
    private double[] moving(At at, int l) {
        double[] out = chain.slopes(l, at.a[l]);
        for (Held h : held) {
            if (h.layer() == l) {
                out[h.unit()] = 0.0;
            }
        }
        return out;
    }

    private DMatrixRMaj bySent(At at, int l, DMatrixRMaj byA) {
        double[] factor = new double[chain.size[l]];
        DMatrixRMaj out = new DMatrixRMaj(byA.numRows, byA.numCols);
        for (int i = 0; i < factor.length; i++) {
            double a = at.a[l][i];
            double e = at.z[chain.offset[l] + i];
            factor[i] = young ? 0.0 : p(l) * chain.f[l].bend(a) * e;
            out.set(i, chain.offset[l] + i, young ? 1.0 : p(l) * slope(at, l, i));
            if (slopeOf(l, i) >= 0) {
                out.set(i, slopeOf(l, i), p(l) * e);
            }
        }
        Chain.addAt(out, 0, 0, 1, Chain.scaled(factor, byA));
        return out;
    }

    private DMatrixRMaj byDue(At at, int l, DMatrixRMaj byA, DMatrixRMaj byU) {
        int size = chain.size[l];
        double[] onA = new double[size];
        double[] onU = new double[size];
        for (int i = 0; i < size; i++) {
            double a = at.a[l][i];
            double u = at.u[l][i];
            if (clamped && l == chain.depth) {
                onA[i] = -chain.f[l].slope(a);
            } else if (young) {
                onA[i] = chain.f[l].bend(a + 0.5 * beta * u) * u;
                onU[i] = chain.f[l].slope(a + beta * u);
            } else {
                onU[i] = 1 / p(l);
            }
        }
        DMatrixRMaj out = Chain.scaled(onA, byA);
        Chain.addAt(out, 0, 0, 1, Chain.scaled(onU, byU));
        return out;
    }

    /** Adds a share of -dI/dtheta over beta at a solution, stated as dLoss/dtheta. */
    void addGradient(Network network, double[] z, double share, Parameters into) {
        At at = new At(z);
        for (int l = 1; l <= chain.depth; l++) {
            for (int i = 0; i < chain.size[l]; i++) {
                into.biases(l)[i] -= share * at.sent[l][i];
                for (int j = 0; j < chain.size[l - 1]; j++) {
                    into.weights(l - 1)[i][j] -= share * at.sent[l][i] * at.x[l - 1][j];
                }
            }
        }
    }

    /** See {@link Solutions#cancelled}. */
    double[] cancelled(double[] z) {
        At at = new At(z);
        double[] out = new double[chain.depth];
        for (int l = 1; l <= chain.depth; l++) {
            double most = 0;
            double size = 0;
            for (int i = 0; i < chain.size[l]; i++) {
                double feels = young ? 1 : p(l) * slope(at, l, i);
                most = Math.max(most, Math.abs(at.x[l][i] * feels) * 0x1p-53);
                size = Math.max(size, Math.abs(beta * at.sent[l][i]));
            }
            out[l - 1] = most == 0 ? 0 : most / size;
        }
        return out;
    }

    /** Second derivatives of the energy over the free activities. */
    DMatrixRMaj hessian(double[] z) {
        At at = new At(z);
        int layers = clamped ? chain.depth - 1 : chain.depth;
        int n = clamped ? chain.offset[chain.depth] : chain.unknowns;
        DMatrixRMaj out = new DMatrixRMaj(n, n);
        for (int l = 1; l <= chain.depth; l++) {
            double[] own = new double[chain.size[l]];
            double[] cross = new double[chain.size[l]];
            double[] below = new double[chain.size[l]];
            for (int i = 0; i < own.length; i++) {
                double slope = chain.f[l].slope(at.a[l][i]);
                double e = beta * z[chain.offset[l] + i];
                double h = at.a[l][i] + beta * at.u[l][i];
                own[i] = young ? 1 / Math.max(chain.f[l].slope(h), 1e-12) : p(l);
                cross[i] = young ? -1 : -p(l) * slope;
                below[i] = young ? slope : p(l) * (slope * slope - chain.f[l].bend(at.a[l][i]) * e);
                if (slopeOf(l, i) >= 0) {
                    cross[i] = 0.0;
                    below[i] = STIFF;
                }
            }
            if (l <= layers) {
                for (int i = 0; i < own.length; i++) {
                    out.add(chain.offset[l] + i, chain.offset[l] + i, own[i]);
                }
            }
            if (l > 1) {
                DMatrixRMaj wl = chain.matrix(l);
                DMatrixRMaj square = new DMatrixRMaj(chain.size[l - 1], chain.size[l - 1]);
                CommonOps_DDRM.multTransA(wl, Chain.scaled(below, wl), square);
                Chain.addAt(out, chain.offset[l - 1], chain.offset[l - 1], 1, square);
                if (l <= layers) {
                    DMatrixRMaj off = Chain.scaled(cross, wl);
                    Chain.addAt(out, chain.offset[l], chain.offset[l - 1], 1, off);
                    CommonOps_DDRM.transpose(off);
                    Chain.addAt(out, chain.offset[l - 1], chain.offset[l], 1, off);
                }
            }
        }
        if (!clamped) {
            int top = chain.depth;
            Chain.addAt(
                    out,
                    chain.offset[top],
                    chain.offset[top],
                    beta,
                    chain.lossCurvature(at.x[top]));
        }
        return out;
    }

    /** Errors over beta of a state that a network reports. */
    double[] start(double[][] errors) {
        double[] z = new double[chain.unknowns];
        for (int l = 1; l <= chain.depth; l++) {
            for (int i = 0; i < chain.size[l]; i++) {
                z[chain.offset[l] + i] = errors[l][i] / beta;
            }
        }
        return z;
    }
}
