package org.relaxon.experiments.random;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;
import org.relaxon.experiments.certificate.Certificate;
import org.relaxon.experiments.claims.Certificates;
import org.relaxon.experiments.claims.ReferenceOf;
import org.relaxon.experiments.compare.GradientComparison;
import org.relaxon.experiments.compare.ProjectionComparison;
import org.relaxon.experiments.problem.Problem;
import org.relaxon.experiments.random.Finding.Kind;
import org.relaxon.experiments.reference.Backprop;
import org.relaxon.experiments.reference.DualPropagationNudge;
import org.relaxon.experiments.reference.FiniteNudge;
import org.relaxon.experiments.reference.HolomorphicNudge;
import org.relaxon.model.algorithm.Algorithm;
import org.relaxon.model.algorithm.Reference;
import org.relaxon.model.math.Matrix;
import org.relaxon.model.network.Network;
import org.relaxon.model.network.Parameters;
import org.relaxon.model.plasticity.Estimator;
import org.relaxon.model.rule.FenchelYoung;
import org.relaxon.model.rule.PredictiveCoding;
import org.relaxon.model.settle.Conclusive;
import org.relaxon.model.settle.Equilibrium;
import org.relaxon.model.settle.NotSettled;
import org.relaxon.model.settle.Reason;
import org.relaxon.model.settle.Settlement;
import org.relaxon.runtime.Budget;
import org.relaxon.runtime.GradientEstimate;
import org.relaxon.runtime.Host;
import org.relaxon.runtime.RunPlan;
import org.relaxon.runtime.Session;
import org.relaxon.runtime.discipline.Discipline;

/** Settles one random run and sets everything that it says beside independent solutions. */
final class RandomJudge {
    /** Share of itself to which a projection's update has to be known. */
    private static final double RESOLVED = 1e-3;

    /** Sizes up to which references by differences and certificates are asked for. */
    private static final int DIFFERENCES_MAX = 25;

    private static final int CERTIFICATE_MAX = 120;
    private static final double ROUNDINGS = 1e4;
    private static final double SAME_STATE = 1e-3;
    private static final double SADDLE = -1e-7;
    private static final Budget BUDGET = Budget.DEFAULT.withMessages(200_000L);

    private final RandomRun run;
    private final Map<String, Host> hosts;
    private final List<Finding> findings = new ArrayList<>();
    private Problem problem;
    private String outcome = "";
    private int belowRounding;

    RandomJudge(RandomRun run, Map<String, Host> hosts) {
        this.run = run;
        this.hosts = hosts;
    }

    List<Finding> findings() {
        return findings;
    }

    /** What became of the run, in one word. */
    String outcome() {
        return outcome;
    }

    /** Arrays of which rounding leaves nothing to judge. */
    int belowRounding() {
        return belowRounding;
    }

    private void find(Kind kind, String detail) {
        findings.add(new Finding(kind, detail));
    }

    RandomJudge judge() {
        try {
            problem = run.problem();
            run.algorithm().rule().validate(problem.network());
            settle();
        } catch (IllegalArgumentException e) {
            outcome = "refused";
        } catch (Exception | AssertionError | StackOverflowError e) {
            StackTraceElement at = e.getStackTrace().length > 0 ? e.getStackTrace()[0] : null;
            find(Kind.CRASH, e + " at " + at);
            outcome = "crashed";
        }
        return this;
    }

    private GradientEstimate estimate(RunPlan plan) {
        try (Session session = hosts.get(run.host()).open(problem.network(), plan)) {
            return GradientEstimate.withinOneBasin(
                    session,
                    run.algorithm(),
                    run.estimator(),
                    problem.input(),
                    problem.target(),
                    run.strength(),
                    BUDGET);
        }
    }

    private void settle() {
        RunPlan plan = run.plan();
        GradientEstimate found = estimate(plan);
        Settlement verdict = found.verdict();
        outcome = verdict instanceof NotSettled not ? not.reason().reportName() : "settled";
        certificate(plan, verdict);
        if (verdict instanceof NotSettled not) {
            if (not.reason() == Reason.MULTISTABLE) {
                refusedBasin(plan);
            }
            return;
        }
        Parameters update = found.update().gradient();
        if (!GradientFigures.finite(update, problem.network())) {
            find(Kind.NOT_FINITE, "an entry of the update is not finite");
            return;
        }
        reference(plan, found);
        Parameters due = independent(found);
        if (due != null) {
            projections(update, due);
        } else {
            outcome = "untold";
        }
    }

    /** The program's own reference has to be computable, or to say why it is not. */
    private void reference(RunPlan plan, GradientEstimate found) {
        int neurons = new Chain(problem.network(), null, null).unknowns;
        Reference kind = run.algorithm().reference();
        if (neurons > (kind == Reference.FINITE_DIFFERENCE ? DIFFERENCES_MAX : CERTIFICATE_MAX)) {
            return;
        }
        ReferenceOf.estimate(
                run.algorithm(),
                run.estimator(),
                null,
                problem,
                found,
                run.strength(),
                plan.effectiveTolerance());
    }

    private void certificate(RunPlan plan, Settlement verdict) {
        int neurons = new Chain(problem.network(), null, null).unknowns;
        if (neurons > CERTIFICATE_MAX) {
            return;
        }
        Optional<Certificate> certificate =
                Certificates.of(run.algorithm(), problem, run.strength(), plan);
        if (certificate.isEmpty() || !(verdict instanceof NotSettled not)) {
            return;
        }
        if (certificate.get().certified() && !isBudget(not.reason())) {
            find(Kind.ADVICE, "certified, and " + not.reason() + ": " + not.detail());
        }
        boolean eager = run.discipline().equals(Discipline.EAGER);
        boolean clocked = run.host().equals("virtual") || run.host().equals("akka");
        if (eager
                && clocked
                && certificate.get().recommendation().equals(Certificate.TURN_TAKING)) {
            Settlement turns = estimate(plan.withDiscipline(Discipline.TURN_TAKING)).verdict();
            if (turns instanceof NotSettled still) {
                find(
                        Kind.ADVICE,
                        "turn-taking is recommended, and ends " + still.reason().reportName());
            }
        }
    }

    private static boolean isBudget(Reason reason) {
        return reason == Reason.MESSAGE_BUDGET
                || reason == Reason.TIME_BUDGET
                || reason == Reason.IN_FLIGHT_BUDGET;
    }

    private void projections(Parameters update, Parameters due) {
        GradientComparison found = GradientComparison.of(problem.network(), update, due);
        GradientComparison size =
                GradientComparison.of(problem.network(), due, unit(problem.network()));
        StringBuilder off = new StringBuilder();
        int count = 0;
        double floor = floor();
        for (int k = 0; k < found.projections().size(); k++) {
            ProjectionComparison p = found.projections().get(k);
            double due0 = size.projections().get(k).normRatio();
            boolean zero = p.rmse() == 0.0 || p.maximum() <= Double.MIN_NORMAL;
            boolean below = p.rmse() <= floor && due0 <= floor / RESOLVED;
            belowRounding += below && !zero ? 1 : 0;
            if (!zero && !below && !(p.relativeError() <= RESOLVED)) {
                count++;
                off.append(
                        count > 3 ? "" : " %s off by %.2g".formatted(p.name(), p.relativeError()));
            }
        }
        if (count > 0) {
            find(
                    Kind.PROJECTION,
                    "%d of %d arrays:%s".formatted(count, found.projections().size(), off));
        }
    }

    /**
     * What the rounding of the numbers that a form subtracts leaves in an entry: of activities over
     * the strength in a contrast of two phases. Errors and differences are subtracted only once, at
     * the output, and are then as exact as what is left there: infinite if that is nothing.
     */
    private double floor() {
        boolean contrast =
                run.algorithm().hasFreePhase()
                        && !run.algorithm().variant().equals("difference")
                        && run.algorithm().strength() != Algorithm.Strength.NONE;
        double rounding = ROUNDINGS * 0x1p-53;
        if (contrast || run.algorithm().optionName().matches("chl|dual-propagation")) {
            return rounding / Math.min(1.0, run.strength());
        }
        double left = Double.POSITIVE_INFINITY;
        for (int c = 0; c < problem.examples(); c++) {
            Chain chain = chain(c);
            double[] out = run.output(chain);
            double apart = 0;
            double size = 0;
            for (int i = 0; i < out.length; i++) {
                apart = Math.max(apart, Math.abs(out[i] - chain.target[i]));
                size = Math.max(size, Math.abs(out[i]) + Math.abs(chain.target[i]));
            }
            left = Math.min(left, apart / size);
        }
        return left > rounding / RESOLVED ? 0.0 : Double.POSITIVE_INFINITY;
    }

    /** Ones everywhere: the ratio of norms to it is a root mean square. */
    private static Parameters unit(Network network) {
        Parameters out = network.zeros();
        for (int p = 0; p < network.projections().size(); p++) {
            double[][] w = out.weights(p);
            for (double[] row : w) {
                java.util.Arrays.fill(row, 1.0);
            }
            java.util.Arrays.fill(out.biases(p + 1), 1.0);
        }
        return out;
    }

    /** The exact estimate at the finite strength; null if it cannot be told. */
    private Parameters independent(GradientEstimate found) {
        Network network = problem.network();
        Parameters theta = network.parameters();
        Matrix x = problem.input();
        Matrix t = problem.target();
        boolean centred = run.estimator() == Estimator.CENTRED;
        double signed = run.estimator() == Estimator.NEGATIVE ? -run.strength() : run.strength();
        try {
            switch (run.algorithm().optionName()) {
                case "fpa-pc", "z-il":
                    return Backprop.of(network).gradient(theta, x, t).gradient();
                case "ep":
                    return recurrent(found);
                case "dual-propagation":
                    return DualPropagationNudge.estimate(network, theta, run.strength(), x, t);
                case "hep":
                    return HolomorphicNudge.estimate(
                            network,
                            theta,
                            run.estimator().order(),
                            run.strength(),
                            x,
                            t,
                            free(found));
                case "chl":
                    return centred
                            ? FiniteNudge.contrastiveHebbianCentred(
                                    network, theta, x, t, free(found), run.strength())
                            : FiniteNudge.contrastiveHebbian(
                                    network, theta, x, t, free(found), signed);
                case "coupled":
                    return centred
                            ? FiniteNudge.coupledLearningCentred(
                                    network, theta, x, t, free(found), run.strength())
                            : FiniteNudge.coupledLearning(
                                    network, theta, x, t, free(found), signed);
                default:
                    return divergence(found);
            }
        } catch (IllegalStateException | IllegalArgumentException e) {
            return null; // it says itself that it cannot tell
        }
    }

    /** Activities of the free state, first columns, real parts. */
    private Matrix[] free(GradientEstimate found) {
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

    private Parameters divergence(GradientEstimate found) {
        boolean young = run.algorithm().rule().judge() instanceof FenchelYoung;
        if (!young && !(run.algorithm().rule() instanceof PredictiveCoding)) {
            return null;
        }
        Equilibrium state = ((Conclusive) found.verdict()).equilibrium();
        boolean clamped = run.algorithm().optionName().equals("pc-clamped");
        int blocks = state.phase().columns() / problem.examples();
        Parameters out = problem.network().zeros();
        for (int column = 0; column < state.phase().columns(); column++) {
            Chain chain = chain(column % problem.examples());
            double beta = clamped ? 1.0 : state.phase().beta(column);
            Divergences solver = new Divergences(chain, beta, young, clamped, null);
            double[][] errors = new double[chain.depth + 1][];
            for (int l = 1; l <= chain.depth; l++) {
                errors[l] = state.error(l).columnValues(column);
            }
            double[] z = Equations.solve(chain, solver, solver.start(errors));
            if (z == null) {
                return null;
            }
            minimum(solver.hessian(z), "column " + column);
            solver.addGradient(problem.network(), z, 1.0 / blocks, out);
        }
        return out;
    }

    private static double[] flat(Chain chain, Equilibrium state, int column) {
        double[] out = new double[chain.unknowns];
        for (int l = 1; l <= chain.depth; l++) {
            double[] x = state.activity(l).columnValues(column);
            System.arraycopy(x, 0, out, chain.offset[l], x.length);
        }
        return out;
    }

    private Parameters recurrent(GradientEstimate found) {
        Equilibrium nudged = ((Conclusive) found.verdict()).equilibrium();
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
            minimum(solver.hessian(s0, 0.0, d), "free, column " + column);
            minimum(solver.hessian(s0, beta, d), "nudged, column " + column);
            double[] branch = solver.follow(s0, beta);
            if (branch != null && apart(branch, d, beta) > SAME_STATE) {
                find(
                        Kind.OTHER_BASIN,
                        "the minimum followed from the free state ends %.2g away"
                                .formatted(apart(branch, d, beta)));
            }
            solver.addGradient(problem.network(), s0, beta, d, 1.0 / blocks, out);
        }
        return out;
    }

    private static double apart(double[] one, double[] two, double beta) {
        double most = 0;
        for (int k = 0; k < one.length; k++) {
            most = Math.max(most, Math.abs(beta * (one[k] - two[k])));
        }
        return most;
    }

    /** Settles both phases without anybody asking for basins, and follows the free state. */
    private void refusedBasin(RunPlan plan) {
        if (!run.algorithm().optionName().equals("ep") || !run.host().equals("virtual")) {
            return;
        }
        try (Session session = hosts.get(run.host()).open(problem.network(), plan)) {
            Settlement free =
                    GradientEstimate.free(
                            session,
                            run.algorithm(),
                            run.estimator(),
                            problem.input(),
                            run.strength(),
                            BUDGET);
            Settlement nudged =
                    session.settle(
                            run.algorithm()
                                    .nudged(
                                            problem.input(),
                                            problem.target(),
                                            run.estimator(),
                                            run.strength()),
                            BUDGET);
            if (!(free instanceof Conclusive f) || !(nudged instanceof Conclusive n)) {
                return;
            }
            boolean same = true;
            for (int column = 0; column < n.equilibrium().phase().columns(); column++) {
                Chain chain = chain(column % problem.examples());
                Recurrent solver = new Recurrent(chain);
                double[] s0 =
                        solver.free(flat(chain, f.equilibrium(), column % problem.examples()));
                double beta = n.equilibrium().phase().beta(column);
                double[] branch = s0 == null ? null : solver.follow(s0, beta);
                double[] s = flat(chain, n.equilibrium(), column);
                for (int k = 0; branch != null && k < s.length; k++) {
                    double moved = n.equilibrium().phase().differences() ? s[k] : s[k] - s0[k];
                    same &= Math.abs(moved - beta * branch[k]) <= SAME_STATE;
                }
                same &= branch != null && least(solver.hessian(s0, beta, branch)) > 0;
            }
            if (same) {
                find(Kind.SAME_BASIN, "refused as multistable, and rests on the free branch");
            }
        }
    }

    private void minimum(DMatrixRMaj hessian, String where) {
        if (hessian.numRows == 0) {
            return;
        }
        double least = least(hessian);
        if (least < SADDLE) {
            find(Kind.SADDLE, "smallest eigenvalue %.3g, %s".formatted(least, where));
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
