package org.relaxon.experiments.certificate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.relaxon.experiments.problem.Problem;
import org.relaxon.experiments.problem.ProblemSpec;
import org.relaxon.model.activation.StandardActivation;
import org.relaxon.model.algorithm.Algorithm;
import org.relaxon.model.algorithm.Algorithms;
import org.relaxon.model.algorithm.Method;
import org.relaxon.model.loss.Loss;
import org.relaxon.model.loss.StandardLoss;
import org.relaxon.model.network.Initialisation;
import org.relaxon.model.network.Network;
import org.relaxon.model.network.Parameters;
import org.relaxon.model.plasticity.Estimator;
import org.relaxon.model.rule.Moves;
import org.relaxon.model.settle.NotSettled;
import org.relaxon.model.settle.Reason;
import org.relaxon.model.settle.Settled;
import org.relaxon.model.settle.Settlement;
import org.relaxon.runtime.Budget;
import org.relaxon.runtime.GradientEstimate;
import org.relaxon.runtime.Host;
import org.relaxon.runtime.RunPlan;
import org.relaxon.runtime.Session;
import org.relaxon.runtime.discipline.Discipline;
import org.relaxon.runtime.virtual.VirtualHost;

/** Descent is promised an end only where the energy has one. */
class LowerBoundTest {
    private static final Algorithm DESCENT =
            Algorithms.pcNudge(Algorithms.safeguarded(Moves.ONE_CELL));
    private static final RunPlan TURNS =
            RunPlan.of(DESCENT.rule()).withDiscipline(Discipline.TURN_TAKING);

    private static Problem problem(Loss loss) throws IOException {
        return ProblemSpec.defaults()
                .withLayers(8, 6, 2, 2, 4)
                .withActivation(StandardActivation.SIGMOID)
                .withLoss(loss)
                .withGain(1.3)
                .withSeed(231)
                .build();
    }

    private static boolean certified(Problem p, Estimator estimator, double beta) {
        return Certificates.of(new Method(DESCENT, estimator, beta), p, TURNS)
                .orElseThrow()
                .certified();
    }

    private static Settlement settle(Problem p, Estimator estimator, double beta) {
        try (Host host = new VirtualHost();
                Session session = host.open(p.network(), TURNS)) {
            return GradientEstimate.of(
                            session,
                            new Method(DESCENT, estimator, beta),
                            p.input(),
                            p.target(),
                            Budget.DEFAULT.withMessages(200_000L))
                    .verdict();
        }
    }

    /** Two layers with weight w and output pushed away: bounded below where beta (1 + w^2) < 1. */
    @Test
    void theConditionIsThatOfTheQuadraticFormItBounds() {
        Network network =
                Network.layered(
                        new int[] {1, 1, 1},
                        StandardActivation.LINEAR,
                        StandardActivation.LINEAR,
                        StandardLoss.SQUARED,
                        Initialisation.uniform(1));
        Parameters theta = network.zeros();
        theta.weights(1)[0][0] = 3.0;
        for (double beta : new double[] {0.05, 0.0999, 0.1001, 0.5}) {
            // 1/2 |e|^2 - beta/2 (e2 + w e1)^2 has determinant 1 - beta (1 + w^2)
            assertEquals(
                    1.0 - beta * 10.0 > 0, LowerBound.isKnown(network, theta, beta), "" + beta);
        }
    }

    @Test
    void anEnergyWithoutBoundIsNotCertifiedAndIndeedFallsForEver() throws IOException {
        Problem p = problem(StandardLoss.SQUARED);
        assertFalse(certified(p, Estimator.NEGATIVE, 0.88));
        assertFalse(certified(p, Estimator.CENTRED, 0.88));
        NotSettled end = assertInstanceOf(NotSettled.class, settle(p, Estimator.NEGATIVE, 0.88));
        assertEquals(Reason.DIVERGED, end.reason());
    }

    @Test
    void anEnergyWithABoundIsCertifiedAsBeforeAndSettles() throws IOException {
        Problem squared = problem(StandardLoss.SQUARED);
        assertTrue(certified(squared, Estimator.ONE_SIDED, 0.88));
        assertTrue(certified(squared, Estimator.NEGATIVE, 0.01));
        assertInstanceOf(Settled.class, settle(squared, Estimator.ONE_SIDED, 0.88));
        assertInstanceOf(Settled.class, settle(squared, Estimator.NEGATIVE, 0.01));
        assertTrue(certified(problem(StandardLoss.CROSS_ENTROPY), Estimator.NEGATIVE, 0.88));
    }
}
