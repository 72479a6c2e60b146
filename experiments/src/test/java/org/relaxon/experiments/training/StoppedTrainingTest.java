package org.relaxon.experiments.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.relaxon.experiments.effort.Effort;
import org.relaxon.experiments.problem.ProblemSpec;
import org.relaxon.experiments.theory.Defaults;
import org.relaxon.experiments.training.TrainResult.Ending;
import org.relaxon.model.algorithm.Algorithm;
import org.relaxon.model.algorithm.Algorithms;
import org.relaxon.model.algorithm.Method;
import org.relaxon.model.network.Granularity;
import org.relaxon.model.plasticity.Optimiser;
import org.relaxon.model.rule.PredictiveCoding;
import org.relaxon.runtime.Budget;
import org.relaxon.runtime.Host;
import org.relaxon.runtime.synchronous.SynchronousHost;

/** Whatever a training computes when a stop is asked of its thread, it ends as stopped. */
class StoppedTrainingTest {
    private static final int STEPS = 2;

    /** Asks for a stop when the training has looked so many times; its own answer stays no. */
    private static final class Asker implements TrainListener {
        private final Thread owner = Thread.currentThread();
        private final int at;
        private int looks;

        Asker(int at) {
            this.at = at;
        }

        @Override
        public boolean stops() {
            looks += Thread.currentThread() == owner ? 1 : 0;
            return false;
        }

        boolean asks() {
            return looks >= at;
        }
    }

    private static TrainResult train(Asker asker) throws IOException {
        Algorithm algorithm = Algorithms.pcNudge(new PredictiveCoding());
        ProblemSpec spec =
                Defaults.of(algorithm)
                        .applyTo(
                                ProblemSpec.defaults()
                                        .withData("strokes")
                                        .withLayers(784, 16, 10)
                                        .withSeed(1)
                                        .withBatch(100)); // over a million products each pass
        TrainPlan plan =
                new TrainPlan(
                        spec.build().network(),
                        new Method(
                                algorithm,
                                algorithm.estimators().get(0),
                                Defaults.of(algorithm).method().strength()),
                        Defaults.runPlan(algorithm).withGranularity(Granularity.LAYER),
                        Budget.DEFAULT,
                        Optimiser.sgd(),
                        Pace.of(100, STEPS, 0.02).withEvaluations(1).withAlignments(1),
                        Schedule.PHASED,
                        Unsettled.FAIL,
                        1);
        try (Host host = new SynchronousHost()) {
            return Effort.until(
                    asker::asks,
                    () -> {
                        try {
                            return new Trainer(plan, spec.split(200, 50), asker).settle(host, null);
                        } catch (IOException e) {
                            throw new java.io.UncheckedIOException(e);
                        }
                    });
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7})
    void itIsNoFailure(int looks) throws IOException {
        TrainResult result = train(new Asker(looks));
        assertEquals(Ending.STOPPED, result.ending(), result.toString());
        assertTrue(result.counts().steps() < STEPS, result.toString());
        assertNotNull(result.parameters());
    }

    /** The negative twin: of the same training nobody asks a stop. */
    @Test
    void withoutItTheTrainingIsDone() throws IOException {
        TrainResult result = train(new Asker(Integer.MAX_VALUE));
        assertEquals(Ending.DONE, result.ending(), result.toString());
        assertEquals(STEPS, result.counts().steps());
        assertEquals(1 + STEPS, result.curve().size());
    }
}
