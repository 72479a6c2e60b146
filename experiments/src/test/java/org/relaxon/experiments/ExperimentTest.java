package org.relaxon.experiments;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.UncheckedIOException;
import org.junit.jupiter.api.Test;
import org.relaxon.experiments.problem.ProblemSpec;
import org.relaxon.model.activation.StandardActivation;
import org.relaxon.model.algorithm.Algorithms;
import org.relaxon.model.algorithm.Form;
import org.relaxon.model.loss.StandardLoss;
import org.relaxon.model.math.Matrix;
import org.relaxon.model.network.Granularity;
import org.relaxon.model.network.Initialisation;
import org.relaxon.model.network.Network;
import org.relaxon.model.plasticity.Estimator;
import org.relaxon.runtime.Budget;
import org.relaxon.runtime.delay.Delays;
import org.relaxon.runtime.host.Hosts;

class ExperimentTest {
    @Test
    void theErrorFallsInProportionToBeta() {
        Experiment one = Experiment.layered(3, 5, 2).withStrength(1e-3);
        double coarse = one.run().relativeError();
        double fine = one.withStrength(1e-4).run().relativeError();
        assertEquals(10.0, coarse / fine, 0.1);
    }

    @Test
    void centredItFallsInProportionToItsSquare() {
        Experiment one =
                Experiment.layered(3, 5, 2)
                        .withMethod(m -> m.withEstimator(Estimator.CENTRED).withStrength(1e-1));
        double coarse = one.run().relativeError();
        double fine = one.withStrength(1e-2).run().relativeError();
        assertEquals(100.0, coarse / fine, 5.0);
    }

    @Test
    void cellsDelaysAndHostsChangeNothing() {
        Experiment one = Experiment.layered(3, 5, 2).withSeed(7);
        Experiment other =
                one.withGranularity(Granularity.NEURON)
                        .withDelay(Delays.exponential(1_000_000))
                        .withHost(() -> Hosts.akka(1));
        double error = one.run().relativeError();
        assertEquals(error, other.run().relativeError(), 1e-6 * error);
        assertTrue(
                Math.abs(error - one.withSeed(8).run().relativeError()) > 1e-3 * error,
                "another seed is another problem");
    }

    @Test
    void anAlgorithmBringsItsScaleOfWeights() {
        Outcome outcome =
                Experiment.layered()
                        .withAlgorithm(Algorithms.equilibriumPropagation(Form.DIFFERENCE))
                        .run();
        assertTrue(outcome.isSettled(), outcome.toString());
        assertTrue(outcome.relativeError() < 1e-2, outcome.toString());
        assertTrue(outcome.cosine() > 0.9999, outcome.toString());
    }

    @Test
    void aNetworkKeepsItsWeights() {
        Network network = ExperimentTest.network();
        Matrix input = Matrix.column(0.5, -1.0, 0.25);
        Experiment one = Experiment.of(network, input, Matrix.column(0.1, 0.2));
        assertEquals(one.run().relativeError(), one.withSeed(9).run().relativeError());
        assertThrows(
                IllegalArgumentException.class,
                () -> Experiment.of(network, Matrix.column(0.5), Matrix.column(0.1, 0.2)));
    }

    @Test
    void aNetworkThatDoesNotSettleIsAnOutcome() {
        Outcome outcome = Experiment.layered(3, 5, 2).withBudget(new Budget(2, 1L << 40, 2)).run();
        assertFalse(outcome.isSettled());
        assertTrue(outcome.toString().contains("message-budget"), outcome.toString());
        assertTrue(
                assertThrows(IllegalStateException.class, outcome::relativeError)
                        .getMessage()
                        .contains("did not settle"));
    }

    @Test
    void aMissingFileIsNamed() {
        ProblemSpec spec = ProblemSpec.defaults().withData("mnist:missing-directory");
        assertTrue(
                assertThrows(UncheckedIOException.class, () -> Experiment.of(spec).run())
                        .getMessage()
                        .contains("missing-directory"));
    }

    private static Network network() {
        return Network.layered(
                new int[] {3, 5, 2},
                StandardActivation.TANH,
                StandardActivation.LINEAR,
                StandardLoss.SQUARED,
                Initialisation.uniform(3));
    }
}
