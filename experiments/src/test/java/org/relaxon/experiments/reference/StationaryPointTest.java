package org.relaxon.experiments.reference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.relaxon.experiments.reference.Amplification.Divergence;
import org.relaxon.experiments.reference.MinimumTest.Outcome;
import org.relaxon.model.activation.StandardActivation;
import org.relaxon.model.loss.StandardLoss;
import org.relaxon.model.math.CounterRandom;
import org.relaxon.model.network.Initialisation;
import org.relaxon.model.network.Network;
import org.relaxon.model.network.Parameters;

class StationaryPointTest {
    private static final double[] ONES = {1, 1, 1, 1};

    private static Network chain(StandardActivation f, double... weights) {
        int[] layers = new int[weights.length + 1];
        java.util.Arrays.fill(layers, 1);
        Network n =
                Network.layered(
                        layers,
                        f,
                        StandardActivation.LINEAR,
                        StandardLoss.SQUARED,
                        Initialisation.uniform(1));
        Parameters p = n.zeros();
        for (int k = 0; k < weights.length; k++) {
            p.weights(k)[0][0] = weights[k];
        }
        return n.with(p);
    }

    private static StationaryPoint at(Network n, double... x) {
        double[][] state = new double[x.length][];
        for (int k = 0; k < x.length; k++) {
            state[k] = new double[] {x[k]};
        }
        return new StationaryPoint(n, n.parameters(), state, 1e-10);
    }

    @Test
    void twoUnitsThatHoldEachOtherAtZero() {
        for (double w : new double[] {1.2, 2, -2}) {
            MinimumTest found =
                    at(chain(StandardActivation.TANH, 1, w), 0, 0, 0).ofHopfield(1, 0, false, null);
            assertEquals(Outcome.SADDLE, found.outcome());
            assertEquals(1 - Math.abs(w), found.eigenvalue(), 1e-12);
            assertEquals(2, found.direction().size());
        }
        Network weak = chain(StandardActivation.TANH, 1, 0.8);
        assertEquals(Outcome.MINIMUM, at(weak, 0, 0, 0).ofHopfield(1, 0, false, null).outcome());
        Network even = chain(StandardActivation.TANH, 1, 1);
        assertEquals(Outcome.UNKNOWN, at(even, 0, 0, 0).ofHopfield(1, 0, false, null).outcome());
    }

    @Test
    void aNudgeAndAHeldOutputAddCurvature() {
        Network n = chain(StandardActivation.TANH, 1, 1.2); // 1 - 1.44 / (1 + beta) at 0

        assertEquals(Outcome.SADDLE, at(n, 0, 0, 0).ofHopfield(1, 0.4, false, null).outcome());
        assertEquals(Outcome.MINIMUM, at(n, 0, 0, 0).ofHopfield(1, 0.5, false, null).outcome());
        assertEquals(Outcome.MINIMUM, at(n, 0, 0, 0).ofHopfield(1, 0, true, null).outcome());
        assertEquals(Outcome.MINIMUM, at(n, 0, 0, 0).ofHopfield(0.5, 0, false, null).outcome());
    }

    /** Descent from a kink counts if it leads to the side on which the unit can move. */
    @Test
    void atAKinkTheSideThatMovesDecides() {
        Network n = chain(StandardActivation.RELU, 1, 2);
        assertEquals(Outcome.SADDLE, at(n, 0, 0, 0).ofHopfield(1, 0, false, null).outcome());
        Network weak = chain(StandardActivation.RELU, 1, 0.5);
        assertEquals(Outcome.MINIMUM, at(weak, 0, 0, 0).ofHopfield(1, 0, false, null).outcome());
    }

    /**
     * Two units on kinks that oppose each other cannot both rise, so that the descent of the whole
     * matrix, one up and one down, leads nowhere; but the second may rise with the output.
     */
    @Test
    void descentToFlatSidesIsNoneAndOtherDescentIsFound() {
        Network opposed = chain(StandardActivation.RELU, 1, -2, 0.1);
        assertEquals(
                Outcome.MINIMUM, at(opposed, 0, 0, 0, 0).ofHopfield(1, 0, false, null).outcome());

        Network coupled = chain(StandardActivation.RELU, 1, -4, 1.5);
        MinimumTest found = at(coupled, 0, 0, 0, 0).ofHopfield(1, 0, false, null);
        assertEquals(Outcome.SADDLE, found.outcome());
        assertEquals(1 - 1.5 * 2 * 1.5 / (1 + 2.25), found.eigenvalue(), 1e-12);
        assertEquals(2, found.direction().size(), found.direction().toString());

        Network weak = chain(StandardActivation.RELU, 1, -4, 0.9);
        assertEquals(Outcome.MINIMUM, at(weak, 0, 0, 0, 0).ofHopfield(1, 0, false, null).outcome());
    }

    /** What holds a unit on its kink is no curvature that the state is known to a tolerance of. */
    @Test
    void aUnitHeldOnItsKinkHidesNoMinimum() {
        Network n = chain(StandardActivation.RELU, 1, 1, 1);
        double[][] x = {{0}, {0}, {-1}, {-1}};
        StationaryPoint coarse = new StationaryPoint(n, n.parameters(), x, 1e-8);
        MinimumTest found =
                coarse.ofDivergence(Divergence.SQUARED_DISTANCE, ONES, 1.0, new double[] {-2});
        assertEquals(Outcome.MINIMUM, found.outcome(), found.why());
        StationaryPoint coarser = new StationaryPoint(n, n.parameters(), x, 0.5);
        assertEquals(
                Outcome.UNKNOWN,
                coarser.ofDivergence(Divergence.SQUARED_DISTANCE, ONES, 1.0, new double[] {-2})
                        .outcome());
    }

    /**
     * Drive 0 of the second unit rests by the slope 0 of its side; to the other side the energy,
     * x1^2 / 2 + (1 - x1)^2 / 2 there, falls at once.
     */
    @Test
    void aKinkThatBendsDownwardsHoldsNothing() {
        Network n = chain(StandardActivation.RELU, 1, 1, 1);
        double[] target = {2};
        MinimumTest found =
                at(n, 0, 0, 1, 1).ofDivergence(Divergence.SQUARED_DISTANCE, ONES, 1.0, target);
        assertEquals(Outcome.UNKNOWN, found.outcome());
        assertTrue(found.why().contains("falls to one side of the kink"), found.why());
        MinimumTest clamped = // no free neuron moves the drive of the first unit
                at(chain(StandardActivation.RELU, 1, 1), 0, 1, 1)
                        .ofDivergence(Divergence.SQUARED_DISTANCE, ONES, 1.0, target);
        assertEquals(Outcome.MINIMUM, clamped.outcome(), clamped.why());
    }

    /** An activity of 0 is in the closed range of ReLU, one below is not. */
    @Test
    void aBlankImageIsInTheRangeOfReluAndIsTold() {
        Network n = chain(StandardActivation.RELU, 1, 1, 1);
        double[] target = {1};
        for (double x : new double[] {0, 0.1}) {
            MinimumTest found =
                    at(n, 0, 0, x, 0).ofDivergence(Divergence.FENCHEL_YOUNG, ONES, 0.1, target);
            assertEquals(Outcome.MINIMUM, found.outcome(), found.why());
        }
        MinimumTest below =
                at(n, 0, 0, -0.1, 0).ofDivergence(Divergence.FENCHEL_YOUNG, ONES, 0.1, target);
        assertEquals(Outcome.UNKNOWN, below.outcome());
        assertTrue(below.why().contains("out of the range"), below.why());
    }

    /** D = 1/2 (x1 - f(x0))^2 + 1/2 (x2 - f(x1))^2 has the curvature 1 + f'^2 - e2 f'' in x1. */
    @Test
    void errorsMayUndoTheCurvatureOfADivergence() {
        Network n = chain(StandardActivation.TANH, 1, 1, 1);
        for (double e : new double[] {1e-3, -1, 4, -4}) {
            double[] x = {0.3, StrictMath.tanh(0.3), 0, 0};
            double t2 = StrictMath.tanh(x[1]);
            x[2] = t2 + e;
            x[3] = x[2];
            double slope = 1 - t2 * t2;
            double bend = -2 * t2 * slope;
            double[][] h = { // over x1, x2; x3 is linear in x2 and held by nothing
                {1 + slope * slope - e * bend, -slope, 0},
                {-slope, 1 + 1, -1},
                {0, -1, 1}
            };
            double determinant = h[0][0] * (h[1][1] * h[2][2] - 1) - h[0][1] * h[1][0] * h[2][2];
            MinimumTest found = at(n, x).ofDivergence(Divergence.SQUARED_DISTANCE, ONES, 0, null);
            Outcome expected = determinant > 0 ? Outcome.MINIMUM : Outcome.SADDLE;
            assertEquals(expected, found.outcome(), "" + e);
        }
    }

    @Test
    void theSmallestEigenvalueOfALargeMatrixByLanczos() {
        int n = 400;
        double[] u = new double[n];
        double square = 0.0;
        for (int i = 0; i < n; i++) {
            u[i] = CounterRandom.normal(1, 1, i);
            square += u[i] * u[i];
        }
        DMatrixRMaj a = new DMatrixRMaj(n, n);
        for (int i = 0; i < n; i++) {
            a.add(i, i, 1.0);
            for (int j = 0; j < n; j++) {
                a.add(i, j, -1.25 * u[i] * u[j] / square); // -1/4 along u, 1 elsewhere
            }
        }
        SmallestEigenvalue found = new SmallestEigenvalue(a);

        assertEquals(-0.25, found.quotient(found.vector()), 1e-10);
        assertTrue(found.isAbove(-0.26));
        assertFalse(found.isAbove(-0.24));
        a.set(0, 0, Double.NaN);
        assertFalse(new SmallestEigenvalue(a).isAbove(-1e9));
        assertEquals(null, new SmallestEigenvalue(a).vector());
    }

    @Test
    void networksBeyondTheLimitAreNotTold() {
        Network n =
                Network.layered(
                        new int[] {1, StationaryPoint.UNITS_MAX, 1},
                        StandardActivation.TANH,
                        StandardActivation.LINEAR,
                        StandardLoss.SQUARED,
                        Initialisation.uniform(1));
        double[][] x = {{0}, new double[StationaryPoint.UNITS_MAX], {0}};
        MinimumTest found =
                new StationaryPoint(n, n.parameters(), x, 1e-10).ofHopfield(1, 0, false, null);

        assertEquals(Outcome.UNKNOWN, found.outcome());
        assertTrue(found.why().contains("more than 2000"), found.why());
    }
}
