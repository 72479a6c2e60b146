package org.relaxon.runtime.settling;

import java.util.List;
import org.relaxon.model.audit.Audit;
import org.relaxon.model.audit.AuditResult;
import org.relaxon.model.cell.Link;
import org.relaxon.model.phase.Phase;
import org.relaxon.model.rule.Trait;
import org.relaxon.model.rule.Traits;
import org.relaxon.model.settle.Reason;
import org.relaxon.runtime.RunPlan;

/**
 * The audits of one phase and the repairs between them: last signals that did not arrive are sent
 * again, and cells send changes below the threshold.
 */
final class Audits {
    /** Factor of the threshold from one refinement to the next. */
    static final double REFINEMENT = 0.01;

    private static final long LEAST_PAUSE_NANOS = 100_000L;
    private static final long PAUSE_MAX_NANOS = 1L << 60;
    private static final int REFINEMENTS_MAX = 4;

    /** The audit of a session's state and the judge of its result. */
    record Judging(Audit audit, Judge judge) {}

    private final Runner runner;
    private final RunPlan plan;
    private final Judging judging;
    private final long phaseId;
    private final Phase phase;
    private final double[][] startOff;
    private final long leastPause;
    private long pause;
    private AuditResult found;
    private int rounds; // all audits
    private int fruitless; // consecutive repairs after which the same links were still missing
    private int refinements;

    /**
     * @param startOff {@link AuditResult#off} of the audit of the state that the phase starts from;
     *     null if it starts at rest or was not swept
     */
    Audits(
            Runner runner,
            RunPlan plan,
            Judging judging,
            long phaseId,
            Phase phase,
            double[][] startOff) {
        this.runner = runner;
        this.plan = plan;
        this.judging = judging;
        this.phaseId = phaseId;
        this.phase = phase;
        this.startOff = startOff;
        leastPause = leastPause(plan);
        pause = leastPause;
    }

    /** The time in which a signal usually arrives, nanoseconds. */
    static long leastPause(RunPlan plan) {
        long usual = plan.delay().typicalNanos() + plan.effectiveRefractoryNanos();
        return Math.max(LEAST_PAUSE_NANOS, usual);
    }

    /** Audits, and lets cells continue as long as that helps; returns why the run stopped. */
    Reason repeat(Reason before) {
        Reason stopped = before;
        audit();
        while (stopped == null) {
            if (judging.judge().repairable(found) && fruitless < plan.auditRounds() - 1) {
                stopped = repair();
            } else if (refines() && judging.judge().refinable(found)) {
                stopped = refine();
            } else {
                break;
            }
        }
        return stopped;
    }

    /** The result of the last audit. */
    AuditResult found() {
        return found;
    }

    int rounds() {
        return rounds;
    }

    private void audit() {
        found =
                runner.shard()
                        .audit(judging.audit(), phaseId, phase, plan.judgesUpdates(), startOff)
                        .within(plan.effectiveResolution());
        rounds++;
    }

    /** Resends last signals that did not arrive, with a pause that grows while this fails. */
    private Reason repair() {
        List<Link> before = found.unheard();
        Reason stopped = runner.resume(before, pause);
        audit();
        boolean vain = found.unheard().containsAll(before);
        fruitless = vain ? fruitless + 1 : 0;
        pause = vain ? Math.min(2 * pause, PAUSE_MAX_NANOS) : leastPause;
        return stopped;
    }

    private boolean refines() {
        Traits traits = plan.rule().traits();
        boolean holdsErrors = traits.has(Trait.HOLDS_ERRORS);
        boolean byActivities = traits.has(Trait.ERROR_FORM) && !holdsErrors;
        return plan.refines()
                && (byActivities || holdsErrors || phase.differences())
                && found.unheard().isEmpty()
                && refinements < REFINEMENTS_MAX;
    }

    /** Every cell sends its unsent changes, down to a smaller one. */
    private Reason refine() {
        refinements++;
        runner.shard().refine(REFINEMENT);
        Reason stopped = runner.resume(List.of(), leastPause);
        audit();
        return stopped;
    }
}
