package org.relaxon.experiments.reproduction;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;
import org.relaxon.experiments.compare.GradientComparison;
import org.relaxon.experiments.effort.Effort;
import org.relaxon.experiments.effort.GaveUpException;
import org.relaxon.experiments.problem.Problem;
import org.relaxon.experiments.reference.Amplification.Divergence;
import org.relaxon.experiments.reference.Backprop;
import org.relaxon.experiments.reference.PredictiveCodingEnergy;
import org.relaxon.model.activation.Activation;
import org.relaxon.model.network.Parameters;
import org.relaxon.model.plasticity.Estimator;
import org.relaxon.model.settle.NotSettled;
import org.relaxon.model.settle.Reason;
import org.relaxon.model.settle.Settled;
import org.relaxon.model.settle.Settlement;
import org.relaxon.runtime.Host;
import org.relaxon.runtime.RunReport;
import org.relaxon.runtime.Session;
import org.relaxon.runtime.settling.CancelWatch;

/**
 * Claim: predictive coding in error form at small beta settles a chain of L hidden layers for 2L
 * messages, while the energy at beta 1, or all activities resolved to beta times the tolerance,
 * cost a power of L above 1. {@link DepthShape} states this in figures.
 *
 * <p>Expectation: without delay the activity passes each of the L links between the L + 1 cells
 * once upwards and the error once downwards, because a layer's change of activity by beta e is not
 * worth a signal. If it is, each layer that the backward wave passes starts a forward wave of its
 * own, 1 + 2 + ... + L messages, and each of these a backward wave at the output, L messages.
 */
public final class DepthScaling {
    private final DepthPlan plan;

    /**
     * Creates an experiment that has not run yet.
     *
     * @param plan what to run
     */
    public DepthScaling(DepthPlan plan) {
        this.plan = plan;
    }

    private record Chain(
            Problem problem, Parameters backprop, Activation activation, int depth, long seed) {}

    /**
     * Runs everything, deepest chains first, because they take longest.
     *
     * @param stop polled between and during runs; a settling in progress is then cancelled, and
     *     only the rows finished before are returned
     * @param done called after each of them, from any thread
     * @return rows by way, activation, depth and seed
     * @throws IOException if a problem cannot be built
     */
    public List<DepthRow> run(BooleanSupplier stop, Runnable done) throws IOException {
        List<Callable<DepthRow>> tasks = new ArrayList<>();
        for (int k = plan.depths().size() - 1; k >= 0; k--) {
            int depth = plan.depths().get(k);
            for (Activation activation : plan.activations()) {
                for (long seed : plan.seeds()) {
                    Chain chain = chain(activation, depth, seed);
                    for (ChainInference way : plan.ways()) {
                        if (depth <= way.depthMax()) {
                            tasks.add(() -> settle(chain, way, stop));
                        }
                    }
                }
            }
        }
        List<DepthRow> rows = new ArrayList<>(Concurrently.run(tasks, plan.threads(), stop, done));
        rows.sort(
                Comparator.comparing(DepthRow::way)
                        .thenComparing(r -> r.activation().optionName())
                        .thenComparingInt(DepthRow::depth)
                        .thenComparingLong(DepthRow::seed));
        return rows;
    }

    private Chain chain(Activation activation, int depth, long seed) throws IOException {
        Problem p = plan.problem(activation, depth).withSeed(seed).build();
        Parameters backprop =
                Backprop.of(p.network())
                        .gradient(p.network().parameters(), p.input(), p.target())
                        .gradient();
        return new Chain(p, backprop, activation, depth, seed);
    }

    /** One row; null if it was stopped before it was complete. */
    private DepthRow settle(Chain chain, ChainInference way, BooleanSupplier stop) {
        Problem p = chain.problem();
        double beta = way.beta(plan.beta());
        Estimator estimator = Estimator.ONE_SIDED;
        try (Host host = way.host();
                Session session =
                        host.open(
                                p.network(),
                                way.runPlan(plan.beta(), plan.tolerance(), chain.seed()));
                CancelWatch watch = new CancelWatch(stop)) {
            watch.watch(session::cancel);
            Settlement verdict =
                    session.settle(estimator.phase(p.input(), p.target(), beta), plan.budget());
            watch.rest();
            if (verdict instanceof NotSettled not && not.reason() == Reason.CANCELLED) {
                return null;
            }
            GradientComparison comparison = null;
            if (verdict instanceof Settled settled) {
                Parameters update = session.update(settled, estimator).gradient();
                comparison =
                        reference(chain, way, beta, stop)
                                .map(r -> GradientComparison.of(p.network(), update, r))
                                .orElse(null);
            }
            RunReport cost = session.report();
            return new DepthRow(
                    way,
                    chain.activation(),
                    chain.depth(),
                    chain.seed(),
                    verdict instanceof NotSettled not ? not.reason() : null,
                    comparison,
                    cost.messages(),
                    cost.relaxations(),
                    cost.criticalPath(),
                    cost.synapticOperations());
        } catch (GaveUpException e) {
            if (stop.getAsBoolean()) {
                return null;
            }
            throw e;
        }
    }

    /**
     * What the update is compared with. Empty if independent code finds no minimum of the energy,
     * as where one lies on a kink of an activation: the other rows are not lost for it.
     */
    private static Optional<Parameters> reference(
            Chain chain, ChainInference way, double beta, BooleanSupplier stop) {
        if (way.tendsToBackprop()) {
            return Optional.of(chain.backprop());
        }
        try {
            return Optional.of(Effort.until(stop, () -> ofEnergy(chain.problem(), beta)));
        } catch (IllegalStateException e) {
            return Optional.empty();
        }
    }

    /** The gradient of the energy at its minimum, by independent code. */
    private static Parameters ofEnergy(Problem p, double beta) {
        return PredictiveCodingEnergy.nudged(
                        p.network(), Divergence.SQUARED_DISTANCE, beta, p.input(), p.target())
                .envelopeGradient(p.network().parameters());
    }
}
