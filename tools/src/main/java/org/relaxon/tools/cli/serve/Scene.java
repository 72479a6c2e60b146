package org.relaxon.tools.cli.serve;

import org.relaxon.experiments.advice.Setting;
import org.relaxon.experiments.problem.Problem;
import org.relaxon.experiments.problem.ProblemSpec;
import org.relaxon.model.algorithm.Method;
import org.relaxon.runtime.RunPlan;

/**
 * What one run settles.
 *
 * @param problem network, inputs and targets
 * @param stated the problem as options state it
 * @param method algorithm, estimator and strength
 * @param plan how it runs
 * @param setting the same for trials of advice
 */
record Scene(Problem problem, ProblemSpec stated, Method method, RunPlan plan, Setting setting) {
    private static final double NANOS_PER_MILLI = 1e6;

    /** Mean delays that the page shows in a second at first. */
    private static final double DELAYS_PER_SECOND = 4.0;

    /** Virtual nanoseconds per second of wall-clock time at which signals can be followed. */
    double followableSpeed() {
        long delay = plan.delay().typicalNanos();
        return delay > 0 ? DELAYS_PER_SECOND * delay : NANOS_PER_MILLI;
    }
}
