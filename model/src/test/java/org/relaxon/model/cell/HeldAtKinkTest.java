package org.relaxon.model.cell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.relaxon.model.activation.Activation;
import org.relaxon.model.activation.StandardActivation;
import org.relaxon.model.audit.AuditResult;
import org.relaxon.model.loss.StandardLoss;
import org.relaxon.model.math.Matrix;
import org.relaxon.model.network.Granularity;
import org.relaxon.model.network.Initialisation;
import org.relaxon.model.network.Network;
import org.relaxon.model.network.Parameters;
import org.relaxon.model.phase.Phase;
import org.relaxon.model.rule.Dynamics;
import org.relaxon.model.rule.PredictiveCoding;
import org.relaxon.model.rule.Rule;
import org.relaxon.model.state.CellState;

/**
 * A chain 1-1-1-1 with all weights 1, linear output and beta = 1/2. Neuron 2 has the drive a = a0 +
 * e1, where e1 = s e2 is what it sends back itself. If its drive is held at the kink, x2 = f(kink)
 * + e2 and the output's error beta (T - x2) / (1 + beta) is e2, so that e2 = beta (T - f) / (1 + 2
 * beta) = (T - f) / 4, and s = (kink - a0) / e2.
 */
class HeldAtKinkTest {
    private static final double BETA = 0.5;
    private static final double ROUND_OFF = 1e-14;

    /**
     * @param a0 drive of neuron 2 while nothing is sent back to neuron 1, which is at 1/2
     */
    private static Lockstep chain(Activation f, double a0, double target, Rule rule) {
        Network drawn =
                Network.layered(
                        new int[] {1, 1, 1, 1},
                        f,
                        StandardActivation.LINEAR,
                        StandardLoss.SQUARED,
                        Initialisation.uniform(1));
        Parameters p = drawn.zeros();
        for (int k = 0; k < 3; k++) {
            p.weights(k)[0][0] = 1.0;
        }
        p.biases(1)[0] = f == StandardActivation.HARD_SIGMOID ? 0.0 : 0.5; // x1 = 1/2 + e1
        p.biases(2)[0] = a0 - 0.5;
        return new Lockstep(drawn.with(p), Granularity.LAYER, rule, 0.0)
                .open(
                        Phase.nudged(
                                Matrix.of(1, 1, new double[] {0}),
                                Matrix.of(1, 1, new double[] {target}),
                                BETA));
    }

    private static void requireHeld(Lockstep net, double a0, double kink, double f, double target) {
        double e2 = (target - f) / 4;
        double s = (kink - a0) / e2;
        AuditResult result = net.audit();
        assertNull(result.faults()[0]);
        assertEquals(1, result.state().heldAtKink(0));
        assertTrue(result.residual(0) < ROUND_OFF, "residual " + result.residual(0));
        assertEquals(e2, net.error(2)[0], ROUND_OFF);
        assertEquals(s * e2, net.error(1)[0], ROUND_OFF);
        assertEquals(f + e2, net.activity(2)[0], ROUND_OFF);
        Parameters update = net.update(1.0);
        assertEquals(-s * e2 / BETA, update.biases(2)[0], ROUND_OFF);
        assertEquals(-s * e2 / BETA * (0.5 + s * e2), update.weights(1)[0][0], ROUND_OFF);
    }

    /**
     * ReLU at 0 under a target below, hard sigmoid at 1 under one above and at -1 under one below.
     */
    @ParameterizedTest
    @CsvSource({
        "RELU, 0.125, 0, 0, -4",
        "RELU, 0.999, 0, 0, -4",
        "RELU, 1e-6, 0, 0, -4",
        "RELU, 0.5, 0, 0, -1e3",
        "HARD_SIGMOID, 0.8125, 1, 1, 4",
        "HARD_SIGMOID, -0.875, -1, 0, -4"
    })
    void aDriveIsHeldWhereTheEnergyBendsUpwards(
            StandardActivation f, double a0, double kink, double value, double target) {
        requireHeld(
                chain(f, a0, target, new PredictiveCoding()).settle(5000), a0, kink, value, target);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void itIsTheSameInAnyOrderOfMessages(long seed) {
        Lockstep net = chain(StandardActivation.RELU, 0.125, -4, new PredictiveCoding());
        requireHeld(net.scramble(seed, 20_000), 0.125, 0, 0, -4);
    }

    @Test
    void coordinateMinimisationHoldsItToo() {
        Lockstep net = chain(StandardActivation.RELU, 0.125, -4, PredictiveCoding.coordinate());
        AuditResult result = net.settle(20_000).audit();
        assertEquals(1, result.state().heldAtKink(0));
        assertTrue(result.residual(0) < 1e-12, "residual " + result.residual(0));
        assertEquals(-0.125, net.activity(1)[0] - 0.5, 1e-12);
    }

    /** Where the energy bends downwards, or the neuron's own feedback does not reach, it leaves. */
    @ParameterizedTest
    @CsvSource({
        "RELU, 0.125, 4, 1",
        "RELU, -0.125, 4, 0",
        "RELU, 1.5, -4, 1",
        "RELU, -0.125, -4, 0",
        "HARD_SIGMOID, 1.125, 4, 0",
        "HARD_SIGMOID, 0.8125, -4, 0.5"
    })
    void elsewhereItIsNotHeld(StandardActivation f, double a0, double target, double slope) {
        Lockstep net = chain(f, a0, target, new PredictiveCoding()).settle(5000);
        AuditResult result = net.audit();
        assertEquals(0, result.state().heldAtKink(0));
        assertTrue(result.residual(0) < ROUND_OFF, "residual " + result.residual(0));
        assertEquals(slope * net.error(2)[0], net.error(1)[0], ROUND_OFF);
    }

    /** Feeds back by a slope of its own making; the energy that judges does not know of it. */
    private static Rule insisting(double slope, int population) {
        return new PredictiveCoding() {
            @Override
            public void predict(CellState s) {
                super.predict(s);
                if (s.population() == population) {
                    java.util.Arrays.fill(s.slope(), slope);
                }
            }

            @Override
            public Dynamics dynamics() {
                return new Dynamics() {
                    @Override
                    public Rule judge(Rule own) {
                        return new PredictiveCoding();
                    }
                };
            }
        };
    }

    /** 1/8 is right; with another one the drive does not rest at the kink, or no such slope is. */
    @ParameterizedTest
    @ValueSource(doubles = {0, 0.12, 0.13, 0.5, 1, 1.25, -0.25})
    void aWrongSlopeIsADefect(double slope) {
        Lockstep net = chain(StandardActivation.RELU, 0.125, -4, insisting(slope, 2)).settle(5000);
        assertTrue(net.audit().residual(0) > 1e-3, "residual " + net.audit().residual(0));
    }

    @Test
    void theRightOneIsNone() {
        Lockstep net = chain(StandardActivation.RELU, 0.125, -4, insisting(0.125, 2));
        requireHeld(net.settle(5000), 0.125, 0, 0, -4);
    }

    /**
     * A slope that is off by d leaves the drive d from the kink, which a coarse tolerance of the
     * defect lets pass. The sweep finds what the slope lacks: d / s of what is fed back, and d / x1
     * of the presynaptic activity.
     */
    @ParameterizedTest
    @CsvSource({"0.125, 0, 1e-13", "0.1251, 1.05e-3, 1.08e-3", "0.13, 5e-2, 5.6e-2"})
    void whatASlopeLacksIsPartOfWhatIsNotResolved(double slope, double least, double most) {
        Lockstep net = chain(StandardActivation.RELU, 0.125, -4, insisting(slope, 2)).settle(5000);
        AuditResult result = net.audit();
        assertEquals(1, result.state().heldAtKink(0));
        double withheld = result.resolution().withheld(1, 0); // of the projection to neuron 2
        assertTrue(withheld >= least && withheld <= most, "withheld " + withheld);
    }

    /** No presynaptic cell tells; the drive of neuron 1 is clamped at 1/2, and f' is 1 there. */
    @Test
    void aWrongSlopeIsADefectAlsoWhereNobodyHearsOfIt() {
        Lockstep net = chain(StandardActivation.RELU, 2.0, -4, insisting(0.5, 1)).settle(5000);
        assertTrue(net.audit().residual(0) > 1e-3, "residual " + net.audit().residual(0));
        assertEquals(0, net.audit().state().heldAtKink(0));
    }

    /** A stationary point of an energy that bends downwards is a maximum. */
    @Test
    void aSlopeBetweenThoseOfBothSidesIsADefectWhereTheEnergyBendsDownwards() {
        double e2 = 4 / 4.0;
        Lockstep net =
                chain(StandardActivation.RELU, -0.125, 4, insisting(0.125 / e2, 2)).settle(5000);
        assertEquals(0, net.activity(1)[0] - 0.625, ROUND_OFF); // the drive is at the kink
        assertTrue(net.audit().residual(0) > 1e-3, "residual " + net.audit().residual(0));
        assertEquals(0, net.audit().state().heldAtKink(0));
    }
}
