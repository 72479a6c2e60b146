package org.relaxon.experiments.paper;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.relaxon.experiments.problem.Problem;
import org.relaxon.experiments.problem.ProblemSpec;
import org.relaxon.model.activation.StandardActivation;
import org.relaxon.model.loss.StandardLoss;
import org.relaxon.model.math.Matrix;
import org.relaxon.model.network.Initialisation;
import org.relaxon.model.network.Network;
import org.relaxon.model.network.Parameters;

/** The published inference does what it did, step by step, in the precision that it names. */
class PublishedVariantTest {
    private static final double BETA = 0.01;
    private static final double STEP = 0.1;

    /** 1-1-1 with W1 = 2, b1 = .5, W2 = 3, b2 = -1, input 1, target 1. */
    private static Problem scalar() {
        Network drawn =
                Network.layered(
                        new int[] {1, 1, 1},
                        StandardActivation.RELU,
                        StandardActivation.LINEAR,
                        StandardLoss.SQUARED,
                        Initialisation.uniform(1));
        Parameters theta = drawn.zeros();
        theta.weights(0)[0][0] = 2.0;
        theta.biases(1)[0] = 0.5;
        theta.weights(1)[0][0] = 3.0;
        theta.biases(2)[0] = -1.0;
        return new Problem(
                drawn.with(theta), Matrix.column(1.0), Matrix.column(1.0), "by hand", "by hand");
    }

    /**
     * Feedforward 2.5, 6.5. First sweep, wrong sign: e2 = +.055, x1 = 2.5 + .1 x .165 = 2.5165.
     * Second sweep: prediction 6.5495, e2 = -.055495, e1 = .0165; gradients 5.5495 x 2.5165 and
     * -1.65; then x1 = 2.5165 + .1 (-.166485 - .0165) = 2.4982015.
     */
    @Test
    void twoSweepsAreThoseOfAHandCalculation() {
        PublishedVariant.Inferred two =
                new PublishedVariant("two", false, STEP, 2).infer(scalar(), BETA);

        assertEquals(5.5495 * 2.5165, two.gradient().weights(1)[0][0], 1e-12);
        assertEquals(5.5495, two.gradient().biases(2)[0], 1e-12);
        assertEquals(-1.65, two.gradient().weights(0)[0][0], 1e-11);
        assertEquals(-1.65, two.gradient().biases(1)[0], 1e-11);
        assertEquals((0.166485 + 0.0165) / BETA, two.residual(), 1e-10);
        assertEquals(0.0017985 * 0.0017985, two.distances().get(0).squared(), 1e-15);
        assertEquals(0.0053955 * 0.0053955, two.distances().get(1).squared(), 1e-15);
        assertEquals(0.0017985 / 2.5, two.distances().get(0).relative(), 1e-13);
    }

    @Test
    void thatCalculationSeesOneSweepMoreAndAnotherStep() {
        double asked = 5.5495 * 2.5165;
        for (PublishedVariant wrong :
                new PublishedVariant[] {
                    new PublishedVariant("three", false, STEP, 3),
                    new PublishedVariant("step", false, 2 * STEP, 2)
                }) {
            double got = wrong.infer(scalar(), BETA).gradient().weights(1)[0][0];
            assertTrue(Math.abs(got - asked) > 1e-2, wrong.name() + " " + got);
        }
    }

    @Test
    void singlePrecisionIsCloseToDoubleAndNotDouble() {
        double[] gradient = new double[2];
        for (int k = 0; k < 2; k++) {
            gradient[k] =
                    new PublishedVariant("two", k == 0, STEP, 2)
                            .infer(scalar(), BETA)
                            .gradient()
                            .weights(0)[0][0];
        }

        assertEquals(gradient[1], gradient[0], 1e-4);
        assertNotEquals(gradient[1], gradient[0]);
        assertTrue(Math.abs(gradient[1] - gradient[0]) > 1e-8);
    }

    @Test
    void everyResultOfTheFloatArithmeticIsAFloat() {
        FloatArithmetic math = new FloatArithmetic();
        float[] into = math.of(new double[] {1.0, 1.0 / 3});
        math.addScaled(into, math.of(new double[] {1e-8}), 0, math.of(new double[] {1.0, 1.0}));
        assertArrayEquals(new double[] {1.0, 1.0f / 3}, math.values(into));

        DoubleArithmetic wide = new DoubleArithmetic();
        double[] kept = wide.of(new double[] {1.0});
        wide.addScaled(kept, new double[] {1e-8}, 0, new double[] {1.0});
        assertEquals(1.0 + 1e-8, kept[0]);
    }

    @Test
    void aBatchIsTheSumOfItsExamples() throws IOException {
        ProblemSpec spec = PaperPlan.paperProblem("random").withLayers(9, 7, 5, 3);
        Problem both = spec.withBatch(2).build();
        double sum = 0.0;
        double squared = 0.0;
        for (int c = 0; c < 2; c++) {
            PublishedVariant.Inferred one =
                    PublishedVariant.CONVERGED.infer(spec.withFirstSample(c).build(), 1e-3);
            sum += one.gradient().weights(2)[2][4];
            squared += one.distances().get(3).squared();
        }
        PublishedVariant.Inferred batch = PublishedVariant.CONVERGED.infer(both, 1e-3);

        assertEquals(sum, batch.gradient().weights(2)[2][4], 1e-12 * Math.abs(sum));
        assertEquals(squared, batch.distances().get(3).squared(), 1e-12 * squared);
        assertTrue(sum != 0.0);
    }

    @Test
    void anotherActivationLossOrBetaIsRefusedByName() throws IOException {
        ProblemSpec spec = PaperPlan.paperProblem("random").withLayers(9, 7, 5, 3);
        refused("activation", spec.withActivation(StandardActivation.TANH), 1e-3);
        refused("activation", spec.withOutputActivation(StandardActivation.TANH), 1e-3);
        refused("loss", spec.withLoss(StandardLoss.CROSS_ENTROPY), 1e-3);
        for (double beta : new double[] {0.0, -1.0, Double.NaN, Double.POSITIVE_INFINITY}) {
            refused("beta", spec, beta);
        }
        assertThrows(
                IllegalArgumentException.class,
                () -> new PublishedVariant("", true, Double.NaN, 1));
        assertThrows(IllegalArgumentException.class, () -> new PublishedVariant("", true, 0.1, 0));
        PublishedVariant.FIGURE.infer(spec.build(), 1e-3); // and this one is not
    }

    private static void refused(String field, ProblemSpec spec, double beta) throws IOException {
        Problem problem = spec.build();
        String message =
                assertThrows(
                                IllegalArgumentException.class,
                                () -> PublishedVariant.FIGURE.infer(problem, beta))
                        .getMessage();
        assertTrue(message.startsWith(field), message);
    }
}
