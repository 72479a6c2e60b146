package org.relaxon.experiments.paper;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.relaxon.experiments.compare.GradientComparison;
import org.relaxon.experiments.problem.Problem;
import org.relaxon.experiments.problem.ProblemSpec;
import org.relaxon.experiments.reference.Backprop;
import org.relaxon.model.cell.Wiring;
import org.relaxon.model.network.Network;
import org.relaxon.model.network.Parameters;
import org.relaxon.model.network.Population;
import org.relaxon.model.phase.Phase;
import org.relaxon.model.plasticity.Estimator;
import org.relaxon.model.rule.PredictiveCoding;
import org.relaxon.model.settle.Equilibrium;
import org.relaxon.model.settle.NotSettled;
import org.relaxon.model.settle.Settled;
import org.relaxon.model.settle.Settlement;
import org.relaxon.runtime.Budget;
import org.relaxon.runtime.Host;
import org.relaxon.runtime.RunPlan;
import org.relaxon.runtime.RunReport;
import org.relaxon.runtime.Session;

/**
 * Claim: the local updates of settled predictive coding approach backprop as beta falls, down to
 * beta = 1e-9 and beyond; the floor of the published curve (Millidge et al., arXiv 2206.02629) is
 * due to its inference, which stops after a fixed number of sweeps in single precision.
 *
 * <p>All figures are raw: nothing is clipped, no epsilon is added, no outlier and no run is left
 * out. Both sides use the same weights, and are compared with the same reference.
 */
public final class DistanceOverBeta {
    /** Name of the variant that settles. */
    public static final String SETTLED = "pc-nudge";

    /**
     * Enough for a loop with a gain of .98; a settling that needs more is reported as not settled.
     */
    private static final long MESSAGES_PER_LINK = 2000;

    private final PaperPlan plan;

    /**
     * Creates an experiment that has not run yet.
     *
     * @param plan the rows to run
     */
    public DistanceOverBeta(PaperPlan plan) {
        this.plan = plan;
    }

    /** Weights, batch and reference of one run. */
    private record Case(Problem problem, Parameters reference, long seed, int batch) {}

    /**
     * Runs every row of the plan.
     *
     * @param host runs the cells that settle
     * @param listener receives every row, on this thread
     * @param stop polled between rows; rows finished before are returned
     * @return one row per batch, run, variant and beta
     * @throws IOException if a data file cannot be read or is malformed
     * @throws IllegalArgumentException if data, network, host and plan do not fit each other
     */
    public List<PaperRow> run(Host host, PaperListener listener, BooleanSupplier stop)
            throws IOException {
        List<PaperRow> rows = new ArrayList<>();
        for (int batch : plan.batches()) {
            ProblemSpec spec = plan.problem().withBatch(batch);
            List<Problem> problems = spec.buildAll(plan.seeds());
            problems.forEach(p -> PublishedVariant.requirePublished(p.network()));
            for (int k = 0; k < problems.size() && !stop.getAsBoolean(); k++) {
                Problem problem = problems.get(k);
                Network network = problem.network();
                Parameters reference =
                        Backprop.of(network)
                                .gradient(network.parameters(), problem.input(), problem.target())
                                .gradient();
                Case one = new Case(problem, reference, plan.seeds().get(k), batch);
                settle(one, host, rows, listener, stop);
                infer(one, rows, listener, stop);
            }
        }
        return rows;
    }

    /**
     * {@return the budget of one settling}
     *
     * @param wiring cells and links of the network
     */
    public static Budget budget(Wiring wiring) {
        return Budget.DEFAULT.withMessages(MESSAGES_PER_LINK * Math.max(1, wiring.links().size()));
    }

    private void settle(
            Case one,
            Host host,
            List<PaperRow> rows,
            PaperListener listener,
            BooleanSupplier stop) {
        Problem problem = one.problem();
        RunPlan run =
                RunPlan.of(new PredictiveCoding())
                        .withGranularity(plan.granularity())
                        .withDelay(plan.delay())
                        .withThreshold(plan.threshold())
                        .withSeed(one.seed());
        try (Session session = host.open(problem.network(), run)) {
            listener.opened(session);
            Budget budget = budget(Wiring.of(problem.network(), plan.granularity()));
            Settlement free = session.settle(Phase.free(problem.input()), budget);
            for (double beta : plan.betas()) {
                if (stop.getAsBoolean()) {
                    return;
                }
                Phase phase = Estimator.ONE_SIDED.phase(problem.input(), problem.target(), beta);
                Settlement verdict = free instanceof Settled ? session.settle(phase, budget) : free;
                if (stop.getAsBoolean()) {
                    return; // a stopped row is not a result
                }
                rows.add(row(one, beta, session, free, verdict, listener));
                listener.rowFinished(rows.get(rows.size() - 1), rows.size(), plan.rows());
            }
        }
    }

    private PaperRow row(
            Case one,
            double beta,
            Session session,
            Settlement free,
            Settlement verdict,
            PaperListener listener) {
        RunReport report = session.report();
        Network network = one.problem().network();
        GradientComparison comparison = null;
        List<StateDistance> distances = List.of();
        if (free instanceof Settled rest && verdict instanceof Settled settled) {
            Parameters update = session.update(settled, Estimator.ONE_SIDED).gradient();
            comparison = GradientComparison.of(network, update, one.reference());
            distances = distances(network, settled.equilibrium(), rest.equilibrium());
            listener.settled(
                    new PaperArrays(
                            one.problem(),
                            one.seed(),
                            beta,
                            update,
                            one.reference(),
                            settled.equilibrium(),
                            rest.equilibrium()));
        }
        NotSettled not = verdict instanceof NotSettled n ? n : null;
        return new PaperRow(
                SETTLED,
                one.batch(),
                one.seed(),
                beta,
                true,
                not == null ? null : not.reason(),
                not == null ? "" : not.detail(),
                verdict.residual(),
                (int) verdict.columns().stream().filter(c -> c.settled()).count(),
                comparison,
                distances,
                report.messages(),
                report.synapticOperations(),
                report.wallNanos());
    }

    /** Per layer, total last. */
    private static List<StateDistance> distances(
            Network network, Equilibrium nudged, Equilibrium free) {
        List<StateDistance> out = new ArrayList<>();
        for (Population p : network.populations()) {
            if (p.role() != Population.Role.INPUT) {
                out.add(
                        StateDistance.of(
                                p.name(),
                                nudged.activity(p.index()).values(),
                                free.activity(p.index()).values()));
            }
        }
        out.add(out.stream().reduce((a, b) -> a.plus("total", b)).orElseThrow());
        return out;
    }

    private void infer(
            Case one, List<PaperRow> rows, PaperListener listener, BooleanSupplier stop) {
        for (PublishedVariant variant : plan.variants()) {
            for (double beta : plan.betas()) {
                if (stop.getAsBoolean()) {
                    return;
                }
                long begin = System.nanoTime();
                PublishedVariant.Inferred inferred = variant.infer(one.problem(), beta);
                long wall = System.nanoTime() - begin;
                rows.add(
                        new PaperRow(
                                variant.name(),
                                one.batch(),
                                one.seed(),
                                beta,
                                false,
                                null,
                                "",
                                inferred.residual(),
                                0,
                                GradientComparison.of(
                                        one.problem().network(),
                                        inferred.gradient(),
                                        one.reference()),
                                inferred.distances(),
                                0,
                                0,
                                wall));
                listener.rowFinished(rows.get(rows.size() - 1), rows.size(), plan.rows());
            }
        }
    }
}
