package org.relaxon.tools.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.relaxon.experiments.compare.GradientComparison;
import org.relaxon.experiments.compare.ProjectionComparison;
import org.relaxon.experiments.problem.Problem;
import org.relaxon.experiments.reference.Backprop;
import org.relaxon.model.math.Kernels;
import org.relaxon.model.network.Parameters;
import org.relaxon.model.plasticity.Estimator;
import org.relaxon.model.settle.Settled;
import org.relaxon.runtime.Budget;
import org.relaxon.runtime.Host;
import org.relaxon.runtime.Session;
import org.relaxon.runtime.virtual.VirtualHost;

/** What the measured steps claim in their names. */
class NudgeStepTest {
    @Test
    void everyLayerOfAResolvedStepIsWithinItsBoundOfBackprop() throws IOException {
        assertTrue(worst(NudgeStep.resolved()) <= 1e-5);
        assertTrue(worst(NudgeStep.single()) <= 1e-5);
        assertTrue(worst(NudgeStep.ofStrokes()) > 1e-5, "the default strength is ten times it");
        assertEquals(64, NudgeStep.resolved().problem().examples());
        assertEquals(1, NudgeStep.single().problem().examples());
    }

    private static double worst(NudgeStep step) throws IOException {
        Problem problem = step.problem();
        Parameters exact =
                Backprop.of(problem.network())
                        .gradient(problem.network().parameters(), problem.input(), problem.target())
                        .gradient();
        try (Host host = new VirtualHost();
                Session session = host.open(problem.network(), step.plan(Kernels.Kind.STRICT))) {
            Settled settled =
                    (Settled)
                            session.settle(
                                    Estimator.ONE_SIDED.phase(
                                            problem.input(), problem.target(), step.beta()),
                                    Budget.DEFAULT);
            Parameters update = session.update(settled, Estimator.ONE_SIDED).gradient();
            return GradientComparison.of(problem.network(), update, exact).projections().stream()
                    .mapToDouble(ProjectionComparison::relativeError)
                    .max()
                    .orElseThrow();
        }
    }
}
