package org.relaxon.experiments.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.relaxon.experiments.theory.Defaults;
import org.relaxon.model.activation.StandardActivation;
import org.relaxon.model.algorithm.Algorithm;
import org.relaxon.model.algorithm.Algorithms;
import org.relaxon.model.algorithm.Form;
import org.relaxon.model.algorithm.Method;
import org.relaxon.model.loss.StandardLoss;
import org.relaxon.model.math.Matrix;
import org.relaxon.model.network.Initialisation;
import org.relaxon.model.network.Network;
import org.relaxon.model.network.Parameters;
import org.relaxon.model.plasticity.LearningStep;
import org.relaxon.model.plasticity.Optimiser;
import org.relaxon.runtime.Budget;
import org.relaxon.runtime.virtual.VirtualHost;

class DrawnExamplesTest {
    private static final Algorithm EP = Algorithms.equilibriumPropagation(Form.PLAIN);

    /** The second units hear nothing, and hold each other at 0 with a gain. */
    private static TrainPlan plan(double gain, Schedule schedule) {
        Network n =
                Network.layered(
                        new int[] {1, 2, 2, 1},
                        StandardActivation.TANH,
                        StandardActivation.LINEAR,
                        StandardLoss.SQUARED,
                        Initialisation.uniform(1));
        Parameters p = n.zeros();
        p.weights(0)[0][0] = 1.0;
        p.weights(1)[0][0] = 0.3;
        p.weights(1)[1][1] = gain;
        p.weights(2)[0][0] = 0.5;
        return new TrainPlan(
                n.with(p),
                new Method(EP, EP.estimators().get(0), 1e-3),
                Defaults.runPlan(EP),
                Budget.DEFAULT,
                Optimiser.sgd(),
                Pace.of(2, 10, 0.02),
                schedule,
                Unsettled.FAIL,
                1);
    }

    private static TrainCounts trained(double gain, int steps)
            throws UnsettledException, DivergedException {
        return trained(gain, steps, Schedule.PHASED);
    }

    private static TrainCounts trained(double gain, int steps, Schedule schedule)
            throws UnsettledException, DivergedException {
        TrainCounts counts = new TrainCounts();
        TrainPlan plan = plan(gain, schedule);
        Matrix input = Matrix.of(1, 2, new double[] {0.7, -0.3});
        Matrix target = Matrix.of(1, 2, new double[] {0.4, 0.1});
        try (VirtualHost host = new VirtualHost();
                SettlingLearner learner =
                        new SettlingLearner(plan, host, counts, lane -> null, step -> null)) {
            for (int k = 1; k <= steps; k++) {
                learner.learn(input, target, new LearningStep(Optimiser.sgd(), 0.02, 0.5, k));
            }
        }
        return counts;
    }

    @Test
    void examplesAtSaddlesAreCounted() throws UnsettledException, DivergedException {
        TrainCounts counts = trained(2, 100);

        assertTrue(counts.judged() >= 2 && counts.judged() < 30, "" + counts.judged());
        assertEquals(counts.judged(), counts.saddles());
    }

    /**
     * Weights that change in place: the free phase that each presentation starts from is judged.
     */
    @Test
    void freePhasesOfTrainingInPlaceAreJudged() throws UnsettledException, DivergedException {
        TrainCounts tied = trained(2, 5, Schedule.CONTINUAL);
        TrainCounts loose = trained(0.5, 5, Schedule.CONTINUAL);

        assertTrue(tied.judged() >= 1);
        assertEquals(tied.judged(), tied.saddles());
        assertTrue(loose.judged() >= 1);
        assertEquals(0, loose.saddles() + loose.untold());
    }

    @Test
    void examplesAtMinimaAreNot() throws UnsettledException, DivergedException {
        TrainCounts counts = trained(0.5, 100);

        assertTrue(counts.judged() >= 2);
        assertEquals(0, counts.saddles() + counts.untold());
    }

    @Test
    void aboutOneStepInTwentyIsDrawnWhateverTheRun() {
        DrawnExamples drawn = new DrawnExamples(plan(1, Schedule.PHASED), new TrainCounts());
        List<Integer> asked = new java.util.ArrayList<>();
        for (int k = 1; k <= 2000; k++) {
            if (drawn.asks(k)) {
                asked.add(k);
            }
        }
        assertTrue(asked.contains(1));
        assertTrue(asked.size() > 60 && asked.size() < 150, "" + asked.size());
        assertFalse(asked.containsAll(List.of(2, 3, 4, 5)));
    }
}
