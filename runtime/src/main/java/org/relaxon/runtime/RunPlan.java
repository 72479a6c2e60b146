package org.relaxon.runtime;

import java.util.List;
import java.util.function.Consumer;
import org.relaxon.model.cell.Granularity;
import org.relaxon.model.cell.Signalling;
import org.relaxon.model.math.Kernels;
import org.relaxon.model.rule.Rule;
import org.relaxon.model.rule.Trait;
import org.relaxon.runtime.delay.DelayModel;
import org.relaxon.runtime.delay.DelayOn;
import org.relaxon.runtime.delay.Delays;
import org.relaxon.runtime.discipline.Discipline;
import org.relaxon.runtime.fault.Cut;
import org.relaxon.runtime.fault.Delivery;
import org.relaxon.runtime.fault.Faults;

/**
 * Everything about a run that is not the network: which rule, how it is cut into cells, when cells
 * relax, how signals travel, what counts as settled. Immutable; built by {@link #of} and the {@code
 * with} methods.
 */
public final class RunPlan implements Cloneable {
    /** Default threshold: leaves the estimate at beta 1e-4 unchanged to six digits. */
    public static final double DEFAULT_THRESHOLD = 1e-10;

    /** How well the update of every projection has to be known by default, relative. */
    public static final double DEFAULT_RESOLUTION = 1e-4;

    private static final double LEAST_TOLERANCE = 1e-12;
    private static final double TOLERANCE_MAX = 0.999;
    private static final double TOLERANCE_PER_THRESHOLD = 100.0;
    private static final long REFRACTORY_WITHOUT_DELAY = 100_000L;

    private Rule rule;
    private Granularity granularity = Granularity.LAYER;
    private Kernels.Kind kernels = Kernels.Kind.STRICT;
    private double threshold = Double.NaN;
    private boolean refines = true;
    private double quantum;
    private double tolerance = Double.NaN;
    private double resolution = Double.NaN;
    private DelayModel delay = Delays.none();
    private List<DelayOn> delaysOn = List.of();
    private Faults faults = Faults.NONE;
    private Delivery delivery;
    private Discipline discipline = Discipline.EAGER;
    private long refractoryNanos = -1;
    private int auditRounds = 12;
    private long seed = 1;
    private boolean probes;

    private RunPlan(Rule rule) {
        this.rule = rule;
    }

    /** The defaults: whole layers, strict kernels, eager cells, no delay, no faults, seed 1. */
    public static RunPlan of(Rule rule) {
        return new RunPlan(rule);
    }

    /** What cells send and how they minimise their energy. */
    public Rule rule() {
        return rule;
    }

    /** Neurons per cell. */
    public Granularity granularity() {
        return granularity;
    }

    /** Strict or fast arithmetic. */
    public Kernels.Kind kernels() {
        return kernels;
    }

    /**
     * Change of activity worth a signal, at least 0; errors that are held as variables use it as a
     * share of their own size, other feedback threshold x |beta|. Cells that answer each other
     * always say their state, and take a smaller change for rest. If it was not given, a hundredth
     * of the tolerance, or if that was not given either, {@link #DEFAULT_THRESHOLD}.
     */
    public double threshold() {
        if (!Double.isNaN(threshold)) {
            return threshold;
        }
        if (Double.isNaN(tolerance)) {
            return DEFAULT_THRESHOLD;
        }
        double enough = tolerance / TOLERANCE_PER_THRESHOLD;
        return rule.traits().has(Trait.HOLDS_ERRORS) ? enough : Math.min(DEFAULT_THRESHOLD, enough);
    }

    /**
     * Whether smaller changes become worth a signal when an audit finds that the update of some
     * projection is not known to {@link #effectiveResolution}; false for a threshold that was
     * given.
     */
    public boolean refines() {
        return refines;
    }

    /** Step of the grid that signals are rounded to, in the same units; 0 for exact values. */
    public double quantum() {
        return quantum;
    }

    /** What cells find worth saying. */
    public Signalling signalling() {
        return new Signalling(threshold(), quantum);
    }

    /**
     * Largest defect that counts as settled, and share of its size to which the update of every
     * projection has to be known; NaN for 100 x threshold or 50 x quantum, from 1e-12 to .999, and
     * {@link #effectiveResolution}.
     */
    public double tolerance() {
        return tolerance;
    }

    /** How long signals travel. */
    public DelayModel delay() {
        return delay;
    }

    /** Where signals travel for another time than {@link #delay}; the last that matches counts. */
    public List<DelayOn> delaysOn() {
        return delaysOn;
    }

    /** What goes wrong on purpose. */
    public Faults faults() {
        return faults;
    }

    /** Outages of links, which are among the {@link #faults}. */
    public List<Cut> cuts() {
        return faults.cuts();
    }

    /** What senders do about losses; null for what the discipline needs. */
    public Delivery delivery() {
        return delivery;
    }

    /** When a cell may relax. */
    public Discipline discipline() {
        return discipline;
    }

    /** Mean pause of a cell between two relaxations, jittered by half; -1 for the default. */
    public long refractoryNanos() {
        return refractoryNanos;
    }

    /** Audits after which a network that is quiet away from equilibrium is given up. */
    public int auditRounds() {
        return auditRounds;
    }

    /** Of delays, faults and jitter. */
    public long seed() {
        return seed;
    }

    /** On the virtual host: detect quiescence with probe waves instead of the empty queue. */
    public boolean probes() {
        return probes;
    }

    /** The tolerance in force. */
    public double effectiveTolerance() {
        return Double.isNaN(tolerance)
                ? Math.min(
                        TOLERANCE_MAX,
                        Math.max(LEAST_TOLERANCE, TOLERANCE_PER_THRESHOLD * signalling().least()))
                : tolerance;
    }

    /**
     * To which share of its own size the update of every projection has to be known: what {@link
     * #withResolution} was given, else the tolerance if one was given, else {@link
     * #DEFAULT_RESOLUTION} or what the threshold allows.
     */
    public double effectiveResolution() {
        if (!Double.isNaN(resolution)) {
            return resolution;
        }
        return Double.isNaN(tolerance)
                ? Math.max(DEFAULT_RESOLUTION, effectiveTolerance())
                : tolerance;
    }

    /** Whether it is asked how well updates are known: an infinite resolution asks for nothing. */
    public boolean judgesUpdates() {
        return !Double.isInfinite(effectiveResolution());
    }

    /**
     * The mean refractory period in force, nanoseconds: by default the typical delay, or if there
     * is none 100 us for parts of layers and 0 for whole layers; 0 where cells answer each other or
     * have clocks of their own.
     */
    public long effectiveRefractoryNanos() {
        if (refractoryNanos >= 0) {
            return refractoryNanos;
        }
        if (discipline.kind() != Discipline.Kind.EAGER) {
            return 0;
        }
        if (delay.typicalNanos() > 0) {
            return delay.typicalNanos();
        }
        return granularity.equals(Granularity.LAYER) ? 0 : REFRACTORY_WITHOUT_DELAY;
    }

    /** Whether senders repeat what nobody confirms. */
    public boolean repeats() {
        return delivery == null ? discipline.isInStep() : delivery == Delivery.RELIABLE_LATEST;
    }

    /**
     * Refuses what cannot work together.
     *
     * @throws IllegalArgumentException naming it
     */
    public void requireConsistent() {
        if (rule.traits().has(Trait.NEEDS_TURNS)
                && discipline.kind() != Discipline.Kind.TURN_TAKING) {
            throw new IllegalArgumentException(
                    "discipline: these dynamics of %s promise nothing under %s; use turn-taking"
                            .formatted(rule.optionName(), discipline));
        }
        if (discipline.isInStep() && !repeats()) {
            throw new IllegalArgumentException(
                    "delivery: %s needs reliable-latest, because a lost turn is a deadlock"
                            .formatted(discipline));
        }
        if (faults.overtakes() && discipline.kind() == Discipline.Kind.TURN_TAKING) {
            throw new IllegalArgumentException(
                    "reorder: under turn-taking a cell says nothing before it is answered, so"
                            + " nothing can be overtaken");
        }
    }

    public RunPlan withRule(Rule value) {
        return with(p -> p.rule = value);
    }

    public RunPlan withGranularity(Granularity value) {
        return with(p -> p.granularity = value);
    }

    public RunPlan withKernels(Kernels.Kind value) {
        return with(p -> p.kernels = value);
    }

    public RunPlan withThreshold(double value) {
        return with(
                p -> {
                    p.threshold = value;
                    p.refines = false;
                });
    }

    /** A threshold to begin with, which audits may lower. */
    public RunPlan withFirstThreshold(double value) {
        return with(
                p -> {
                    p.threshold = value;
                    p.refines = true;
                });
    }

    public RunPlan withQuantum(double value) {
        return with(p -> p.quantum = value);
    }

    public RunPlan withTolerance(double value) {
        return with(p -> p.tolerance = value);
    }

    /**
     * The share of its size to which every projection's update has to be known, where it is not
     * that of {@link #tolerance}; NaN for what follows from it, infinite if it is not asked.
     */
    public RunPlan withResolution(double value) {
        return with(p -> p.resolution = value);
    }

    public RunPlan withDelay(DelayModel value) {
        return with(p -> p.delay = value);
    }

    public RunPlan withDelaysOn(List<DelayOn> value) {
        return with(p -> p.delaysOn = List.copyOf(value));
    }

    public RunPlan withFaults(Faults value) {
        return with(p -> p.faults = value);
    }

    public RunPlan withDelivery(Delivery value) {
        return with(p -> p.delivery = value);
    }

    public RunPlan withDiscipline(Discipline value) {
        return with(p -> p.discipline = value);
    }

    public RunPlan withRefractoryNanos(long value) {
        return with(p -> p.refractoryNanos = value);
    }

    public RunPlan withAuditRounds(int value) {
        return with(p -> p.auditRounds = value);
    }

    public RunPlan withSeed(long value) {
        return with(p -> p.seed = value);
    }

    public RunPlan withProbes(boolean value) {
        return with(p -> p.probes = value);
    }

    /** Discipline, delivery and faults at once. */
    public RunPlan withConditions(Conditions value) {
        return withDiscipline(value.discipline())
                .withDelivery(value.delivery())
                .withFaults(value.faults())
                .withDelaysOn(value.delaysOn());
    }

    /** The same with other outages of links and all other faults as they are. */
    public RunPlan withCuts(List<Cut> value) {
        return withFaults(faults.withCuts(value));
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
        if (!Double.isNaN(tolerance) && !(tolerance > 0 && tolerance < 1)) {
            throw new IllegalArgumentException(
                    "tolerance: need a number between 0 and 1, got " + tolerance);
        }
        if (!Double.isNaN(resolution) && !(resolution > 0)) {
            throw new IllegalArgumentException("resolution: need a number > 0, got " + resolution);
        }
        boolean given = !(refines && Double.isNaN(threshold));
        if (given && (!(threshold >= 0) || Double.isInfinite(threshold))) {
            throw new IllegalArgumentException(
                    "threshold: need a finite number >= 0, got " + threshold);
        }
        signalling(); // refuses what is no quantum
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
