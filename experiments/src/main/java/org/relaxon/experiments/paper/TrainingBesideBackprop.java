package org.relaxon.experiments.paper;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.relaxon.experiments.problem.Problem;
import org.relaxon.experiments.problem.ProblemSpec;
import org.relaxon.experiments.problem.Split;
import org.relaxon.experiments.theory.Defaults;
import org.relaxon.experiments.training.Alignment;
import org.relaxon.experiments.training.LastBatch;
import org.relaxon.experiments.training.Pace;
import org.relaxon.experiments.training.Schedule;
import org.relaxon.experiments.training.TrainListener;
import org.relaxon.experiments.training.TrainPlan;
import org.relaxon.experiments.training.TrainResult;
import org.relaxon.experiments.training.Trainer;
import org.relaxon.experiments.training.Unsettled;
import org.relaxon.model.algorithm.Algorithm;
import org.relaxon.model.algorithm.Algorithms;
import org.relaxon.model.algorithm.Method;
import org.relaxon.model.network.Granularity;
import org.relaxon.model.plasticity.Estimator;
import org.relaxon.model.plasticity.Optimiser;
import org.relaxon.runtime.Budget;
import org.relaxon.runtime.Host;

/**
 * The training experiment of arXiv 2206.02629: a network learns by small nudges, and the local
 * update of every minibatch is compared with the gradient that backprop computes at the same
 * weights. The same network is also trained by backprop.
 */
public final class TrainingBesideBackprop {
    /** Examples that settle together, as published. */
    public static final int BATCH = 64;

    /** Learning rate of the mean gradient of a batch, with momentum .9. */
    public static final double RATE = 0.0064;

    /** Limits of one settling. */
    public static final Budget BUDGET = Budget.DEFAULT;

    private static final double MOMENTUM = 0.9;

    private final ProblemSpec problem;
    private final int train;
    private final int test;

    /**
     * @param problem network and data; its batch is not read
     * @param train most examples to train on
     * @param test most examples to test on
     */
    public TrainingBesideBackprop(ProblemSpec problem, int train, int test) {
        Algorithm algorithm = Algorithms.pcNudge();
        this.problem = Defaults.of(algorithm).applyTo(problem).withBatch(BATCH);
        this.train = train;
        this.test = test;
    }

    /** Receives the progress of a training. */
    public interface Listener {
        /**
         * Reports that a minibatch was compared.
         *
         * @param seed of the training
         * @param beta nudging strength
         * @param step number of minibatches so far, this one included
         * @param steps number of minibatches of the epoch
         */
        void compared(long seed, double beta, long step, long steps);
    }

    /**
     * {@return the data that are trained and tested on}
     *
     * @param seed of the choice of examples
     * @throws IOException if a data file cannot be read or is malformed
     */
    public Split data(long seed) throws IOException {
        return problem.withSeed(seed).split(train, test);
    }

    /**
     * {@return the number of minibatches of one epoch}
     *
     * @param data examples to train on and to test on
     */
    public static long minibatches(Split data) {
        return LastBatch.DROP.perEpoch(data.train().size(), BATCH);
    }

    /**
     * Trains one seed at every beta, and once by backprop, one epoch each.
     *
     * @param host runs the cells
     * @param seed of weights and data
     * @param betas nudging strengths, finite and greater than 0
     * @param listener receives every minibatch, on this thread
     * @param stop polled before every minibatch; a row then ends early, states this, and is the
     *     last
     * @return one row per beta, in the order given
     * @throws IOException if a data file cannot be read or is malformed
     */
    public List<TrainingRow> run(
            Host host, long seed, List<Double> betas, Listener listener, BooleanSupplier stop)
            throws IOException {
        Split data = data(seed);
        Problem built = problem.withSeed(seed).build(data);
        List<TrainingRow> rows = new ArrayList<>();
        TrainResult baseline = null;
        for (double beta : betas) {
            TrainPlan plan = plan(built, data, seed, beta);
            if (baseline == null) {
                baseline = new Trainer(plan, data, new Watch(null, stop)).backprop(null);
            }
            if (stop.getAsBoolean()) {
                break;
            }
            long steps = plan.pace().steps();
            Watch watch = new Watch(a -> listener.compared(seed, beta, a.step(), steps), stop);
            TrainResult settled = new Trainer(plan, data, watch).settle(host, null);
            rows.add(
                    new TrainingRow(
                            data.description(), seed, beta, watch.alignments, settled, baseline));
        }
        return rows;
    }

    private static TrainPlan plan(Problem built, Split data, long seed, double beta) {
        Algorithm algorithm = Algorithms.pcNudge();
        long steps = minibatches(data);
        return new TrainPlan(
                built.network(),
                new Method(algorithm, Estimator.ONE_SIDED, beta),
                Defaults.runPlan(algorithm).withGranularity(Granularity.LAYER).withSeed(seed),
                BUDGET,
                Optimiser.momentum(MOMENTUM),
                Pace.of(BATCH, steps, RATE).withLastBatch(LastBatch.DROP).withAlignments(1),
                Schedule.PHASED,
                Unsettled.DROP,
                seed);
    }

    /** Stores the comparisons. */
    private static final class Watch implements TrainListener {
        private final Consumer<Alignment> listener; // null for none
        private final BooleanSupplier stop;
        private final List<Alignment> alignments = new ArrayList<>();

        Watch(Consumer<Alignment> listener, BooleanSupplier stop) {
            this.listener = listener;
            this.stop = stop;
        }

        @Override
        public void aligned(Alignment alignment) {
            alignments.add(alignment);
            if (listener != null) {
                listener.accept(alignment);
            }
        }

        @Override
        public boolean stops() {
            return stop.getAsBoolean();
        }
    }
}
