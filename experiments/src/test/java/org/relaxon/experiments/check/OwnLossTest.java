package org.relaxon.experiments.check;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.relaxon.experiments.problem.ProblemSpec;
import org.relaxon.experiments.theory.Defaults;
import org.relaxon.model.activation.Activation;
import org.relaxon.model.activation.StandardActivation;
import org.relaxon.model.algorithm.Algorithm;
import org.relaxon.model.algorithm.Algorithms;
import org.relaxon.model.algorithm.Form;
import org.relaxon.model.loss.Loss;
import org.relaxon.model.math.Elementary;
import org.relaxon.model.plasticity.Estimator;
import org.relaxon.runtime.virtual.VirtualHost;

/** A loss from elsewhere is settled, predicted and compared like those of the library. */
class OwnLossTest {
    private static final ProblemSpec PROBLEM =
            ProblemSpec.defaults().withOutputActivation(StandardActivation.LINEAR);

    static Stream<Case> cases() {
        Algorithm ep = Algorithms.equilibriumPropagation(Form.DIFFERENCE);
        return Stream.of(
                new Case(Algorithms.pcNudge(), Estimator.ONE_SIDED, 1e-4),
                new Case(Algorithms.pcNudge(), Estimator.CENTRED, 1e-3),
                new Case(Algorithms.pc(Algorithms.coordinate()), Estimator.ONE_SIDED, 1.0),
                new Case(Algorithms.fixedPrediction(), Estimator.ONE_SIDED, 1.0),
                new Case(Algorithms.precisionPc(2.0, 0.5, 1.0), Estimator.ONE_SIDED, 1e-4),
                new Case(ep, Estimator.CENTRED, 1e-3));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void itHolds(Case one) throws IOException {
        CheckCase found = run(one, new LogCosh());
        assertTrue(found.holds(), found.toString());
    }

    /** The settled state is then that of another loss, which only the comparison can see. */
    @Test
    void aWrongNudgeDoesNotHold() throws IOException {
        Case one = new Case(Algorithms.pcNudge(), Estimator.ONE_SIDED, 1e-4);
        assertFalse(run(one, new HalfNudged()).holds());
    }

    private static CheckCase run(Case one, Loss loss) throws IOException {
        ProblemSpec spec = Defaults.of(one.algorithm()).applyTo(PROBLEM).withLoss(loss);
        CheckPlan plan =
                CheckPlan.of(spec, List.of(new VirtualHost()))
                        .withAlgorithms(one.algorithm())
                        .withEstimator(one.estimator())
                        .withStrength(one.strength())
                        .withSeeds(List.of(1L, 2L, 3L));
        return new LocalUpdatesMatchReference(plan).run().cases().get(0);
    }

    private record Case(Algorithm algorithm, Estimator estimator, double strength) {}

    /** L = sum log cosh(x - T). */
    private static class LogCosh implements Loss {
        @Override
        public String optionName() {
            return "log-cosh";
        }

        @Override
        public double value(double[] x, double[] target, int n, int stride, int c) {
            double sum = 0.0;
            for (int i = c; i < n * stride; i += stride) {
                double d = Math.abs(x[i] - target[i]);
                sum += d + StrictMath.log1p(StrictMath.expm1(-2.0 * d) / 2.0);
            }
            return sum;
        }

        @Override
        public void pull(
                double[] x, double[] t, int n, int stride, int c, Elementary math, double[] out) {
            for (int i = c; i < n * stride; i += stride) {
                out[i] = math.tanh(t[i] - x[i]);
            }
        }

        @Override
        public void curvature(
                double[] x, double[] t, int n, int stride, int c, Elementary math, double[] out) {
            for (int i = 0; i < n; i++) {
                double slope = math.tanh(x[i * stride + c] - t[i * stride + c]);
                out[i] = 1.0 - slope * slope;
            }
        }

        @Override
        public boolean couplesOutputs() {
            return false;
        }

        @Override
        public boolean accepts(double beta) {
            return beta > -1.0 && beta < Double.POSITIVE_INFINITY;
        }

        @Override
        public String betaRange() {
            return "finite and greater than -1";
        }

        @Override
        public boolean accepts(Activation output) {
            return true;
        }
    }

    /** The same with a nudge that is the minimiser of something else. */
    private static final class HalfNudged extends LogCosh {
        @Override
        public void nudge(
                double[] mu,
                double[] target,
                double beta,
                int n,
                int stride,
                int c,
                Elementary math,
                double[] e) {
            super.nudge(mu, target, 0.5 * beta, n, stride, c, math, e);
        }
    }
}
