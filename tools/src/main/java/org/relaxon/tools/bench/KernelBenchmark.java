package org.relaxon.tools.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.relaxon.model.math.CounterRandom;
import org.relaxon.model.math.Kernels;

/**
 * One product W x of a layer, by the strict kernels of cells and by plain loops over the same
 * arrays: floating-point operations per second of both.
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
        List<Double> ours = new ArrayList<>();
        List<Double> plain = new ArrayList<>();
        for (int round = 0; round <= rounds; round++) {
            double strict = rate(() -> kernels.drive(w, PRE, x, WIDTH, y), round);
            double loops = rate(this::plainly, 1);
            if (stop.getAsBoolean()) {
                return null;
            }
            if (round > 0) {
                ours.add(strict);
                plain.add(loops);
            }
        }
        return new Ratio(
                "W x of %d x %d, batch %d, strict kernels".formatted(POST, PRE, WIDTH),
                "GFLOP/s",
                ours,
                plain,
                "plain loops",
                true,
                0,
                0,
                "");
    }

    /** Billions of operations per second. */
    private double rate(Runnable product, int round) {
        long least = round == 0 ? Math.max(nanosPerFigure, WARM_UP) : nanosPerFigure;
        long begin = System.nanoTime();
        long products = 0;
        do {
            product.run();
            products++;
        } while (System.nanoTime() - begin < least && !stop.getAsBoolean());
        return 2.0 * POST * PRE * WIDTH * products / (System.nanoTime() - begin);
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
