package org.relaxon.experiments.reference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.atomic.AtomicInteger;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.relaxon.experiments.effort.Effort;
import org.relaxon.experiments.effort.GaveUpException;
import org.relaxon.experiments.reference.MinimumTest.Outcome;
import org.relaxon.model.activation.StandardActivation;
import org.relaxon.model.loss.StandardLoss;
import org.relaxon.model.math.CounterRandom;
import org.relaxon.model.network.Initialisation;
import org.relaxon.model.network.Network;
import org.relaxon.model.network.Parameters;

/**
 * Second derivatives of large networks: what they cost, that a stop ends them, and what they prove.
 */
class CurvatureEffortTest {
    private static final int UNITS = 600;

    /** Two hidden layers that hold each other at 0: gain {@code tie} of a single pair of units. */
    private static StationaryPoint tied(double tie) {
        Network n =
                Network.layered(
                        new int[] {1, UNITS / 2, UNITS / 2, 1},
                        StandardActivation.TANH,
                        StandardActivation.LINEAR,
                        StandardLoss.SQUARED,
                        Initialisation.uniform(1));
        Parameters p = n.zeros();
        for (int i = 0; i < UNITS / 2; i++) {
            for (int j = 0; j < UNITS / 2; j++) {
                p.weights(1)[i][j] = 0.2 * CounterRandom.normal(1, i, j) / Math.sqrt(UNITS);
            }
            p.weights(1)[i][0] = 0.0;
            p.weights(1)[0][i] = 0.0;
        }
        p.weights(1)[0][0] = tie;
        double[][] x = {new double[1], new double[UNITS / 2], new double[UNITS / 2], new double[1]};
        return new StationaryPoint(n.with(p), p, x, 1e-8);
    }

    @Test
    void aSingleDirectionOfManyIsFound() {
        MinimumTest below = tied(0.999).ofHopfield(1.0, 0.0, false, null);
        MinimumTest above = tied(1.001).ofHopfield(1.0, 0.0, false, null);

        assertEquals(Outcome.MINIMUM, below.outcome());
        assertEquals(Outcome.SADDLE, above.outcome());
        assertEquals(-0.001, above.eigenvalue(), 1e-6);
        assertTrue(above.descent().contains("1[0]"), above.descent());
    }

    @Test
    void aBudgetEndsItByNameAndAStopAsWell() {
        StationaryPoint point = tied(0.9);
        GaveUpException spent =
                assertThrows(
                        GaveUpException.class,
                        () ->
                                Effort.within(
                                        1_000_000L, () -> point.ofHopfield(1.0, 0.0, false, null)));
        assertTrue(spent.getMessage().contains("1e+06 products"), spent.getMessage());

        AtomicInteger looks = new AtomicInteger();
        GaveUpException asked =
                assertThrows(
                        GaveUpException.class,
                        () ->
                                Effort.until(
                                        () -> looks.incrementAndGet() > 3,
                                        () -> point.ofHopfield(1.0, 0.0, false, null)));
        assertTrue(asked.asked());
        assertEquals(4, looks.get()); // looked at while rows were added
    }

    @Test
    void factorsOfABandAreThoseOfTheMatrix() {
        int n = 40;
        DMatrixRMaj a = new DMatrixRMaj(n, n);
        for (int i = 0; i < n; i++) {
            a.set(i, i, 2.0);
            if (i > 2) {
                a.set(i, i - 3, -0.9);
                a.set(i - 3, i, -0.9);
            }
        }
        double least = 2.0 - 2 * 0.9 * Math.cos(Math.PI / 15); // three chains, the longest of 14

        assertNull(EnvelopeCholesky.of(a, least - 1e-9).descent());
        double[] v = EnvelopeCholesky.of(a, least + 1e-9).descent();
        assertNotNull(v);
        double form = 0.0;
        double square = 0.0;
        for (int i = 0; i < n; i++) {
            square += v[i] * v[i];
            for (int j = 0; j < n; j++) {
                form += v[i] * a.get(i, j) * v[j];
            }
        }
        assertTrue(form / square <= least + 1e-9, form / square + " " + least);
    }
}
