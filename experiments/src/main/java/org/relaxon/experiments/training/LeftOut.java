package org.relaxon.experiments.training;

import java.util.List;
import java.util.Locale;
import org.relaxon.experiments.advice.Advice;
import org.relaxon.experiments.advice.Remedies;
import org.relaxon.experiments.advice.Setting;
import org.relaxon.experiments.effort.Effort;
import org.relaxon.model.math.Matrix;
import org.relaxon.model.network.Network;
import org.relaxon.model.plasticity.LearningStep;
import org.relaxon.model.settle.ColumnVerdict;
import org.relaxon.model.settle.NotSettled;
import org.relaxon.model.settle.Settlement;
import org.relaxon.runtime.GradientEstimate;
import org.relaxon.runtime.Host;
import org.relaxon.runtime.Session;

/** Counts the examples of a training that did not settle, or ends it by them on request. */
final class LeftOut {
    private final TrainPlan plan;
    private final Host host;
    private final TrainCounts counts;
    private String first; // advice for the first examples left out; null until it was sought

    LeftOut(TrainPlan plan, Host host, TrainCounts counts) {
        this.plan = plan;
        this.host = host;
        this.counts = counts;
    }

    /** Counts examples by their own reason where it is known, otherwise by that of all. */
    void blame(Settlement verdict, int lost) {
        if (!(verdict instanceof NotSettled not)) {
            return;
        }
        List<ColumnVerdict> own = not.columns().stream().filter(c -> !c.settled()).toList();
        if (own.size() == lost) {
            own.forEach(c -> counts.blame(c.reason().reportName(), 1));
        } else {
            counts.blame(not.reason().reportName(), lost);
        }
    }

    void lose(int examples, LearningStep step, String why) throws UnsettledException {
        counts.drop(examples, why);
        if (plan.unsettled() == Unsettled.FAIL) {
            throw new UnsettledException(
                    String.format(
                            Locale.ROOT,
                            "%d examples of step %d did not settle: %s",
                            examples,
                            step.number(),
                            why));
        }
    }

    /**
     * Advice that was tried with these weights and examples: where the training ends here, or once,
     * for the first that are left out. None where the weights have grown: other settings of one
     * settling would not keep them from it.
     */
    String advice(Settlement verdict, Session session, Matrix input, Matrix target) {
        if (!(verdict instanceof NotSettled not) || Effort.isStopAsked()) {
            return "";
        }
        String grown = plan.grown(session.parameters());
        if (!grown.isEmpty()) {
            return "; " + grown;
        }
        if (plan.unsettled() == Unsettled.FAIL) {
            String line = tried(not, session, input, target);
            return line.isEmpty() ? "" : "; advice for these examples: " + line;
        }
        first = first == null ? tried(not, session, input, target) : first;
        return first.isEmpty() ? "" : "; advice for the first that did not settle: " + first;
    }

    private String tried(NotSettled not, Session session, Matrix input, Matrix target) {
        Setting refused =
                Setting.of(
                        plan.method(),
                        other -> plan.run().withRule(other.algorithm().rule()),
                        plan.budget());
        Network now = plan.network().with(session.parameters());
        Advice found =
                new Remedies(
                                host,
                                now,
                                not.columns().size(),
                                (own, s) ->
                                        GradientEstimate.phases(
                                                own, s.method(), input, target, s.budget()),
                                Effort::isStopAsked)
                        .find(refused, not);
        if (found.isFound()) {
            counts.advise(found.words(), found.replaced());
        }
        return found.line();
    }

    static String describe(Settlement verdict) {
        return verdict instanceof NotSettled not
                ? not.reason().reportName() + ", " + not.detail()
                : "single columns did not settle";
    }
}
