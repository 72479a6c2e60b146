package org.relaxon.experiments.training;

import org.relaxon.model.algorithm.Algorithm;
import org.relaxon.model.algorithm.PhaseSpec;
import org.relaxon.model.math.Matrix;
import org.relaxon.model.network.Parameters;
import org.relaxon.model.phase.Phase;
import org.relaxon.model.plasticity.LearningStep;
import org.relaxon.model.settle.Conclusive;
import org.relaxon.model.settle.Reason;
import org.relaxon.model.settle.Settlement;
import org.relaxon.model.settle.Trained;
import org.relaxon.runtime.GradientEstimate;
import org.relaxon.runtime.RunReport.Ledger;
import org.relaxon.runtime.Session;

/** Steps in which weights change while the network settles under the target. */
final class Presentations {
    private static final String LAST_FRAME = "last frame";

    private final TrainPlan plan;
    private final TrainCounts counts;
    private final DrawnExamples drawn;
    private final LeftOut leftOut;
    private int carried; // columns of the last frame's final state if it was saved; otherwise 0

    Presentations(TrainPlan plan, TrainCounts counts, DrawnExamples drawn, LeftOut leftOut) {
        this.plan = plan;
        this.counts = counts;
        this.drawn = drawn;
        this.leftOut = leftOut;
    }

    /** Forgets the last frame: the session is another one. */
    void restart() {
        carried = 0;
    }

    /**
     * Weights change while the network settles under the nudge. Whole updates begin at the free
     * state, because on the way to it they would learn transients, or at the end of the last frame
     * if that showed as many examples.
     */
    int present(Session session, Matrix input, Matrix target, LearningStep step)
            throws UnsettledException, DivergedException {
        Algorithm algorithm = plan.method().algorithm();
        boolean whole = plan.schedule().updates() > 0;
        PhaseSpec shown = algorithm.sharing().get(0); // the only one, by the plan
        Ledger before = Ledger.NONE; // of the same step; one that is stopped costs nothing
        Phase nudged = plan.method().phase(shown, input, target);
        if (carried == input.columns()) {
            nudged = nudged.startingFrom(LAST_FRAME);
        } else if (whole || algorithm.hasFreePhase()) {
            if (!settleFree(session, input, target, step)) {
                return 0;
            }
            before = session.report().ledger();
            boolean from = whole && nudged.start() == null;
            nudged = from ? nudged.startingFrom(Algorithm.FREE) : nudged;
        }
        Trained trained = train(session, nudged, step, before);
        carried = plan.carriesState() && trained.finite() ? input.columns() : 0;
        if (carried > 0) {
            session.snapshot(LAST_FRAME);
        }
        return input.columns();
    }

    /**
     * A presentation that is stopped, or does not count because it did not come to rest, leaves the
     * weights of the step before: halfway they belong to no step.
     */
    private Trained train(Session session, Phase nudged, LearningStep step, Ledger settled)
            throws UnsettledException, DivergedException {
        Parameters before = session.parameters();
        Trained trained =
                session.train(
                        nudged,
                        plan.method().estimator(),
                        step,
                        plan.schedule().updates(),
                        plan.motion().hurries()
                                ? plan.budget().withNanos(plan.motion().frameNanos())
                                : plan.budget());
        try {
            SettlingLearner.requireNotCancelled(trained.stopped(), step);
            counts.add(settled.plus(session.report().ledger()));
            counts.happened(session.report().faults());
            judge(session, trained, step);
        } catch (UnsettledException e) {
            session.load(before);
            carried = 0;
            throw e;
        }
        return trained;
    }

    /** Settles the free phase that a presentation starts from; its examples may also be drawn. */
    private boolean settleFree(Session session, Matrix input, Matrix target, LearningStep step)
            throws UnsettledException {
        Settlement free =
                GradientEstimate.prepare(session, plan.method(), input, target, plan.budget());
        SettlingLearner.requireNotCancelled(free, step);
        if (!(free instanceof Conclusive)) {
            counts.add(session.report().ledger());
            counts.happened(session.report().faults());
            leftOut.blame(free, input.columns());
            String grown = plan.grown(session.parameters());
            String why = LeftOut.describe(free) + (grown.isEmpty() ? "" : "; " + grown);
            leftOut.lose(input.columns(), step, why);
            return false;
        }
        if (drawn.asks(step.number())) {
            GradientEstimate alone = new GradientEstimate(free, free, null, session.report());
            drawn.judge(step.number(), alone, session.parameters(), input, target);
        }
        return true;
    }

    private void judge(Session session, Trained trained, LearningStep step)
            throws UnsettledException, DivergedException {
        if (!trained.finite()) {
            String first = NonFinite.first(plan.network(), session.parameters());
            throw new DivergedException(
                    step.number(),
                    first.isEmpty() ? "an activity of the network is not finite" : first);
        }
        boolean hurried = plan.motion().hurries() && trained.stopped() == Reason.TIME_BUDGET;
        if (hurried) {
            counts.hurry();
        }
        boolean expected = trained.isQuiet() || hurried && trained.finite();
        if (!expected && plan.unsettled() == Unsettled.FAIL) {
            throw new UnsettledException(
                    "in step %d the network did not come to rest: %s"
                            .formatted(
                                    step.number(),
                                    trained.finite()
                                            ? trained.stopped().reportName()
                                            : "numbers that are not finite"));
        }
    }
}
