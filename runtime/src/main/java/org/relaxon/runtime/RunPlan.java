package org.relaxon.runtime;

import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.relaxon.model.math.Kernels;
import org.relaxon.model.network.Granularity;
import org.relaxon.model.rule.Rule;
import org.relaxon.model.rule.Signalling;
import org.relaxon.model.rule.Trait;
import org.relaxon.runtime.delay.DelayModel;
import org.relaxon.runtime.delay.Delays;
import org.relaxon.runtime.discipline.Discipline;
import org.relaxon.runtime.fault.Cut;
import org.relaxon.runtime.fault.Delivery;
import org.relaxon.runtime.fault.Faults;

/**
 * Everything about a run that is not the network: the rule, the granularity, when cells relax, how
 * signals travel, and which states count as settled. Immutable; built by {@link #of} and the {@code
 * with} methods.
 */
public final class RunPlan implements Cloneable {
    /** Default threshold: leaves the estimate at beta 1e-4 unchanged to six digits. */
    public static final double DEFAULT_THRESHOLD = 1e-10;

    /** How well the update of every projection must be known by default, relative. */
    public static final double DEFAULT_RESOLUTION = 1e-4;

    private static final long REFRACTORY_WITHOUT_DELAY = 100_000L;

    private Rule rule;
    private Granularity granularity = Granularity.LAYER;
    private Tolerances tolerances = Tolerances.DEFAULT;
    private DelayModel delay = Delays.none();
    private Conditions conditions = Conditions.PLAIN;
    private long refractoryNanos = -1;
    private int auditRounds = 12;
    private long seed = 1;
    private boolean probes;

    private RunPlan(Rule rule) {
        this.rule = Objects.requireNonNull(rule, "rule");
    }

    /**
     * {@return the plan with the defaults: whole layers, strict kernels, eager cells, no delay, no
     * faults, seed 1}
     *
     * @param rule defines what cells send and how they minimise their energy
     */
    public static RunPlan of(Rule rule) {
        return new RunPlan(rule);
    }

    /** {@return the rule, which defines what cells send and how they minimise their energy} */
    public Rule rule() {
        return rule;
    }

    /** {@return the number of neurons per cell} */
    public Granularity granularity() {
        return granularity;
    }

    /** {@return strict or fast arithmetic, and its precision} */
    public Kernels.Kind kernels() {
        return tolerances.kernels();
    }

    /**
     * {@return the change of activity worth a signal, at least 0; errors that are held as variables
     * use it as a share of their own size, other feedback uses threshold x |beta|} Cells in step
     * always send their state, and count a smaller change as rest. The default is a hundredth of
     * the tolerance, or {@link #DEFAULT_THRESHOLD} if the tolerance was not given either.
     */
    public double threshold() {
        return tolerances.thresholdOf(rule);
    }

    /**
     * {@return whether smaller changes become worth a signal when an audit finds that the update of
     * some projection is not known to {@link #effectiveResolution}; false for a threshold that was
     * given}
     */
    public boolean refines() {
        return tolerances.refines();
    }

    /** {@return which changes are worth a signal, and how signals are rounded} */
    public Signalling signalling() {
        return tolerances.signallingOf(rule);
    }

    /**
     * {@return the largest defect that counts as settled, and the share of its size to which the
     * update of every projection must be known; NaN for 100 x threshold or 50 x quantum, from 1e-12
     * to .999, and {@link #effectiveResolution}}
     */
    public double tolerance() {
        return tolerances.tolerance();
    }

    /** {@return how long signals travel} */
    public DelayModel delay() {
        return delay;
    }

    /** {@return the faults that the run injects} */
    public Faults faults() {
        return conditions.faults();
    }

    /** {@return discipline, delivery, faults and exceptions to the delay} */
    public Conditions conditions() {
        return conditions;
    }

    /** {@return when a cell may relax} */
    public Discipline discipline() {
        return conditions.discipline();
    }

    /** {@return the mean pause of a cell in nanoseconds, jittered by half; -1 for the default} */
    public long refractoryNanos() {
        return refractoryNanos;
    }

    /** {@return the number of audits after which a network away from equilibrium is given up} */
    public int auditRounds() {
        return auditRounds;
    }

    /** {@return the seed of delays, faults and jitter} */
    public long seed() {
        return seed;
    }

    /** {@return whether the virtual host detects quiescence by probe waves, not by its queue} */
    public boolean probes() {
        return probes;
    }

    /** {@return the tolerance in force} */
    public double effectiveTolerance() {
        return tolerances.toleranceOf(rule);
    }

    /**
     * {@return the share of its own size to which the update of every projection must be known: the
     * argument of {@link #withResolution} if given, else the tolerance if given, else {@link
     * #DEFAULT_RESOLUTION} or the share that the threshold allows}
     */
    public double effectiveResolution() {
        return tolerances.resolutionOf(rule);
    }

    /** {@return whether verdicts judge updates: an infinite resolution accepts any} */
    public boolean judgesUpdates() {
        return !Double.isInfinite(effectiveResolution());
    }

    /**
     * {@return the mean refractory period in force, nanoseconds: by default the typical delay;
     * without a delay 100 us for parts of layers and 0 for whole layers; 0 for cells in step or
     * with clocks of their own}
     */
    public long effectiveRefractoryNanos() {
        if (refractoryNanos >= 0) {
            return refractoryNanos;
        }
        if (discipline().kind() != Discipline.Kind.EAGER) {
            return 0;
        }
        if (delay.typicalNanos() > 0) {
            return delay.typicalNanos();
        }
        return granularity.equals(Granularity.LAYER) ? 0 : REFRACTORY_WITHOUT_DELAY;
    }

    /**
     * Refuses settings that cannot work together.
     *
     * @throws IllegalArgumentException naming them
     */
    public void requireConsistent() {
        if (rule.traits().has(Trait.NEEDS_TURNS)
                && discipline().kind() != Discipline.Kind.TURN_TAKING) {
            throw new IllegalArgumentException(
                    "discipline: these dynamics of %s promise nothing under %s; use turn-taking"
                            .formatted(rule.optionName(), discipline()));
        }
        if (discipline().clock() != null && refractoryNanos > 0) {
            throw new IllegalArgumentException(
                    "refractory: under %s a cell has a clock of its own and no refractory period"
                            .formatted(discipline()));
        }
        tolerances.requireConsistent(rule);
        conditions.requireConsistent();
    }

    /**
     * {@return the same plan with another rule}
     *
     * @param value defines what cells send and how they minimise their energy
     */
    public RunPlan withRule(Rule value) {
        return with(p -> p.rule = value);
    }

    /**
     * {@return the same plan with other cells}
     *
     * @param value number of neurons per cell
     */
    public RunPlan withGranularity(Granularity value) {
        return with(p -> p.granularity = value);
    }

    /**
     * {@return the same plan with other arithmetic}
     *
     * @param value strict or fast, and its precision
     */
    public RunPlan withKernels(Kernels.Kind value) {
        return with(p -> p.tolerances = tolerances.withKernels(value));
    }

    /**
     * {@return the same plan with a threshold that audits do not lower}
     *
     * @param value as in {@link #threshold}; finite, at least 0
     */
    public RunPlan withThreshold(double value) {
        return with(p -> p.tolerances = tolerances.withThreshold(value, false));
    }

    /**
     * {@return the same plan with an initial threshold, which audits may lower}
     *
     * @param value as in {@link #threshold}; NaN for the default
     */
    public RunPlan withFirstThreshold(double value) {
        return with(p -> p.tolerances = tolerances.withThreshold(value, true));
    }

    /**
     * {@return the same plan with signals rounded to another grid}
     *
     * @param value as in {@link Signalling#quantum}
     */
    public RunPlan withQuantum(double value) {
        return with(p -> p.tolerances = tolerances.withQuantum(value));
    }

    /**
     * {@return the same plan with another way to compute products with weights}
     *
     * @param value see {@link Signalling#drive}; dense by default
     */
    public RunPlan withDrive(Signalling.Drive value) {
        return with(p -> p.tolerances = tolerances.withDrive(value));
    }

    /**
     * {@return the same plan with another tolerance}
     *
     * @param value as in {@link #tolerance}, between 0 and 1; NaN for the default
     */
    public RunPlan withTolerance(double value) {
        return with(p -> p.tolerances = tolerances.withTolerance(value));
    }

    /**
     * {@return the same plan with a separate share of its size to which every projection's update
     * must be known}
     *
     * @param value share, greater than 0; NaN to derive it from {@link #tolerance}, infinite if
     *     updates are not to be judged
     */
    public RunPlan withResolution(double value) {
        return with(p -> p.tolerances = tolerances.withResolution(value));
    }

    /**
     * {@return the same plan with other travel times}
     *
     * @param value how long signals travel
     */
    public RunPlan withDelay(DelayModel value) {
        return with(p -> p.delay = Objects.requireNonNull(value, "delay"));
    }

    /**
     * {@return the same plan with other faults}
     *
     * @param value all faults that the run injects
     */
    public RunPlan withFaults(Faults value) {
        return withConditions(conditions.withFaults(value));
    }

    /**
     * {@return the same plan with another delivery}
     *
     * @param value how senders handle losses; null for the delivery that the discipline needs
     */
    public RunPlan withDelivery(Delivery value) {
        return withConditions(conditions.withDelivery(value));
    }

    /**
     * {@return the same plan with another discipline}
     *
     * @param value when a cell may relax
     */
    public RunPlan withDiscipline(Discipline value) {
        return withConditions(conditions.withDiscipline(value));
    }

    /**
     * {@return the same plan with another refractory period}
     *
     * @param value mean pause in nanoseconds, at least 0; -1 for the default
     */
    public RunPlan withRefractoryNanos(long value) {
        return with(p -> p.refractoryNanos = value);
    }

    /**
     * {@return the same plan with another number of audits}
     *
     * @param value audits after which a network that is quiescent away from equilibrium is given
     *     up, at least 1
     */
    public RunPlan withAuditRounds(int value) {
        return with(p -> p.auditRounds = value);
    }

    /**
     * {@return the same plan with another seed}
     *
     * @param value seed of delays, faults and jitter
     */
    public RunPlan withSeed(long value) {
        return with(p -> p.seed = value);
    }

    /**
     * {@return the same plan with another detector of quiescence on the virtual host}
     *
     * @param value true for probe waves, false for the empty queue
     */
    public RunPlan withProbes(boolean value) {
        return with(p -> p.probes = value);
    }

    /**
     * {@return the same plan under other conditions}
     *
     * @param value see {@link #conditions}
     */
    public RunPlan withConditions(Conditions value) {
        return with(p -> p.conditions = value);
    }

    /**
     * {@return the same plan with other outages of links and all other faults as they are}
     *
     * @param value outages of links
     */
    public RunPlan withCuts(List<Cut> value) {
        return withFaults(faults().withCuts(value));
    }

    private RunPlan with(Consumer<RunPlan> change) {
        RunPlan copy;
        try {
            copy = (RunPlan) clone();
        } catch (CloneNotSupportedException e) {
            throw new AssertionError(e);
        }
        change.accept(copy);
        copy.requireInRange();
        return copy;
    }

    private void requireInRange() {
        signalling(); // refuses an invalid quantum
        Delays.requireTypical(delay.spec(), delay.typicalNanos());
        if (refractoryNanos < -1 || refractoryNanos > Delays.NANOS_MAX) {
            throw new IllegalArgumentException(
                    "refractory: %d ns is not in 0..%d ns"
                            .formatted(refractoryNanos, Delays.NANOS_MAX));
        }
        if (auditRounds < 1) {
            throw new IllegalArgumentException("audit-rounds: need at least 1, got " + auditRounds);
        }
    }
}
