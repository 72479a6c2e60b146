package org.relaxon.model.cell;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.relaxon.model.activation.StandardActivation;
import org.relaxon.model.loss.StandardLoss;
import org.relaxon.model.math.Kernels;
import org.relaxon.model.network.Granularity;
import org.relaxon.model.network.Initialisation;
import org.relaxon.model.network.Network;
import org.relaxon.model.network.Parameters;
import org.relaxon.model.phase.Phase;
import org.relaxon.model.plasticity.DeltaRule;
import org.relaxon.model.plasticity.LocalRule;
import org.relaxon.model.rule.PredictiveCoding;
import org.relaxon.model.rule.Rule;
import org.relaxon.model.rule.Trait;
import org.relaxon.model.rule.Traits;
import org.relaxon.model.settle.Reason;
import org.relaxon.model.signal.Signal;
import org.relaxon.model.state.CellState;

/**
 * Numbers at the edge of what a double holds, and rules at the edge of what the contract allows.
 */
class CellLimitsTest {
    private final Phase phase = CellTest.nudged(3, 2, 2);

    /** The audit's "not a number" must not be painted over by the next neuron of the same cell. */
    @Test
    void aDefectThatIsNotANumberStaysNotANumber() {
        Lockstep net =
                new Lockstep(network(), Granularity.LAYER, new PredictiveCoding(), 0.0)
                        .open(phase)
                        .settle(500);
        Cell hidden = net.cells().get(0);
        AuditFrame frame = new AuditFrame(net.wiring().network(), phase, new PredictiveCoding());
        net.cells().forEach(c -> c.audit().publish(frame));
        CellState truth = hidden.audit().recompute(frame, new PredictiveCoding());
        for (Cell c : net.cells().subList(1, 3)) {
            c.audit().recompute(frame, new PredictiveCoding());
        }
        frame.feedback(1)[0] = Double.NaN; // neuron 0, column 0
        double[] defect = new double[2];
        hidden.audit().defect(frame, truth, new PredictiveCoding(), defect);
        assertTrue(Double.isNaN(defect[0]), "became " + defect[0]);
        assertTrue(defect[1] < 1e-12);
    }

    /** A weight may be any finite number; W^T v may overflow although v is bounded. */
    @ParameterizedTest
    @ValueSource(doubles = {1e200, -1e200, 1e308})
    void feedbackThatOverflowsNeverLeaves(double weight) {
        Network drawn = network();
        Parameters p = drawn.parameters().copy();
        for (double[] row : p.weights(1)) {
            Arrays.fill(row, weight);
        }
        Wiring wiring = Wiring.of(drawn.with(p), Granularity.LAYER);
        Cell middle =
                new Cell(wiring, 1, new UnwaitingPredictiveCoding(), Kernels.Kind.STRICT, 0.0);
        middle.open(1, phase);
        double[] feedback = new double[8];
        Arrays.fill(feedback, 1.0);
        feedback[2] = 1e140; // neuron 1, column 0
        middle.receive(1, new Signal(1, 1, feedback, 0, 8));
        Heard heard = new Heard();
        middle.relax(heard);
        for (int k = 0; k < heard.count(); k++) {
            for (double v : heard.payload(k)) {
                assertTrue(Double.isFinite(v), v + " left the cell");
            }
        }
        assertEquals(Reason.DIVERGED, middle.audit().faults()[0].reason());
    }

    /** Learning in the middle of a phase changes the drive of a clamped projection as well. */
    @ParameterizedTest
    @ValueSource(strings = {"learn", "load"})
    void weightsThatChangeDuringAPhaseReachTheClampedDrive(String how) {
        Network network = network();
        Lockstep net =
                new Lockstep(network, Granularity.LAYER, new PredictiveCoding(), 0.0)
                        .open(phase)
                        .settle(500);
        if (how.equals("learn")) {
            net.cells().forEach(c -> c.learning().learn(new double[] {1, 1}, 0.5));
        } else {
            Parameters other = network.parameters().copy();
            other.weights(0)[0][0] += 1.0;
            net.cells().forEach(c -> c.learning().load(other));
        }
        Parameters now = network.zeros();
        net.cells().forEach(c -> c.learning().save(now));
        net.settle(500);
        Lockstep fresh =
                new Lockstep(network.with(now), Granularity.LAYER, new PredictiveCoding(), 0.0)
                        .open(phase)
                        .settle(500);
        for (int p = 1; p <= 3; p++) {
            assertArrayEquals(fresh.activity(p), net.activity(p), 1e-12);
        }
    }

    /** A fault in the second plane of feedback is named by the neuron that has it. */
    @Test
    void aFaultInFeedbackOfTwoPlanesNamesTheRightNeuron() {
        Wiring wiring = Wiring.of(network(), Granularity.LAYER);
        Cell middle = new Cell(wiring, 1, new TwoBack(), Kernels.Kind.STRICT, 0.0);
        middle.open(1, phase);
        double[] feedback = new double[4 * 2 * 2];
        feedback[3 * 4 + 2 + 1] = 2e150; // neuron 3, second plane, column 1
        middle.receive(1, new Signal(1, 1, feedback, 0, feedback.length));
        middle.relax(new Heard());
        assertNull(middle.audit().faults()[0]);
        assertEquals(
                new ColumnFault(1, Reason.DIVERGED, middle.id(), 3), middle.audit().faults()[1]);
    }

    /** Sends back two planes, the second of which it only hands through. */
    private static final class TwoBack implements Rule {
        @Override
        public String optionName() {
            return "two-back";
        }

        @Override
        public void validate(Network network) {}

        @Override
        public Traits traits() {
            return Traits.of(Trait.COMPLEX);
        }

        @Override
        public void predict(CellState s) {
            System.arraycopy(s.drive(), 0, s.activity(), 0, s.drive().length);
        }

        @Override
        public void correct(CellState s) {
            System.arraycopy(s.feedback(), 0, s.error(), 0, s.error().length);
            announce(s);
        }

        @Override
        public void announce(CellState s) {
            System.arraycopy(s.error(), 0, s.backward(), 0, s.error().length);
        }

        @Override
        public LocalRule localRule() {
            return DeltaRule.INSTANCE;
        }
    }

    private static Network network() {
        return Network.layered(
                new int[] {3, 5, 4, 2},
                StandardActivation.LINEAR,
                StandardActivation.LINEAR,
                StandardLoss.SQUARED,
                Initialisation.uniform(1));
    }

    /** Two columns, or two neurons, whose jumps are counted full in the same relaxation. */
    @Test
    void everyColumnThatIsGivenUpAtAKinkIsNamed() {
        Network relu =
                Network.layered(
                        new int[] {3, 2, 4, 2},
                        StandardActivation.RELU,
                        StandardActivation.LINEAR,
                        StandardLoss.SQUARED,
                        Initialisation.uniform(1));
        Parameters p = relu.zeros();
        for (double[] row : p.weights(1)) {
            Arrays.fill(row, 1.0);
        }
        Wiring wiring = Wiring.of(relu.with(p), Granularity.LAYER);
        Cell middle = new Cell(wiring, 1, new PredictiveCoding(), Kernels.Kind.STRICT, 0.0);
        middle.open(1, phase);
        for (int k = 0; k <= Kinks.FLIPS_MAX; k++) {
            double x = k % 2 == 0 ? 1.0 : -1.0;
            middle.receive(0, new Signal(1, k + 1, new double[] {x, -x, x, -x}, 0, 4));
            middle.relax(new Heard());
        }
        for (int c = 0; c < 2; c++) {
            assertEquals(new ColumnFault(c, Reason.KINK, middle.id(), 0), middle.audit().held()[c]);
        }
    }

    /** One plane forward and two back settle, and are audited by a rule with one plane each way. */
    @Test
    void planesNeedNotBeEqual() {
        Lockstep net =
                new Lockstep(network(), Granularity.NEURON, PredictiveCoding.coordinate(), 0.0)
                        .open(phase)
                        .settle(2000);
        assertTrue(net.audit().residual(0) < 1e-12);
        assertEquals(2, net.audit().state().activity(1).columns());
        assertEquals(2, net.audit().state().error(1).columns());
        assertTrue(Math.abs(net.error(1)[0]) > 1e-6); // something did travel back
    }
}
