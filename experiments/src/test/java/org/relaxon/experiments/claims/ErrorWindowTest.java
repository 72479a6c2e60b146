package org.relaxon.experiments.claims;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.relaxon.experiments.problem.Problem;
import org.relaxon.experiments.problem.ProblemSpec;
import org.relaxon.model.activation.StandardActivation;
import org.relaxon.model.plasticity.Estimator;
import org.relaxon.model.rule.FenchelYoung;
import org.relaxon.model.rule.PredictiveCoding;
import org.relaxon.model.rule.Rule;

class ErrorWindowTest {
    private static final double BETA = 1e-4;

    @Test
    void oneWeightLayerIsInTheMiddleOfItsWindow() throws IOException {
        Problem problem = ProblemSpec.defaults().withLayers(5, 3).withGain(0.1).build();
        for (Rule rule : new Rule[] {new PredictiveCoding(), new FenchelYoung()}) {
            ErrorWindow oneSided = ErrorWindow.of(rule, Estimator.ONE_SIDED, BETA, problem);
            ErrorWindow centred = ErrorWindow.of(rule, Estimator.CENTRED, BETA, problem);

            assertTrue(oneSided.contains(BETA / (1 + BETA)));
            assertTrue(centred.contains(BETA * BETA / (1 - BETA * BETA)));
            assertFalse(oneSided.contains(BETA / 3));
            assertFalse(oneSided.contains(5 * BETA));
        }
    }

    @Test
    void notANumberIsInNoWindow() {
        assertFalse(new ErrorWindow(0, 1).contains(Double.NaN));
        assertFalse(new ErrorWindow(Double.NaN, 1).contains(0.5));
        assertFalse(new ErrorWindow(0, Double.NaN).contains(0.5));
    }

    @Test
    void bothEndsBelongToTheWindow() {
        ErrorWindow window = new ErrorWindow(1, 2);

        assertTrue(window.contains(1));
        assertTrue(window.contains(2));
        assertFalse(window.contains(Math.nextDown(1.0)));
        assertFalse(window.contains(Math.nextUp(2.0)));
    }

    @Test
    void theWindowScalesWithThePowerOfBetaThatTheEstimatorDeclares() throws IOException {
        Problem problem = ProblemSpec.defaults().build();
        for (Estimator estimator : Estimator.values()) {
            ErrorWindow coarse =
                    ErrorWindow.of(new PredictiveCoding(), estimator, 10 * BETA, problem);
            ErrorWindow fine = ErrorWindow.of(new PredictiveCoding(), estimator, BETA, problem);
            double factor = Math.pow(10, estimator.order());

            assertEquals(factor, coarse.lower() / fine.lower(), 1e-9 * factor);
            assertEquals(factor, coarse.upper() / fine.upper(), 1e-9 * factor);
        }
    }

    @Test
    void aCurvedOutputWidensTheWindow() throws IOException {
        ProblemSpec spec = ProblemSpec.defaults();
        Problem curved = spec.withOutputActivation(StandardActivation.TANH).build();
        ErrorWindow straight = window(spec.build());
        ErrorWindow wide = window(curved);

        assertTrue(wide.upper() / wide.lower() > straight.upper() / straight.lower());
    }

    private static ErrorWindow window(Problem problem) {
        return ErrorWindow.of(new PredictiveCoding(), Estimator.ONE_SIDED, BETA, problem);
    }
}
