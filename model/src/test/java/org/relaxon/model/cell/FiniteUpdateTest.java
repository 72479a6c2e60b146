package org.relaxon.model.cell;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.relaxon.model.activation.StandardActivation;
import org.relaxon.model.loss.StandardLoss;
import org.relaxon.model.math.Matrix;
import org.relaxon.model.network.Granularity;
import org.relaxon.model.network.Initialisation;
import org.relaxon.model.network.Network;
import org.relaxon.model.phase.Phase;
import org.relaxon.model.rule.PredictiveCoding;

/** An update is finite if the product of its factors is, whether that is computed or proven. */
class FiniteUpdateTest {
    private static final int INPUTS = 6;

    /** The update is about 1e298 times the share of the column. */
    @ParameterizedTest
    @CsvSource({
        "5, 1e-100, true", // proven
        "5, 1e5, true",
        "5, 1e20, false",
        "5, NaN, false",
        "2, 1e-100, true",
        "2, 1e20, false"
    })
    void anOverflowIsFoundWhetherItIsProvenOrComputed(int rows, double share, boolean finite) {
        Network network =
                Network.layered(
                        new int[] {INPUTS, rows},
                        StandardActivation.TANH,
                        StandardActivation.LINEAR,
                        StandardLoss.SQUARED,
                        Initialisation.uniform(1));
        double[] input = new double[INPUTS];
        Arrays.fill(input, 1e149);
        Phase phase = Phase.nudged(Matrix.column(input), Matrix.zeros(rows, 1), 0.5);
        Lockstep net =
                new Lockstep(network, Granularity.LAYER, new PredictiveCoding(), 1e-12)
                        .open(phase)
                        .settle(5);
        CellLearning output = net.cells().get(0).learning();
        double[] shares = {share};
        assertEquals(finite, output.isFinite(shares), "seed 1");
        assertEquals(finite, output.prepare(shares), "seed 1");
        double largest = Columns.length(net.update(shares).weights(0));
        assertEquals(finite, Double.isFinite(largest / 1e3), "length " + largest);
    }
}
