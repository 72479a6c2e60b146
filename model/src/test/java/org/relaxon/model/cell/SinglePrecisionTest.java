package org.relaxon.model.cell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.relaxon.model.activation.StandardActivation;
import org.relaxon.model.algorithm.Algorithms;
import org.relaxon.model.algorithm.Form;
import org.relaxon.model.connectivity.Connectivity;
import org.relaxon.model.loss.StandardLoss;
import org.relaxon.model.math.Kernels;
import org.relaxon.model.network.Granularity;
import org.relaxon.model.network.Initialisation;
import org.relaxon.model.network.Network;
import org.relaxon.model.network.NetworkBuilder;
import org.relaxon.model.network.Parameters;
import org.relaxon.model.network.Projection.FeedbackWeights;
import org.relaxon.model.phase.Phase;
import org.relaxon.model.plasticity.LearningStep;
import org.relaxon.model.plasticity.Optimiser;
import org.relaxon.model.rule.PredictiveCoding;
import org.relaxon.model.rule.Rule;
import org.relaxon.model.rule.Signalling;
import org.relaxon.model.rule.Signalling.Drive;

/** What cells with weights in single precision refuse, and that their synapses learn. */
class SinglePrecisionTest {
    private static final Kernels.Kind FLOAT = Kernels.Kind.STRICT_FLOAT;
    private static final Signalling USUAL = Signalling.exact(1e-6);
    private static final Rule RULE = new PredictiveCoding();

    private static NetworkBuilder chain(Connectivity first) {
        return new NetworkBuilder(StandardLoss.SQUARED)
                .input("x", 6)
                .hidden("h", 4, StandardActivation.TANH)
                .hidden("g", 4, StandardActivation.TANH)
                .output("y", 2, StandardActivation.LINEAR)
                .project("a", "x", "h", first)
                .project("b", "h", "g")
                .project("c", "g", "y");
    }

    private static Network built(NetworkBuilder builder) {
        return builder.build(Initialisation.uniform(3));
    }

    private static final Network CHAIN = built(chain(Connectivity.allToAll()));

    private static void refuses(
            Network network, Rule rule, Signalling signalling, String... parts) {
        IllegalArgumentException refused =
                assertThrows(
                        IllegalArgumentException.class,
                        () -> signalling.requireSupported(network, rule, FLOAT));
        for (String part : parts) {
            assertTrue(refused.getMessage().contains(part), refused.getMessage());
        }
        assertTrue(refused.getMessage().contains("precision"), refused.getMessage());
        signalling.requireSupported(network, rule, Kernels.Kind.STRICT); // the twin
    }

    @Test
    void whatIsNoMatrixIsRefusedByName() {
        USUAL.requireSupported(CHAIN, RULE, FLOAT);
        refuses(built(chain(Connectivity.parse("random:3,seed=1"))), RULE, USUAL, "projection a");
        Connectivity scaled = Connectivity.scaled(Connectivity.allToAll(), 0.5);
        refuses(built(chain(scaled)), RULE, USUAL, "projection a", "scale");
        Network own =
                built(chain(Connectivity.allToAll()).feedback("b", FeedbackWeights.random(1)));
        refuses(own, RULE, USUAL, "projection b", "feedback weights");
        Network lateral = built(chain(Connectivity.allToAll()).project("l", "g", "g"));
        refuses(lateral, RULE, USUAL, "projection l", "lateral");
        Network tied =
                built(
                        new NetworkBuilder(StandardLoss.SQUARED)
                                .input("x", 4)
                                .hidden("h", 4, StandardActivation.TANH)
                                .hidden("g", 4, StandardActivation.TANH)
                                .output("y", 2, StandardActivation.LINEAR)
                                .project("a", "x", "h")
                                .share("b", "h", "g", "a")
                                .project("c", "g", "y"));
        refuses(tied, RULE, USUAL, "projection a", "shares");
    }

    @Test
    void whatIsLostInRoundingIsRefused() {
        Rule ep = Algorithms.equilibriumPropagation(Form.PLAIN).rule();
        refuses(CHAIN, ep, USUAL, "differences of activities", "pc-nudge");
        refuses(CHAIN, RULE, Signalling.exact(1e-7), "--threshold 5e-7", "1e-7");
        refuses(CHAIN, RULE, Signalling.exact(0.0), "threshold");
        Signalling events = new Signalling(1e-6, 0.0, Drive.EVENT_DRIVEN);
        refuses(CHAIN, RULE, events, "event-driven", "--drive dense");
        assertEquals(0.0, Signalling.leastThreshold(Kernels.Kind.FAST));
        double least = Signalling.leastThreshold(FLOAT);
        Signalling.exact(least).requireSupported(CHAIN, RULE, FLOAT);
        assertThrows(
                IllegalArgumentException.class,
                () -> new Cell(Wiring.of(CHAIN, Granularity.LAYER), 0, RULE, FLOAT, least / 4));
    }

    private static Lockstep settled(Kernels.Kind kernels, Network network) {
        return new Lockstep(network, Granularity.LAYER, RULE, USUAL, kernels)
                .open(Phase.nudged(Lockstep.normal(6, 5, 1), Lockstep.normal(2, 5, 2), 0.01))
                .settle(500);
    }

    private static Parameters saved(Lockstep net) {
        Parameters out = net.wiring().network().zeros();
        net.cells().forEach(c -> c.learning().save(out));
        return out;
    }

    /** Largest distance of two weights. */
    private static double distance(Parameters a, Parameters b) {
        double most = 0.0;
        for (int p = 0; p < CHAIN.projections().size(); p++) {
            for (int i = 0; i < a.weights(p).length; i++) {
                for (int j = 0; j < a.weights(p)[i].length; j++) {
                    most = Math.max(most, Math.abs(a.weights(p)[i][j] - b.weights(p)[i][j]));
                }
            }
        }
        return most;
    }

    private static void learn(Lockstep net, Optimiser optimiser, int from, int steps) {
        double[] weights = new double[5];
        Arrays.fill(weights, 100.0); // 1 / beta
        for (int n = from; n < from + steps; n++) {
            LearningStep step = new LearningStep(optimiser, 0.01, 0.2, n);
            for (Cell cell : net.cells()) {
                assertTrue(cell.learning().prepare(weights));
                cell.learning().learn(step);
            }
        }
    }

    /** Changes of weights of size 1 to one rounding of float per step, and not to fewer. */
    @ParameterizedTest
    @ValueSource(strings = {"sgd", "momentum", "adam"})
    void optimisersChangeWeightsAsInDoublesToRounding(String name) {
        Optimiser optimiser = Optimiser.parse(name).withWeightDecay(0.1);
        Network rounded = CHAIN.with(CHAIN.parameters().rounded(Kernels.Precision.FLOAT));
        Lockstep floats = settled(FLOAT, rounded);
        Lockstep doubles = settled(Kernels.Kind.STRICT, rounded);
        assertEquals(0.0, distance(saved(floats), saved(doubles)));
        learn(floats, optimiser, 1, 3);
        learn(doubles, optimiser, 1, 3);
        double moved = distance(saved(floats), rounded.parameters());
        double off = distance(saved(floats), saved(doubles));
        assertTrue(moved > 1e-3, "moved " + moved);
        assertTrue(off <= 16 * Kernels.Precision.FLOAT.rounding(), "off " + off);
        assertTrue(off > 0.0, "these are doubles");
    }

    /** What is written down goes on in the same bits, memories of gradients included. */
    @Test
    void aSavedCellLearnsOnInTheSameBits() {
        Lockstep whole = settled(FLOAT, CHAIN);
        learn(whole, Optimiser.adam(), 1, 2);
        Memento out = new Memento();
        whole.cells().forEach(c -> c.save(out));
        learn(whole, Optimiser.adam(), 3, 2);
        Lockstep fresh = settled(FLOAT, CHAIN);
        learn(fresh, Optimiser.sgd(), 1, 1);
        fresh.cells().forEach(c -> c.load(out, c.now().phase()));
        learn(fresh, Optimiser.adam(), 3, 2);
        assertEquals(0.0, distance(saved(whole), saved(fresh)));
        Lockstep other = settled(FLOAT, CHAIN);
        learn(other, Optimiser.adam(), 1, 4);
        assertEquals(0.0, distance(saved(whole), saved(other)));
        learn(other, Optimiser.adam(), 5, 1);
        assertTrue(distance(saved(whole), saved(other)) > 0.0);
    }
}
