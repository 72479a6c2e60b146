package org.relaxon.tools.bench;

import java.io.IOException;
import org.relaxon.experiments.problem.Problem;
import org.relaxon.experiments.problem.ProblemSpec;
import org.relaxon.model.math.Kernels;
import org.relaxon.model.plasticity.Estimator;
import org.relaxon.model.rule.PredictiveCoding;
import org.relaxon.model.settle.Settled;
import org.relaxon.runtime.Budget;
import org.relaxon.runtime.RunPlan;
import org.relaxon.runtime.Session;

/**
 * A learning step of {@code pc-nudge} of 784-128-64-10, from setting the input to changed weights.
 *
 * @param problem network and batch
 * @param name of the step, with its batch
 * @param beta nudging strength
 * @param resolution share of each layer's gradient that may be missing; NaN for the default, which
 *     is a hundredth of beta
 */
record NudgeStep(Problem problem, String name, double beta, double resolution) {
    static final double BETA = 1e-4;

    /** Learning rate, too small to change what is measured. */
    static final double RATE = 1e-6;

    /**
     * Strength and threshold at which every layer of the gradient is within 1e-5 of backprop's: the
     * error of the strength, and of changes that are not sent.
     */
    static final double RESOLVED = 1e-5;

    private static final int BATCH = 64;

    /** A layer's update counts as resolved by signals of this share of it. */
    private static final double CLAIMED = 0.01;

    /** By default. */
    static NudgeStep ofStrokes() throws IOException {
        return of(BATCH, "", BETA, Double.NaN);
    }

    /** As cheap as its figure allows. */
    static NudgeStep resolved() throws IOException {
        return of(BATCH, ", each layer within 1e-5", RESOLVED, CLAIMED);
    }

    /** Of one example. */
    static NudgeStep single() throws IOException {
        return of(1, ", each layer within 1e-5", RESOLVED, CLAIMED);
    }

    private static NudgeStep of(int batch, String how, double beta, double resolution)
            throws IOException {
        Problem problem =
                ProblemSpec.defaults()
                        .withData("strokes")
                        .withLayers(784, 128, 64, 10)
                        .withBatch(batch)
                        .build();
        String name = "pc-nudge step, 784-128-64-10, batch %d%s".formatted(batch, how);
        return new NudgeStep(problem, name, beta, resolution);
    }

    /** How it settles. */
    RunPlan plan(Kernels.Kind kernels) {
        RunPlan plan = RunPlan.of(new PredictiveCoding()).withKernels(kernels);
        return Double.isNaN(resolution)
                ? plan
                : plan.withThreshold(RESOLVED).withTolerance(resolution).withResolution(resolution);
    }

    /** Makes the step; false if the network did not settle within the budget, or was stopped. */
    boolean make(Session session, Settlings settlings, Budget budget) {
        Settled settled =
                settlings.settled(
                        session,
                        Estimator.ONE_SIDED.phase(problem.input(), problem.target(), beta),
                        budget);
        if (settled != null) {
            session.learn(settled, Estimator.ONE_SIDED, RATE);
        }
        return settled != null;
    }
}
