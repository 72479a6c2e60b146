package org.relaxon.experiments.reproduction;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;
import org.relaxon.experiments.problem.ProblemSpec;
import org.relaxon.experiments.problem.Split;
import org.relaxon.experiments.theory.Defaults;
import org.relaxon.experiments.training.Pace;
import org.relaxon.experiments.training.Schedule;
import org.relaxon.experiments.training.TrainListener;
import org.relaxon.experiments.training.TrainPlan;
import org.relaxon.experiments.training.TrainResult;
import org.relaxon.experiments.training.Trainer;
import org.relaxon.experiments.training.Unsettled;
import org.relaxon.model.algorithm.Algorithms;
import org.relaxon.model.algorithm.Method;
import org.relaxon.model.network.Network;
import org.relaxon.model.network.Parameters;
import org.relaxon.model.network.Population;
import org.relaxon.model.network.Projection;
import org.relaxon.model.plasticity.Optimiser;
import org.relaxon.model.plasticity.UpdateGate;
import org.relaxon.runtime.Budget;
import org.relaxon.runtime.Host;
import org.relaxon.runtime.virtual.VirtualHost;

/**
 * Claim: synapses need not change together. Wycoff, Dillavou, Stern, Liu and Durian (J. Chem. Phys.
 * 156, 144903, 2022) found it for coupled learning in resistor networks; here each synapse of
 * predictive coding changes independently at a step with probability p.
 *
 * <p>Expectation: with as many changes per synapse, or with changes 1 / p as large, loss and
 * accuracy are no worse than if all change together, within the spread over seeds. As many changes,
 * always of the same share of synapses, are worse, and so are fewer changes: otherwise the
 * comparison would not be sensitive. {@link DesynchronisedShape} states this in figures.
 */
public final class DesynchronisedLearning {
    private static final int EVALUATIONS = 10;

    /** A minibatch needs tens; diverged weights would need any number. */
    private static final long MESSAGES_MAX = 2_000;

    private final DesynchronisedPlan plan;

    /**
     * Creates an experiment that has not run yet.
     *
     * @param plan what to run
     */
    public DesynchronisedLearning(DesynchronisedPlan plan) {
        this.plan = plan;
    }

    /** {@return the nudging strength of all trainings} */
    public static double beta() {
        return Defaults.of(Algorithms.pcNudge()).method().strength();
    }

    /**
     * Trains everything.
     *
     * @param stop polled between steps; a training in progress is then given up, and only the rows
     *     of those that ended before are returned
     * @param done called after each of them, from any thread
     * @return one row per task, arm and seed, in this order
     * @throws IOException if data cannot be read
     */
    public List<DesynchronisedRow> run(BooleanSupplier stop, Runnable done) throws IOException {
        List<Callable<DesynchronisedRow>> trainings = new ArrayList<>();
        for (LearningTask task : plan.tasks()) {
            for (Arm arm : plan.arms()) {
                for (long seed : plan.seeds()) {
                    trainings.add(() -> train(task, arm, seed, stop));
                }
            }
        }
        return Concurrently.run(trainings, plan.threads(), stop, done);
    }

    /** One row; null if it was stopped before its end. */
    private static DesynchronisedRow train(
            LearningTask task, Arm arm, long seed, BooleanSupplier stop) throws IOException {
        ProblemSpec spec = task.problem().withSeed(seed);
        Split data = spec.split(task.train(), task.test());
        TrainPlan training = trainPlan(spec.build().network(), task, arm, seed);
        TrainResult result;
        try (Host host = new VirtualHost()) {
            result = new Trainer(training, data, new Stopping(stop)).settle(host, null);
        }
        if (result.ending() == TrainResult.Ending.STOPPED) {
            return null;
        }
        Network network = training.network();
        return new DesynchronisedRow(
                task.name(),
                arm,
                seed,
                training.pace().steps(),
                training.pace().rate(),
                data.test().size(),
                synapses(network),
                updates(network, training.optimiser().gate(), result.counts().steps()),
                neverMoved(network, result.parameters()),
                result.curve(),
                result.ending(),
                result.counts().ledger().messages(),
                result.counts().ledger().synapticOperations());
    }

    /** {@return the budget of one settling} */
    public static Budget budget() {
        return Budget.DEFAULT.withMessages(MESSAGES_MAX);
    }

    private static TrainPlan trainPlan(Network network, LearningTask task, Arm arm, long seed) {
        Method method = Defaults.of(Algorithms.pcNudge()).method();
        long steps = Math.max(1, Math.round(task.steps() * arm.stepsFactor()));
        return new TrainPlan(
                network,
                method,
                Defaults.runPlan(method.algorithm()),
                budget(),
                Optimiser.sgd().withGate(arm.gate(seed)),
                Pace.of(task.problem().batch(), steps, task.rate() * arm.rateFactor())
                        .withEvaluations(Math.max(1, steps / EVALUATIONS)),
                Schedule.PHASED,
                Unsettled.FAIL,
                seed);
    }

    private static long synapses(Network network) {
        return updates(network, UpdateGate.OPEN, 1);
    }

    /** Number of openings of the gate in the given number of steps. */
    private static long updates(Network network, UpdateGate gate, long steps) {
        long sum = 0;
        for (long step = 1; step <= steps; step++) {
            for (Projection e : network.projections()) {
                int pre = network.population(e.pre()).size();
                for (int i = 0; i < network.population(e.post()).size(); i++) {
                    sum += gate.count(UpdateGate.weights(e.index(), i), pre, step);
                }
            }
            for (Population p : network.populations()) {
                if (p.role() != Population.Role.INPUT) {
                    sum += gate.count(UpdateGate.biases(p.index()), p.size(), step);
                }
            }
        }
        return sum;
    }

    private static double neverMoved(Network network, Parameters now) {
        Parameters before = network.parameters();
        long same = 0;
        for (Projection e : network.projections()) {
            double[][] w = now.weights(e.index());
            for (int i = 0; i < w.length; i++) {
                same += equal(w[i], before.weights(e.index())[i]);
            }
        }
        for (Population p : network.populations()) {
            if (p.role() != Population.Role.INPUT) {
                same += equal(now.biases(p.index()), before.biases(p.index()));
            }
        }
        return (double) same / synapses(network);
    }

    private static int equal(double[] a, double[] b) {
        int same = 0;
        for (int k = 0; k < a.length; k++) {
            same += a[k] == b[k] ? 1 : 0;
        }
        return same;
    }

    /** Ignores all events and only requests an end. */
    private record Stopping(BooleanSupplier asked) implements TrainListener {
        @Override
        public boolean stops() {
            return asked.getAsBoolean();
        }
    }
}
