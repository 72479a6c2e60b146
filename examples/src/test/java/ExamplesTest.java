import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.relaxon.experiments.Experiment;
import org.relaxon.model.activation.StandardActivation;
import org.relaxon.model.algorithm.Algorithms;
import org.relaxon.runtime.host.Hosts;
import org.relaxon.testkit.DerivativeCheck;
import org.relaxon.testkit.PlantedMistakes;

class ExamplesTest {
    private final HalfSquares term = new HalfSquares("half-squares");

    @Test
    void theProgramsRun() {
        FirstExperiment.main(new String[0]);
        BetaToZero.main(new String[0]);
        HalfSquares.main(new String[0]);
    }

    @Test
    void derivativesBelongToTheValue() {
        DerivativeCheck.require(term, StandardActivation.TANH);
    }

    @Test
    void aWrongDerivativeIsFound() {
        var wrong = PlantedMistakes.byDrive(term, 0.5);
        assertThrows(
                AssertionError.class,
                () -> DerivativeCheck.require(wrong, StandardActivation.TANH));
    }

    @Test
    void actorsGiveTheUpdateOfVirtualTime() {
        var one = Experiment.layered(8, 16, 4).withAlgorithm(Algorithms.of(term));
        double error = one.run().relativeError();
        assertTrue(error < 1e-2, "relative error " + error);
        assertEquals(error, one.withHost(Hosts::akka).run().relativeError(), 1e-4 * error);
    }
}
