package org.relaxon.experiments.reference;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.relaxon.experiments.compare.ReferenceGradient;
import org.relaxon.model.activation.StandardActivation;
import org.relaxon.model.loss.StandardLoss;
import org.relaxon.model.math.Matrix;
import org.relaxon.model.network.Initialisation;
import org.relaxon.model.network.Initialisation.Scheme;
import org.relaxon.model.network.Network;
import org.relaxon.model.network.Parameters;
import org.relaxon.testkit.FiniteDifferences;

class ImplicitGradientTest {
    private static final double STEP = 2e-3;
    private static final double TOLERANCE = 1e-8;

    @ParameterizedTest
    @MethodSource("org.relaxon.experiments.reference.HopfieldExample#everyFifth")
    void itIsTheDerivativeOfTheLossAtTheEquilibrium(HopfieldExample e) {
        Parameters found = e.implicit().gradient();
        Parameters differences = derivative(e, STEP);

        assertTrue(e.distance(found, differences) <= TOLERANCE);
        // the same bar sees one wrong sign and a factor of one millionth
        int last = e.network().projections().size() - 1;
        for (double factor : new double[] {-1, 1 + 1e-6}) {
            Parameters planted = HopfieldExample.scaled(found, last, factor);
            assertTrue(e.distance(planted, differences) > TOLERANCE);
        }
    }

    /** Away from kinks a piecewise linear network is smooth; the step must not cross one. */
    @ParameterizedTest
    @EnumSource(names = {"RELU", "HARD_SIGMOID"})
    void atKinkedActivationsToo(StandardActivation f) {
        for (long seed = 1; seed <= 3; seed++) {
            HopfieldExample e =
                    HopfieldExample.layered(
                            f, StandardActivation.LINEAR, StandardLoss.SQUARED, seed);

            assertTrue(e.distance(e.implicit().gradient(), derivative(e, 1e-4)) <= TOLERANCE);
        }
    }

    @Test
    void aMissingTransposedTermAndADroppedSlopeAreSeen() {
        HopfieldExample e =
                HopfieldExample.layered(
                                StandardActivation.TANH,
                                StandardActivation.TANH,
                                StandardLoss.SQUARED,
                                1)
                        .first();
        double[][] s = free(e);
        Parameters found =
                ImplicitGradient.of(e.network(), e.theta(), e.input(), e.target(), e.reachedFirst())
                        .gradient();
        Parameters differences = derivative(e, STEP);
        Parameters oneSided = HopfieldExample.withoutTransposedTerm(e.network(), found, s);
        Parameters noSlope = found.copy();
        double[] slope = HopfieldEquilibrium.of(e.network(), e.theta(), 1).slope(s)[3];
        for (int i = 0; i < slope.length; i++) {
            noSlope.biases(3)[i] /= slope[i];
        }

        assertTrue(e.distance(found, differences) <= TOLERANCE);
        assertTrue(e.distance(oneSided, differences) > 1e-2);
        assertTrue(e.distance(noSlope, differences) > 1e-2);
    }

    /** One linear layer: s = W x + b, so that dL/dW = (s - T) x^T. */
    @Test
    void oneLinearLayerGivesTheNumbersWorkedByHand() {
        Network network =
                Network.layered(
                        new int[] {2, 1},
                        StandardActivation.TANH,
                        StandardActivation.LINEAR,
                        StandardLoss.SQUARED,
                        new Initialisation(Scheme.NORMAL, 0.4, 1));
        Parameters theta = network.zeros();
        theta.weights(0)[0][0] = 1;
        theta.weights(0)[0][1] = -1;
        theta.biases(1)[0] = 0.5;

        ReferenceGradient found =
                ImplicitGradient.of(
                        network,
                        theta,
                        Matrix.column(3, 1),
                        Matrix.column(2),
                        new Matrix[] {null, Matrix.column(2.5)});

        assertArrayEquals(new double[] {1.5, 0.5}, found.gradient().weights(0)[0], 1e-15);
        assertEquals(0.5, found.gradient().biases(1)[0], 1e-15);
        assertEquals(0.125, found.loss(), 1e-15);
        assertEquals(2.5, found.output().get(0, 0), 1e-15);
    }

    /** Gain 3 and no input: +s and -s are both equilibria, and what lies between is neither. */
    @Test
    void eachOfTwoEquilibriaHasItsOwnGradientAndAStateBetweenThemIsRefused() {
        Network network =
                Network.layered(
                        new int[] {2, 5, 4, 3},
                        StandardActivation.TANH,
                        StandardActivation.LINEAR,
                        StandardLoss.SQUARED,
                        new Initialisation(Scheme.NORMAL, 3, 1));
        HopfieldExample e =
                new HopfieldExample(network, Matrix.zeros(2, 1), Matrix.column(0.3, -0.2, 0.9));
        HopfieldEquilibrium at = HopfieldEquilibrium.of(network, e.theta(), 1);
        double[][] up = at.free(new double[2], filled(network, 1.0));
        double[][] down = at.free(new double[2], filled(network, -1.0));
        double[][] between = HopfieldExample.sum(up, filled(network, 1e-5));

        Parameters one = implicit(e, e.together(up));
        Parameters other = implicit(e, e.together(down));

        assertTrue(e.distance(one, other) > 0.1);
        String refused =
                assertThrows(IllegalArgumentException.class, () -> implicit(e, e.together(between)))
                        .getMessage();
        assertTrue(refused.startsWith("column 0: the equilibrium is 1.0"), refused);
        IllegalArgumentException jumped =
                assertThrows(
                        IllegalArgumentException.class,
                        () -> implicit(e, e.together(mean(up, down))));
        assertTrue(jumped.getMessage().startsWith("column 0: the equilibrium is "));
    }

    @Test
    void theSecondColumnIsNamedAndShapesAreRefused() {
        HopfieldExample e =
                HopfieldExample.layered(
                        StandardActivation.TANH,
                        StandardActivation.LINEAR,
                        StandardLoss.SQUARED,
                        1);
        Matrix[] off = e.reached(1);
        off[2].values()[1] += 1e-3;
        Matrix[] short1 = e.reached(1);
        short1[1] = Matrix.zeros(6, 2);
        Matrix[] notANumber = e.reached(1);
        notANumber[1].values()[0] = Double.NaN;

        assertTrue(refusal(e, off).startsWith("column 1: the equilibrium is 1.000e-03 away"));
        assertEquals(
                "reached state of population 1 is Matrix 6 x 2, need 7 x 2", refusal(e, short1));
        assertTrue(refusal(e, notANumber).startsWith("column 0: the equilibrium is NaN away"));
    }

    private static String refusal(HopfieldExample e, Matrix[] reached) {
        return assertThrows(IllegalArgumentException.class, () -> implicit(e, reached))
                .getMessage();
    }

    private static Parameters implicit(HopfieldExample e, Matrix[] reached) {
        return ImplicitGradient.of(e.network(), e.theta(), e.input(), e.target(), reached)
                .gradient();
    }

    /** From values of the loss at free equilibria alone. */
    private static Parameters derivative(HopfieldExample e, double step) {
        return FiniteDifferences.gradient(
                e.network(), e.theta(), theta -> lossAtEquilibrium(e, theta), step);
    }

    private static double lossAtEquilibrium(HopfieldExample e, Parameters theta) {
        HopfieldEquilibrium at = HopfieldEquilibrium.of(e.network(), theta, 1);
        double sum = 0;
        for (int c = 0; c < e.input().columns(); c++) {
            double[][] s = at.free(e.input().columnValues(c));
            double[] top = s[e.network().output().index()];
            sum += Backprop.of(e.network()).loss(top, e.target().columnValues(c));
        }
        return sum;
    }

    private static double[][] free(HopfieldExample e) {
        return HopfieldEquilibrium.of(e.network(), e.theta(), 1).free(e.input().columnValues(0));
    }

    private static double[][] mean(double[][] u, double[][] v) {
        double[][] out = HopfieldExample.sum(u, v);
        for (double[] own : out) {
            for (int i = 0; i < own.length; i++) {
                own[i] /= 2;
            }
        }
        return out;
    }

    private static double[][] filled(Network network, double value) {
        return network.populations().stream()
                .map(p -> java.util.stream.DoubleStream.generate(() -> value).limit(p.size()))
                .map(java.util.stream.DoubleStream::toArray)
                .toArray(double[][]::new);
    }
}
