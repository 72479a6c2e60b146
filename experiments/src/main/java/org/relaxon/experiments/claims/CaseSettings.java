package org.relaxon.experiments.claims;

import org.relaxon.model.algorithm.Algorithm;
import org.relaxon.model.cell.Granularity;
import org.relaxon.runtime.Host;
import org.relaxon.runtime.RunPlan;
import org.relaxon.runtime.delay.DelayModel;

/** The point of a plan's grid for one case. */
record CaseSettings(Algorithm algorithm, Host host, Granularity granularity, DelayModel delay) {
    /** A run at this point, with the default threshold, tolerance and seed. */
    RunPlan runPlan(CheckPlan plan) {
        return RunPlan.of(algorithm.rule())
                .withGranularity(granularity)
                .withKernels(plan.kernels())
                .withDelay(delay)
                .withConditions(plan.conditions())
                .withRefractoryNanos(plan.refractoryNanos())
                .withAuditRounds(plan.auditRounds());
    }
}
