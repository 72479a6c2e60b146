package org.relaxon.runtime.settling;

import java.util.List;
import org.relaxon.model.audit.Audit;
import org.relaxon.model.audit.AuditResult;
import org.relaxon.model.cell.Link;
import org.relaxon.model.cell.Links;
import org.relaxon.model.cell.Wiring;
import org.relaxon.model.memento.StateReader;
import org.relaxon.model.memento.StateWriter;
import org.relaxon.model.phase.Phase;
import org.relaxon.model.rule.Signalling;
import org.relaxon.model.rule.Trait;
import org.relaxon.model.rule.Traits;
import org.relaxon.model.settle.Reason;
import org.relaxon.model.settle.Settlement;
import org.relaxon.runtime.RunPlan;
import org.relaxon.runtime.shard.Crew;
import org.relaxon.runtime.shard.Shards;

/**
 * The audits of one phase and the repairs between them: last signals that did not arrive are sent
 * again, and cells send changes below the threshold. The caller runs the cells in between.
 */
final class Audits {
    /** Factor of the threshold from one refinement to the next. */
    private static final double REFINEMENT = 0.01;

    private static final double LEAST_THRESHOLD = 1e-19;

    private static final long LEAST_PAUSE_NANOS = 100_000L;
    private static final long PAUSE_MAX_NANOS = 1L << 60;
    private static final int REFINEMENTS_MAX = 4;

    /** The audit of a session's state and the judge of its result. */
    record Judging(Wiring wiring, Audit audit, Judge judge) {}

    private final Shards shards;
    private final Crew crew; // works on cells between runs
    private final RunPlan plan;
    private final Judging judging;
    private final long phaseId;
    private final Phase phase;
    private final Snapshots.Saved start; // state that the phase starts from; null for rest
    private final long leastPause;
    private long pauseOfRepair;
    private Reason stopped; // null after a run that ended quiescent
    private AuditResult found;
    private int rounds; // all audits
    private int fruitless; // consecutive repairs after which the same links were still missing
    private int refinements;
    private boolean startRepeated; // all last signals were sent again, as the start is unproven
    private List<Link> repaired; // by the run that has ended; null if it repaired none
    private List<Link> resent = List.of(); // in the next run
    private long pause; // before the next run

    Audits(
            Runner runner,
            boolean besideOthers,
            RunPlan plan,
            Judging judging,
            long phaseId,
            Phase phase,
            Snapshots.Saved start) {
        shards = runner.shards();
        // A lane that has the cells to itself would only wait for another thread to begin.
        crew = besideOthers ? runner.crew() : Crew.CALLER;
        this.plan = plan;
        this.judging = judging;
        this.phaseId = phaseId;
        this.phase = phase;
        this.start = start;
        // The time in which a signal usually arrives.
        long travel = plan.conditions().timing().slowest(plan.delay()).typicalNanos();
        leastPause = Math.max(LEAST_PAUSE_NANOS, travel + plan.effectiveRefractoryNanos());
        pauseOfRepair = leastPause;
    }

    /** The factor of the first threshold of a phase that is as low as after some refinements. */
    static double factor(Signalling signalling, int refinements) {
        double least = Math.min(1.0, LEAST_THRESHOLD / signalling.least());
        return Math.max(Math.pow(REFINEMENT, refinements), least);
    }

    /**
     * Audits after a run that has ended, and prepares the next one if that helps.
     *
     * @param reason why the run stopped; null if the network is quiescent
     * @return whether the cells go on, after a {@link #pause} and with {@link #resent} signals
     */
    boolean goOn(Reason reason) {
        stopped = reason;
        if (stopped == null && isUnproven() && !startRepeated) { // signals were lost unseen
            startRepeated = true;
            return prepare(judging.wiring().links(), leastPause);
        }
        audit();
        if (stopped != null) {
            return false;
        }
        if (judging.judge().repairable(found) && fruitless < plan.auditRounds() - 1) {
            repaired = found.unheard();
            return prepare(repaired, pauseOfRepair);
        }
        if (refines() && judging.judge().refinable(found)) {
            refinements++;
            shards.refine(REFINEMENT); // every cell sends its unsent changes, down to a smaller one
            return prepare(List.of(), leastPause);
        }
        return false;
    }

    private boolean prepare(List<Link> links, long nanos) {
        resent = links;
        pause = nanos;
        return true;
    }

    /** Links whose senders repeat their last signal in the next run. */
    List<Link> resent() {
        return resent;
    }

    /** The pause before the next run, nanoseconds of host time. */
    long pause() {
        return pause;
    }

    /** The verdict, once the cells do not go on. */
    Settlement verdict() {
        Reason reason = stopped == null && isUnproven() ? Reason.UNPROVEN_START : stopped;
        return judging.judge().verdict(reason, found, plan.rule().traits().isDataflow(phase));
    }

    /** The result of the last audit. */
    AuditResult found() {
        return found;
    }

    int rounds() {
        return rounds;
    }

    private boolean isUnproven() {
        return start != null && !start.settled();
    }

    private void audit() {
        double[][] startOff = start == null ? null : start.off();
        crew.runThere(
                List.of(
                        () ->
                                found =
                                        shards.audit(
                                                        judging.audit(),
                                                        phaseId,
                                                        phase,
                                                        plan.judgesUpdates(),
                                                        startOff)
                                                .within(plan.effectiveResolution())));
        rounds++;
        if (repaired != null) { // the pause grows while repairs fail
            boolean vain = found.unheard().containsAll(repaired);
            fruitless = vain ? fruitless + 1 : 0;
            pauseOfRepair = vain ? Math.min(2 * pauseOfRepair, PAUSE_MAX_NANOS) : leastPause;
            repaired = null;
        }
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

    /** Writes down what the next audits depend on, while a run is in progress. */
    void save(StateWriter out) {
        out.writeLong(pauseOfRepair);
        out.writeInt(rounds);
        out.writeInt(fruitless);
        out.writeInt(refinements);
        out.writeBoolean(startRepeated);
        out.writeBoolean(repaired != null);
        if (repaired != null) {
            Links.save(repaired, out);
        }
    }

    void load(StateReader in) {
        pauseOfRepair = in.readLong();
        rounds = in.readInt();
        fruitless = in.readInt();
        refinements = in.readInt();
        startRepeated = in.readBoolean();
        repaired = in.readBoolean() ? judging.wiring().links().load(in) : null;
    }
}
