package org.relaxon.tools.cli.run;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.relaxon.experiments.advice.Advice;
import org.relaxon.experiments.advice.Remedies;
import org.relaxon.experiments.advice.Setting;
import org.relaxon.experiments.advice.Trial;
import org.relaxon.experiments.claims.Claim;
import org.relaxon.experiments.claims.ErrorWindow;
import org.relaxon.experiments.claims.NoReferenceException;
import org.relaxon.experiments.compare.GradientComparison;
import org.relaxon.experiments.effort.Effort;
import org.relaxon.experiments.effort.GaveUpException;
import org.relaxon.experiments.problem.Problem;
import org.relaxon.experiments.theory.Defaults;
import org.relaxon.experiments.theory.MinimumJudge;
import org.relaxon.experiments.theory.PredictedDistance;
import org.relaxon.experiments.theory.ReferenceOf;
import org.relaxon.model.algorithm.Algorithm;
import org.relaxon.model.algorithm.Method;
import org.relaxon.model.algorithm.Reference;
import org.relaxon.model.phase.Phase;
import org.relaxon.model.settle.Reason;
import org.relaxon.model.settle.Settlement;
import org.relaxon.runtime.GradientEstimate;
import org.relaxon.runtime.Host;
import org.relaxon.runtime.Session;
import org.relaxon.runtime.host.Hosts;
import org.relaxon.tools.cli.process.Interruption;

/**
 * One settling as {@code settle} runs it, with a judgement of its state; used for a run, and for
 * advice trials of a refused run of any command.
 */
public final class JudgedSettling {
    /** Multiplications of one reference: about a second, as advice may take. */
    private static final long EFFORT = 1_000_000_000L;

    private final Problem problem;
    private final Reference against;
    private final Interruption interruption;
    private final boolean predicted;

    /**
     * One settling of a problem.
     *
     * @param problem network, inputs and targets
     * @param against reference that trials are compared with; null for each algorithm's own
     * @param interruption ends the judgement and the trials
     */
    public JudgedSettling(Problem problem, Reference against, Interruption interruption) {
        this(problem, against, interruption, false);
    }

    private JudgedSettling(
            Problem problem, Reference against, Interruption interruption, boolean predicted) {
        this.problem = problem;
        this.against = against;
        this.interruption = interruption;
        this.predicted = predicted;
    }

    /**
     * {@return the same, in whose trials an error that is not the predicted one counts for nothing:
     * a check would not judge it}
     */
    public JudgedSettling againstPrediction() {
        return new JudgedSettling(problem, against, interruption, true);
    }

    /**
     * Settles once.
     *
     * @param session opened for the setting's plan
     * @param setting method, plan and budget
     * @return the settling with its judgement
     */
    public MinimumJudge settle(Session session, Setting setting) {
        return MinimumJudge.of(
                setting.method().algorithm().rule(),
                problem,
                estimate(session, setting),
                setting.plan().effectiveTolerance(),
                interruption::asked);
    }

    private GradientEstimate estimate(Session session, Setting setting) {
        if (setting.method().strength() == 0.0) {
            Settlement free = session.settle(Phase.free(problem.input()), setting.budget());
            return new GradientEstimate(free, free, null, session.report());
        }
        return GradientEstimate.withinOneBasin(
                session, setting.method(), problem.input(), problem.target(), setting.budget());
    }

    /**
     * Advice, tried on the same host within the bounds of {@link Remedies}; where nothing settles
     * in sweeps, on the host virtual as well.
     *
     * @param host for the trials
     * @param setting that was refused
     * @param reason why it was refused
     * @return the advice, possibly empty
     */
    public Advice advice(Host host, Setting setting, Reason reason) {
        int columns =
                setting.method().strength() == 0.0
                        ? problem.examples()
                        : problem.examples() * setting.method().estimator().columnsPerExample();
        Remedies remedies =
                new Remedies(host, problem.network(), columns, new Trials(), interruption::asked);
        if (host.keepsTime()) {
            return remedies.find(setting, reason);
        }
        try (Host timed = Hosts.virtual()) {
            return remedies.find(setting, reason, timed);
        }
    }

    /**
     * Advice to take another algorithm, tried on the same host.
     *
     * @param host for the trial
     * @param refused setting of which no change makes it settle
     * @param other algorithm, estimator and strength to take instead
     * @param more options that keep the rest of the run as it is
     * @param replaced options that do not belong to the other algorithm
     * @return the advice; without words if it does not settle either
     */
    public Advice instead(
            Host host, Setting refused, Method other, List<String> more, List<String> replaced) {
        int columns = problem.examples() * other.estimator().columnsPerExample();
        return new Remedies(host, problem.network(), columns, new Trials(), interruption::asked)
                .instead(refused, other, more, replaced);
    }

    /** Settles as the command would, and checks the theory about the gradient. */
    private final class Trials implements Trial {
        @Override
        public GradientEstimate settle(Session session, Setting setting) {
            interruption.onStop(session::cancel);
            return JudgedSettling.this.settle(session, setting).estimate();
        }

        @Override
        public Worth worth(Setting setting, GradientEstimate settled) {
            boolean none = setting.method().strength() == 0.0; // the free phase has no gradient
            if (none || !settled.isConclusive()) {
                return Worth.UNJUDGED;
            }
            double error = error(setting, settled);
            boolean counts = !predicted || isAsPredicted(error, setting, settled);
            return new Worth(
                    counts ? error : Double.POSITIVE_INFINITY,
                    reference(setting).optionName(),
                    caution(setting, settled));
        }

        /** Also where theory predicts nothing, or another distance than to the reference. */
        private boolean isAsPredicted(double error, Setting setting, GradientEstimate settled) {
            Algorithm algorithm = setting.method().algorithm();
            boolean exact = Claim.of(algorithm, setting.method().estimator(), against).isExact();
            Optional<PredictedDistance> distance =
                    exact ? Optional.empty() : distance(setting, settled);
            return distance.isEmpty()
                    || !distance.get().from().equals(reference(setting).optionName())
                    || ErrorWindow.around(distance.get().error(), 0.0).contains(error);
        }

        private Reference reference(Setting setting) {
            return Claim.reference(setting.method().algorithm(), against, problem.network());
        }

        /** As the command would report it; infinite if there is nothing to compare with. */
        private double error(Setting setting, GradientEstimate settled) {
            try {
                return Effort.within(EFFORT, () -> compared(setting, settled));
            } catch (GaveUpException
                    | NoReferenceException e) { // the verdict is printed all the same
                return Double.POSITIVE_INFINITY;
            }
        }

        private double compared(Setting setting, GradientEstimate settled) {
            ReferenceOf judge =
                    ReferenceOf.estimate(
                            setting.method(),
                            against,
                            problem,
                            settled,
                            setting.plan().effectiveTolerance(),
                            setting.plan().threshold());
            GradientComparison found =
                    GradientComparison.of(
                            problem.network(), settled.update().gradient(), judge.gradient());
            if (!judge.zeroBesideZero(problem.network(), found).isEmpty()) {
                return 0.0;
            }
            double error = found.total().relativeError();
            return Double.isNaN(error) ? Double.POSITIVE_INFINITY : error;
        }

        private String caution(Setting setting, GradientEstimate settled) {
            Optional<PredictedDistance> distance = distance(setting, settled);
            if (distance.isPresent()) {
                double error = distance.get().error();
                return error > Worth.FAR
                        ? String.format(
                                Locale.ROOT,
                                "theory predicts a gradient that is %.2g (relative"
                                        + " error) from %s: a smaller strength is closer",
                                error,
                                distance.get().from())
                        : "";
            }
            if (!problem.network().noEnergy().isEmpty()) {
                return "";
            }
            Algorithm algorithm = setting.method().algorithm();
            boolean large =
                    algorithm.strength() != Algorithm.Strength.NONE
                            && setting.method().strength()
                                    > Defaults.of(algorithm).method().strength();
            return large
                    ? "the distance of its gradient from %s is not predicted"
                            .formatted(algorithm.reference().optionName())
                    : "";
        }

        private Optional<PredictedDistance> distance(Setting setting, GradientEstimate settled) {
            try {
                return PredictedDistance.of(setting.method(), problem, settled);
            } catch (GaveUpException e) { // a stop: the verdict is printed all the same
                return Optional.empty();
            }
        }
    }
}
