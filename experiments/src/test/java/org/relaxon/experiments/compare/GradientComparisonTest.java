package org.relaxon.experiments.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.relaxon.model.activation.StandardActivation;
import org.relaxon.model.loss.StandardLoss;
import org.relaxon.model.math.CounterRandom;
import org.relaxon.model.network.Initialisation;
import org.relaxon.model.network.Network;
import org.relaxon.model.network.Parameters;

class GradientComparisonTest {
    private static final int LONG = 1000;

    @Test
    void twoShortVectorsGiveTheNumbersWorkedByHand() {
        double[] g = {4, -3, 0, 1, 0};
        double[] r = {4, 3, 0, 0, -1};

        ProjectionComparison found = ProjectionComparison.of("W1", g, r);

        double error = Math.sqrt(36 + 1 + 1);
        double norm = Math.sqrt(26);
        assertEquals(error / norm, found.relativeError(), 1e-15);
        assertEquals(7.0 / 26, found.cosine(), 1e-15);
        assertEquals(19.0 / 26, found.oneMinusCosine(), 1e-15);
        assertNull(found.cosineReason());
        assertEquals(1.0 / 3, found.signAgreement()); // of 4, 3 and -1 the first agrees
        assertEquals(error / Math.sqrt(5), found.rmse(), 1e-15);
        assertEquals(1.0, found.normRatio());
        assertEquals(0.0, found.minimum()); // differences 0, 0, 1, 1, 6
        assertEquals(1.0, found.median());
        assertEquals(4.0, found.quantile90(), 1e-14); // 0.6 of the way from 1 to 6
        assertEquals(6.0, found.maximum());
    }

    /** g = R + t q with q at right angles to R and as long: 1 - cos = t^2/2 up to t^4. */
    @Test
    void aVerySmallAngleIsMeasuredFarBelowRoundOff() {
        double[] r = random(2 * LONG, 1);
        double[] q = new double[r.length];
        for (int k = 0; k < LONG; k++) {
            q[2 * k] = -r[2 * k + 1];
            q[2 * k + 1] = r[2 * k];
        }
        for (double t : new double[] {1e-3, 1e-6, 1e-9}) {
            double[] g = new double[r.length];
            for (int k = 0; k < g.length; k++) {
                g[k] = r[k] + t * q[k];
            }

            ProjectionComparison found = ProjectionComparison.of("total", g, r);

            assertEquals(t * t / 2, found.oneMinusCosine(), 1e-5 * t * t);
            assertEquals(t, found.relativeError(), 1e-6 * t);
        }
    }

    @Test
    void parallelVectorsHaveCosineOneWhateverTheirLength() {
        double[] r = random(LONG, 2);
        for (double factor : new double[] {1e-200, 1e-8, 3, 1e200}) {
            double[] g = scaled(r, factor);

            ProjectionComparison found = ProjectionComparison.of("total", g, r);

            assertEquals(1.0, found.cosine());
            assertTrue(found.oneMinusCosine() < 1e-30);
            assertEquals(factor, found.normRatio(), 1e-14 * factor);
            assertEquals(-1.0, ProjectionComparison.of("total", scaled(g, -1), r).cosine());
        }
    }

    @Test
    void noCosineNeverComesWithoutAReason() {
        double[] zero = new double[3];
        double[] some = {1, 2, 3};

        ProjectionComparison both = ProjectionComparison.of("W1", zero, zero);
        ProjectionComparison estimate = ProjectionComparison.of("W1", zero, some);
        ProjectionComparison reference = ProjectionComparison.of("W1", some, zero);

        assertEquals("estimate and reference are zero", both.cosineReason());
        assertEquals("the estimate is zero", estimate.cosineReason());
        assertEquals("the reference is zero", reference.cosineReason());
        for (ProjectionComparison c : List.of(both, estimate, reference)) {
            assertNull(c.cosine());
            assertNull(c.oneMinusCosine());
        }
        assertTrue(Double.isNaN(both.relativeError()));
        assertTrue(Double.isNaN(both.signAgreement()));
        assertEquals(1.0, estimate.relativeError());
        assertEquals(Double.POSITIVE_INFINITY, reference.relativeError());
    }

    @Test
    void notANumberInAnyElementIsNotANumberInEveryFigure() {
        double[] r = {1, 2, 3};
        double[] g = {1, Double.NaN, 3};

        for (ProjectionComparison c :
                List.of(ProjectionComparison.of("W1", g, r), ProjectionComparison.of("W1", r, g))) {
            assertNotNull(c.cosine());
            for (double figure :
                    new double[] {
                        c.relativeError(),
                        c.cosine(),
                        c.oneMinusCosine(),
                        c.signAgreement(),
                        c.rmse(),
                        c.normRatio(),
                        c.minimum(),
                        c.median(),
                        c.quantile90(),
                        c.maximum()
                    }) {
                assertTrue(Double.isNaN(figure), c.toString());
            }
        }
    }

    @Test
    void theTotalIsOverEverythingAndThePartsAreNamed() {
        Network network =
                Network.layered(
                        new int[] {2, 3, 1},
                        StandardActivation.TANH,
                        StandardActivation.LINEAR,
                        StandardLoss.SQUARED,
                        Initialisation.uniform(1));
        Parameters reference = network.zeros();
        Parameters estimate = network.zeros();
        reference.weights(0)[2][1] = 3;
        reference.biases(2)[0] = 4;
        estimate.weights(0)[2][1] = 3;
        estimate.biases(2)[0] = 5;

        GradientComparison found = GradientComparison.of(network, estimate, reference);

        assertEquals(
                List.of("W1", "b1", "W2", "b2"),
                found.projections().stream().map(ProjectionComparison::name).toList());
        assertEquals(6 + 3 + 3 + 1, found.total().elements());
        assertEquals(0.2, found.total().relativeError(), 1e-16);
        assertEquals(0.0, found.projections().get(0).relativeError());
        assertEquals(0.25, found.projections().get(3).relativeError());
        assertEquals(
                0.2, GradientComparison.relativeDifference(network, estimate, reference), 1e-16);
    }

    @Test
    void theTextHasALineForEverythingAndOneForEveryPart() {
        Network network =
                Network.layered(
                        new int[] {2, 1},
                        StandardActivation.TANH,
                        StandardActivation.LINEAR,
                        StandardLoss.SQUARED,
                        Initialisation.uniform(1));
        Parameters one = network.zeros();
        one.weights(0)[0][0] = 1.0;
        Parameters two = network.zeros();
        two.weights(0)[0][0] = 2.0;
        assertEquals(
                "total: 3 elements, relative error 5.0000e-01, cosine 1.0\n"
                        + "W1: 2 elements, relative error 5.0000e-01, cosine 1.0\n"
                        + "b1: 1 elements, relative error NaN, cosine none: ",
                GradientComparison.of(network, one, two).toString().split("none: ")[0] + "none: ");
    }

    @Test
    void arraysOfUnequalLengthAreRefused() {
        assertThrows(
                IllegalArgumentException.class,
                () -> ProjectionComparison.of("W1", new double[2], new double[3]));
    }

    @Test
    void aCompensatedSumKeepsWhatAPlainOneLoses() {
        CompensatedSum sum = new CompensatedSum();
        for (double term : new double[] {1e100, 1, -1e100, 1}) {
            sum.add(term);
        }

        assertEquals(2.0, sum.value());
    }

    private static double[] random(int n, long stream) {
        double[] out = new double[n];
        for (int k = 0; k < n; k++) {
            out[k] = CounterRandom.normal(1, stream, k);
        }
        return out;
    }

    private static double[] scaled(double[] v, double factor) {
        double[] out = v.clone();
        for (int k = 0; k < out.length; k++) {
            out[k] *= factor;
        }
        return out;
    }
}
