package org.relaxon.testkit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.relaxon.model.activation.StandardActivation;
import org.relaxon.model.loss.StandardLoss;
import org.relaxon.model.network.Granularity;
import org.relaxon.model.network.Initialisation;
import org.relaxon.model.network.Network;
import org.relaxon.model.network.NetworkBuilder;
import org.relaxon.model.network.Parameters;
import org.relaxon.model.plasticity.Estimator;
import org.relaxon.model.plasticity.LearningStep;
import org.relaxon.model.plasticity.Optimiser;
import org.relaxon.model.plasticity.UpdateGate;
import org.relaxon.model.rule.PredictiveCoding;
import org.relaxon.model.settle.Settled;
import org.relaxon.runtime.Budget;
import org.relaxon.runtime.Host;
import org.relaxon.runtime.RunPlan;
import org.relaxon.runtime.Session;
import org.relaxon.runtime.host.Hosts;

/**
 * A convolution of which each cell has a part learns as one that a single cell has, and projections
 * with the same weights keep the same weights.
 */
class SharedWeightsTest {
    private static final double BETA = 0.05;
    private static final List<Granularity> CELLS =
            List.of(Granularity.LAYER, new Granularity(5), Granularity.NEURON);

    /** A step that is repeated, once past a layer: its weights belong to three projections. */
    private static Problem tied(long seed) {
        Network network =
                new NetworkBuilder(StandardLoss.SQUARED)
                        .input("x", 4)
                        .hidden("a", 7, StandardActivation.TANH)
                        .hidden("b", 7, StandardActivation.TANH)
                        .hidden("c", 7, StandardActivation.TANH)
                        .output("y", 3, StandardActivation.LINEAR)
                        .project("in", "x", "a")
                        .project("step", "a", "b")
                        .share("again", "b", "c", "step")
                        .share("past", "a", "c", "step")
                        .project("out", "c", "y")
                        .build(Initialisation.uniform(seed));
        return Problem.of(seed, 3, network);
    }

    private interface Learning {
        void learn(Session session, Settled settled, int step);
    }

    /** Parameters after three steps, and the gradient before the first. */
    private static List<Parameters> learned(
            Problem problem, Host host, Granularity cells, Learning way) {
        RunPlan plan =
                RunPlan.of(new PredictiveCoding()).withGranularity(cells).withThreshold(1e-14);
        List<Parameters> out = new ArrayList<>();
        try (Session session = host.open(problem.network(), plan)) {
            for (int step = 1; step <= 3; step++) {
                Settled settled =
                        Compare.settled(
                                session.settle(problem.centred(BETA), Budget.DEFAULT), cells);
                if (step == 1) {
                    out.add(session.update(settled, Estimator.CENTRED).gradient());
                }
                way.learn(session, settled, step);
            }
            out.add(session.parameters());
        }
        return out;
    }

    private static void requireEqual(Learning way) {
        requireEqual(ImageProblem.of(4), way);
        requireEqual(tied(4), way);
    }

    private static void requireEqual(Problem problem, Learning way) {
        Network network = problem.network();
        List<Parameters> expected;
        try (Host host = Hosts.virtual()) {
            expected = learned(problem, host, Granularity.LAYER, way);
            double moved = Compare.relative(network, network.parameters(), expected.get(1));
            assertTrue(moved > 0.01, "it moved by " + moved);
        }
        for (Granularity cells : CELLS) {
            for (Host host : new Host[] {Hosts.virtual(), Hosts.akka(2)}) {
                try (host) {
                    List<Parameters> found = learned(problem, host, cells, way);
                    network.with(found.get(1)); // refuses weights that differ and must not
                    for (int k = 0; k < 2; k++) {
                        double off = Compare.relative(network, found.get(k), expected.get(k));
                        assertTrue(
                                off <= 1e-11,
                                host.getClass().getSimpleName() + " " + cells + ": " + off);
                    }
                }
            }
        }
    }

    private static Learning by(Optimiser optimiser, double rate) {
        return (session, settled, step) ->
                session.learn(
                        settled,
                        Estimator.CENTRED,
                        new LearningStep(optimiser, rate, 1.0 / 3, step));
    }

    @Test
    void plainDescentIsTheSameForAllCells() {
        requireEqual((session, settled, step) -> session.learn(settled, Estimator.CENTRED, 0.3));
    }

    @ParameterizedTest
    @ValueSource(strings = {"sgd", "momentum:0.9", "adam"})
    void everyOptimiserIsTheSameForAllCells(String optimiser) {
        requireEqual(by(Optimiser.parse(optimiser), 0.05));
    }

    @Test
    void gatesOpenForAllCellsOrForNone() {
        requireEqual(by(Optimiser.sgd().withGate(UpdateGate.independent(0.4, 9)), 0.2));
    }

    @Test
    void changesWhileTheNetworkSettlesAreRefusedWhereProjectionsShare() {
        Problem problem = tied(5);
        LearningStep step = new LearningStep(Optimiser.sgd(), 0.01, 1.0, 1);
        try (Host host = Hosts.virtual();
                Session session =
                        host.open(problem.network(), RunPlan.of(new PredictiveCoding()))) {
            String why =
                    assertThrows(
                                    IllegalArgumentException.class,
                                    () ->
                                            session.train(
                                                    problem.centred(BETA),
                                                    Estimator.CENTRED,
                                                    step,
                                                    0,
                                                    Budget.DEFAULT))
                            .getMessage();
            assertTrue(why.contains("share weights"), why);
        }
    }

    @Test
    void changesWhileTheNetworkSettlesAreRefusedWhereSeveralCellsShare() {
        Problem problem = ImageProblem.of(5);
        LearningStep step = new LearningStep(Optimiser.sgd(), 0.01, 1.0, 1);
        for (Granularity cells : List.of(Granularity.LAYER, Granularity.NEURON)) {
            RunPlan plan = RunPlan.of(new PredictiveCoding()).withGranularity(cells);
            try (Host host = Hosts.virtual();
                    Session session = host.open(problem.network(), plan)) {
                Runnable present =
                        () ->
                                session.train(
                                        problem.centred(BETA),
                                        Estimator.CENTRED,
                                        step,
                                        0,
                                        Budget.DEFAULT.withMessages(2_000));
                if (cells.equals(Granularity.LAYER)) {
                    present.run();
                    continue;
                }
                String why =
                        assertThrows(IllegalArgumentException.class, present::run).getMessage();
                assertTrue(why.contains("share weights"), why);
            }
        }
    }

    @Test
    void oneChangeOfWeightsThatAreTiedIsTheSumOfTheirUpdates() {
        Problem problem = tied(4);
        Network network = problem.network();
        List<Parameters> found;
        try (Host host = Hosts.virtual()) {
            found =
                    learned(
                            problem,
                            host,
                            Granularity.NEURON,
                            (session, settled, step) ->
                                    session.learn(settled, Estimator.CENTRED, step == 1 ? 0.3 : 0));
        }
        double[] before = network.parameters().weights(1)[2];
        double[] gradient = found.get(0).weights(1)[2];
        for (int j = 0; j < before.length; j++) {
            double due = before[j] - 0.3 * gradient[j];
            assertEquals(due, found.get(1).weights(1)[2][j], 1e-12);
        }
        assertArrayEquals(gradient, found.get(0).weights(3)[2]);
        Parameters differing = network.parameters().copy();
        differing.weights(2)[1][3] += 1e-9;
        String why =
                assertThrows(IllegalArgumentException.class, () -> network.with(differing))
                        .getMessage();
        assertTrue(why.contains("Wagain differs from Wstep"), why);
    }

    @Test
    void whatIsFixedHasNoParameters() {
        Network network = ImageProblem.of(6).network();
        assertEquals(0, network.parameters().weights(1).length);
        assertEquals(2, network.parameters().weights(0).length);
        assertEquals(4, network.parameters().weights(0)[0].length);
        assertEquals(2, network.parameters().weights(2)[0].length);
    }
}
