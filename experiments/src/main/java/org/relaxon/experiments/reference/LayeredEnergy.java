package org.relaxon.experiments.reference;

import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.relaxon.experiments.effort.Effort;
import org.relaxon.experiments.reference.Amplification.Divergence;
import org.relaxon.model.network.Network;
import org.relaxon.model.network.Parameters;
import org.relaxon.model.network.Population;
import org.relaxon.model.network.Projection;

/**
 * E = sum over populations of D(x, a) + beta Loss(x_L, T) for one example, or with x_L held at T
 * the sum alone, with its exact gradient and second derivatives with respect to the free
 * activities. The point is described by residual variables v, see {@link PopulationDivergence}.
 *
 * @param network any acyclic one
 * @param theta its parameters
 * @param divergence D
 * @param precision P by population; the input's is not read
 * @param beta nudging strength; positive infinity holds the output at the target
 * @param input shape (n_0)
 * @param target shape (n_L)
 */
record LayeredEnergy(
        Network network,
        Parameters theta,
        Divergence divergence,
        double[] precision,
        double beta,
        double[] input,
        double[] target) {

    /**
     * A point of the energy landscape.
     *
     * @param v residual variables by population; null for the input
     * @param x activities by population
     * @param parts divergences by population; null for the input
     * @param rounding rounding of the activities
     * @param value E
     */
    record Point(
            double[][] v,
            double[][] x,
            PopulationDivergence[] parts,
            ForwardRounding rounding,
            double value) {}

    private Ends ends() {
        return new Ends(network);
    }

    boolean clamped() {
        return beta == Double.POSITIVE_INFINITY;
    }

    /**
     * Position of each free population in a vector of all free activities, -1 if it is not free.
     */
    int[] offsets() {
        int[] at = new int[network.populations().size()];
        int next = 0;
        for (Population p : network.populations()) {
            at[p.index()] = free(p) ? next : -1;
            next += free(p) ? p.size() : 0;
        }
        return at;
    }

    /** Number of free activities. */
    int size() {
        int size = 0;
        for (Population p : network.populations()) {
            size += free(p) ? p.size() : 0;
        }
        return size;
    }

    private boolean free(Population p) {
        return switch (p.role()) {
            case INPUT -> false;
            case HIDDEN -> true;
            case OUTPUT -> !clamped();
        };
    }

    /** The point with these residuals; held values are written into a copy of them. */
    Point at(double[][] residuals) {
        int count = residuals.length;
        double[][] v = residuals.clone();
        double[][] x = new double[count][];
        PopulationDivergence[] parts = new PopulationDivergence[count];
        ForwardRounding rounding = new ForwardRounding(network, theta);
        double value = 0.0;
        for (Population p : network.populations()) {
            int k = p.index();
            if (p.role() == Population.Role.INPUT) {
                x[k] = ends().part(p, input);
                continue;
            }
            double[] a = theta.biases(k).clone();
            for (Projection e : network.into(k)) {
                addProduct(theta.weights(e.index()), x[e.pre()], a);
            }
            if (!free(p)) {
                v[k] = held(p, a);
            }
            parts[k] = PopulationDivergence.of(divergence, p.activation(), precision[k], a, v[k]);
            x[k] = parts[k].x();
            rounding.add(p, x, a);
            value += parts[k].value();
        }
        if (!clamped()) {
            value += beta * ends().loss(ends().outputs(x), target);
        }
        return new Point(v, x, parts, rounding, value);
    }

    /** The residual of an output that is held; for Fenchel-Young it is linear, f(a + v) = a + v. */
    private double[] held(Population p, double[] a) {
        double[] v = new double[a.length];
        double[] own = ends().part(p, target);
        for (int i = 0; i < v.length; i++) {
            v[i] = own[i] - Elementwise.value(p.activation(), a[i]);
        }
        return v;
    }

    /** dE/dx over all free activities; also adds the size of its terms to {@code scale[0]}. */
    double[] gradient(Point at, double[] scale) {
        int[] offset = offsets();
        double[] g = new double[size()];
        for (Population p : network.populations()) {
            int own = offset[p.index()];
            for (int i = 0; own >= 0 && i < p.size(); i++) {
                g[own + i] += precision[p.index()] * at.v[p.index()][i];
                scale[0] += Math.abs(g[own + i]);
            }
        }
        for (Projection e : network.projections()) {
            double[] back = at.parts[e.post()].byDrive();
            double[] terms = termsOfByDrive(at, e.post());
            double[][] w = theta.weights(e.index());
            int pre = offset[e.pre()];
            for (int i = 0; pre >= 0 && i < back.length; i++) {
                for (int j = 0; j < w[i].length; j++) {
                    g[pre + j] += w[i][j] * back[i];
                    scale[0] += Math.abs(w[i][j]) * terms[i];
                }
            }
        }
        for (Population p : network.outputs()) {
            if (clamped()) {
                continue;
            }
            double[] own = ends().part(p, target);
            double[] error = new OutputLoss(network.loss()).gradient(at.x[p.index()], own);
            double[] terms = at.rounding.ofOutputError(p.index(), at.x[p.index()], own);
            for (int i = 0; i < error.length; i++) {
                g[offset[p.index()] + i] += beta * error[i];
                scale[0] += Math.abs(beta) * terms[i];
            }
        }
        return g;
    }

    /** The size of the terms of dD/da: of T and f(a) where the output is held. */
    private double[] termsOfByDrive(Point at, int population) {
        Population p = network.population(population);
        double[] terms = at.parts[population].byDrive().clone();
        double[] held = free(p) ? null : at.rounding.ofHeld(population, ends().part(p, target));
        double[] byResidual = at.parts[population].xa(); // dD/da = D_xa v to first order
        for (int i = 0; i < terms.length; i++) {
            terms[i] = Math.abs(terms[i]);
            terms[i] += held == null ? 0.0 : Math.abs(byResidual[i]) * held[i];
        }
        return terms;
    }

    /** The rounding error of E, in which the squared quantity is a difference of larger numbers. */
    double valueRounding(Point at) {
        double sum = 0.0;
        for (Population p : network.outputs()) {
            int out = p.index();
            double[] aim = ends().part(p, target);
            double[] difference =
                    clamped() ? at.v[out] : new OutputLoss(network.loss()).gradient(at.x[out], aim);
            double[] terms =
                    clamped()
                            ? at.rounding.ofHeld(out, aim)
                            : at.rounding.ofOutputError(out, at.x[out], aim);
            double factor = clamped() ? precision[out] : Math.abs(beta);
            for (int i = 0; i < terms.length; i++) {
                double own = ForwardRounding.UNIT * terms[i];
                sum += factor * own * (Math.abs(difference[i]) + own);
            }
        }
        return sum;
    }

    /** Second derivatives over all free activities; with {@code convex} a matrix above them. */
    DMatrixRMaj curvature(Point at, boolean convex) {
        DMatrixRMaj h = new DMatrixRMaj(size(), size());
        int[] offset = offsets();
        for (Population p : network.populations()) {
            PopulationDivergence part = at.parts[p.index()];
            if (part == null) {
                continue;
            }
            PopulationDivergence used = convex ? part.convex() : part;
            for (int i = 0; i < p.size(); i++) {
                double[] byFree = driveByFree(p.index(), i, offset);
                addNeuron(used, i, offset[p.index()], byFree, h);
            }
        }
        for (Population p : network.outputs()) {
            if (!clamped() && (beta > 0.0 || !convex)) {
                addLoss(p, at.x, offset[p.index()], h);
            }
        }
        return h;
    }

    /** da/dx of one neuron over all free activities. */
    double[] driveByFree(int population, int neuron, int[] offset) {
        double[] row = new double[size()];
        for (Projection e : network.projections()) { // allocates no list: called for every neuron
            if (e.post() != population || offset[e.pre()] < 0) {
                continue;
            }
            double[] w = theta.weights(e.index())[neuron];
            for (int j = 0; j < w.length; j++) {
                row[offset[e.pre()] + j] += w[j];
            }
        }
        return row;
    }

    private static void addNeuron(
            PopulationDivergence part, int i, int own, double[] byFree, DMatrixRMaj h) {
        int[] heard = IntStream.range(0, byFree.length).filter(k -> byFree[k] != 0.0).toArray();
        Effort.spend((long) heard.length * heard.length + byFree.length);
        for (int r : heard) {
            double factor = part.aa()[i] * byFree[r];
            for (int c : heard) {
                h.data[r * h.numCols + c] += factor * byFree[c];
            }
        }
        if (own >= 0) {
            h.add(own + i, own + i, part.xx()[i]);
            for (int c : heard) {
                h.add(own + i, c, part.xa()[i] * byFree[c]);
                h.add(c, own + i, part.xa()[i] * byFree[c]);
            }
        }
    }

    /** beta L''. */
    private void addLoss(Population output, double[][] x, int own, DMatrixRMaj h) {
        ends().curvature(output, x, target)
                .forEach((i, j, left, right) -> h.add(own + i, own + j, beta * left * right));
    }

    private static void addProduct(double[][] w, double[] pre, double[] into) {
        Effort.spend((long) into.length * pre.length);
        for (int i = 0; i < into.length; i++) {
            for (int j = 0; j < pre.length; j++) {
                into[i] += w[i][j] * pre[j];
            }
        }
    }
}
