package org.relaxon.experiments.reference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.relaxon.model.activation.StandardActivation;
import org.relaxon.model.connectivity.Connectivity;
import org.relaxon.model.loss.StandardLoss;
import org.relaxon.model.math.Matrix;
import org.relaxon.model.network.Initialisation;
import org.relaxon.model.network.Network;
import org.relaxon.model.network.NetworkBuilder;
import org.relaxon.model.network.Parameters;
import org.relaxon.model.network.Projection;

/** References of networks whose projections close cycles, against differences of values alone. */
class CyclicReferenceTest {
    private static final double TOLERANCE = 1e-8;
    private static final double BETA = 0.1;

    /** Lateral with and without self-connections, at the output as well, and two ways back. */
    private static HopfieldExample cyclic(StandardActivation f, StandardLoss loss) {
        Connectivity matrix = Connectivity.allToAll(); // references know matrices
        Network network =
                new NetworkBuilder(loss)
                        .input("in", 3)
                        .hidden("a", 4, f)
                        .hidden("b", 3, f)
                        .output("out", 3, StandardActivation.LINEAR)
                        .project("in-a", "in", "a")
                        .project("a-b", "a", "b")
                        .project("b-out", "b", "out")
                        .project("a-a", "a", "a", matrix)
                        .project("b-a", "b", "a")
                        .project("out-out", "out", "out", matrix)
                        .project("out-a", "out", "a")
                        .build(new Initialisation(Initialisation.Scheme.NORMAL, 0.2, 3));
        return HopfieldExample.of(network, 5);
    }

    private static Parameters derivative(HopfieldExample e, MinimumEnergy value) {
        return FiniteDifference.gradient(e.network(), e.theta(), value);
    }

    private static double loss(HopfieldExample e, Parameters theta) {
        HopfieldEquilibrium at = HopfieldEquilibrium.of(e.network(), theta, 1.0);
        double sum = 0.0;
        for (int c = 0; c < HopfieldExample.BATCH; c++) {
            double[] top = at.free(e.input().columnValues(c))[e.network().output().index()];
            sum += Backprop.of(e.network()).loss(top, e.target().columnValues(c));
        }
        return sum;
    }

    @ParameterizedTest
    @EnumSource(names = {"LINEAR", "TANH", "SIGMOID", "SOFTPLUS"})
    void theImplicitGradientIsTheDerivativeOfTheLoss(StandardActivation f) {
        for (StandardLoss loss : StandardLoss.values()) {
            HopfieldExample e = cyclic(f, loss);
            Parameters differences = derivative(e, theta -> loss(e, theta));
            Parameters found = e.implicit().gradient();
            assertEquals(0.0, e.distance(found, differences), TOLERANCE);
            for (Projection p : e.network().closing()) {
                Parameters planted = HopfieldExample.scaled(found, p.index(), 1 + 1e-5);
                assertTrue(e.distance(planted, differences) > TOLERANCE, p.name());
            }
        }
    }

    /** The derivative of [F(beta) - F(0)] / beta is the contrast, at any nudge. */
    @ParameterizedTest
    @EnumSource(names = {"LINEAR", "TANH", "SOFTPLUS"})
    void theContrastIsTheDerivativeOfTheEnergiesDifference(StandardActivation f) {
        HopfieldExample e = cyclic(f, StandardLoss.SQUARED);
        Matrix[] free = e.reached(1);
        Parameters differences =
                derivative(
                        e,
                        HopfieldMinimumEnergy.nudged(
                                e.network(), e.input(), e.target(), BETA, free, e.nudged(BETA)));
        HebbianContrast sum = new HebbianContrast(e.network());
        HopfieldEquilibrium at = HopfieldEquilibrium.of(e.network(), e.theta(), 1.0);
        for (int c = 0; c < HopfieldExample.BATCH; c++) {
            double[][] s = at.free(e.input().columnValues(c));
            sum.add(s, at.nudge(s, e.target().columnValues(c), BETA), p -> -1.0 / BETA);
        }
        assertEquals(0.0, e.distance(sum.parameters(), differences), TOLERANCE);
        assertTrue(e.distance(e.implicit().gradient(), differences) > 1e-3, "at this nudge");
    }

    /** What is left of a gradient whose lateral term has drive but no feedback. */
    @ParameterizedTest
    @EnumSource(names = {"LINEAR", "TANH"})
    void aLateralTermWithoutFeedbackIsSeen(StandardActivation f) {
        HopfieldExample e = cyclic(f, StandardLoss.SQUARED).first();
        Parameters whole =
                ImplicitGradient.of(e.network(), e.theta(), e.input(), e.target(), e.reachedFirst())
                        .gradient();
        double[][] s =
                HopfieldEquilibrium.of(e.network(), e.theta(), 1.0).free(e.input().columnValues(0));
        Parameters half = HopfieldExample.withoutTransposedTerm(e.network(), whole, s);
        Parameters planted = whole.copy();
        for (Projection p : e.network().closing()) {
            for (int i = 0; p.isLateral() && i < planted.weights(p.index()).length; i++) {
                planted.weights(p.index())[i] = half.weights(p.index())[i];
            }
        }
        assertTrue(e.distance(planted, whole) > 1e-2);
    }
}
