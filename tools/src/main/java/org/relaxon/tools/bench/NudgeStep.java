package org.relaxon.tools.bench;

import java.io.IOException;
import org.relaxon.experiments.problem.Problem;
import org.relaxon.experiments.problem.ProblemSpec;
import org.relaxon.model.plasticity.Estimator;
import org.relaxon.model.settle.Settled;
import org.relaxon.runtime.Budget;
import org.relaxon.runtime.Session;

/**
 * A learning step of {@code pc-nudge}, from setting the input to changed weights.
 *
 * @param problem network and batch
 */
record NudgeStep(Problem problem) {
    static final String NAME = "pc-nudge step, 784-128-64-10, batch 64";

    static final double BETA = 1e-4;

    /** Learning rate, too small to change what is measured. */
    static final double RATE = 1e-6;

    /** Of the network and the batch in the {@link #NAME}. */
    static NudgeStep ofStrokes() throws IOException {
        return new NudgeStep(
                ProblemSpec.defaults()
                        .withData("strokes")
                        .withLayers(784, 128, 64, 10)
                        .withBatch(64)
                        .build());
    }

    /** Makes the step; false if the network did not settle within the budget, or was stopped. */
    boolean make(Session session, Settlings settlings, Budget budget) {
        Settled settled =
                settlings.settled(
                        session,
                        Estimator.ONE_SIDED.phase(problem.input(), problem.target(), BETA),
                        budget);
        if (settled != null) {
            session.learn(settled, Estimator.ONE_SIDED, RATE);
        }
        return settled != null;
    }
}
