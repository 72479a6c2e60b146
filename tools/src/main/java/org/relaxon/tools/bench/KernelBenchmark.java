package org.relaxon.tools.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.relaxon.model.math.CounterRandom;
import org.relaxon.model.math.Kernels;
import org.relaxon.runtime.Budget;
import org.relaxon.runtime.Host;
import org.relaxon.runtime.Session;
import org.relaxon.runtime.virtual.VirtualHost;

/**
 * Products of a layer, W x by the strict kernels of cells and by plain loops over the same arrays,
 * and all three in single and in double precision: floating-point operations per second of both.
 */
public final class KernelBenchmark {
    private static final int POST = 128;
    private static final int PRE = 784;
    private static final int WIDTH = 64;
    private static final long WARM_UP = 2_000_000_000L; // until vectors are compiled

    private final int rounds;
    private final long nanosPerFigure;
    private final BooleanSupplier stop;
    private final Kernels kernels = new Kernels(Kernels.Kind.STRICT);
    private final double[][] w = new double[POST][];
    private final double[] x = normals(PRE * WIDTH, POST);
    private final double[] y = new double[POST * WIDTH];

    /**
     * @param rounds figures of each; one more round warms up and is not counted
     * @param nanosPerFigure least time of one figure's measurement
     * @param stop polled between products; once true, there is no ratio
     */
    public KernelBenchmark(int rounds, long nanosPerFigure, BooleanSupplier stop) {
        this.rounds = rounds;
        this.nanosPerFigure = nanosPerFigure;
        this.stop = stop;
        for (int i = 0; i < POST; i++) {
            w[i] = normals(PRE, i);
        }
    }

    private static double[] normals(int n, int stream) {
        double[] out = new double[n];
        for (int k = 0; k < n; k++) {
            out[k] = CounterRandom.normal(1, stream, k);
        }
        return out;
    }

    /** {@return the rate of the kernels over that of plain loops; null if it was stopped} */
    public Ratio ratio() {
        return compare(
                "W x of %d x %d, batch %d, strict kernels".formatted(POST, PRE, WIDTH),
                () -> kernels.drive(w, PRE, x, WIDTH, y),
                this::plainly,
                "plain loops");
    }

    /**
     * {@return the rates of products in single precision over those in double precision; without
     * those that were stopped}
     */
    public List<Ratio> inSinglePrecision() {
        float[][] single = new float[POST][PRE];
        float[][] gradient = new float[POST][PRE];
        double[][] doubles = new double[POST][PRE];
        double[] v = normals(POST * WIDTH, PRE);
        double[] f = new double[PRE * WIDTH];
        for (int i = 0; i < POST; i++) {
            for (int j = 0; j < PRE; j++) {
                single[i][j] = (float) w[i][j];
            }
        }
        return Stream.of(
                        single(
                                "W x",
                                () -> kernels.drive(single, PRE, x, WIDTH, y),
                                () -> kernels.drive(w, PRE, x, WIDTH, y)),
                        single(
                                "W^T v",
                                () -> kernels.feedback(single, PRE, v, WIDTH, f),
                                () -> kernels.feedback(w, PRE, v, WIDTH, f)),
                        single(
                                "v x^T",
                                () -> kernels.outer(v, x, PRE, WIDTH, gradient),
                                () -> kernels.outer(v, x, PRE, WIDTH, doubles)))
                .filter(Objects::nonNull)
                .toList();
    }

    /**
     * {@return the rate of learning steps in single precision over that in double precision; null
     * if it was stopped}
     *
     * @param onStop takes what ends a settling early
     * @throws IOException if the problem cannot be built
     */
    public Ratio steps(Consumer<Runnable> onStop) throws IOException {
        NudgeStep step = NudgeStep.ofStrokes();
        try (Host host = new VirtualHost();
                Session ours =
                        host.open(step.problem().network(), step.plan(Kernels.Kind.STRICT_FLOAT));
                Session doubles =
                        host.open(step.problem().network(), step.plan(Kernels.Kind.STRICT))) {
            onStop.accept(ours::cancel);
            onStop.accept(doubles::cancel);
            return new Rounds(rounds, nanosPerFigure, stop)
                    .compare(
                            step.name() + ", virtual, weights in float",
                            "steps/s",
                            (round, settlings) ->
                                    rates(
                                            round,
                                            1e9,
                                            () -> step.make(ours, settlings, Budget.DEFAULT),
                                            () -> step.make(doubles, settlings, Budget.DEFAULT)),
                            "weights in double",
                            true);
        }
    }

    private Ratio single(String product, Runnable ours, Runnable doubles) {
        String name = "%s of %d x %d, batch %d, weights in float";
        return compare(
                name.formatted(product, POST, PRE, WIDTH), ours, doubles, "weights in double");
    }

    private Ratio compare(String name, Runnable subject, Runnable floor, String floorName) {
        double operations = 2.0 * POST * PRE * WIDTH;
        try {
            return new Rounds(rounds, nanosPerFigure, stop)
                    .compare(
                            name,
                            "GFLOP/s",
                            (round, none) -> rates(round, operations, subject, floor),
                            floorName,
                            true);
        } catch (IOException e) {
            throw new UncheckedIOException(e); // products read no files
        }
    }

    private double[] rates(int round, double perCall, Runnable subject, Runnable floor) {
        return new double[] {
            perCall * callsPerNano(subject, round), perCall * callsPerNano(floor, round)
        };
    }

    private double callsPerNano(Runnable call, int round) {
        long least = round == 0 ? Math.max(nanosPerFigure, WARM_UP) : nanosPerFigure;
        long begin = System.nanoTime();
        long calls = 0;
        do {
            call.run();
            calls++;
        } while (System.nanoTime() - begin < least && !stop.getAsBoolean());
        return (double) calls / (System.nanoTime() - begin);
    }

    private void plainly() {
        for (int i = 0; i < POST; i++) {
            double[] row = w[i];
            for (int j = 0; j < PRE; j++) {
                for (int c = 0; c < WIDTH; c++) {
                    y[i * WIDTH + c] += row[j] * x[j * WIDTH + c];
                }
            }
        }
    }
}
