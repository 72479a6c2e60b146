package org.relaxon.runtime;

import java.util.List;
import org.relaxon.model.cell.Granularity;
import org.relaxon.model.math.Kernels;
import org.relaxon.model.rule.Rule;
import org.relaxon.runtime.delay.DelayModel;
import org.relaxon.runtime.delay.Delays;
import org.relaxon.runtime.fault.Cut;

/**
 * Everything about a run that is not the network: which rule, how it is cut into cells, how signals
 * travel, what counts as settled. Built by {@link #of} and the {@code with} methods.
 *
 * @param rule what cells send and how they minimise their energy
 * @param granularity neurons per cell
 * @param kernels strict or fast arithmetic
 * @param threshold change of activity worth a signal, at least 0; feedback uses threshold x |beta|
 * @param tolerance largest defect that counts as settled, dimensionless; NaN for 100 x threshold,
 *     at least 1e-12
 * @param delay how long signals travel
 * @param cuts outages of links
 * @param refractoryNanos mean pause of a cell between two relaxations, jittered by half; -1 for the
 *     typical delay, or if there is none 100 us for parts of layers and 0 for whole layers
 * @param auditRounds audits after which a network that is quiet away from equilibrium is given up
 * @param seed of delays and jitter
 * @param probes on the virtual host: detect quiescence with probe waves instead of the empty queue
 */
public record RunPlan(
        Rule rule,
        Granularity granularity,
        Kernels.Kind kernels,
        double threshold,
        double tolerance,
        DelayModel delay,
        List<Cut> cuts,
        long refractoryNanos,
        int auditRounds,
        long seed,
        boolean probes) {
    /** Default threshold: leaves the estimate at beta 1e-4 unchanged to six digits. */
    public static final double DEFAULT_THRESHOLD = 1e-10;

    private static final double LEAST_TOLERANCE = 1e-12;
    private static final double TOLERANCE_PER_THRESHOLD = 100.0;
    private static final long REFRACTORY_WITHOUT_DELAY = 100_000L;

    public RunPlan {
        if (!(threshold >= 0) || Double.isInfinite(threshold)) {
            throw new IllegalArgumentException(
                    "threshold: need a finite number >= 0, got " + threshold);
        }
        if (!Double.isNaN(tolerance) && !(tolerance > 0 && tolerance < 1)) {
            throw new IllegalArgumentException(
                    "tolerance: need a number between 0 and 1, got " + tolerance);
        }
        if (refractoryNanos < -1 || refractoryNanos > Delays.NANOS_MAX) {
            throw new IllegalArgumentException(
                    "refractory: %d ns is not in 0..%d ns"
                            .formatted(refractoryNanos, Delays.NANOS_MAX));
        }
        if (auditRounds < 1) {
            throw new IllegalArgumentException("audit-rounds: need at least 1, got " + auditRounds);
        }
        cuts = List.copyOf(cuts);
    }

    /** The defaults: whole layers, strict kernels, no delay, seed 1. */
    public static RunPlan of(Rule rule) {
        return new RunPlan(
                rule,
                Granularity.LAYER,
                Kernels.Kind.STRICT,
                DEFAULT_THRESHOLD,
                Double.NaN,
                Delays.none(),
                List.of(),
                -1,
                12,
                1,
                false);
    }

    /** The tolerance in force. */
    public double effectiveTolerance() {
        return Double.isNaN(tolerance)
                ? Math.max(LEAST_TOLERANCE, TOLERANCE_PER_THRESHOLD * threshold)
                : tolerance;
    }

    /** The mean refractory period in force, nanoseconds. */
    public long effectiveRefractoryNanos() {
        if (refractoryNanos >= 0) {
            return refractoryNanos;
        }
        if (delay.typicalNanos() > 0) {
            return delay.typicalNanos();
        }
        return granularity.equals(Granularity.LAYER) ? 0 : REFRACTORY_WITHOUT_DELAY;
    }

    public RunPlan withGranularity(Granularity value) {
        return new RunPlan(
                rule,
                value,
                kernels,
                threshold,
                tolerance,
                delay,
                cuts,
                refractoryNanos,
                auditRounds,
                seed,
                probes);
    }

    public RunPlan withKernels(Kernels.Kind value) {
        return new RunPlan(
                rule,
                granularity,
                value,
                threshold,
                tolerance,
                delay,
                cuts,
                refractoryNanos,
                auditRounds,
                seed,
                probes);
    }

    public RunPlan withThreshold(double value) {
        return new RunPlan(
                rule,
                granularity,
                kernels,
                value,
                tolerance,
                delay,
                cuts,
                refractoryNanos,
                auditRounds,
                seed,
                probes);
    }

    public RunPlan withTolerance(double value) {
        return new RunPlan(
                rule,
                granularity,
                kernels,
                threshold,
                value,
                delay,
                cuts,
                refractoryNanos,
                auditRounds,
                seed,
                probes);
    }

    public RunPlan withDelay(DelayModel value) {
        return new RunPlan(
                rule,
                granularity,
                kernels,
                threshold,
                tolerance,
                value,
                cuts,
                refractoryNanos,
                auditRounds,
                seed,
                probes);
    }

    public RunPlan withCuts(List<Cut> value) {
        return new RunPlan(
                rule,
                granularity,
                kernels,
                threshold,
                tolerance,
                delay,
                value,
                refractoryNanos,
                auditRounds,
                seed,
                probes);
    }

    public RunPlan withRefractoryNanos(long value) {
        return new RunPlan(
                rule,
                granularity,
                kernels,
                threshold,
                tolerance,
                delay,
                cuts,
                value,
                auditRounds,
                seed,
                probes);
    }

    public RunPlan withAuditRounds(int value) {
        return new RunPlan(
                rule,
                granularity,
                kernels,
                threshold,
                tolerance,
                delay,
                cuts,
                refractoryNanos,
                value,
                seed,
                probes);
    }

    public RunPlan withSeed(long value) {
        return new RunPlan(
                rule,
                granularity,
                kernels,
                threshold,
                tolerance,
                delay,
                cuts,
                refractoryNanos,
                auditRounds,
                value,
                probes);
    }

    public RunPlan withProbes(boolean value) {
        return new RunPlan(
                rule,
                granularity,
                kernels,
                threshold,
                tolerance,
                delay,
                cuts,
                refractoryNanos,
                auditRounds,
                seed,
                value);
    }
}
