package org.relaxon.tools.cli.run;

import java.util.Locale;
import java.util.Optional;
import org.relaxon.experiments.advice.Advice;
import org.relaxon.experiments.advice.Remedies;
import org.relaxon.experiments.advice.Setting;
import org.relaxon.experiments.advice.Trial;
import org.relaxon.experiments.effort.GaveUpException;
import org.relaxon.experiments.problem.Problem;
import org.relaxon.experiments.theory.Defaults;
import org.relaxon.experiments.theory.MinimumJudge;
import org.relaxon.experiments.theory.PredictedDistance;
import org.relaxon.model.algorithm.Algorithm;
import org.relaxon.model.phase.Phase;
import org.relaxon.model.settle.Reason;
import org.relaxon.model.settle.Settlement;
import org.relaxon.runtime.GradientEstimate;
import org.relaxon.runtime.Host;
import org.relaxon.runtime.Session;
import org.relaxon.tools.cli.process.Interruption;

/**
 * One settling as {@code settle} runs it, with a judgement of its state; used for a run, and for
 * advice trials of a refused run of any command.
 */
public final class JudgedSettling {
    /** Relative error from which advice warns about the gradient. */
    private static final double FAR = 0.1;

    private final Problem problem;
    private final Interruption interruption;

    /**
     * One settling of a problem.
     *
     * @param problem network, inputs and targets
     * @param interruption ends the judgement and the trials
     */
    public JudgedSettling(Problem problem, Interruption interruption) {
        this.problem = problem;
        this.interruption = interruption;
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
     * Advice, tried on the same host within the bounds of {@link Remedies}.
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
        return new Remedies(host, problem.network(), columns, new Trials(), interruption::asked)
                .find(setting, reason);
    }

    /** Settles as the command would, and checks the theory about the gradient. */
    private final class Trials implements Trial {
        @Override
        public GradientEstimate settle(Session session, Setting setting) {
            interruption.onStop(session::cancel);
            return JudgedSettling.this.settle(session, setting).estimate();
        }

        @Override
        public String caution(Setting setting, GradientEstimate settled) {
            Optional<PredictedDistance> distance = distance(setting, settled);
            if (distance.isPresent()) {
                double error = distance.get().error();
                return error > FAR
                        ? String.format(
                                Locale.ROOT,
                                "theory predicts a gradient that is %.2g (relative"
                                        + " error) from %s: a smaller strength is closer",
                                error,
                                distance.get().from())
                        : "";
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
