package org.relaxon.tools.cli;

import org.relaxon.experiments.advice.Advice;
import org.relaxon.experiments.advice.Remedies;
import org.relaxon.experiments.advice.Setting;
import org.relaxon.experiments.claims.MinimumJudge;
import org.relaxon.experiments.problem.Problem;
import org.relaxon.model.phase.Phase;
import org.relaxon.model.settle.Reason;
import org.relaxon.model.settle.Settlement;
import org.relaxon.runtime.GradientEstimate;
import org.relaxon.runtime.Host;
import org.relaxon.runtime.Session;

/**
 * One settling as {@code settle} makes it, with a judgement of where it rests: of a run, and of the
 * trials for advice about a run that was refused, whichever command made it.
 */
final class JudgedSettling {
    private final Problem problem;
    private final Interruption interruption;

    JudgedSettling(Problem problem, Interruption interruption) {
        this.problem = problem;
        this.interruption = interruption;
    }

    /** Settles on a session that was opened for the setting's plan. */
    MinimumJudge settle(Session session, Setting setting) {
        return MinimumJudge.of(
                setting.algorithm().rule(),
                problem,
                estimate(session, setting),
                setting.plan().effectiveTolerance(),
                interruption::asked);
    }

    private GradientEstimate estimate(Session session, Setting setting) {
        if (setting.strength() == 0.0) {
            Settlement free = session.settle(Phase.free(problem.input()), setting.budget());
            return new GradientEstimate(free, free, null, session.report());
        }
        return GradientEstimate.withinOneBasin(
                session,
                setting.algorithm(),
                setting.estimator(),
                problem.input(),
                problem.target(),
                setting.strength(),
                setting.budget());
    }

    /**
     * What to change, tried on the same host within the bounds of {@link Remedies}.
     *
     * @param reason why the setting was refused
     */
    Advice advice(Host host, Setting setting, Reason reason) {
        int columns =
                setting.strength() == 0.0
                        ? problem.examples()
                        : problem.examples() * setting.estimator().columnsPerExample();
        return new Remedies(
                        host,
                        problem.network(),
                        columns,
                        (session, other) -> {
                            interruption.onStop(session::cancel);
                            return settle(session, other).estimate();
                        },
                        interruption::asked)
                .find(setting, reason);
    }
}
