package org.relaxon.experiments.certificate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.relaxon.model.activation.StandardActivation;
import org.relaxon.model.loss.StandardLoss;
import org.relaxon.model.math.CounterRandom;
import org.relaxon.model.math.Matrix;
import org.relaxon.model.network.Granularity;
import org.relaxon.model.network.Initialisation;
import org.relaxon.model.network.Network;
import org.relaxon.runtime.delay.Delays;

class CertifierTest {
    private static final int SEEDS = 8;

    /** x_1 = .. + w v_2 and v_2 = -c w x_1: rho = |w| sqrt c, loop gain c w^2, k = w^2. */
    @Test
    void predictiveCodingWithOneLoopByHand() {
        Network network = oneLoop(StandardActivation.LINEAR, 3.0);

        Certificate found = certify(network, EnergyFamily.DIVERGENCE_SQUARED, 0.25, 1.0);

        assertEquals(3 * Math.sqrt(0.2), found.contraction(), 1e-8);
        assertEquals(0.2 * 9, found.loopGain(), 1e-9);
        // [[1 + w^2, -w], [-w, 1 + beta]]
        double root = Math.sqrt((10 - 1.25) * (10 - 1.25) / 4 + 9);
        assertEquals((10 + 1.25) / 2 - root, found.smallestEigenvalue(), 1e-12);
        double etaTicks = Math.acos(-1 / 9.0) / (2 * Math.sqrt(80));
        assertEquals(etaTicks / 2, found.stepLimit(), 1e-12);
        assertFalse(found.certified());
        assertEquals(Certificate.NONE, found.recommendation());
        assertTrue(
                certify(network, EnergyFamily.DIVERGENCE_SQUARED, 0.09, 1.0).certified(),
                "c = 9/91 for either sign, so rho = .943");
        assertFalse(
                certify(network, EnergyFamily.DIVERGENCE_SQUARED, 0.1, 1.0).certified(),
                "c = 1/9 for -beta, so rho = 1");
    }

    @Test
    void hopfieldWithOneLoopByHand() {
        Certificate weak =
                certify(oneLoop(StandardActivation.TANH, -0.6), EnergyFamily.HOPFIELD, 0.1, 1.0);
        Certificate strong =
                certify(oneLoop(StandardActivation.TANH, 1.2), EnergyFamily.HOPFIELD, 0.0, 1.0);

        assertEquals(0.6, weak.contraction(), 1e-8);
        assertTrue(weak.certified());
        assertEquals(Certificate.EAGER, weak.recommendation());
        assertTrue(Double.isNaN(weak.loopGain()));
        assertEquals(1.05 - Math.sqrt(0.05 * 0.05 + 0.36), weak.smallestEigenvalue(), 1e-12);
        assertEquals(1.2, strong.contraction(), 1e-8);
        assertEquals(-0.2, strong.smallestEigenvalue(), 1e-12);
        assertEquals(0.0, strong.stepLimit());
        assertEquals(Certificate.NONE, strong.recommendation());
    }

    /** Feedback times gamma: rho = |w| sqrt gamma; no symmetric second derivative. */
    @Test
    void weakFeedbackContracts() {
        Network network = oneLoop(StandardActivation.TANH, 1.2);

        Certificate found = certify(network, EnergyFamily.HOPFIELD, 0.0, 0.25);

        assertEquals(0.6, found.contraction(), 1e-8);
        assertTrue(found.certified());
        assertTrue(Double.isNaN(found.smallestEigenvalue()));
        assertEquals(2 / 1.6, found.stepLimit(), 1e-12);
        assertTrue(found.why().contains("gamma is not 1"), found.why());
    }

    @Test
    void aLinearNetworkThatRunsAwayHasNoEquilibrium() {
        Network network = oneLoop(StandardActivation.LINEAR, 1.2);
        network.parameters().biases(1)[0] = 1;

        Certificate found = certify(network, EnergyFamily.HOPFIELD, 0.0, 1.0);

        assertFalse(found.certified());
        assertEquals(Certificate.NONE, found.recommendation());
        assertTrue(found.why().startsWith("no free equilibrium found"), found.why());
        assertNull(found.toMap().get("contraction"));
    }

    /** Largest contraction of eight seeds; the theory's figures are .65, .96 and 1.23. */
    @Test
    void layeredHopfieldNetworksHaveTheMeasuredContraction() {
        double[] gain = {0.2, 0.3, 0.4};
        double[] expected = {0.65, 0.96, 1.23};
        for (int g = 0; g < gain.length; g++) {
            double largest = 0;
            for (int seed = 0; seed < SEEDS; seed++) {
                Certificate found =
                        certify(standard(gain[g], seed), EnergyFamily.HOPFIELD, 0.0, 1.0);
                largest = Math.max(largest, found.contraction());
                assertTrue(found.contraction() > 0.85 * expected[g], found.toString());
                assertTrue(found.smallestEigenvalue() > 0, "gain " + gain[g] + " " + found);
                assertTrue(found.contraction() < 1 || !found.certified(), found.toString());
            }
            assertEquals(expected[g], largest, 0.03 * expected[g]);
        }
    }

    /** The planted mistake: signs left in give rho(M), .6 to .74 at this gain, not rho(|M|). */
    @Test
    void signsLeftInAreSeen() {
        Network network = standard(0.4, 1);
        Synapses synapses = new Synapses(network, network.parameters());
        OperatingPoint at = OperatingPoint.hopfield(synapses, new double[8], 1.0).orElseThrow();
        HopfieldMap map = new HopfieldMap(synapses, at, 1.0);

        assertTrue(map.spectrum().largest() < 0.8);
        assertTrue(map.contraction() > 1.0);
    }

    @Test
    void aSmallNudgeIsCertifiedAtAnyGainAndALargeOneIsNot() {
        for (int seed = 0; seed < SEEDS; seed++) {
            Network network = standard(2.0, seed);
            for (EnergyFamily family :
                    new EnergyFamily[] {
                        EnergyFamily.DIVERGENCE_SQUARED, EnergyFamily.DIVERGENCE_FENCHEL_YOUNG
                    }) {
                Certificate small = certify(network, family, 1e-4, 1.0);
                Certificate large = certify(network, family, 10, 1.0);

                assertTrue(small.certified() && small.contraction() < 1, small.toString());
                assertFalse(large.certified(), large.toString());
                assertEquals(Certificate.NONE, large.recommendation());
            }
        }
    }

    @Test
    void gradientStepsHaveALimitButNoProof() {
        Network network = oneLoop(StandardActivation.LINEAR, 3.0);
        double limit = Math.acos(-1 / 9.0) / (2 * Math.sqrt(80)) / 2;

        Certificate within = certify(network, Dynamics.gradient(0.99 * limit));
        assertFalse(within.certified());
        assertFalse(within.why().contains("not <"), within.why());
        Certificate beyond = certify(network, Dynamics.gradient(1.01 * limit));
        assertFalse(beyond.certified());
        assertTrue(beyond.why().contains("not <"), beyond.why());
    }

    /** W = 0.6 [[1, 1], [1, -1]]: eager is not certified, and each round in turns leaves 0.72. */
    @Test
    void aConvexEnergySaysWhatSettlingInTurnsCosts() {
        Certificate found = certify(twoByTwo(0.6), EnergyFamily.HOPFIELD, 0.0, 1.0);
        assertFalse(found.certified());
        assertEquals(Certificate.TURN_TAKING, found.recommendation());
        int rounds = (int) Math.ceil(Math.log(10) / -Math.log(0.72));
        String said =
                "convex: by turn-taking at most about " + rounds + " relaxations of every cell";
        assertTrue(found.why().contains(said), found.why());

        Certificate saddle = certify(twoByTwo(0.8), EnergyFamily.HOPFIELD, 0.0, 1.0);
        assertEquals(Certificate.NONE, saddle.recommendation());
        assertFalse(saddle.why().contains("relaxations of every cell"), saddle.why());
    }

    private static Network twoByTwo(double a) {
        Network network =
                Network.layered(
                        new int[] {2, 2, 2},
                        StandardActivation.LINEAR,
                        StandardActivation.LINEAR,
                        StandardLoss.SQUARED,
                        Initialisation.uniform(3));
        Network zero = network.with(network.zeros());
        double[][] w = zero.parameters().weights(1);
        w[0] = new double[] {a, a};
        w[1] = new double[] {a, -a};
        return zero;
    }

    @Test
    void coordinateDynamicsIsNotCertified() {
        Certificate found = certify(oneLoop(StandardActivation.LINEAR, 3.0), Dynamics.coordinate());

        assertFalse(found.certified());
        assertEquals(Certificate.NONE, found.recommendation());
    }

    @Test
    void safeguardedDynamicsIsCertifiedInTurnsUnlessAKinkMayHoldIt() {
        Network smooth = oneLoop(StandardActivation.TANH, 3.0);
        Certificate found = certify(smooth, Dynamics.safeguarded());
        assertTrue(found.certified());
        assertEquals(Certificate.TURN_TAKING, found.recommendation());

        Certificate kinked = certify(oneLoop(StandardActivation.RELU, 3.0), Dynamics.safeguarded());
        assertFalse(kinked.certified());
        assertTrue(kinked.why().contains("kink"), kinked.why());
    }

    @Test
    void dataflowHasNoLoop() {
        Certificate found = certify(standard(2.0, 1), EnergyFamily.DATAFLOW, 1.0, 1.0);

        assertTrue(found.certified());
        assertEquals(0.0, found.contraction());
        assertEquals(Certificate.EAGER, found.recommendation());
    }

    @Test
    void theWorstExampleOfTheFirstSixteenCounts() {
        Network network = oneLoop(StandardActivation.TANH, 0.9);
        network.parameters().weights(0)[0][0] = 1;
        double[] input = new double[40];
        Arrays.fill(input, 2.0); // saturated: contracts more
        input[13] = 0.0;

        Certificate sixteen = batch(network, input);
        input[13] = 2.0;
        input[17] = 0.0;
        Certificate without = batch(network, input);

        assertEquals(0.9, sixteen.contraction(), 1e-8);
        assertTrue(without.contraction() < 0.7, without.toString());
        assertEquals(16, without.examples());
        assertTrue(without.why().endsWith("first 16 of 20 examples"), without.why());
        assertEquals(4, without.lines().size());
        assertEquals(9, without.toMap().size());
    }

    @Test
    void whatIsNotANumberIsNotCertified() {
        Network network = oneLoop(StandardActivation.TANH, 0.5);
        network.parameters().weights(1)[0][0] = Double.NaN; // past the check of the builder

        for (EnergyFamily family : EnergyFamily.values()) {
            Certificate found = certify(network, family, 0.1, 1.0);
            assertFalse(found.certified(), found.toString());
            assertEquals(Certificate.NONE, found.recommendation());
        }
    }

    @Test
    void refusesWhatDoesNotFit() {
        Network network = oneLoop(StandardActivation.TANH, 0.5);
        assertThrows(IllegalArgumentException.class, () -> Dynamics.gradient(Double.NaN));
        assertThrows(
                IllegalArgumentException.class,
                () -> certify(network, EnergyFamily.HOPFIELD, Double.NaN, 1.0));
        assertThrows(
                IllegalArgumentException.class,
                () -> certify(network, EnergyFamily.HOPFIELD, 0.1, Double.NaN));
    }

    /** 2-3-1, all zero but one weight from the first hidden neuron to the linear output. */
    private static Network oneLoop(StandardActivation hidden, double w) {
        Network network =
                Network.layered(
                        new int[] {2, 3, 1},
                        hidden,
                        StandardActivation.LINEAR,
                        StandardLoss.SQUARED,
                        Initialisation.uniform(3));
        Network zero = network.with(network.zeros());
        zero.parameters().weights(1)[0][0] = w;
        return zero;
    }

    private static Network standard(double gain, long seed) {
        return Network.layered(
                new int[] {8, 16, 12, 4},
                StandardActivation.TANH,
                StandardActivation.LINEAR,
                StandardLoss.SQUARED,
                new Initialisation(Initialisation.Scheme.NORMAL, gain, seed));
    }

    private static Certificate certify(
            Network network, EnergyFamily family, double beta, double gamma) {
        return certify(network, family, Dynamics.fixedPoint(), beta, gamma);
    }

    private static Certificate certify(Network network, Dynamics dynamics) {
        return certify(network, EnergyFamily.DIVERGENCE_SQUARED, dynamics, 0.25, 1.0);
    }

    /** One example; the delay is two ticks. */
    private static Certificate certify(
            Network network, EnergyFamily family, Dynamics dynamics, double beta, double gamma) {
        boolean large = network.input().size() == 8;
        Matrix input = Matrix.zeros(network.input().size(), 1);
        Matrix target = Matrix.zeros(network.output().size(), 1);
        for (int i = 0; large && i < 8; i++) {
            input.values()[i] = CounterRandom.normal(5, 1, i);
        }
        for (int i = 0; large && i < 4; i++) {
            target.values()[i] = 1.6 * CounterRandom.uniform(5, 2, i) - 0.8;
        }
        return Certifier.certify(
                new CertificateQuery(
                        network,
                        network.parameters(),
                        input,
                        target,
                        family,
                        dynamics,
                        beta,
                        gamma,
                        Granularity.NEURON,
                        Delays.constant(2000),
                        1000));
    }

    private static Certificate batch(Network network, double[] input) {
        return Certifier.certify(
                new CertificateQuery(
                        network,
                        network.parameters(),
                        Matrix.of(2, 20, input),
                        Matrix.zeros(1, 20),
                        EnergyFamily.HOPFIELD,
                        Dynamics.fixedPoint(),
                        0.0,
                        1.0,
                        Granularity.LAYER,
                        Delays.none(),
                        1000));
    }
}
