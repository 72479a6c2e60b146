package org.relaxon.experiments.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.relaxon.model.activation.StandardActivation;
import org.relaxon.model.loss.StandardLoss;
import org.relaxon.model.network.Initialisation;
import org.relaxon.model.network.Network;
import org.relaxon.model.network.Parameters;

class AppliedChangeTest {
    private static final Network NETWORK =
            Network.layered(
                    new int[] {3, 4, 2},
                    StandardActivation.TANH,
                    StandardActivation.LINEAR,
                    StandardLoss.SQUARED,
                    Initialisation.uniform(3));

    /** Every weight .1 more than before, every bias a thousandth of that. */
    private static Parameters moved(double weights, double biases) {
        Parameters out = NETWORK.parameters().copy();
        for (int p = 0; p < 2; p++) {
            for (double[] row : out.weights(p)) {
                for (int j = 0; j < row.length; j++) {
                    row[j] += weights;
                }
            }
            for (int i = 0; i < out.biases(p + 1).length; i++) {
                out.biases(p + 1)[i] += biases;
            }
        }
        return out;
    }

    private static AppliedChange compare(Parameters after, Parameters due) {
        return AppliedChange.of(NETWORK, NETWORK.parameters(), after, due);
    }

    @Test
    void whatIsDueIsWithinRounding() {
        assertEquals(0.0, compare(moved(0.1, 1e-4), moved(0.1, 1e-4)).error());
        assertEquals(0.0, compare(moved(0, 0), moved(0, 0)).error());
        double tiny = compare(moved(1e-14 + 1e-16, 0), moved(1e-14, 0)).error();
        assertEquals(0.0, tiny, "a hundredth of 1e-14 is below the rounding of a weight");
    }

    @Test
    void aDifferenceOfNothingHasNoNameAndItsTextStatesThat() {
        assertEquals(", no difference beyond rounding", compare(moved(0.1, 0), moved(0.1, 0)).in());
        Parameters after = moved(0.1, 0.1);
        after.weights(1)[1][3] += 0.01;
        assertEquals(", in W2", compare(after, moved(0.1, 0.1)).in());
    }

    /** In a figure of everything the biases would be a millionth. */
    @Test
    void aBiasThatMovedTwentyfoldIsNamed() {
        AppliedChange found = compare(moved(0.1, 20e-4), moved(0.1, 1e-4));
        assertEquals(19.0, found.error(), 1e-9);
        assertTrue(found.where().startsWith("b"), found.where());
    }

    @Test
    void oneArrayAmongGoodOnesIsNamedWithItsOwnError() {
        Parameters after = moved(0.1, 0.1);
        after.weights(1)[1][3] += 0.01;
        AppliedChange found = compare(after, moved(0.1, 0.1));
        assertEquals("W2", found.where());
        assertEquals(0.01 / (0.1 * Math.sqrt(8)), found.error(), 1e-9);
    }

    @Test
    void aChangeWhereNoneWasDueIsInfinite() {
        AppliedChange found = compare(moved(0, 1e-9), moved(0, 0));
        assertEquals(Double.POSITIVE_INFINITY, found.error());
        assertTrue(found.where().startsWith("b"), found.where());
    }

    @Test
    void whatIsNotANumberIsNoGoodChange() {
        Parameters after = moved(0.1, 1e-4);
        after.biases(2)[1] = Double.NaN;
        AppliedChange found = compare(after, moved(0.1, 1e-4));
        assertTrue(Double.isNaN(found.error()), found.toString());
        assertEquals("b2", found.where());
    }
}
