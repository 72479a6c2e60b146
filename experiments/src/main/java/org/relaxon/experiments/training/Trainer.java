package org.relaxon.experiments.training;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.relaxon.experiments.compare.AppliedChange;
import org.relaxon.experiments.data.ImageShape;
import org.relaxon.experiments.effort.Effort;
import org.relaxon.experiments.effort.GaveUpException;
import org.relaxon.experiments.problem.Split;
import org.relaxon.experiments.provenance.Difference;
import org.relaxon.experiments.provenance.Provenance;
import org.relaxon.experiments.provenance.Setting;
import org.relaxon.experiments.training.TrainResult.Ending;
import org.relaxon.model.math.Matrix;
import org.relaxon.model.network.Network;
import org.relaxon.model.network.Parameters;
import org.relaxon.model.plasticity.LearningStep;
import org.relaxon.runtime.Host;
import org.relaxon.runtime.settling.CancelWatch;

/**
 * Trains a network on a set. Each evaluation is also a checkpoint, and after it everything but
 * weights, memories and counts starts again. The continuation is therefore a function of the
 * checkpoint alone: a resumed training equals an uninterrupted one, bit for bit where the host is
 * deterministic.
 */
public final class Trainer {
    /** Name of the setting that distinguishes checkpoints of the two learners. */
    public static final String LEARNER = "learner";

    /** Training examples that an evaluation uses. */
    private static final int SAMPLE = 1000;

    /** Longest duration of the last evaluation once a stop is requested. */
    private static final long GRADE_NANOS = 4_000_000_000L;

    private final TrainPlan plan;
    private final TrainListener listener;
    private final Provenance provenance;
    private final Set<String> mayChange;
    private final List<SettingChange> changes = new ArrayList<>();
    private final TrainCounts counts = new TrainCounts();
    private final MessageGrowth growth = new MessageGrowth();
    private final Curve curve = new Curve();
    private final LostMinibatches lost;
    private Parameters whole; // of the last evaluation
    private final Frames frames;
    private final Examiner trainSet;
    private final Examiner testSet;
    private Matrix input; // of the frame that is shown
    private Matrix target;

    /**
     * Creates a training that accepts only checkpoints of the same plan and data.
     *
     * @param plan all settings of the training apart from the data
     * @param data examples to train on and to test on
     * @param listener receives every step, on the thread that trains
     * @throws IllegalArgumentException if the data do not fit the network
     */
    public Trainer(TrainPlan plan, Split data, TrainListener listener) {
        this(plan, data, listener, plan.provenance(data.description()), Set.of());
    }

    /**
     * Creates a training that accepts checkpoints in which some settings differ.
     *
     * @param plan all settings of the training apart from the data
     * @param data examples to train on and to test on
     * @param listener receives every step, on the thread that trains
     * @param provenance all settings that determine the result, compared with those of a checkpoint
     * @param mayChange names of settings in which the two may differ; the curve records the change
     * @throws IllegalArgumentException if the data do not fit the network
     */
    public Trainer(
            TrainPlan plan,
            Split data,
            TrainListener listener,
            Provenance provenance,
            Set<String> mayChange) {
        this.plan = plan;
        this.listener = listener;
        this.provenance = provenance;
        this.mayChange = Set.copyOf(mayChange);
        Network network = plan.network();
        data.requireBatch(plan.pace().batch());
        data.requireFit(network.inputSize(), network.outputSize());
        data.requireFit(network.loss());
        frames =
                new Frames(
                        new Minibatches(
                                data.train(),
                                plan.pace().batch(),
                                plan.pace().lastBatch(),
                                plan.seed()),
                        plan.motion(),
                        ImageShape.of(data.train()),
                        plan.seed());
        trainSet = new Examiner(data.view(), data.train(), SAMPLE, network.loss());
        testSet = new Examiner(data.view(), data.test(), Integer.MAX_VALUE, network.loss());
        whole = network.parameters();
        lost = new LostMinibatches(plan, counts);
        show(0);
    }

    /** Shows the frame of a step: sets {@link #input} and {@link #target}. */
    private void show(long step) {
        int columns = frames.size(step);
        if (input == null || input.columns() != columns) {
            input = Matrix.zeros(plan.network().inputSize(), columns);
            target = Matrix.zeros(plan.network().outputSize(), columns);
        }
        frames.fill(step, input, target);
    }

    /**
     * Trains by settling.
     *
     * @param host runs the cells
     * @param from checkpoint to resume from; null to start from the beginning
     * @return the curve and the weights at the end
     * @throws IllegalArgumentException if the checkpoint is of another training
     * @throws IOException if the listener cannot store a checkpoint
     */
    public TrainResult settle(Host host, Checkpoint from) throws IOException {
        try (SettlingLearner learner =
                new SettlingLearner(plan, host, counts, listener::observation, listener::probe)) {
            return train(learner, from);
        }
    }

    /**
     * Trains by backprop on the same kernels and the same minibatches.
     *
     * @param from checkpoint to resume from; null to start from the beginning
     * @return the curve and the weights at the end
     * @throws IllegalArgumentException if the checkpoint is of another training
     * @throws IOException if the listener cannot store a checkpoint
     */
    public TrainResult backprop(Checkpoint from) throws IOException {
        try (Learner learner =
                new BackpropLearner(plan.network(), plan.optimiser(), plan.run().kernels())) {
            return train(learner, from);
        }
    }

    private TrainResult train(Learner learner, Checkpoint from) throws IOException {
        try (CancelWatch watch = new CancelWatch(listener::stops)) {
            watch.watch(learner::cancel);
            if (from != null) {
                resume(learner, from);
            } else {
                evaluate(learner);
            }
            Ending ending = Ending.DONE;
            String detail = "";
            while (ending == Ending.DONE
                    && !curve.isFlat(plan.pace().patience())
                    && steps() < plan.pace().steps()) {
                if (isStopped(watch)) {
                    ending = Ending.STOPPED;
                    break;
                }
                try {
                    step(learner);
                } catch (UnsettledException e) {
                    ending = isStopped(watch) ? Ending.STOPPED : Ending.UNSETTLED;
                    detail = ending == Ending.STOPPED ? "" : e.getMessage();
                } catch (DivergedException e) {
                    ending = Ending.DIVERGED;
                    detail = "in step %d, %s".formatted(e.step(), e.getMessage());
                }
            }
            if (ending == Ending.DONE && isStopped(watch) && !curve.endsAt(steps())) {
                ending = Ending.STOPPED;
            } else if (ending == Ending.DONE && curve.isFlat(plan.pace().patience())) {
                ending = Ending.PATIENCE;
            }
            if (ending != Ending.DIVERGED && !curve.endsAt(steps())) {
                gradeLast(learner, watch);
            }
            return new TrainResult(
                    ending == Ending.DIVERGED ? whole : learner.parameters(),
                    curve.evaluations(),
                    List.copyOf(changes),
                    counts,
                    ending,
                    detail);
        }
    }

    /** Requested of the training, or of all work on its thread. */
    private static boolean isStopped(CancelWatch watch) {
        return watch.cancelled() || Effort.isStopAsked();
    }

    /** The result of work in progress; {@code none} if a stop is requested meanwhile. */
    private static <T> T unlessStopped(Supplier<T> work, T none) {
        try {
            return work.get();
        } catch (GaveUpException e) {
            if (e.asked()) {
                return none;
            }
            throw e;
        }
    }

    /** Changes of the weights made so far. */
    private long steps() {
        return counts.steps();
    }

    private void resume(Learner learner, Checkpoint from) {
        if (from.step() > plan.pace().steps()) {
            throw new IllegalArgumentException(
                    "iterations: the checkpoint is %d steps old, more than the %d requested"
                            .formatted(from.step(), plan.pace().steps()));
        }
        changes.addAll(from.changes());
        for (Difference d :
                from.provenance().requireSame(identity(learner), "checkpoint: it", mayChange)) {
            changes.add(new SettingChange(from.step(), d.name(), d.before(), d.now()));
        }
        counts.set(
                from.ledger(),
                from.dropped(),
                from.restless(),
                frames.shown(from.step()) - from.dropped(),
                from.step());
        curve.begin(from.curve());
        whole = from.parameters();
        lost.resume();
        learner.restart(from.parameters(), from.memories(), from.step());
        listener.resumed(from, List.copyOf(changes));
    }

    /** One change of the weights, with the evaluation that may be due after it. */
    private void step(Learner learner) throws IOException, UnsettledException, DivergedException {
        long step = steps();
        long messages = counts.ledger().messages();
        long held = counts.heldAtKink();
        show(step);
        int learned = learn(learner, step);
        if (!learner.isFinite()) {
            String first = NonFinite.first(plan.network(), learner.parameters());
            throw new DivergedException(step + 1, first);
        }
        counts.step(learned);
        listener.stepped(steps(), learned);
        String warning = lost.add(learned, input.columns());
        if (!warning.isEmpty()) {
            listener.warned(steps(), warning);
        }
        lost.requireSome();
        warnOfGrowth(learner, counts.ledger().messages() - messages, counts.heldAtKink() - held);
        if (steps() % plan.pace().evaluateEvery() == 0 || steps() == plan.pace().steps()) {
            evaluate(learner);
            lost.requireLearned();
        }
    }

    /** Warns during the training that steps cost ever more, with the cause. */
    private void warnOfGrowth(Learner learner, long messages, long held) {
        if (growth.grows(messages, held)) {
            String cause =
                    unlessStopped(
                            () ->
                                    new GrowthCause(plan)
                                            .describe(
                                                    learner.parameters(),
                                                    input,
                                                    target,
                                                    growth.moreHeld()),
                            "stopped before the cause was found");
            listener.warned(
                    steps(),
                    String.format(
                            Locale.ROOT,
                            "a step takes %.0f messages, %.1f times as many as before: %s",
                            growth.mean(),
                            growth.mean() / growth.least(),
                            cause));
        }
    }

    /** One step, compared with backprop's before and after on request. */
    private int learn(Learner learner, long step) throws UnsettledException, DivergedException {
        LearningStep how = learningStep(step);
        if (plan.pace().alignEvery() == 0 || step % plan.pace().alignEvery() != 0) {
            return learner.learn(input, target, how);
        }
        Alignment gradient = unlessStopped(() -> learner.align(input, target, step), null);
        if (gradient == null || listener.stops()) {
            throw new UnsettledException("step %d: stopped".formatted(step + 1));
        }
        Parameters before = learner.parameters();
        List<Parameters> memories = learner.memories();
        AppliedChange change = null;
        try {
            int learned = learner.learn(input, target, how);
            change =
                    unlessStopped(() -> learner.change(before, memories, input, target, how), null);
            return learned;
        } finally {
            listener.aligned(gradient.with(change));
        }
    }

    private LearningStep learningStep(long step) {
        double rate = plan.pace().rateAt(step, frames.perEpoch());
        return new LearningStep(plan.optimiser(), rate, 1.0 / input.columns(), step + 1);
    }

    /**
     * Adds the state in which a training ended between two evaluations to the curve. That state is
     * no checkpoint: a training resumes from the last evaluation. Once a stop is requested, the
     * state is left out if its evaluation takes too long.
     */
    private void gradeLast(Learner learner, CancelWatch watch) {
        listener.gradesLast(steps());
        long end = System.nanoTime() + GRADE_NANOS;
        BooleanSupplier late = () -> listener.stops() && System.nanoTime() - end > 0;
        watch.watch(
                () -> {
                    if (late.getAsBoolean()) {
                        learner.cancel();
                    }
                });
        Examiner.Grade train = trainSet.examine(learner, late);
        Examiner.Grade test = train == null ? null : testSet.examine(learner, late);
        if (test != null && !late.getAsBoolean()) {
            listener.evaluated(
                    curve.add(steps(), frames.perEpoch(), train, test, Alignment.none(steps())));
        }
    }

    /** An evaluation that is stopped leaves nothing behind. */
    private void evaluate(Learner learner) throws IOException {
        long step = steps();
        Examiner.Grade train = trainSet.examine(learner, listener::stops);
        Examiner.Grade test = train == null ? null : testSet.examine(learner, listener::stops);
        show(0);
        Alignment alignment =
                test == null ? null : unlessStopped(() -> learner.align(input, target, step), null);
        if (alignment == null || listener.stops() || Effort.isStopAsked()) {
            return;
        }
        listener.examined(alignment);
        listener.evaluated(curve.add(step, frames.perEpoch(), train, test, alignment));
        Checkpoint checkpoint =
                new Checkpoint(
                        identity(learner),
                        step,
                        counts.ledger(),
                        counts.dropped(),
                        counts.restless(),
                        curve.evaluations(),
                        List.copyOf(changes),
                        learner.parameters(),
                        learner.memories());
        whole = checkpoint.parameters();
        listener.reached(checkpoint);
        learner.restart(checkpoint.parameters(), checkpoint.memories(), step);
    }

    private Provenance identity(Learner learner) {
        String who = learner instanceof BackpropLearner ? "backprop" : "settling";
        return provenance.with(LEARNER, Setting.of(who));
    }
}
