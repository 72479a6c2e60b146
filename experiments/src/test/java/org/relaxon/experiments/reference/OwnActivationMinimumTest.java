package org.relaxon.experiments.reference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.relaxon.experiments.reference.Amplification.Divergence;
import org.relaxon.experiments.reference.MinimumTest.Outcome;
import org.relaxon.model.activation.Activation;
import org.relaxon.model.activation.StandardActivation;
import org.relaxon.model.loss.StandardLoss;
import org.relaxon.model.math.Elementary;
import org.relaxon.model.network.Initialisation;
import org.relaxon.model.network.Network;

/** A user's activation is inverted as far as its plain difference carries. */
class OwnActivationMinimumTest {
    private static final Activation BENT = new Bent();

    /** f(a) = a / sqrt(1 + a^2), with the inverse s / sqrt(1 - s^2). */
    private static final class Bent implements Activation {
        @Override
        public String optionName() {
            return "bent";
        }

        @Override
        public double value(double a, Elementary math) {
            return a / Math.sqrt(1.0 + a * a);
        }

        @Override
        public double slope(double a, double value, Elementary math) {
            return 1.0 / ((1.0 + a * a) * Math.sqrt(1.0 + a * a));
        }

        @Override
        public double increment(double a, double value, double h, Elementary math) {
            double b = a + h;
            double sum = value + value(b, math);
            return a * b <= 0.0
                    ? value(b, math) - value
                    : h * (a + b) / (sum * (1.0 + a * a) * (1.0 + b * b));
        }

        @Override
        public double steepest() {
            return 1.0;
        }
    }

    @Test
    void theStepIsFoundToTheRoundingOfTheFunction() {
        SplittableRandom random = new SplittableRandom(5);
        for (int k = 0; k < 20_000; k++) {
            double a = random.nextDouble(-2.0, 2.0);
            double h = random.nextDouble(-0.5, 0.5) * Math.pow(10, random.nextInt(-12, 1));
            double d = h * BENT.slope(a + h / 2.0, 0.0, Elementary.STRICT);
            double found = Elementwise.stepOfDrive(BENT, a, d);
            double s = Elementwise.value(BENT, a) + d;
            double exact = s / Math.sqrt((1.0 - s) * (1.0 + s)) - a;
            double slope = Elementwise.slope(BENT, a + exact);
            assertEquals(exact, found, 64.0 * Math.ulp(1.0) / slope, "a " + a + ", h " + h);
        }
        assertTrue(Double.isNaN(Elementwise.stepOfDrive(BENT, 0.5, 2.0)));
    }

    private static MinimumTest at(Activation f, double x) {
        Network n =
                Network.layered(
                        new int[] {1, 1, 1, 1},
                        f,
                        StandardActivation.LINEAR,
                        StandardLoss.SQUARED,
                        Initialisation.uniform(3));
        double[] weights = {0.7, 0.5, 0.8};
        for (int p = 0; p < weights.length; p++) {
            n.parameters().weights(p)[0][0] = weights[p];
        }
        double[][] state = {{0.6}, {x}, {0.1}, {0.1}};
        return new StationaryPoint(n, n.parameters(), state, 1e-8)
                .ofDivergence(
                        Divergence.FENCHEL_YOUNG,
                        new double[] {1, 1, 1, 1},
                        0.1,
                        new double[] {0.2});
    }

    @Test
    void aMinimumOfFenchelYoungIsJudged() {
        MinimumTest found = at(BENT, 0.31);
        assertEquals(Outcome.MINIMUM, found.outcome(), found.why());
    }

    /** The range of a user's function is not known; that of tanh is. */
    @Test
    void notFoundIsNotOutOfRange() {
        MinimumTest own = at(BENT, 1.5);
        assertEquals(Outcome.UNKNOWN, own.outcome());
        assertTrue(own.why().contains("was not found"), own.why());
        MinimumTest outside = at(StandardActivation.TANH, 1.5);
        assertTrue(outside.why().contains("out of the range"), outside.why());
        MinimumTest far = at(StandardActivation.TANH, 0.99); // h is larger than is searched
        assertTrue(far.why().contains("was not found"), far.why());
    }
}
