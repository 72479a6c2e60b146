package org.relaxon.tools.cli.option;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.relaxon.experiments.data.Task;
import org.relaxon.experiments.problem.Inputs;
import org.relaxon.experiments.problem.ProblemSpec;
import org.relaxon.experiments.problem.Split;
import org.relaxon.experiments.storage.WholeFile;
import org.relaxon.experiments.theory.TrainingDefaults;
import org.relaxon.experiments.training.LastBatch;
import org.relaxon.experiments.training.Motion;
import org.relaxon.experiments.training.Pace;
import org.relaxon.experiments.training.Schedule;
import org.relaxon.experiments.training.Unsettled;
import org.relaxon.model.plasticity.Optimiser;
import org.relaxon.model.plasticity.RateSchedule;
import org.relaxon.model.plasticity.UpdateGate;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Options that fix how weights change over a training. */
public final class TrainOptions {
    @Mixin private PartOptions parts;

    @Option(
            names = "--epochs",
            paramLabel = "N",
            description = "Passes over the training examples. Default 1.")
    private Integer epochs;

    @Option(
            names = "--iterations",
            paramLabel = "N",
            description = "Changes of the weights, in place of --epochs.")
    private Long iterations;

    @Option(
            names = {"--optimiser", "--optimizer"},
            paramLabel = "O",
            description =
                    "How each synapse uses its own gradient: sgd, momentum[:MU] or"
                            + " adam[:B1,B2]. Default adam; sgd for chl-clamped; sgd also where"
                            + " weights change while the network settles (ipc, --schedule),"
                            + " because only its steps add up.")
    private String optimiser;

    @Option(
            names = {"--rate", "--learning-rate", "--lr"},
            paramLabel = "X",
            description =
                    "Learning rate for the mean gradient of a batch. Default 0.001;"
                            + " with their default sgd, 0.15 for chl-clamped and 0.02 where"
                            + " weights change while the network settles.")
    private Double rate;

    @Option(
            names = "--rate-decay",
            paramLabel = "X",
            defaultValue = "1",
            description = "Factor of the rate after every epoch. Default ${DEFAULT-VALUE}.")
    private double decay;

    @Option(
            names = "--rate-schedule",
            paramLabel = "constant|linear|cosine",
            description =
                    "Factor of the rate after k of the N steps of the training:"
                            + " constant, 1; linear, 1 - k/N; cosine, (1 + cos(pi k/N))/2."
                            + " Default constant; linear for chl-clamped with its default"
                            + " optimiser.")
    private String rateSchedule;

    @Option(
            names = "--weight-decay",
            paramLabel = "X",
            description =
                    "Share of a weight that is lost per change and unit of rate."
                            + " Default 0; 0.01 for chl-clamped with its default optimiser.")
    private Double weightDecay;

    @Option(
            names = "--l2",
            paramLabel = "X",
            description =
                    "Strength of the penalty X / 2 |W|^2, only with sgd, where it"
                            + " equals --weight-decay. Biases are exempt. Default none.")
    private Double l2;

    @Option(
            names = "--update-probability",
            paramLabel = "P",
            defaultValue = "1",
            description =
                    "Desynchronised updates: at every step each synapse changes only"
                            + " with this probability, independently of the others. Default"
                            + " ${DEFAULT-VALUE}.")
    private double updateProbability;

    @Option(
            names = "--schedule",
            paramLabel = "S",
            description =
                    "When weights change: phased, at equilibrium; continual, all the"
                            + " time while the network settles under the target; incremental:N,"
                            + " by a whole update at each of a cell's first N relaxations. The"
                            + " last two need sgd. Default phased, incremental:4 for ipc.")
    private String schedule;

    @Option(
            names = "--unsettled",
            paramLabel = "drop|continue|fail",
            defaultValue = "drop",
            description =
                    "Treatment of examples that do not settle: drop leaves them out,"
                            + " warns above 1 %%, and ends a training in which nothing settles;"
                            + " continue goes on; fail ends it at once. Default ${DEFAULT-VALUE}.")
    private String unsettled;

    @Option(
            names = "--evaluate-every",
            paramLabel = "N",
            description = "Steps between evaluations, and between checkpoints. Default an epoch.")
    private Long evaluateEvery;

    @Option(
            names = "--align-every",
            paramLabel = "N",
            defaultValue = "0",
            description =
                    "Steps between comparisons of a minibatch's local update with"
                            + " backprop; 0 for evaluations only. Default ${DEFAULT-VALUE}.")
    private long alignEvery;

    @Option(
            names = "--patience",
            paramLabel = "N",
            defaultValue = "0",
            description =
                    "End after N evaluations without a better test accuracy, or"
                            + " without a lower test loss where the task has no accuracy; 0 for"
                            + " never. Default ${DEFAULT-VALUE}.")
    private int patience;

    @Option(
            names = "--motion",
            paramLabel = "M",
            defaultValue = "still",
            description =
                    "How examples change while they are shown: still; fade:N, each"
                            + " blends into that of the next minibatch over N frames; shift:N,"
                            + " pictures move by a pixel per frame. With @T the next frame comes"
                            + " after time T, whether or not the network is at rest. Every frame"
                            + " is a step; under schedules other than phased the state is"
                            + " carried from frame to frame. Default ${DEFAULT-VALUE}.")
    private String motion;

    @Option(
            names = "--in-flight",
            paramLabel = "N",
            defaultValue = "1",
            description =
                    "Parts of a minibatch that settle at the same time through the"
                            + " same cells, each by itself; the weights change when all parts"
                            + " have settled. Default ${DEFAULT-VALUE}.")
    private int inFlight;

    @Option(
            names = "--inputs",
            paramLabel = "RANGE",
            description =
                    "signed for inputs from -1 to 1; unit for 0 to 1; raw for the"
                            + " values of the file, pixels from 0 to 255; standard for mean 0"
                            + " and standard deviation 1 over the examples to train on, of all"
                            + " pixels of pictures, otherwise of each input. Default signed, raw"
                            + " for FILE.npz.")
    private String inputs;

    @Option(
            names = "--last-batch",
            paramLabel = "keep|drop",
            defaultValue = "keep",
            description =
                    "Examples of an epoch that do not fill a whole batch: keep learns"
                            + " from them in a last, smaller batch; drop leaves them out."
                            + " Default ${DEFAULT-VALUE}.")
    private String lastBatch;

    @Option(
            names = "--task",
            paramLabel = "T",
            description =
                    "What the outputs stand for: classification and binary, scored by accuracy;"
                            + " regression and reconstruction, scored by R2. binary makes one output"
                            + " of two classes, reconstruction makes the inputs the targets. Default"
                            + " by data: classification for labels, one-hot and soft targets of 2 or"
                            + " more outputs; binary for one output of 0/1 or -1/1; reconstruction"
                            + " for targets that equal the inputs; regression otherwise.")
    private String task;

    @Option(
            names = "--beside",
            paramLabel = "backprop",
            description = "Also train the same network by backprop, on the same minibatches.")
    private String beside;

    @Option(
            names = "--checkpoint",
            paramLabel = "FILE",
            description =
                    "Keep the state after the latest evaluation in this file. If the"
                            + " file exists, continue from it.")
    private Path checkpoint;

    @Option(
            names = "--resume-with",
            split = ",",
            paramLabel = "NAME",
            description =
                    "Options that may differ from those of the checkpoint, and are"
                            + " recorded in the curve: rate, rate-decay, evaluate-every,"
                            + " align-every. Length (unless a --rate-schedule depends on it),"
                            + " patience, threads and --beside may always differ; all else not.")
    private List<String> resumeWith = new ArrayList<>();

    /**
     * How each synapse uses its own gradient.
     *
     * @param seed of the draws of desynchronised synapses
     * @param defaults of the algorithm
     * @return the optimiser
     */
    public Optimiser optimiser(long seed, TrainingDefaults defaults) {
        Optimiser parsed = optimiser == null ? defaults.optimiser() : Optimiser.parse(optimiser);
        if (l2 != null) {
            parsed = parsed.withWeightDecay(penalty(parsed));
        } else if (weightDecay != null) {
            parsed = parsed.withWeightDecay(weightDecay);
        }
        return parsed.withGate(UpdateGate.independent(updateProbability, seed));
    }

    /**
     * The weight decay equal to a penalty on weights, if its gradient is not averaged or rescaled.
     */
    private double penalty(Optimiser parsed) {
        if (parsed.kind() != Optimiser.Kind.SGD) {
            throw new IllegalArgumentException(
                    "l2: %s averages or rescales gradients, so that a penalty in them does not"
                                    .formatted(parsed.optionName())
                            + " act as weight decay; use --weight-decay "
                            + l2);
        }
        if (weightDecay != null) {
            throw new IllegalArgumentException(
                    "l2: with sgd the same as --weight-decay; give one of them, not both");
        }
        if (!(l2 >= 0) || Double.isInfinite(l2)) {
            throw new IllegalArgumentException("l2: need a finite number >= 0, got " + l2);
        }
        return l2;
    }

    /** Changes of the weights. */
    private long steps(int perEpoch) {
        if (epochs != null && iterations != null) {
            throw new IllegalArgumentException(
                    "iterations: give --iterations or --epochs, not both");
        }
        long steps =
                iterations != null
                        ? iterations
                        : (long) perEpoch * (epochs == null ? TrainingDefaults.EPOCHS : epochs);
        if (steps < 1) {
            throw new IllegalArgumentException(
                    "%s: need at least 1".formatted(iterations != null ? "iterations" : "epochs"));
        }
        return steps;
    }

    /** {@return what becomes of examples that do not fill a batch} */
    public LastBatch lastBatch() {
        return ProblemOptions.choice("last-batch", LastBatch.values(), lastBatch);
    }

    /**
     * Steps, rates and evaluations.
     *
     * @param batch examples per step
     * @param perEpoch steps in an epoch
     * @param defaults of the algorithm
     * @return the pace
     */
    public Pace pace(int batch, int perEpoch, TrainingDefaults defaults) {
        return new Pace(
                batch,
                lastBatch(),
                steps(perEpoch),
                rate == null ? defaults.rate(optimiser != null) : rate,
                decay,
                rateSchedule(defaults),
                evaluateEvery == null ? perEpoch : evaluateEvery,
                alignEvery,
                patience,
                inFlight);
    }

    private RateSchedule rateSchedule(TrainingDefaults defaults) {
        return rateSchedule == null
                ? defaults.rateSchedule(optimiser != null)
                : ProblemOptions.choice("rate-schedule", RateSchedule.values(), rateSchedule);
    }

    /**
     * Whether the option names a schedule.
     *
     * @param named this one
     * @return false if it is not given
     */
    public boolean asksFor(Schedule named) {
        return schedule != null && Schedule.parse(schedule).equals(named);
    }

    /**
     * When weights change.
     *
     * @param preset the default
     * @return the schedule
     */
    public Schedule schedule(Schedule preset) {
        return schedule == null ? preset : Schedule.parse(schedule);
    }

    /** {@return how examples change while they are shown} */
    public Motion motion() {
        return Motion.parse(motion);
    }

    /** {@return what becomes of examples that do not settle} */
    public Unsettled unsettled() {
        return ProblemOptions.choice("unsettled", Unsettled.values(), unsettled);
    }

    /** {@return whether the same network is trained by backprop as well} */
    public boolean besideBackprop() {
        if (beside != null && !beside.equals("backprop")) {
            throw new IllegalArgumentException(
                    "beside: \"%s\" is not one of backprop".formatted(beside));
        }
        return beside != null;
    }

    /**
     * Refuses a checkpoint that could not be written, before anything is computed.
     *
     * @throws IOException if its links cannot be followed
     */
    public void requireWritable() throws IOException {
        if (checkpoint == null) {
            return;
        }
        if (Files.exists(checkpoint) && !Files.isRegularFile(checkpoint)) {
            throw new IllegalArgumentException(
                    "checkpoint: %s is not a regular file".formatted(checkpoint));
        }
        OutputOptions.requireParent("checkpoint", WholeFile.target(checkpoint));
    }

    /** {@return the file of the checkpoint; null if not given} */
    public Path checkpoint() {
        return checkpoint;
    }

    /** {@return the options in which a checkpoint may differ} */
    public ResumeTerms resumeTerms() {
        if (!resumeWith.isEmpty() && checkpoint == null) {
            throw new IllegalArgumentException(
                    "resume-with: there is nothing to resume without --checkpoint");
        }
        return new ResumeTerms(resumeWith);
    }

    /**
     * The two parts of the data.
     *
     * @param spec network and data
     * @return examples to train on and to test on
     * @throws IOException if a file cannot be read
     */
    public Split split(ProblemSpec spec) throws IOException {
        Inputs range =
                inputs == null ? null : ProblemOptions.choice("inputs", Inputs.values(), inputs);
        Task asked = task == null ? null : ProblemOptions.choice("task", Task.values(), task);
        Split split = spec.split(parts.train(), parts.test(), range);
        return asked == null ? split : split.as(asked);
    }
}
