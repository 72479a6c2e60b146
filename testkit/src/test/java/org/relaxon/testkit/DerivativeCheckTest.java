package org.relaxon.testkit;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.relaxon.model.activation.Activation;
import org.relaxon.model.activation.StandardActivation;
import org.relaxon.model.energy.EnergyTerm;
import org.relaxon.model.loss.StandardLoss;
import org.relaxon.model.math.Elementary;
import org.relaxon.model.network.Network;
import org.relaxon.model.network.Parameters;
import org.relaxon.model.rule.PredictiveCoding;

/** Sound parts pass, and every planted factor is found by the name of its method. */
class DerivativeCheckTest {
    private static void requireNamed(String name, Runnable check) {
        String message = assertThrows(AssertionError.class, check::run).getMessage();
        assertTrue(message.contains(name), message);
    }

    @ParameterizedTest
    @EnumSource
    void soundActivationsPassAndAWrongSlopeIsNamed(StandardActivation f) {
        DerivativeCheck.require(f);
        requireNamed(
                "slope of " + f.optionName(),
                () -> DerivativeCheck.require(PlantedMistakes.slope(f, 0.9)));
    }

    /** tanh with a slope that is wrong only beyond 4, where no network looks when it is built. */
    private static final class WrongFarAway implements Activation {
        private final Activation tanh = StandardActivation.TANH;

        @Override
        public String optionName() {
            return "wrong-far-away";
        }

        @Override
        public double value(double a, Elementary math) {
            return tanh.value(a, math);
        }

        @Override
        public double slope(double a, double value, Elementary math) {
            return Math.abs(a) < 4.0 ? tanh.slope(a, value, math) : 0.0;
        }

        @Override
        public double increment(double a, double value, double h, Elementary math) {
            return tanh.increment(a, value, h, math);
        }

        @Override
        public double steepest() {
            return 1.0;
        }
    }

    @Test
    void aSlopeThatIsWrongFarFromTheOriginIsNamedWithThePoint() {
        requireNamed(
                "slope of wrong-far-away is wrong: at a = ",
                () -> DerivativeCheck.require(new WrongFarAway()));
    }

    @ParameterizedTest
    @EnumSource
    void soundLossesPassAndAWrongPullIsNamed(StandardLoss loss) {
        DerivativeCheck.require(loss, 3);
        requireNamed(
                "pull of " + loss.optionName(),
                () -> DerivativeCheck.require(PlantedMistakes.pull(loss, -1.0), 3));
    }

    @Test
    void aSoundTermPassesAndEachWrongDerivativeIsNamed() {
        EnergyTerm term = new HalfSquares("half-squares");
        for (StandardActivation f : StandardActivation.values()) {
            DerivativeCheck.require(term, f);
        }
        requireNamed(
                "byActivity",
                () ->
                        DerivativeCheck.require(
                                PlantedMistakes.byActivity(term, 2.0), StandardActivation.TANH));
        requireNamed(
                "byDrive",
                () ->
                        DerivativeCheck.require(
                                PlantedMistakes.byDrive(term, -1.0), StandardActivation.TANH));
    }

    @Test
    void aRuleThatSendsOrLearnsWronglyIsNamed() {
        Network network = Problem.tanh(1, 1, 3, 4, 2).network();
        DerivativeCheck.require(new PredictiveCoding(), network);
        requireNamed(
                "announce",
                () ->
                        DerivativeCheck.require(
                                PlantedMistakes.sending(new PredictiveCoding(), 0.5), network));
        requireNamed(
                "localRule().postsynaptic",
                () ->
                        DerivativeCheck.require(
                                PlantedMistakes.learning(new PredictiveCoding(), -1.0), network));
    }

    @Test
    void aGradientOfAllParametersIsCompared() {
        Network network = Problem.graph(3, 1).network();
        Parameters gradient = network.parameters().copy(); // of half the sum of squares
        DerivativeCheck.require(
                "half the squares", network, DerivativeCheckTest::squares, gradient, 1e-9);
        gradient.weights(0)[0][0] += 0.01;
        requireNamed(
                "half the squares is not the gradient",
                () ->
                        DerivativeCheck.require(
                                "half the squares",
                                network,
                                DerivativeCheckTest::squares,
                                gradient,
                                1e-9));
    }

    private static double squares(Parameters p) {
        Network network = Problem.graph(3, 1).network();
        double sum = 0.0;
        for (double v : Compare.flat(network, p)) {
            sum += v * v / 2.0;
        }
        return sum;
    }
}
