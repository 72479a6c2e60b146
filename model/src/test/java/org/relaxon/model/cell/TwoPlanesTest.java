package org.relaxon.model.cell;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.relaxon.model.activation.StandardActivation;
import org.relaxon.model.loss.StandardLoss;
import org.relaxon.model.math.Kernels;
import org.relaxon.model.math.Matrix;
import org.relaxon.model.network.Granularity;
import org.relaxon.model.network.Initialisation;
import org.relaxon.model.network.Network;
import org.relaxon.model.network.Parameters;
import org.relaxon.model.phase.Phase;
import org.relaxon.model.plasticity.LocalRule;
import org.relaxon.model.rule.PredictiveCoding;
import org.relaxon.model.rule.Rule;
import org.relaxon.model.rule.Trait;
import org.relaxon.model.rule.Traits;
import org.relaxon.model.signal.Signal;
import org.relaxon.model.state.CellState;

/**
 * A rule with two planes that runs predictive coding in each. Bias and clamped input stand in the
 * first plane only, so the second settles like the same network without them.
 */
class TwoPlanesTest {
    private static final int COLUMNS = 3;

    private static final class Twins implements Rule {
        @Override
        public String optionName() {
            return "twins";
        }

        @Override
        public void validate(Network network) {}

        @Override
        public Traits traits() {
            return Traits.of(Trait.COMPLEX, Trait.READS_SLOPE);
        }

        @Override
        public void predict(CellState s) {
            for (int k = 0; k < s.drive().length; k++) {
                s.prediction()[k] = s.activation().value(s.drive()[k], s.math());
                s.slope()[k] = s.activation().slope(s.drive()[k], s.prediction()[k], s.math());
            }
        }

        @Override
        public void correct(CellState s) {
            int b = s.columns();
            for (int k = 0; k < s.error().length; k++) {
                int neuron = k / (2 * b);
                int column = k % b;
                double mu = s.prediction()[k];
                if (s.isOutput()) {
                    double beta = s.beta()[column];
                    s.error()[k] = beta / (1.0 + beta) * (s.target()[neuron * b + column] - mu);
                } else {
                    s.error()[k] = s.feedback()[k];
                }
                s.activity()[k] = mu + s.error()[k];
            }
            announce(s);
        }

        @Override
        public void announce(CellState s) {
            for (int k = 0; k < s.backward().length; k++) {
                s.backward()[k] = s.slope()[k] * s.error()[k];
            }
        }

        @Override
        public LocalRule localRule() {
            return (s, weights, factor) -> {
                for (int k = 0; k < factor.length; k++) {
                    int c = k % s.columns();
                    factor[k] = -weights[c] / s.beta()[c] * s.backward()[k];
                }
            };
        }
    }

    private final Network network = network(1);
    private final Phase phase = CellTest.nudged(3, 2, COLUMNS);

    @ParameterizedTest
    @ValueSource(strings = {"neuron", "block:2", "layer"})
    void eachPlaneSettlesAsIfItWereAlone(String granularity) {
        Lockstep twins = run(network, new Twins(), phase, granularity);
        Lockstep first = run(network, new PredictiveCoding(), phase, granularity);
        Lockstep second = run(unbiased(), new PredictiveCoding(), silent(), granularity);
        for (int p = 1; p <= 3; p++) {
            assertArrayEquals(first.activity(p), plane(twins.activity(p), 0));
            assertArrayEquals(second.activity(p), plane(twins.activity(p), 1));
            assertArrayEquals(first.error(p), plane(twins.error(p), 0));
            assertArrayEquals(second.error(p), plane(twins.error(p), 1));
        }
        assertTrue(Math.abs(second.error(1)[0]) > 1e-6); // the second plane is not idle
        for (int c = 0; c < COLUMNS; c++) {
            assertTrue(twins.audit().residual(c) < 1e-12);
        }
        assertEquals(2 * COLUMNS, twins.audit().state().activity(2).columns());
        assertEquals(COLUMNS, twins.audit().state().activity(0).columns());
    }

    @ParameterizedTest
    @ValueSource(strings = {"neuron", "block:2", "layer"})
    void withoutBiasAndInputBothPlanesHoldTheSameNumbers(String granularity) {
        Lockstep twins = run(unbiased(), new Twins(), silent(), granularity);
        for (int p = 1; p <= 3; p++) {
            assertArrayEquals(plane(twins.activity(p), 0), plane(twins.activity(p), 1));
            assertArrayEquals(plane(twins.error(p), 0), plane(twins.error(p), 1));
        }
    }

    /**
     * A weight's update is summed over columns, and so over planes; the presynaptic activity of a
     * bias is 1 in the first plane and 0 in the second.
     */
    @ParameterizedTest
    @ValueSource(strings = {"neuron", "block:2", "layer"})
    void theUpdateIsTheSumOverBothPlanes(String granularity) {
        Parameters both = update(run(network, new Twins(), phase, granularity));
        Parameters first = update(run(network, new PredictiveCoding(), phase, granularity));
        Parameters second = update(run(unbiased(), new PredictiveCoding(), silent(), granularity));
        for (int p = 0; p < 3; p++) {
            for (int i = 0; i < both.weights(p).length; i++) {
                for (int j = 0; j < both.weights(p)[i].length; j++) {
                    double sum = first.weights(p)[i][j] + second.weights(p)[i][j];
                    assertEquals(sum, both.weights(p)[i][j], 1e-14);
                }
                assertEquals(first.biases(p + 1)[i], both.biases(p + 1)[i], 1e-14);
                assertTrue(Math.abs(second.biases(p + 1)[i]) > 1e-6); // and would be seen
            }
        }
    }

    /** A fault in the second plane is a fault of its column, and silences both planes of it. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void aFaultInEitherPlaneTakesTheWholeColumn(int plane) {
        Wiring wiring = Wiring.of(network, Granularity.LAYER);
        Cell middle = new Cell(wiring, 1, new Twins(), Kernels.Kind.STRICT, 0.0);
        middle.open(1, phase);
        double[] feedback = new double[4 * 2 * COLUMNS];
        Arrays.fill(feedback, 1.0);
        feedback[3 * 2 * COLUMNS + plane * COLUMNS + 2] = Double.NaN; // neuron 3, column 2
        middle.receive(1, new Signal(1, 1, feedback, 0, feedback.length));
        Heard heard = new Heard();
        middle.relax(heard);
        assertEquals(2, middle.audit().faults()[2].column());
        assertEquals(3, middle.audit().faults()[2].neuron());
        double[] x = heard.payload(0);
        for (int k = 0; k < x.length; k++) {
            assertEquals(k % COLUMNS == 2, x[k] == 0.0, "element " + k);
        }
    }

    private static Lockstep run(Network network, Rule rule, Phase phase, String granularity) {
        return new Lockstep(network, Granularity.parse(granularity), rule, 0.0)
                .open(phase)
                .settle(500);
    }

    private static Parameters update(Lockstep net) {
        Parameters gradient = net.wiring().network().zeros();
        double[] ones = {1, 1, 1};
        net.cells().forEach(c -> c.learning().update(ones, gradient));
        return gradient;
    }

    private static double[] plane(double[] both, int plane) {
        double[] out = new double[both.length / 2];
        for (int k = 0; k < out.length; k++) {
            int row = k / COLUMNS;
            out[k] = both[row * 2 * COLUMNS + plane * COLUMNS + k % COLUMNS];
        }
        return out;
    }

    private Phase silent() {
        return Phase.nudged(Matrix.zeros(3, COLUMNS), phase.target(), phase.betas());
    }

    private Network unbiased() {
        Parameters p = network.parameters().copy();
        for (int k = 1; k <= 3; k++) {
            Arrays.fill(p.biases(k), 0.0);
        }
        return network.with(p);
    }

    private static Network network(long seed) {
        return Network.layered(
                new int[] {3, 5, 4, 2},
                StandardActivation.TANH,
                StandardActivation.LINEAR,
                StandardLoss.SQUARED,
                Initialisation.uniform(seed));
    }
}
