package org.relaxon.experiments.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.relaxon.experiments.problem.ProblemSpec;
import org.relaxon.experiments.problem.Split;
import org.relaxon.experiments.theory.Defaults;
import org.relaxon.model.algorithm.Algorithm;
import org.relaxon.model.algorithm.Algorithms;
import org.relaxon.model.algorithm.Method;
import org.relaxon.model.network.Granularity;
import org.relaxon.model.network.Network;
import org.relaxon.model.network.Parameters;
import org.relaxon.model.plasticity.Optimiser;
import org.relaxon.model.plasticity.UpdateGate;
import org.relaxon.runtime.Budget;
import org.relaxon.runtime.Host;
import org.relaxon.runtime.synchronous.SynchronousHost;
import org.relaxon.runtime.virtual.VirtualHost;

/** The gate of a synapse is its own: no host, cell or neighbour moves its draws. */
class UpdateGateTrainingTest {
    private static final long SEED = 5;
    private static final UpdateGate GATE = UpdateGate.independent(.3, SEED);

    private static ProblemSpec spec() {
        return ProblemSpec.defaults()
                .withData("two-moons")
                .withLayers(2, 7, 5, 2)
                .withSeed(SEED)
                .withBatch(10);
    }

    private static TrainPlan plan(
            Optimiser optimiser, Granularity grain, long steps, boolean continual)
            throws IOException {
        Algorithm algorithm = Algorithms.pcNudge();
        return new TrainPlan(
                spec().build().network(),
                new Method(
                        algorithm,
                        algorithm.estimators().get(0),
                        Defaults.of(algorithm).method().strength()),
                Defaults.runPlan(algorithm).withGranularity(grain),
                Budget.DEFAULT,
                optimiser,
                Pace.of(10, steps, 0.05).withEvaluations(4),
                continual ? Schedule.CONTINUAL : Schedule.PHASED,
                Unsettled.FAIL,
                SEED);
    }

    private static TrainPlan plan(Granularity grain, long steps) throws IOException {
        return plan(Optimiser.sgd().withGate(GATE), grain, steps, false);
    }

    private static Split data() throws IOException {
        return spec().split(100, 50);
    }

    private static Parameters settle(Host host, TrainPlan plan) throws IOException {
        try (host) {
            return new Trainer(plan, data(), TrainListener.SILENT).settle(host, null).parameters();
        }
    }

    private static List<Boolean> moved(Network network, Parameters after) {
        List<Boolean> out = new ArrayList<>();
        Parameters before = network.parameters();
        for (int p = 0; p < network.projections().size(); p++) {
            for (int i = 0; i < after.weights(p).length; i++) {
                for (int k = 0; k < after.weights(p)[i].length; k++) {
                    out.add(after.weights(p)[i][k] != before.weights(p)[i][k]);
                }
            }
        }
        for (int p = 1; p < network.populations().size(); p++) {
            for (int i = 0; i < after.biases(p).length; i++) {
                out.add(after.biases(p)[i] != before.biases(p)[i]);
            }
        }
        return out;
    }

    private static List<Boolean> opened(Network network) {
        List<Boolean> out = new ArrayList<>();
        for (int p = 0; p < network.projections().size(); p++) {
            double[][] w = network.parameters().weights(p);
            for (int i = 0; i < w.length; i++) {
                for (int k = 0; k < w[i].length; k++) {
                    out.add(GATE.opens(UpdateGate.weights(p, i), k, 1));
                }
            }
        }
        for (int p = 1; p < network.populations().size(); p++) {
            for (int i = 0; i < network.population(p).size(); i++) {
                out.add(GATE.opens(UpdateGate.biases(p), i, 1));
            }
        }
        return out;
    }

    @Test
    void exactlyTheSynapsesMoveWhoseGateOpensOnEveryHostAndGranularity() throws IOException {
        TrainPlan layers = plan(Granularity.LAYER, 1);
        List<Boolean> expected = opened(layers.network());
        long open = expected.stream().filter(b -> b).count();
        assertTrue(open > 10 && open < expected.size() / 2, open + " of " + expected.size());

        assertEquals(expected, moved(layers.network(), settle(new VirtualHost(), layers)));
        assertEquals(expected, moved(layers.network(), settle(new SynchronousHost(), layers)));
        TrainPlan neurons = plan(Granularity.NEURON, 1);
        assertEquals(expected, moved(neurons.network(), settle(new VirtualHost(), neurons)));
        Parameters backprop =
                new Trainer(layers, data(), TrainListener.SILENT).backprop(null).parameters();
        assertEquals(expected, moved(layers.network(), backprop));
    }

    @Test
    void aDesynchronisedTrainingGoesOnFromACheckpointAsIfItHadNotStopped() throws IOException {
        TrainPlan plan = plan(Granularity.LAYER, 12);
        List<Checkpoint> kept = new ArrayList<>();
        TrainListener keeper =
                new TrainListener() {
                    @Override
                    public void reached(Checkpoint checkpoint) {
                        kept.add(checkpoint);
                    }
                };
        TrainResult whole;
        TrainResult resumed;
        try (Host host = new VirtualHost()) {
            whole = new Trainer(plan, data(), keeper).settle(host, null);
            resumed = new Trainer(plan, data(), TrainListener.SILENT).settle(host, kept.get(1));
        }
        assertEquals(4, kept.get(1).step());
        for (int p = 0; p < plan.network().projections().size(); p++) {
            for (int i = 0; i < whole.parameters().weights(p).length; i++) {
                assertArrayEquals(
                        whole.parameters().weights(p)[i], resumed.parameters().weights(p)[i]);
            }
        }
        TrainPlan other = plan(Optimiser.sgd(), Granularity.LAYER, 12, false);
        try (Host host = new VirtualHost()) {
            Trainer trainer = new Trainer(other, data(), TrainListener.SILENT);
            assertThrows(IllegalArgumentException.class, () -> trainer.settle(host, kept.get(1)));
        }
    }

    @Test
    void continualLearningRefusesAGate() {
        IllegalArgumentException refused =
                assertThrows(
                        IllegalArgumentException.class,
                        () -> plan(Optimiser.sgd().withGate(GATE), Granularity.LAYER, 1, true));

        assertTrue(refused.getMessage().startsWith("update-probability"), refused.getMessage());
    }
}
