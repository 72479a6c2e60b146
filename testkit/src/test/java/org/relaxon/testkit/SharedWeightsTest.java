package org.relaxon.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.relaxon.model.network.Granularity;
import org.relaxon.model.network.Network;
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

/** A convolution of which each cell has a part learns as one that a single cell has. */
class SharedWeightsTest {
    private static final double BETA = 0.05;
    private static final List<Granularity> CELLS =
            List.of(Granularity.LAYER, new Granularity(5), Granularity.NEURON);

    private interface Learning {
        void learn(Session session, Settled settled, int step);
    }

    /** Parameters after three steps, and the gradient before the first. */
    private static List<Parameters> learned(Host host, Granularity cells, Learning way) {
        Problem problem = ImageProblem.of(4);
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
        Network network = ImageProblem.of(4).network();
        List<Parameters> expected;
        try (Host host = Hosts.virtual()) {
            expected = learned(host, Granularity.LAYER, way);
            double moved = Compare.relative(network, network.parameters(), expected.get(1));
            assertTrue(moved > 0.01, "it moved by " + moved);
        }
        for (Granularity cells : CELLS) {
            for (Host host : new Host[] {Hosts.virtual(), Hosts.akka(2)}) {
                try (host) {
                    List<Parameters> found = learned(host, cells, way);
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
    void whatIsFixedHasNoParameters() {
        Network network = ImageProblem.of(6).network();
        assertEquals(0, network.parameters().weights(1).length);
        assertEquals(2, network.parameters().weights(0).length);
        assertEquals(4, network.parameters().weights(0)[0].length);
        assertEquals(2, network.parameters().weights(2)[0].length);
    }
}
