package org.relaxon.experiments.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.relaxon.experiments.baseline.BaselineBackprop;
import org.relaxon.experiments.reference.Backprop;
import org.relaxon.model.activation.StandardActivation;
import org.relaxon.model.connectivity.Connectivity;
import org.relaxon.model.loss.StandardLoss;
import org.relaxon.model.math.Kernels;
import org.relaxon.model.network.Initialisation;
import org.relaxon.model.network.Network;
import org.relaxon.model.network.NetworkBuilder;
import org.relaxon.model.network.Parameters;
import org.relaxon.model.plasticity.LearningStep;
import org.relaxon.model.plasticity.Optimiser;
import org.relaxon.model.plasticity.UpdateGate;
import org.relaxon.testkit.Compare;
import org.relaxon.testkit.Problem;

/** Backprop beside a training, on networks that are no chain of matrices. */
class GraphBackpropTest {
    private static Problem graph() {
        Network network =
                new NetworkBuilder(StandardLoss.SQUARED)
                        .input("x", 12)
                        .hidden("map", 12, StandardActivation.TANH)
                        .output("y", 2, StandardActivation.LINEAR)
                        .project(
                                "k",
                                "x",
                                "map",
                                Connectivity.parse("convolution:1x3x4,filters=2,kernel=2"))
                        .project("read", "map", "y")
                        .project("skip", "x", "y", Connectivity.random(3, 1))
                        .build(Initialisation.uniform(2));
        return Problem.of(3, 4, network);
    }

    /** Two projections end at the output: its biases change once. */
    @Test
    void oneStepIsTheRateTimesTheGradient() {
        Problem problem = graph();
        Network network = problem.network();
        Parameters due =
                Backprop.of(network)
                        .gradient(network.parameters(), problem.input(), problem.target())
                        .gradient();
        try (BackpropLearner learner =
                new BackpropLearner(network, Optimiser.sgd(), Kernels.Kind.STRICT)) {
            LearningStep step = new LearningStep(Optimiser.sgd(), 0.3, 0.25, 1);
            learner.learn(problem.input(), problem.target(), step);
            double[] before = Compare.flat(network, network.parameters());
            double[] after = Compare.flat(network, learner.parameters());
            double[] gradient = Compare.flat(network, due);
            for (int k = 0; k < after.length; k++) {
                assertEquals(before[k] - 0.3 * 0.25 * gradient[k], after[k], 1e-14, "" + k);
            }
            assertEquals(2, learner.predict(problem.input()).rows());
        }
        assertFalse(BaselineBackprop.isChain(network));
    }

    @Test
    void weightsThatAreTiedStayEqual() {
        Network network =
                new NetworkBuilder(StandardLoss.SQUARED)
                        .input("x", 3)
                        .hidden("a", 3, StandardActivation.TANH)
                        .output("y", 3, StandardActivation.LINEAR)
                        .project("step", "x", "a")
                        .share("again", "a", "y", "step")
                        .build(Initialisation.uniform(2));
        assertFalse(BaselineBackprop.isChain(network));
        Problem problem = Problem.of(3, 4, network);
        Optimiser gated = Optimiser.parse("adam").withGate(UpdateGate.independent(0.4, 9));
        try (BackpropLearner learner = new BackpropLearner(network, gated, Kernels.Kind.STRICT)) {
            for (int number = 1; number <= 3; number++) {
                learner.learn(
                        problem.input(),
                        problem.target(),
                        new LearningStep(gated, 0.1, 0.25, number));
            }
            Parameters after = network.with(learner.parameters()).parameters(); // or is refused
            assertTrue(Compare.relative(network, network.parameters(), after) > 0.01);
        }
    }

    @Test
    void onAChainItIsTheBaseline() {
        Problem problem = Problem.tanh(5, 3, 4, 6, 2);
        Network network = problem.network();
        assertTrue(BaselineBackprop.isChain(network));
        GraphBackprop slow = new GraphBackprop(network);
        BaselineBackprop fast = new BaselineBackprop(network, Kernels.Kind.STRICT);
        Parameters one = network.zeros();
        Parameters other = network.zeros();
        one.weights(0)[0][0] = Double.NaN; // overwritten
        slow.gradient(problem.input(), problem.target(), 0.5, one);
        fast.gradient(problem.input(), problem.target(), 0.5, other);
        assertTrue(Compare.relative(network, one, other) <= 1e-13);
        assertArrayEquals(
                fast.output(problem.input()).values(),
                slow.output(problem.input()).values(),
                1e-14);
    }
}
