package org.relaxon.tools.bench;

import java.io.IOException;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.relaxon.model.activation.StandardActivation;
import org.relaxon.model.loss.StandardLoss;
import org.relaxon.model.math.CounterRandom;
import org.relaxon.model.math.Kernels;
import org.relaxon.model.math.Matrix;
import org.relaxon.model.network.Granularity;
import org.relaxon.model.network.Initialisation;
import org.relaxon.model.network.Network;
import org.relaxon.model.network.NetworkBuilder;
import org.relaxon.model.phase.Phase;
import org.relaxon.model.plasticity.Estimator;
import org.relaxon.model.rule.PredictiveCoding;
import org.relaxon.model.settle.Settled;
import org.relaxon.runtime.Budget;
import org.relaxon.runtime.RunPlan;
import org.relaxon.runtime.Session;
import org.relaxon.runtime.actor.AkkaHost;

/**
 * One example and all of its synapses: settled, audited and learned from in single precision, on
 * actors. Far beyond any cache, so that memory limits it: the bytes of weights that have to move
 * per second, against those of a plain read of as much memory by as many threads.
 *
 * <p>Four bytes move for each multiplication by a weight, and eight for each synapse that changes,
 * which is read and written. States and messages are not counted, nor what an audit multiplies.
 */
public final class ScaleBenchmark {
    /** Fewest synapses: 16 MB of weights. */
    public static final long SYNAPSES_MIN = 4_000_000;

    /** Most synapses: what four matrices can have, each of whose rows is an array. */
    public static final long SYNAPSES_MAX = 10_000_000_000L;

    private static final int PROJECTIONS = 4;
    private static final int BLOCK = 512; // neurons of a cell: enough cells for the threads
    private static final double BETA = 1e-4;
    private static final double THRESHOLD = 1e-5;
    private static final double RESOLUTION = 0.01;
    private static final int LINE = 16; // floats that are read at a time

    private final long synapses;
    private final int threads;
    private final Rounds rounds;
    private final Consumer<String> progress;
    private final Consumer<Runnable> onStop;

    /**
     * @param synapses at least so many
     * @param threads that run the cells, and that read memory
     * @param rounds steps that are measured; one more warms up and is not counted
     * @param progress receives one line at each stage
     * @param stop polled between settlings; once true, there is no ratio
     * @param onStop receives the action that ends a settling in progress
     * @throws IllegalArgumentException if there are too few or too many synapses
     */
    public ScaleBenchmark(
            long synapses,
            int threads,
            int rounds,
            Consumer<String> progress,
            BooleanSupplier stop,
            Consumer<Runnable> onStop) {
        if (!(synapses >= SYNAPSES_MIN && synapses <= SYNAPSES_MAX)) {
            throw new IllegalArgumentException(
                    "synapses: %d is not in %d..%d"
                            .formatted(synapses, SYNAPSES_MIN, SYNAPSES_MAX));
        }
        this.synapses = synapses;
        this.threads = threads;
        this.rounds = new Rounds(rounds, 0, stop);
        this.progress = progress;
        this.onStop = onStop;
    }

    /** Neurons of each of the layers, the input included. */
    private int width() {
        return (int) Math.ceil(Math.sqrt((double) synapses / PROJECTIONS));
    }

    /**
     * {@return bytes of weights that move per second over those that a plain read moves; null if it
     * was stopped}
     *
     * @throws IOException never
     */
    public Ratio ratio() throws IOException {
        if (rounds.stop().getAsBoolean()) {
            return null;
        }
        int width = width();
        int[] sizes = IntStream.generate(() -> width).limit(PROJECTIONS + 1L).toArray();
        Initialisation init = Initialisation.uniform(1);
        Network network =
                NetworkBuilder.layered(
                                sizes,
                                StandardActivation.TANH,
                                StandardActivation.LINEAR,
                                StandardLoss.SQUARED)
                        .outline(init);
        RunPlan plan =
                RunPlan.of(new PredictiveCoding())
                        .withKernels(Kernels.Kind.STRICT_FLOAT)
                        .withGranularity(new Granularity(BLOCK))
                        .withThreshold(THRESHOLD)
                        .withTolerance(RESOLUTION)
                        .withResolution(RESOLUTION);
        long count = (long) PROJECTIONS * width * width;
        String name =
                String.format(
                        Locale.ROOT,
                        "pc-nudge step, %s, %.3g synapses, float, akka, one example",
                        network,
                        (double) count);
        progress.accept(name + ": drawing weights");
        try (AkkaHost host = new AkkaHost(threads);
                Session session = host.open(network, plan)) {
            onStop.accept(session::cancel);
            session.load(network.drawn(init, null));
            float[][] memory = new float[threads][(int) Math.min(1 << 28, count / threads)];
            progress.accept(name + ": settling");
            return rounds.compare(
                    name,
                    "GB/s",
                    (round, settlings) ->
                            new double[] {
                                step(session, round, width, count, settlings), read(memory)
                            },
                    "plain read",
                    true);
        }
    }

    private static Matrix drawn(int rows, int round) {
        Matrix out = Matrix.zeros(rows, 1);
        Arrays.setAll(out.values(), k -> CounterRandom.normal(1, round, k));
        return out;
    }

    private double step(Session session, int round, int width, long count, Settlings settlings) {
        Phase phase =
                Estimator.ONE_SIDED.phase(
                        drawn(width, 2 * round), drawn(width, 2 * round + 1), BETA);
        long begin = System.nanoTime();
        Settled settled = settlings.settled(session, phase, Budget.DEFAULT);
        if (settled == null) {
            return Double.NaN;
        }
        long products = session.report().synapticOperations();
        session.learn(settled, Estimator.ONE_SIDED, NudgeStep.RATE);
        long nanos = System.nanoTime() - begin;
        double bytes = (double) Float.BYTES * (products + 2.0 * count);
        progress.accept(
                String.format(
                        Locale.ROOT,
                        "step %d: %.2f s, %.3g multiplications, %.3g bytes",
                        round,
                        nanos / 1e9,
                        (double) products,
                        bytes));
        return bytes / nanos;
    }

    /** Bytes per nanosecond of sums over all arrays, each by a thread of its own. */
    private static double read(float[][] memory) {
        long begin = System.nanoTime();
        double sum = Arrays.stream(memory).parallel().mapToDouble(ScaleBenchmark::sum).sum();
        long nanos = System.nanoTime() - begin;
        double bytes = (double) Float.BYTES * memory.length * memory[0].length;
        return sum == 0.0 ? bytes / nanos : Double.NaN; // the memory holds zeros
    }

    private static double sum(float[] values) {
        float[] sums = new float[LINE];
        for (int k = 0; k + LINE <= values.length; k += LINE) {
            for (int i = 0; i < LINE; i++) {
                sums[i] += values[k + i];
            }
        }
        double sum = 0.0;
        for (float one : sums) {
            sum += one;
        }
        return sum;
    }
}
