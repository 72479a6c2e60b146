package org.relaxon.model.loss;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.relaxon.model.activation.Activation;
import org.relaxon.model.activation.StandardActivation;
import org.relaxon.model.math.CounterRandom;
import org.relaxon.model.math.Elementary;
import org.relaxon.model.network.Initialisation;
import org.relaxon.model.network.Network;

/** A loss that states its derivatives alone gets its nudge, and wrong derivatives are refused. */
class ProximalStepTest {
    private static final int N = 5;
    private static final int STRIDE = 3;
    private static final int COLUMN = 2;

    @ParameterizedTest
    @ValueSource(doubles = {-0.9, -1e-6, 1e-9, 1e-3, 0.5, 1, 10, 1e6})
    void itIsTheClosedFormOfTheSquaredLoss(double beta) {
        assertSameNudge(StandardLoss.SQUARED, numbers(2), beta, 1.0 + Math.min(0.0, beta));
    }

    @ParameterizedTest
    @ValueSource(doubles = {-1.5, -1e-6, 1e-9, 1e-3, 0.5, 1, 1.9})
    void itIsTheFixedPointOfTheCrossEntropy(double beta) {
        double[] target = new double[N * STRIDE];
        target[3 * STRIDE + COLUMN] = 1.0;
        assertSameNudge(StandardLoss.CROSS_ENTROPY, target, beta, 1.0 + Math.min(0.0, beta) / 2);
    }

    /**
     * @param bend least eigenvalue of 1 + beta L'', by which rounding is divided
     */
    private static void assertSameNudge(
            StandardLoss loss, double[] target, double beta, double bend) {
        double[] own = new double[N * STRIDE];
        double[] derived = new double[N * STRIDE];
        double[] mu = numbers(1);
        loss.nudge(mu, target, beta, N, STRIDE, COLUMN, Elementary.STRICT, own);
        new Plain(loss).nudge(mu, target, beta, N, STRIDE, COLUMN, Elementary.STRICT, derived);
        double size = 0.0;
        for (double e : own) {
            size = Math.max(size, Math.abs(e));
        }
        assertArrayEquals(own, derived, 4e-15 * size / bend);
        assertTrue(size > 0.0);
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.9, -1e-6, 1e-9, 1e-3, 0.5, 10, 1e6})
    void itIsStationaryForALossOfOnesOwn(double beta) {
        double[] mu = numbers(1);
        double[] target = numbers(2);
        double[] e = new double[N * STRIDE];
        new LogCosh().nudge(mu, target, beta, N, STRIDE, COLUMN, Elementary.STRICT, e);
        for (int i = 0; i < N; i++) {
            int k = i * STRIDE + COLUMN;
            double pull = StrictMath.tanh(target[k] - mu[k] - e[k]);
            assertEquals(beta * pull, e[k], 1e-15 * (1.0 + Math.abs(beta)));
            assertEquals(0.0, e[i * STRIDE], "another column");
        }
    }

    @Test
    void wrongDerivativesAreNamed() {
        network(new LogCosh());
        String pull = refusal(new Scaled(-1.0, 1.0));
        assertTrue(pull.startsWith("loss: pull of log-cosh is not -dL/dx"), pull);
        assertTrue(refusal(new Scaled(1.001, 1.001)).contains("pull"), "a small factor as well");
        String curvature = refusal(new Scaled(1.0, 0.5));
        assertTrue(curvature.startsWith("loss: curvature of log-cosh is not d2L/dx2"), curvature);
        assertTrue(refusal(new Scaled(Double.NaN, 1.0)).contains("pull"));
    }

    private static String refusal(Loss loss) {
        return assertThrows(IllegalArgumentException.class, () -> network(loss)).getMessage();
    }

    private static Network network(Loss loss) {
        return Network.layered(
                new int[] {2, 3, 2},
                StandardActivation.TANH,
                StandardActivation.LINEAR,
                loss,
                Initialisation.uniform(1));
    }

    private static double[] numbers(long stream) {
        double[] out = new double[N * STRIDE];
        for (int k = 0; k < out.length; k++) {
            out[k] = CounterRandom.normal(1, stream, k);
        }
        return out;
    }

    /** A standard loss without a nudge of its own. */
    private record Plain(StandardLoss loss) implements Loss {
        @Override
        public String optionName() {
            return loss.optionName();
        }

        @Override
        public double value(double[] x, double[] target, int n, int stride, int c) {
            return loss.value(x, target, n, stride, c);
        }

        @Override
        public void pull(
                double[] x, double[] t, int n, int stride, int c, Elementary math, double[] out) {
            loss.pull(x, t, n, stride, c, math, out);
        }

        @Override
        public void curvature(
                double[] x, double[] t, int n, int stride, int c, Elementary math, double[] out) {
            loss.curvature(x, t, n, stride, c, math, out);
        }

        @Override
        public boolean couplesOutputs() {
            return loss.couplesOutputs();
        }

        @Override
        public boolean accepts(double beta) {
            return loss.accepts(beta);
        }

        @Override
        public String betaRange() {
            return loss.betaRange();
        }

        @Override
        public boolean accepts(Activation output) {
            return loss.accepts(output);
        }
    }

    /** Log-cosh with factors on its derivatives. */
    private static final class Scaled extends LogCosh {
        private final double first;
        private final double second;

        Scaled(double first, double second) {
            this.first = first;
            this.second = second;
        }

        @Override
        public void pull(
                double[] x, double[] t, int n, int stride, int c, Elementary math, double[] out) {
            super.pull(x, t, n, stride, c, math, out);
            for (int i = c; i < n * stride; i += stride) {
                out[i] *= first;
            }
        }

        @Override
        public void curvature(
                double[] x, double[] t, int n, int stride, int c, Elementary math, double[] out) {
            super.curvature(x, t, n, stride, c, math, out);
            for (int i = 0; i < n; i++) {
                out[i] *= second;
            }
        }
    }
}
