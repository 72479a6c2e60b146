package org.relaxon.model.activation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.relaxon.model.math.Elementary;

/** The parabola of {@link Activation#majorant} against dense samples of what it has to cover. */
class MajorantTest {
    private static final double[] TARGETS = {
        -30, -4, -1.2, -1, -0.6, -0.1, -1e-3, 0, 1e-3, 0.2, 0.5, 0.7, 1, 1.001, 1.4, 3, 25
    };
    private static final double[] SAMPLES =
            DoubleStream.concat(
                            DoubleStream.iterate(-6, y -> y <= 6, y -> y + 0.0625 / 4),
                            DoubleStream.of(-1e4, -300, -60, -20, -9, 9, 20, 60, 300, 1e4))
                    .toArray();
    private static final double[] POINTS = {
        -40, -5, -2.5, -1.5, -1.01, -1, -0.99, -0.5, -0.1, -1e-3, 0, 1e-3, 0.1, 0.5, 0.9, 1, 1.1, 2,
        3.5, 30
    };

    private static double phi(Activation f, double y, double target) {
        double d = target - f.value(y, Elementary.STRICT);
        return 0.5 * d * d;
    }

    /** Largest fall of the parabola of a share of the majorant below phi, relative to sizes. */
    private static double worst(Activation f, double a, double target, double share) {
        double value = f.value(a, Elementary.STRICT);
        double c = share * f.majorant(a, value, target, Elementary.STRICT);
        assertTrue(c >= 0.0, f.optionName() + " at " + a + ", target " + target + ": " + c);
        double slope = (value - target) * f.slope(a, value, Elementary.STRICT);
        double below = 0.0;
        for (double y : SAMPLES) {
            if (y != a) {
                double q = phi(f, a, target) + slope * (y - a) + 0.5 * c * (y - a) * (y - a);
                double size = 1 + target * target + y * y + a * a;
                below = Math.max(below, (phi(f, y, target) - q) / size);
            }
        }
        return below;
    }

    @ParameterizedTest
    @EnumSource
    void theParabolaLiesAboveEverywhere(StandardActivation f) {
        double twin = 0.0;
        for (double target : TARGETS) {
            for (double a : POINTS) {
                double below = worst(f, a, target, 1.0);
                assertTrue(below <= 1e-14, f + " at " + a + ", target " + target + ": " + below);
                twin = Math.max(twin, worst(f, a, target, 0.5));
            }
        }
        assertTrue(twin > 1e-3, f + ": half of it would do as well");
    }

    /** For a ramp, one percent less is too little wherever the parabola is not flat. */
    @ParameterizedTest
    @EnumSource(names = {"RELU", "HARD_SIGMOID"})
    void noSmallerOneCoversARamp(StandardActivation f) {
        int tight = 0;
        int tried = 0;
        for (double target : TARGETS) {
            for (double a : POINTS) {
                double c = f.majorant(a, f.value(a, Elementary.STRICT), target, Elementary.STRICT);
                double kink = Math.min(Math.abs(a), Math.abs(1 - Math.abs(a)));
                boolean sampled = kink > 0.05 && Math.abs(a) < 3 && Math.abs(target) < 5;
                if (c > 0.0 && sampled) {
                    tried++;
                    tight += worst(f, a, target, 0.99) > 1e-9 ? 1 : 0;
                }
            }
        }
        assertTrue(tried > 50, "tried " + tried);
        assertEquals(tried, tight, f + ": only some are tight");
    }

    @Test
    void atAKinkThatPointsUpNoParabolaWillDo() {
        assertEquals(Double.POSITIVE_INFINITY, majorant(StandardActivation.RELU, 0.0, -0.5));
        assertEquals(1.0, majorant(StandardActivation.RELU, 0.0, 0.5));
        StandardActivation hard = StandardActivation.HARD_SIGMOID;
        assertEquals(Double.POSITIVE_INFINITY, majorant(hard, -1.0, -0.5));
        assertEquals(Double.POSITIVE_INFINITY, majorant(hard, 1.0, 1.5));
        assertEquals(0.0, majorant(hard, 1.0, 0.5));
        assertEquals(0.25, majorant(hard, 0.3, 0.5));
    }

    /** (3 + 1)^2 / ((3 + 1)^2 - 1) one above the kink, and 4 / 3 half as far below as t is. */
    @Test
    void theClosedFormsOfTheRampByHand() {
        assertEquals(16.0 / 15.0, majorant(StandardActivation.RELU, 3.0, -1.0), 1e-15);
        assertEquals(4.0 / 3.0, majorant(StandardActivation.RELU, -1.0, -2.0), 1e-15);
        assertEquals(1.0, majorant(StandardActivation.RELU, -2.0, -2.0));
        assertEquals(1.0, majorant(StandardActivation.LINEAR, 0.4, -7.0));
    }

    @ParameterizedTest
    @EnumSource
    void aTargetThatIsNotANumberHasNone(StandardActivation f) {
        for (double a : new double[] {-2, 0, 0.5, 2}) {
            boolean known = f == StandardActivation.LINEAR;
            assertEquals(known, !Double.isNaN(majorant(f, a, Double.NaN)), f + " at " + a);
        }
    }

    private static double majorant(StandardActivation f, double a, double target) {
        return f.majorant(a, f.value(a, Elementary.STRICT), target, Elementary.STRICT);
    }
}
