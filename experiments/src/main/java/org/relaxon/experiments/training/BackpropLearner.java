package org.relaxon.experiments.training;

import java.util.ArrayList;
import java.util.List;
import org.relaxon.experiments.baseline.Baseline;
import org.relaxon.experiments.baseline.BaselineBackprop;
import org.relaxon.model.math.Kernels;
import org.relaxon.model.math.Matrix;
import org.relaxon.model.network.Network;
import org.relaxon.model.network.Parameters;
import org.relaxon.model.plasticity.LearningStep;
import org.relaxon.model.plasticity.Optimiser;
import org.relaxon.model.plasticity.UpdateGate;

/**
 * The baseline: backprop with the same optimiser, on the same kernels where the network is a chain.
 */
final class BackpropLearner implements Learner {
    private final Network network;
    private final Optimiser optimiser;
    private final Kernels.Kind kernels;
    private Baseline baseline;
    private final Parameters gradient;
    private List<Parameters> memories = new ArrayList<>();

    BackpropLearner(Network network, Optimiser optimiser, Kernels.Kind kernels) {
        network.requireAcyclic("backprop");
        this.network = network;
        this.optimiser = optimiser;
        this.kernels = kernels;
        gradient = network.zeros();
        restart(network.parameters(), List.of(), 0);
    }

    @Override
    public int learn(Matrix input, Matrix target, LearningStep step) {
        baseline.gradient(input, target, step.share(), gradient);
        Parameters theta = baseline.parameters();
        Parameters m = optimiser.memories() > 0 ? memories.get(0) : null;
        Parameters v = optimiser.memories() > 1 ? memories.get(1) : null;
        for (int p = 0; p < network.projections().size(); p++) {
            optimiser.applyToRows(
                    theta.weights(p),
                    gradient.weights(p),
                    1.0, // baseline.gradient has applied the share
                    m == null ? null : m.weights(p),
                    v == null ? null : v.weights(p),
                    step,
                    network.projection(p).weightsOf(),
                    0);
        }
        for (int post = 0; post < network.populations().size(); post++) {
            optimiser.apply(
                    theta.biases(post),
                    gradient.biases(post),
                    m == null ? null : m.biases(post),
                    v == null ? null : v.biases(post),
                    step,
                    false,
                    UpdateGate.biases(post),
                    0);
        }
        return input.columns();
    }

    @Override
    public Matrix predict(Matrix input) {
        return baseline.output(input);
    }

    @Override
    public Alignment align(Matrix input, Matrix target, long step) {
        return Alignment.none(step); // it would be compared with itself
    }

    @Override
    public boolean isFinite() {
        return NonFinite.first(network, baseline.parameters()).isEmpty();
    }

    @Override
    public Parameters parameters() {
        return baseline.parameters().copy();
    }

    @Override
    public List<Parameters> memories() {
        return memories.stream().map(Parameters::copy).toList();
    }

    @Override
    public void restart(Parameters parameters, List<Parameters> saved, long step) {
        Network now = network.with(parameters);
        baseline =
                BaselineBackprop.isChain(network)
                        ? new BaselineBackprop(now, kernels)
                        : new GraphBackprop(now);
        memories = new ArrayList<>(saved.stream().map(Parameters::copy).toList());
        while (memories.size() < optimiser.memories()) {
            memories.add(network.zeros());
        }
    }

    @Override
    public void close() {
        // owns nothing but memory
    }
}
