package org.relaxon.model.loss;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.relaxon.model.math.Elementary;

/** Mistakes in a loss, each named by its method; what is no number is said in words. */
class StatedDerivativesTest {
    private static final int OUTPUTS = 3;

    /** Log-cosh, one method of which gives the same whatever it is asked. */
    private static final class Numberless extends LogCosh {
        private final String wrong;
        private final double given;

        Numberless(String wrong, double given) {
            this.wrong = wrong;
            this.given = given;
        }

        @Override
        public double value(double[] x, double[] target, int n, int stride, int c) {
            return wrong.equals("value") ? given : super.value(x, target, n, stride, c);
        }

        @Override
        public void pull(
                double[] x,
                double[] target,
                int n,
                int stride,
                int c,
                Elementary math,
                double[] out) {
            super.pull(x, target, n, stride, c, math, out);
            if (wrong.equals("pull")) {
                Arrays.fill(out, given);
            }
        }

        @Override
        public void curvature(
                double[] x,
                double[] target,
                int n,
                int stride,
                int c,
                Elementary math,
                double[] out) {
            super.curvature(x, target, n, stride, c, math, out);
            if (wrong.equals("curvature")) {
                Arrays.fill(out, given);
            }
        }
    }

    private static String refusal(String method, double given) {
        return assertThrows(
                        IllegalArgumentException.class,
                        () -> StatedDerivatives.require(new Numberless(method, given), OUTPUTS))
                .getMessage();
    }

    @ParameterizedTest
    @ValueSource(strings = {"value", "pull", "curvature"})
    void whatIsNoNumberIsSaidOfItsOwnMethod(String method) {
        String none = refusal(method, Double.NaN);
        assertTrue(none.contains(method + " of log-cosh gives no number (NaN)"), none);
        String wrong = refusal(method, 7.25);
        assertFalse(wrong.contains("no number"), wrong);
        assertTrue(wrong.contains(" of log-cosh is not "), wrong);
    }

    @ParameterizedTest
    @EnumSource(StandardLoss.class)
    void thoseOfTheLibraryPass(StandardLoss loss) {
        assertDoesNotThrow(() -> StatedDerivatives.require(loss, OUTPUTS));
    }

    @Test
    void aCorrectOnePasses() {
        assertDoesNotThrow(() -> StatedDerivatives.require(new LogCosh(), OUTPUTS));
    }

    /** Log-cosh, one method of which leaves its column in a batch. */
    private static final class Mixing extends LogCosh {
        private final String wrong;

        Mixing(String wrong) {
            this.wrong = wrong;
        }

        @Override
        public double value(double[] x, double[] target, int n, int stride, int c) {
            if (!wrong.equals("value")) {
                return super.value(x, target, n, stride, c);
            }
            double sum = 0.0;
            for (int column = 0; column < stride; column++) {
                sum += super.value(x, target, n, stride, column);
            }
            return sum;
        }

        @Override
        public void pull(
                double[] x,
                double[] target,
                int n,
                int stride,
                int c,
                Elementary math,
                double[] out) {
            super.pull(x, target, n, stride, wrong.equals("pull") ? 0 : c, math, out);
        }

        @Override
        public void curvature(
                double[] x,
                double[] target,
                int n,
                int stride,
                int c,
                Elementary math,
                double[] out) {
            super.curvature(x, target, n, stride, wrong.equals("curvature") ? 0 : c, math, out);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"value", "pull", "curvature"})
    void aColumnOfABatchIsComputedByItself(String method) {
        String refusal =
                assertThrows(
                                IllegalArgumentException.class,
                                () -> StatedDerivatives.require(new Mixing(method), OUTPUTS))
                        .getMessage();
        assertTrue(refusal.startsWith("loss: " + method + " of log-cosh gives "), refusal);
        assertTrue(refusal.contains(" in a batch, where the example alone gives "), refusal);
        assertDoesNotThrow(() -> StatedDerivatives.require(new Mixing("none"), OUTPUTS));
    }
}
