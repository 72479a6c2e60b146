package org.relaxon.model.cell;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.relaxon.model.connectivity.Connectivity;
import org.relaxon.model.math.CounterRandom;
import org.relaxon.model.math.Kernels;
import org.relaxon.model.weights.Weights;

/** A product that follows what changes, beside the product as a whole. */
class EventDrivenProductTest {
    private static final int ROWS = 7;
    private static final int COLUMNS = 12;
    private static final double U = 0x1p-53;

    private final Kernels kernels = new Kernels(Kernels.Kind.STRICT);

    private static double uniform(int stream, int k) {
        return 2.0 * CounterRandom.uniform(11, stream, k) - 1.0;
    }

    private static Weights weights(Connectivity connectivity) {
        Weights w = connectivity.zeros(0, ROWS, COLUMNS);
        for (int i = 0; i < w.values().length; i++) {
            for (int j = 0; j < w.values()[i].length; j++) {
                w.values()[i][j] = uniform(i, j);
            }
        }
        return w;
    }

    private static Stream<Arguments> shapes() {
        return Stream.of(Connectivity.allToAll(), Connectivity.parse("random:5,seed=3"))
                .flatMap(
                        c ->
                                IntStream.of(1, 2, 3)
                                        .boxed()
                                        .flatMap(
                                                width ->
                                                        Stream.of(false, true)
                                                                .map(
                                                                        t ->
                                                                                Arguments.of(
                                                                                        weights(c),
                                                                                        width,
                                                                                        t))));
    }

    private double[] whole(Weights w, double[] x, int width, boolean transposed) {
        double[] out = new double[(transposed ? COLUMNS : ROWS) * width];
        if (transposed) {
            w.feedback(kernels, x, width, out);
        } else {
            w.addDrive(kernels, x, width, out);
        }
        return out;
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void itFollowsChangesOfAnyNumberOfInputs(Weights w, int width, boolean transposed) {
        EventDrivenProduct product = new EventDrivenProduct(w, transposed);
        product.open(width, 1);
        double[] x = new double[(transposed ? ROWS : COLUMNS) * width];
        assertArrayEquals(whole(w, x, width, transposed), product.of(kernels, x, null));
        assertEquals(w.synapses() * width, product.spared(), "of an x of zeros");
        for (int step = 0; step < 200; step++) {
            for (int n = 0; n < step % (x.length + 1); n++) {
                x[(int) (x.length * CounterRandom.uniform(3, step, n))] = uniform(step, n);
            }
            double[] expected = whole(w, x, width, transposed);
            assertArrayEquals(expected, product.of(kernels, x, null), 1e-13, "step " + step);
        }
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void itCountsTheSynapsesOfWhatChanged(Weights w, int width, boolean transposed) {
        EventDrivenProduct product = new EventDrivenProduct(w, transposed);
        product.open(width, 1);
        double[] x = new double[(transposed ? ROWS : COLUMNS) * width];
        Arrays.fill(x, 1.0);
        product.of(kernels, x, null);
        assertEquals(0, product.spared(), "everything changed");
        x[2 * width] = 0.5; // the third input of the first column
        product.of(kernels, x, null);
        double[] third = new double[transposed ? ROWS : COLUMNS];
        third[2] = 1.0;
        long made = Arrays.stream(whole(w, third, 1, transposed)).filter(y -> y != 0.0).count();
        assertTrue(made > 0 && made < w.synapses());
        assertEquals(w.synapses() * width - made, product.spared());
    }

    @Test
    void whatMovedByNoMoreThanAllowedIsNotFollowed() {
        Weights w = weights(Connectivity.allToAll());
        EventDrivenProduct product = new EventDrivenProduct(w, false);
        product.open(2, 1);
        double[] x = new double[2 * COLUMNS];
        Arrays.fill(x, 1.0);
        double[] before = product.of(kernels, x, null).clone();
        double[] allowed = {0.25, 0.0};
        x[0] = 1.25; // first column: allowed
        assertArrayEquals(before, product.of(kernels, x, allowed));
        x[1] = 1.25; // second column: not
        double[] now = product.of(kernels, x, allowed).clone();
        for (int i = 0; i < ROWS; i++) {
            assertEquals(before[2 * i], now[2 * i]);
            assertEquals(before[2 * i + 1] + 0.25 * w.values()[i][0], now[2 * i + 1], 1e-15);
        }
        x[0] = 1.5; // as far as it ever was from the value that is followed
        assertEquals(before[0] + 0.5 * w.values()[0][0], product.of(kernels, x, allowed)[0], 1e-15);
    }

    /** The bound that the class states, per output: gamma_k max |w| PATHS |x|. */
    private static double bound(Weights w, double[] x) {
        double k = EventDrivenProduct.ROUNDS * COLUMNS + COLUMNS + 2.0;
        double largest =
                Arrays.stream(w.values())
                        .flatMapToDouble(Arrays::stream)
                        .map(Math::abs)
                        .max()
                        .orElseThrow();
        double size = Arrays.stream(x).map(Math::abs).sum();
        return k * U / (1 - k * U) * largest * EventDrivenProduct.PATHS * size;
    }

    /** Largest error over bound of 20,000 steps, each of which changes two inputs. */
    private double drift(EventDrivenProduct product, Weights w, double scale) {
        product.open(1, 1);
        double[] x = new double[COLUMNS];
        double worst = 0.0;
        for (int step = 0; step < 20_000; step++) {
            double size = step % 100 < 50 ? scale : 1.0; // large for a while, then small again
            x[step % COLUMNS] = size * uniform(step, 0);
            x[(step * 5 + 1) % COLUMNS] = size * uniform(step, 1);
            double[] found = product.of(kernels, x, null);
            double[] exact = exact(w, x);
            double bound = bound(w, x);
            for (int i = 0; i < ROWS; i++) {
                worst = Math.max(worst, Math.abs(found[i] - exact[i]) / bound);
            }
        }
        return worst;
    }

    /** W x in twice the precision, by error-free products and sums (Dekker 1971, Knuth). */
    private static double[] exact(Weights w, double[] x) {
        double[] out = new double[ROWS];
        for (int i = 0; i < ROWS; i++) {
            double high = 0.0;
            double low = 0.0;
            for (int j = 0; j < x.length; j++) {
                double p = w.values()[i][j] * x[j];
                double q = Math.fma(w.values()[i][j], x[j], -p);
                double s = high + p;
                double t = s - high;
                low += (high - (s - t)) + (p - t) + q;
                high = s;
            }
            out[i] = high + low;
        }
        return out;
    }

    @Test
    void driftStaysWithinItsBoundWhateverValuesItHasSeen() {
        Weights w = weights(Connectivity.allToAll());
        for (double scale : new double[] {1.0, 1e6, 1e12}) {
            double share = drift(new EventDrivenProduct(w, false), w, scale);
            assertTrue(share > 0 && share <= 1.0, "scale " + scale + ": " + share);
        }
    }

    /** The twin: rounding that large values left stays for ever, unless it is repaired. */
    @Test
    void withoutRepairDriftExceedsTheBound() {
        Weights w = weights(Connectivity.allToAll());
        double none = Double.POSITIVE_INFINITY;
        assertTrue(drift(new EventDrivenProduct(w, false, none, none), w, 1e12) > 1.0);
    }

    @Test
    void theProductIsMadeAsAWholeAfterSoManyChanges() {
        Weights w = weights(Connectivity.allToAll());
        EventDrivenProduct product = new EventDrivenProduct(w, false, 2.0, 1e300);
        product.open(1, 1);
        double[] x = new double[COLUMNS];
        long before = 0;
        int repairs = 0;
        for (int step = 0; step < 10 * COLUMNS; step++) {
            x[step % COLUMNS] = uniform(step, 2);
            product.of(kernels, x, null);
            repairs += product.spared() == before ? 1 : 0;
            before = product.spared();
        }
        assertEquals(10 * COLUMNS / (2 * COLUMNS + 1), repairs);
    }

    @Test
    void whatIsNotFiniteIsForgottenOnceItIsFiniteAgain() {
        Weights w = weights(Connectivity.allToAll());
        for (double bad : new double[] {Double.NaN, Double.POSITIVE_INFINITY, 1e308}) {
            EventDrivenProduct product = new EventDrivenProduct(w, false);
            product.open(1, 1);
            double[] x = new double[COLUMNS];
            x[3] = 0.5;
            product.of(kernels, x, null);
            x[4] = bad;
            x[5] = bad;
            boolean finite = Double.isFinite(product.of(kernels, x, null)[0]);
            assertEquals(bad == 1e308 && Double.isFinite(whole(w, x, 1, false)[0]), finite);
            x[4] = 0.25;
            x[5] = 0.0;
            assertArrayEquals(whole(w, x, 1, false), product.of(kernels, x, null), 1e-15);
        }
    }

    @Test
    void weightsThatHaveChangedAreReadAgain() {
        Weights w = weights(Connectivity.allToAll());
        EventDrivenProduct product = new EventDrivenProduct(w, false);
        product.open(1, 1);
        double[] x = new double[COLUMNS];
        x[3] = 0.5;
        product.of(kernels, x, null); // has read the weights by column
        w.values()[2][3] = 8.0;
        w.values()[2][4] = 9.0;
        x[4] = 1.0;
        assertTrue(Math.abs(product.of(kernels, x, null)[2] - 13.0) > 1.0, "the twin: not told");
        w.numbersChanged();
        product.forget();
        assertEquals(13.0, product.of(kernels, x, null)[2]);
        x[4] = 2.0;
        assertEquals(22.0, product.of(kernels, x, null)[2]);
    }
}
