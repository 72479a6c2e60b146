package org.relaxon.experiments.reproduction;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import org.relaxon.experiments.problem.Problem;
import org.relaxon.experiments.problem.ProblemSpec;
import org.relaxon.experiments.reproduction.published.PublishedSchedule;
import org.relaxon.experiments.reproduction.published.ResidualNetwork;
import org.relaxon.experiments.reproduction.published.ResidualProblem;
import org.relaxon.model.activation.StandardActivation;
import org.relaxon.model.loss.StandardLoss;
import org.relaxon.model.math.CounterRandom;
import org.relaxon.model.math.Matrix;
import org.relaxon.model.network.Initialisation;
import org.relaxon.model.network.Initialisation.Scheme;
import org.relaxon.model.network.Network;
import org.relaxon.runtime.Budget;

/**
 * The runs of the study of asynchrony in residual networks of width 32 with ReLU.
 *
 * @param depths numbers of weight matrices, ascending: 32, and others whose step is published, 16
 *     and 64
 * @param data {@link #SYNTHETIC}, or {@code fashion-mnist:DIR}: those with published figures
 * @param seeds one network and batch each
 * @param beta nudging strength of cells
 * @param tolerance to which cells resolve every projection
 * @param messagesMax signals that one settling may send
 * @param threads runs at once
 */
public record AsyncPlan(
        List<Integer> depths,
        String data,
        List<Long> seeds,
        double beta,
        double tolerance,
        long messagesMax,
        int threads) {
    /** Inputs N(0, 1) of 128 dimensions and random classes. */
    public static final String SYNTHETIC = "synthetic";

    /** Neurons of a hidden layer. */
    public static final int WIDTH = 32;

    /** The depth at which everything but the comparison of depths is run. */
    public static final int BASE = 32;

    private static final String FASHION = "fashion-mnist:";
    private static final int BATCH = 32;
    private static final int TRIGGER_BATCH = 64;
    private static final int SYNTHETIC_INPUTS = 128;
    private static final int PIXELS = 784;
    private static final int CLASSES = 10;
    private static final long TRIGGER_DATA = 42;
    private static final double FASHION_STEP = 0.235885;
    private static final long INPUT_STREAM = 11;
    private static final long CLASS_STREAM = 12;

    /**
     * Checks all fields; sorts depths.
     *
     * @param depths numbers of weight matrices
     * @param data synthetic, or Fashion-MNIST with its directory
     * @param seeds one network and batch each
     * @param beta nudging strength of cells, finite and greater than 0
     * @param tolerance to which cells resolve every projection, between 0 and 1
     * @param messagesMax signals that one settling may send
     * @param threads runs at once
     * @throws IllegalArgumentException naming the field, its value and what is allowed
     */
    public AsyncPlan {
        depths = depths.stream().sorted().distinct().toList();
        seeds = List.copyOf(seeds);
        requirePublished(data);
        if (!depths.contains(BASE)) {
            String others = data.equals(SYNTHETIC) ? ", and beside it 16 and 64 at will" : " alone";
            throw new IllegalArgumentException(
                    "depths: need %d, at which stale reads, triggers and cells are run%s; got %s"
                            .formatted(BASE, others, depths));
        }
        if (seeds.isEmpty()) {
            throw new IllegalArgumentException("seeds: need at least one");
        }
        for (int depth : depths) {
            if (Double.isNaN(step(depth, data))) {
                throw new IllegalArgumentException(
                        "depths: the step of %d layers on %s is not published; %s"
                                .formatted(
                                        depth,
                                        data,
                                        data.equals(SYNTHETIC)
                                                ? "those of 16, 32 and 64 are"
                                                : "that of 32 is"));
            }
        }
        if (!(beta > 0) || Double.isInfinite(beta)) {
            throw new IllegalArgumentException("beta: need a finite number > 0, got " + beta);
        }
        if (!(tolerance > 0 && tolerance < 1)) {
            throw new IllegalArgumentException(
                    "tolerance: need a number between 0 and 1, got " + tolerance);
        }
        if (messagesMax < 1) {
            throw new IllegalArgumentException(
                    "budget-messages: %d is not at least 1".formatted(messagesMax));
        }
    }

    /** Steps and figures of one data set are none of another. */
    private static void requirePublished(String data) {
        if (!data.equals(SYNTHETIC) && !data.startsWith(FASHION)) {
            throw new IllegalArgumentException(
                    "data: nothing is published for %s; use %s or %sDIR"
                            .formatted(data, SYNTHETIC, FASHION));
        }
    }

    /**
     * {@return the default plan}
     *
     * @param firstSeed seed of the first network
     * @param count number of networks, with consecutive seeds
     */
    public static AsyncPlan of(long firstSeed, int count) {
        return new AsyncPlan(
                List.of(16, 32, 64),
                SYNTHETIC,
                LongStream.range(firstSeed, firstSeed + count).boxed().toList(),
                1e-12,
                1e-4,
                20_000,
                Runtime.getRuntime().availableProcessors());
    }

    /**
     * {@return eta as published, 1 / largest eigenvalue of the Hessian by the states; NaN if it is
     * not}
     *
     * @param depth number of weight matrices
     */
    public double step(int depth) {
        return step(depth, data);
    }

    private static double step(int depth, String data) {
        if (!data.equals(SYNTHETIC)) {
            return depth == BASE ? FASHION_STEP : Double.NaN;
        }
        return switch (depth) {
            case 16 -> 0.221921;
            case BASE -> 0.234285;
            case 64 -> 0.242954;
            default -> Double.NaN;
        };
    }

    /** {@return whether the data are those of the published Fashion-MNIST figures} */
    public boolean isFashion() {
        return !data.equals(SYNTHETIC);
    }

    /**
     * {@return the schedules of a depth: all, or those of the published comparison of depths}
     *
     * @param depth number of weight matrices
     */
    public List<PublishedSchedule> schedules(int depth) {
        return Arrays.stream(PublishedSchedule.values())
                .filter(s -> depth == BASE || s.isOfEveryDepth())
                .toList();
    }

    /** {@return the budget of one settling} */
    public Budget budget() {
        return Budget.DEFAULT.withMessages(messagesMax);
    }

    /**
     * A network with its batch.
     *
     * @param shape of the network
     * @param network with its weights
     * @param input shape (D, B)
     * @param target shape (10, B), one class each
     */
    record Drawn(ResidualNetwork shape, Network network, Matrix input, Matrix target) {
        ResidualProblem problem() {
            return new ResidualProblem(shape, network, input, target);
        }
    }

    /**
     * Draws the first network and batch, so that data that cannot be read are refused at once.
     *
     * @throws IOException if a data file cannot be read or is malformed
     */
    public void requireReadable() throws IOException {
        draw(BASE, seeds.get(0), false);
    }

    /** The network and batch of a seed; of triggers, one batch for all seeds, as published. */
    Drawn draw(int depth, long seed, boolean ofTriggers) throws IOException {
        int batch = ofTriggers ? TRIGGER_BATCH : BATCH;
        long dataSeed = ofTriggers ? TRIGGER_DATA : seed;
        int inputs = isFashion() ? PIXELS : SYNTHETIC_INPUTS;
        ResidualNetwork shape =
                new ResidualNetwork(depth, WIDTH, inputs, CLASSES, StandardActivation.RELU);
        Network network =
                shape.plan()
                        .build(
                                StandardActivation.RELU,
                                StandardActivation.LINEAR,
                                StandardLoss.SQUARED,
                                new Initialisation(Scheme.DEPTH_MUP, 1.0, seed));
        if (isFashion()) {
            Problem p =
                    ProblemSpec.defaults()
                            .withGraph(shape.plan())
                            .withData(data)
                            .withBatch(batch)
                            .withSeed(dataSeed)
                            .build();
            return new Drawn(shape, network, p.input(), p.target());
        }
        double[] values = new double[inputs * batch];
        Arrays.setAll(values, k -> CounterRandom.normal(dataSeed, INPUT_STREAM, k));
        Matrix target = Matrix.zeros(CLASSES, batch);
        for (int c = 0; c < batch; c++) {
            int label = (int) (CounterRandom.uniform(dataSeed, CLASS_STREAM, c) * CLASSES);
            target.values()[label * batch + c] = 1.0;
        }
        return new Drawn(shape, network, Matrix.of(inputs, batch, values), target);
    }

    /** {@return the number of runs} */
    public int runs() {
        int schedules = depths.stream().mapToInt(d -> schedules(d).size()).sum();
        return seeds.size()
                * (schedules
                        + AsyncStudy.STALE_READS.size()
                        + AsyncStudy.THRESHOLDS.size()
                        + AsyncCells.all().size());
    }
}
