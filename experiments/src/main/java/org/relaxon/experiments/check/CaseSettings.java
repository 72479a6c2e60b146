package org.relaxon.experiments.check;

import org.relaxon.model.algorithm.Method;
import org.relaxon.model.network.Granularity;
import org.relaxon.runtime.Host;
import org.relaxon.runtime.RunPlan;
import org.relaxon.runtime.delay.DelayModel;

/** The point of a plan's grid that one case stands at. */
record CaseSettings(Method method, Host host, Granularity granularity, DelayModel delay) {
    /** A run at this point, with the default threshold, tolerance and seed. */
    RunPlan runPlan(CheckPlan plan) {
        return RunPlan.of(method.algorithm().rule())
                .withGranularity(granularity)
                .withKernels(plan.kernels())
                .withDelay(delay)
                .withConditions(plan.conditions())
                .withRefractoryNanos(plan.refractoryNanos())
                .withAuditRounds(plan.auditRounds());
    }
}
