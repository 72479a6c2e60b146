package org.relaxon.experiments.random;

import java.util.Arrays;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;
import org.relaxon.experiments.compare.GradientComparison;
import org.relaxon.experiments.compare.ProjectionComparison;
import org.relaxon.experiments.problem.Problem;
import org.relaxon.experiments.random.Finding.Kind;
import org.relaxon.experiments.reference.Backprop;
import org.relaxon.experiments.reference.DualPropagationNudge;
import org.relaxon.experiments.reference.FiniteNudge;
import org.relaxon.experiments.reference.HolomorphicNudge;
import org.relaxon.experiments.reference.Sums;
import org.relaxon.model.math.Matrix;
import org.relaxon.model.network.Network;
import org.relaxon.model.network.Parameters;
import org.relaxon.model.phase.Phase;
import org.relaxon.model.plasticity.Estimator;
import org.relaxon.model.rule.PrecisionPredictiveCoding;
import org.relaxon.model.rule.PredictiveCoding;
import org.relaxon.model.rule.StatedEnergy;
import org.relaxon.model.settle.Conclusive;
import org.relaxon.model.settle.Equilibrium;
import org.relaxon.runtime.GradientEstimate;

/**
 * The exact estimate of a run at its finite strength, by Newton's method from the state that was
 * released, and the second derivatives of the energy there.
 */
final class Solutions {
    private static final double SAME_STATE = 1e-3;
    private static final double SADDLE = -1e-7;
    private static final double BESIDE = 1e-9;

    private final RandomRun run;
    private final Problem problem;
    private final GradientEstimate found;
    private final BiConsumer<Kind, String> findings;
    private double least = Double.POSITIVE_INFINITY;
    private double[] cancelled;
    private double[] columns;

    /**
     * @param problem to solve; it may differ from the one that was run by roundings
     * @param findings hears of saddles and other basins; null if nobody asks
     */
    Solutions(
            RandomRun run,
            Problem problem,
            GradientEstimate found,
            BiConsumer<Kind, String> findings) {
        this.run = run;
        this.problem = problem;
        this.found = found;
        this.findings = findings;
    }

    /**
     * The estimate; null if it cannot be told.
     *
     * @throws org.relaxon.experiments.reference.NotAnEquilibriumException if the free state that
     *     was released is none
     */
    Parameters estimate() {
        Network network = problem.network();
        Parameters theta = network.parameters();
        Matrix x = problem.input();
        Matrix t = problem.target();
        try {
            return switch (run.algorithm().optionName()) {
                case "fpa-pc", "z-il" -> Backprop.of(network).gradient(theta, x, t).gradient();
                case "ep" -> recurrent();
                case "dual-propagation" ->
                        DualPropagationNudge.estimate(network, theta, run.strength(), x, t);
                case "hep" ->
                        HolomorphicNudge.estimate(
                                network,
                                theta,
                                run.estimator().order(),
                                run.strength(),
                                x,
                                t,
                                free());
                case "chl", "chl-clamped", "coupled" -> displaced(network, theta, x, t);
                default -> divergence();
            };
        } catch (IllegalStateException e) {
            return null; // it says itself that it cannot tell
        }
    }

    /** Smallest eigenvalue of any second derivative that was looked at; infinite if none was. */
    double least() {
        return least;
    }

    /**
     * By how much of itself what a population sends back moves if its error is the difference of an
     * activity and a prediction and the activity is rounded once, per projection into it, the least
     * over all columns; null if nothing was solved whose errors are such.
     */
    double[] cancelled() {
        return cancelled;
    }

    /**
     * Sum of the lengths of what every column adds to an array: examples may cancel, and each is
     * known by its own size. Null if it is not told.
     */
    double[] columns() {
        return columns;
    }

    private void addColumn(Parameters sum, Consumer<Parameters> column) {
        Network network = problem.network();
        Parameters one = network.zeros();
        column.accept(one);
        Sums.add(network, one, 1.0, sum);
        List<ProjectionComparison> parts =
                GradientComparison.of(network, one, ProjectionJudge.unit(network)).projections();
        columns = columns == null ? new double[parts.size()] : columns;
        for (int k = 0; k < columns.length; k++) {
            columns[k] += parts.get(k).normRatio();
        }
    }

    private void addCancelled(double[] shares) {
        if (cancelled == null) {
            cancelled = shares;
            return;
        }
        for (int k = 0; k < shares.length; k++) {
            cancelled[k] = Math.min(cancelled[k], shares[k]);
        }
    }

    private Parameters displaced(Network network, Parameters theta, Matrix x, Matrix t) {
        Matrix[] free = free();
        Parameters out = network.zeros();
        for (int example = 0; example < x.columns(); example++) {
            int c = example;
            Matrix[] own =
                    Arrays.stream(free)
                            .map(f -> Matrix.column(f.columnValues(c)))
                            .toArray(Matrix[]::new);
            Matrix in = Matrix.column(x.columnValues(c));
            Parameters part = displaced(network, theta, in, Matrix.column(t.columnValues(c)), own);
            addColumn(out, one -> Sums.add(network, part, 1.0, one));
        }
        return out;
    }

    private Parameters displaced(
            Network network, Parameters theta, Matrix x, Matrix t, Matrix[] free) {
        lookAtPhases();
        boolean centred = run.estimator() == Estimator.CENTRED;
        double signed = run.estimator() == Estimator.NEGATIVE ? -run.strength() : run.strength();
        if (run.algorithm().optionName().equals("coupled")) {
            return centred
                    ? FiniteNudge.coupledLearningCentred(network, theta, x, t, free, run.strength())
                    : FiniteNudge.coupledLearning(network, theta, x, t, free, signed);
        }
        return centred
                ? FiniteNudge.contrastiveHebbianCentred(network, theta, x, t, free, run.strength())
                : FiniteNudge.contrastiveHebbian(network, theta, x, t, free, signed);
    }

    /**
     * The smallest eigenvalue of 1 - D^1/2 (W + W^T) D^1/2, which has the signs of the Hopfield
     * energy's second derivatives at a gain above 0, over the free and the displaced states. At a
     * kink D is the larger slope, so that an eigenvalue above 0 contradicts a saddle.
     */
    private void lookAtPhases() {
        for (var phase : List.of(found.free(), found.verdict())) {
            if (!(phase instanceof Conclusive done) || findings == null) {
                continue;
            }
            Equilibrium at = done.equilibrium();
            for (int c = 0; c < at.phase().columns(); c++) {
                if (at.phase().gamma(c) > 0) {
                    Chain chain = chain(c % problem.examples());
                    double[] s = flat(chain, at, c);
                    if (at.phase().differences()) {
                        Equilibrium free = ((Conclusive) found.free()).equilibrium();
                        double[] from = flat(chain, free, c % free.phase().columns());
                        Arrays.setAll(s, k -> s[k] + from[k]);
                    }
                    boolean held = at.phase().output() == Phase.Output.DISPLACED;
                    least = Math.min(least, least(scaled(chain, s, at.phase().gamma(c), held)));
                }
            }
        }
    }

    private static DMatrixRMaj scaled(Chain chain, double[] s, double gamma, boolean held) {
        int n = held ? chain.offset[chain.depth] : chain.unknowns;
        double[] root = new double[chain.unknowns];
        for (int l = 1; l <= chain.depth; l++) {
            double[] h = chain.drive(l, l == 1 ? chain.input : chain.block(s, l - 1));
            double[] above =
                    l == chain.depth
                            ? new double[h.length]
                            : chain.back(l + 1, chain.block(s, l + 1));
            for (int i = 0; i < h.length; i++) {
                double a = h[i] + gamma * above[i];
                double slope = Math.max(chain.f[l].slope(a - BESIDE), chain.f[l].slope(a + BESIDE));
                root[chain.offset[l] + i] = Math.sqrt(slope);
            }
        }
        DMatrixRMaj out = CommonOps_DDRM.identity(n);
        for (int l = 2; l <= chain.depth && chain.offset[l] < n; l++) {
            for (int i = 0; i < chain.size[l]; i++) {
                for (int j = 0; j < chain.size[l - 1]; j++) {
                    int up = chain.offset[l] + i;
                    int low = chain.offset[l - 1] + j;
                    double both = Math.sqrt(gamma) * root[up] * root[low] * chain.w[l][i][j];
                    out.add(up, low, -both);
                    out.add(low, up, -both);
                }
            }
        }
        return out;
    }

    /** Activities of the free state, first columns, real parts. */
    private Matrix[] free() {
        Equilibrium state = ((Conclusive) found.free()).equilibrium();
        Matrix[] out = new Matrix[state.populations()];
        for (int p = 0; p < out.length; p++) {
            out[p] = Matrix.zeros(state.activity(p).rows(), problem.examples());
            for (int c = 0; c < problem.examples(); c++) {
                double[] column = state.activity(p).columnValues(c);
                for (int i = 0; i < column.length; i++) {
                    out[p].values()[i * problem.examples() + c] = column[i];
                }
            }
        }
        return out;
    }

    private Chain chain(int example) {
        return new Chain(
                problem.network(),
                problem.input().columnValues(example),
                problem.target().columnValues(example));
    }

    private Parameters divergence() {
        boolean young =
                run.algorithm().rule().energy().kind()
                        == StatedEnergy.Kind.FENCHEL_YOUNG_DIVERGENCE;
        boolean known =
                young
                        || run.algorithm().rule() instanceof PredictiveCoding
                        || run.algorithm().rule() instanceof PrecisionPredictiveCoding;
        if (!known) {
            return null;
        }
        Equilibrium state = found.verdict() instanceof Conclusive done ? done.equilibrium() : null;
        Phase phase = state == null ? run.nudged(problem) : state.phase();
        boolean clamped = run.algorithm().optionName().equals("pc-clamped");
        int blocks = phase.columns() / problem.examples();
        Parameters out = problem.network().zeros();
        for (int column = 0; column < phase.columns(); column++) {
            Chain chain = chain(column % problem.examples());
            double beta = clamped ? 1.0 : phase.beta(column);
            Divergences equations = new Divergences(chain, beta, young, clamped, precisions(chain));
            double[][] errors = new double[chain.depth + 1][];
            double[][] x = new double[chain.depth + 1][];
            for (int l = 1; l <= chain.depth; l++) {
                boolean none = state == null;
                errors[l] = none ? new double[chain.size[l]] : state.error(l).columnValues(column);
                x[l] = none ? chain.forward()[l] : state.activity(l).columnValues(column);
            }
            ReleasedPoint at = ReleasedPoint.of(chain, equations, !young, x, errors);
            if (at == null) {
                return null;
            }
            Divergences solver = at.solver();
            double[] z = at.z();
            if (findings != null) {
                minimum(solver.hessian(z), "column " + column);
            }
            double share = 1.0 / blocks;
            addColumn(out, one -> solver.addGradient(problem.network(), z, share, one));
            addCancelled(solver.cancelled(z));
        }
        return out;
    }

    private double[] precisions(Chain chain) {
        if (!(run.algorithm().rule() instanceof PrecisionPredictiveCoding weighted)) {
            return null;
        }
        double[] out = new double[chain.depth + 1];
        for (int l = 1; l <= chain.depth; l++) {
            out[l] = weighted.precision(l);
        }
        return out;
    }

    static double[] flat(Chain chain, Equilibrium state, int column) {
        double[] out = new double[chain.unknowns];
        for (int l = 1; l <= chain.depth; l++) {
            double[] x = state.activity(l).columnValues(column);
            System.arraycopy(x, 0, out, chain.offset[l], x.length);
        }
        return out;
    }

    private Parameters recurrent() {
        if (!(found.verdict() instanceof Conclusive done)) {
            return null;
        }
        Equilibrium nudged = done.equilibrium();
        Equilibrium before = ((Conclusive) found.free()).equilibrium();
        int blocks = nudged.phase().columns() / problem.examples();
        Parameters out = problem.network().zeros();
        for (int column = 0; column < nudged.phase().columns(); column++) {
            int example = column % problem.examples();
            Chain chain = chain(example);
            Recurrent solver = new Recurrent(chain);
            double[] s0 = solver.free(flat(chain, before, example));
            if (s0 == null) {
                return null;
            }
            double beta = nudged.phase().beta(column);
            double[] guess = flat(chain, nudged, column);
            for (int k = 0; k < guess.length; k++) {
                double moved = nudged.phase().differences() ? guess[k] : guess[k] - s0[k];
                guess[k] = moved / beta;
            }
            double[] d = solver.nudged(s0, beta, guess);
            if (d == null) {
                return null;
            }
            if (findings != null) {
                minimum(solver.hessian(s0, 0.0, d), "free, column " + column);
                minimum(solver.hessian(s0, beta, d), "nudged, column " + column);
                sameBranch(solver, s0, beta, d);
            }
            double share = 1.0 / blocks;
            addColumn(out, one -> solver.addGradient(problem.network(), s0, beta, d, share, one));
        }
        return out;
    }

    private void sameBranch(Recurrent solver, double[] s0, double beta, double[] d) {
        double[] branch = solver.follow(s0, beta);
        if (branch == null) {
            return;
        }
        double most = 0;
        for (int k = 0; k < d.length; k++) {
            most = Math.max(most, Math.abs(beta * (branch[k] - d[k])));
        }
        if (most > SAME_STATE) {
            findings.accept(
                    Kind.OTHER_BASIN,
                    "the minimum followed from the free state ends %.2g away".formatted(most));
        }
    }

    private void minimum(DMatrixRMaj hessian, String where) {
        if (hessian.numRows == 0) {
            return;
        }
        double here = least(hessian);
        least = Math.min(least, here);
        if (!(here >= SADDLE)) {
            findings.accept(Kind.SADDLE, "smallest eigenvalue %.3g, %s".formatted(here, where));
        }
    }

    /** Smallest eigenvalue over the largest entry of the diagonal. */
    static double least(DMatrixRMaj hessian) {
        double size = 0;
        for (int k = 0; k < hessian.numRows; k++) {
            size = Math.max(size, Math.min(1e3, Math.abs(hessian.get(k, k))));
        }
        EigenDecomposition_F64<DMatrixRMaj> eigen =
                DecompositionFactory_DDRM.eig(hessian.numRows, false, true);
        if (!eigen.decompose(hessian.copy())) {
            return Double.NaN;
        }
        double least = Double.POSITIVE_INFINITY;
        for (int k = 0; k < eigen.getNumberOfEigenvalues(); k++) {
            least = Math.min(least, eigen.getEigenvalue(k).real);
        }
        return least / size;
    }
}
