package org.relaxon.experiments.reference;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.relaxon.model.activation.StandardActivation;
import org.relaxon.model.loss.StandardLoss;
import org.relaxon.model.math.Matrix;
import org.relaxon.model.network.Initialisation;
import org.relaxon.model.network.Network;
import org.relaxon.model.network.Parameters;
import org.relaxon.model.phase.Phase;
import org.relaxon.model.plasticity.Estimator;
import org.relaxon.model.rule.PredictiveCoding;
import org.relaxon.model.settle.Conclusive;
import org.relaxon.runtime.Budget;
import org.relaxon.runtime.Host;
import org.relaxon.runtime.RunPlan;
import org.relaxon.runtime.Session;
import org.relaxon.runtime.virtual.VirtualHost;

/**
 * One unit whose drive is a little above its kink, and nudges of two sizes downwards. Its neighbour
 * hands the same nudge down, so that the unit rests on the other side.
 */
class CrossedKinksTest {
    private static final double MARGIN = 1e-3;

    private static Network network(StandardActivation activation) {
        Network drawn =
                Network.layered(
                        new int[] {1, 2, 2, 1},
                        activation,
                        StandardActivation.LINEAR,
                        StandardLoss.SQUARED,
                        Initialisation.uniform(1));
        Parameters p = drawn.zeros();
        p.weights(0)[0][0] = 1.0;
        p.weights(0)[1][0] = 1.0;
        p.weights(1)[0][0] = 1.0;
        p.biases(2)[0] = MARGIN - 1.0; // drive of the first unit above: MARGIN where the input is 1
        p.weights(1)[1][0] = 1.0;
        p.biases(2)[1] = 5.0;
        p.weights(2)[0][0] = 1.0;
        p.weights(2)[0][1] = 1.0;
        return drawn.with(p);
    }

    private static int[] crossed(Network network, Estimator estimator, double beta) {
        Matrix input = Matrix.of(1, 3, new double[] {1.0, 2.0, 1.0});
        Matrix target = Matrix.of(1, 3, new double[] {-9.0, -9.0, 6.0 + MARGIN});
        Phase phase = estimator.phase(input, target, beta);
        try (Host host = new VirtualHost();
                Session session = host.open(network, RunPlan.of(new PredictiveCoding()))) {
            Conclusive settled = (Conclusive) session.settle(phase, Budget.DEFAULT);
            return CrossedKinks.count(network, session.parameters(), input, settled.equilibrium());
        }
    }

    @Test
    void aNudgeThatIsLargerThanTheMarginCarriesTheUnitOver() {
        Network relu = network(StandardActivation.RELU);
        int[] large = crossed(relu, Estimator.ONE_SIDED, 1e-3);
        assertEquals(1, large[0]);
        assertEquals(0, large[1], "its drive is far from the kink");
        assertEquals(0, large[2], "there is no error to nudge it");
        assertArrayEquals(new int[3], crossed(relu, Estimator.ONE_SIDED, 1e-5));
    }

    /** Columns beyond the examples are further nudges of the same. */
    @Test
    void allColumnsOfAnExampleCount() {
        int[] both = crossed(network(StandardActivation.RELU), Estimator.CENTRED, 1e-3);
        assertEquals(3, both.length);
        assertTrue(both[0] >= 1, "one of two nudges");
        assertEquals(0, both[1]);
    }

    @ParameterizedTest
    @EnumSource(
            value = StandardActivation.class,
            names = {"TANH", "LINEAR"})
    void smoothActivationsHaveNone(StandardActivation activation) {
        assertArrayEquals(new int[3], crossed(network(activation), Estimator.ONE_SIDED, 1e-2));
    }
}
