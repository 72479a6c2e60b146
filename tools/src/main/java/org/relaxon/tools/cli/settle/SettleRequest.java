package org.relaxon.tools.cli.settle;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.relaxon.experiments.problem.Problem;
import org.relaxon.model.algorithm.Method;
import org.relaxon.model.algorithm.Reference;
import org.relaxon.runtime.Conditions.Timing;
import org.relaxon.runtime.RunPlan;
import org.relaxon.tools.cli.run.NetworkTiming;
import org.relaxon.tools.output.Version;

/**
 * What was settled, and how: the resolved configuration, before the run.
 *
 * @param command as results record it
 * @param version of the program
 * @param seed of the problem
 * @param network its populations
 * @param problem network and data in words
 * @param algorithm its name
 * @param variant of the algorithm; empty for the usual one
 * @param estimator its name
 * @param beta nudging strength or gain; 0 for the free phase alone
 * @param reference name of the gradient that the update is compared with
 * @param host its name
 * @param granularity neurons per cell
 * @param discipline when cells relax
 * @param delay as in options
 * @param threshold change that is worth a signal
 * @param quantum step of signals; 0 for exact ones
 * @param tolerance largest defect of a settled cell
 * @param refractoryNanos mean pause of the cells of every population
 * @param options everything that determines the result, by option
 * @param timing delays and refractory periods that belong to the network
 * @param delayRemark on the choice of the delay; empty for none
 */
record SettleRequest(
        String command,
        String version,
        long seed,
        String network,
        String problem,
        String algorithm,
        String variant,
        String estimator,
        double beta,
        String reference,
        String host,
        String granularity,
        String discipline,
        String delay,
        double threshold,
        double quantum,
        double tolerance,
        Map<String, Long> refractoryNanos,
        Map<String, String> options,
        Timing timing,
        String delayRemark) {

    SettleRequest {
        refractoryNanos = Collections.unmodifiableMap(new LinkedHashMap<>(refractoryNanos));
        options = Collections.unmodifiableMap(new LinkedHashMap<>(options));
    }

    /** Whether cells multiply only what changed, whatever this saved. */
    boolean isEventDriven() {
        return "event-driven".equals(options.get("--drive"));
    }

    /** The request for one settling of a problem. */
    static SettleRequest of(
            String command,
            String host,
            Problem problem,
            long seed,
            Method method,
            Reference reference,
            RunPlan plan,
            Map<String, String> options) {
        return new SettleRequest(
                command,
                Version.text(),
                seed,
                problem.network().toString(),
                problem.description(),
                method.algorithm().optionName(),
                method.algorithm().variant(),
                method.estimator().optionName(),
                method.strength(),
                reference.optionName(),
                host,
                plan.granularity().toString(),
                plan.discipline().toString(),
                plan.delay().spec(),
                plan.threshold(),
                plan.signalling().quantum(),
                plan.effectiveTolerance(),
                NetworkTiming.pauses(plan, problem.network()),
                options,
                plan.conditions().timing(),
                plan.delay().remark());
    }

    /** Whether only the free phase settles, which gives no gradient. */
    boolean isFreeAlone() {
        return beta == 0.0;
    }
}
