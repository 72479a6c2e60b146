package org.relaxon.experiments.reproduction;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;
import org.relaxon.experiments.certificate.Certificates;
import org.relaxon.experiments.certificate.DelayBounds;
import org.relaxon.experiments.compare.GradientComparison;
import org.relaxon.experiments.problem.Problem;
import org.relaxon.experiments.reference.Amplification.Divergence;
import org.relaxon.experiments.reference.Backprop;
import org.relaxon.experiments.reference.PredictiveCodingEnergy;
import org.relaxon.experiments.reproduction.DelayRow.Varied;
import org.relaxon.model.algorithm.Algorithm;
import org.relaxon.model.algorithm.Algorithms;
import org.relaxon.model.algorithm.Method;
import org.relaxon.model.network.Network;
import org.relaxon.model.network.Parameters;
import org.relaxon.model.plasticity.Estimator;
import org.relaxon.model.settle.NotSettled;
import org.relaxon.model.settle.Reason;
import org.relaxon.model.settle.Settled;
import org.relaxon.model.settle.Settlement;
import org.relaxon.runtime.Budget;
import org.relaxon.runtime.Host;
import org.relaxon.runtime.RunPlan;
import org.relaxon.runtime.Session;
import org.relaxon.runtime.settling.CancelWatch;
import org.relaxon.runtime.virtual.VirtualHost;

/**
 * Claim: communication delays break inference by gradient steps, and several remedies restore it.
 * The setting is that of Fayyazi, Weilbach and Wood (arXiv 2407.05494), who show it for Latent
 * Equilibrium networks; here error neurons of predictive coding exchange messages under a delay of
 * d ticks.
 *
 * <p>Expectation: cells that step by eta settle while eta d lies below the one bound of {@link
 * DelayBounds} and stay away from rest above the other; a smaller step, neighbours that wait for
 * each other, and exact minimisation settle at every delay, and all runs that settle have the same
 * gradient. {@link DelayShape} states this in figures.
 */
public final class DelayedInference {
    private static final double THRESHOLD = 1e-7;
    private static final long TICK_NANOS = 50_000;
    private static final double SMALLER = 0.5; // of the limit
    private static final Estimator ESTIMATOR = Estimator.ONE_SIDED;

    private final DelayPlan plan;

    /**
     * Creates an experiment that has not run yet.
     *
     * @param plan what to run
     */
    public DelayedInference(DelayPlan plan) {
        this.plan = plan;
    }

    /** One network with both gradients that it is compared with. */
    private record Case(
            Problem problem,
            Parameters backprop,
            Parameters nudged,
            DelayBounds bounds,
            long seed) {}

    /**
     * Runs everything.
     *
     * @param stop polled between and during runs; a settling in progress is then cancelled, and
     *     only the rows finished before are returned
     * @param done called after each of them, from any thread
     * @return rows by network, then part, then delay or step
     * @throws IOException if a data file cannot be read or is malformed
     */
    public List<DelayRow> run(BooleanSupplier stop, Runnable done) throws IOException {
        List<Callable<DelayRow>> tasks = new ArrayList<>();
        List<Problem> problems = plan.problem().buildAll(plan.seeds());
        for (int k = 0; k < problems.size(); k++) {
            Case one = prepared(problems.get(k), plan.seeds().get(k));
            for (double product : plan.products()) {
                double eta = product / plan.ticks();
                tasks.add(
                        () ->
                                settle(
                                        one,
                                        Inference.GRADIENT,
                                        Varied.STEP,
                                        plan.ticks(),
                                        eta,
                                        stop));
            }
            for (int ticks : plan.delays()) {
                for (Inference inference : Inference.values()) {
                    double eta = inference.hasStep() ? plan.step() : Double.NaN;
                    tasks.add(() -> settle(one, inference, Varied.DELAY, ticks, eta, stop));
                }
            }
        }
        return Concurrently.run(tasks, plan.threads(), stop, done);
    }

    private Case prepared(Problem p, long seed) {
        Network network = p.network();
        Parameters theta = network.parameters();
        Parameters backprop =
                Backprop.of(network).gradient(theta, p.input(), p.target()).gradient();
        Parameters nudged =
                PredictiveCodingEnergy.nudged(
                                network,
                                Divergence.SQUARED_DISTANCE,
                                plan.beta(),
                                p.input(),
                                p.target())
                        .envelopeGradient(theta);
        return new Case(p, backprop, nudged, DelayBounds.of(p), seed);
    }

    private RunPlan runPlan(Inference inference, int ticks, double eta, long seed) {
        RunPlan run =
                RunPlan.of(inference.rule(eta))
                        .withThreshold(THRESHOLD)
                        .withDelay(inference.delay(ticks * TICK_NANOS))
                        .withDiscipline(inference.discipline())
                        .withSeed(seed);
        return inference.discipline().isInStep() ? run : run.withRefractoryNanos(TICK_NANOS);
    }

    /**
     * What theory states of one network before anything is run.
     *
     * @param bounds on eta d
     * @param step eta up to which gradient steps settle without delay
     * @param product eta d up to which they settle at the delay at which the step varies
     */
    public record Limits(DelayBounds bounds, double step, double product) {}

    /**
     * {@return the limits of all networks, in the order of the seeds}
     *
     * @throws IOException if a data file cannot be read or is malformed
     */
    public List<Limits> limits() throws IOException {
        List<Limits> out = new ArrayList<>();
        List<Problem> problems = plan.problem().buildAll(plan.seeds());
        for (int k = 0; k < problems.size(); k++) {
            Problem p = problems.get(k);
            long seed = plan.seeds().get(k);
            out.add(
                    new Limits(
                            DelayBounds.of(p),
                            stepLimit(p, seed, 0),
                            plan.ticks() * stepLimit(p, seed, plan.ticks())));
        }
        return out;
    }

    /** The step that theory allows at a constant delay, whatever the run itself does. */
    private double stepLimit(Problem problem, long seed, int ticks) {
        Algorithm steps = Algorithms.pcNudge(Algorithms.gradient(plan.step()));
        RunPlan run = runPlan(Inference.GRADIENT, ticks, plan.step(), seed);
        Method method = new Method(steps, ESTIMATOR, plan.beta());
        return Certificates.of(method, problem, run)
                .orElseThrow(() -> new IllegalArgumentException("delays: no bound for " + problem))
                .stepLimit();
    }

    /** One row; null if it was stopped before it was complete. */
    private DelayRow settle(
            Case one,
            Inference inference,
            Varied varied,
            int ticks,
            double asked,
            BooleanSupplier stop) {
        double limit = stepLimit(one.problem(), one.seed(), ticks);
        double eta = inference == Inference.SMALLER_STEP ? Math.min(asked, SMALLER * limit) : asked;
        Problem p = one.problem();
        RunPlan run = runPlan(inference, ticks, eta, one.seed());
        try (Host host = new VirtualHost();
                Session session = host.open(p.network(), run)) {
            Settlement verdict = settled(session, p, plan.budget(), stop);
            boolean spent = ended(verdict, Reason.MESSAGE_BUDGET);
            double halfway = spent ? halfway(p, run, stop) : Double.NaN;
            if (ended(verdict, Reason.CANCELLED) || spent && stop.getAsBoolean()) {
                return null;
            }
            Parameters update =
                    verdict instanceof Settled settled
                            ? session.update(settled, ESTIMATOR).gradient()
                            : null;
            return new DelayRow(
                    inference,
                    varied,
                    one.seed(),
                    ticks,
                    eta,
                    limit,
                    one.bounds(),
                    verdict instanceof NotSettled not ? not.reason() : null,
                    verdict.residual(),
                    halfway,
                    run.effectiveTolerance(),
                    update == null
                            ? null
                            : GradientComparison.of(p.network(), update, one.backprop()),
                    update == null
                            ? Double.NaN
                            : GradientComparison.relativeDifference(
                                    p.network(), update, one.nudged()),
                    session.report().messages(),
                    session.report().synapticOperations(),
                    session.report().hostNanos());
        }
    }

    private static boolean ended(Settlement verdict, Reason why) {
        return verdict instanceof NotSettled not && not.reason() == why;
    }

    private Settlement settled(Session session, Problem p, Budget budget, BooleanSupplier stop) {
        try (CancelWatch watch = new CancelWatch(stop)) {
            watch.watch(session::cancel);
            return session.settle(ESTIMATOR.phase(p.input(), p.target(), plan.beta()), budget);
        }
    }

    /** The residual of the same run, event by event, when half of its messages are spent. */
    private double halfway(Problem p, RunPlan run, BooleanSupplier stop) {
        Budget half = plan.budget().withMessages(Math.max(1, plan.messagesMax() / 2));
        try (Host host = new VirtualHost();
                Session session = host.open(p.network(), run)) {
            return settled(session, p, half, stop).residual();
        }
    }
}
