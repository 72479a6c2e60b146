package org.relaxon.model.cell;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.relaxon.model.activation.StandardActivation;
import org.relaxon.model.loss.StandardLoss;
import org.relaxon.model.math.CounterRandom;
import org.relaxon.model.math.Kernels;
import org.relaxon.model.math.Matrix;
import org.relaxon.model.network.Granularity;
import org.relaxon.model.network.Initialisation;
import org.relaxon.model.network.Network;
import org.relaxon.model.network.Parameters;
import org.relaxon.model.phase.Phase;
import org.relaxon.model.plasticity.LearningStep;
import org.relaxon.model.plasticity.Optimiser;
import org.relaxon.model.rule.PredictiveCoding;

/** One sum over the columns of all twins against the updates of twins one after another. */
class JointUpdateTest {
    private static final int INPUTS = 5;
    private static final int NEURONS = 13;
    private static final int[] WIDTHS = {3, 1, 4}; // columns of each twin

    private static final Network NETWORK =
            Network.layered(
                    new int[] {INPUTS, NEURONS},
                    StandardActivation.TANH,
                    StandardActivation.LINEAR,
                    StandardLoss.SQUARED,
                    Initialisation.uniform(1));

    private static List<Cell> twins(Kernels.Kind kind) {
        Wiring wiring = Wiring.of(NETWORK, Granularity.LAYER);
        Cell first = new Cell(wiring, 0, new PredictiveCoding(), kind, 1e-3);
        List<Cell> all = new ArrayList<>(List.of(first));
        for (int k = 1; k < WIDTHS.length; k++) {
            all.add(new Cell(first));
        }
        for (int k = 0; k < WIDTHS.length; k++) {
            Matrix input = drawn(INPUTS, WIDTHS[k], 10 + k);
            all.get(k).open(1, Phase.nudged(input, drawn(NEURONS, WIDTHS[k], 20 + k), 0.5));
            all.get(k).relax((link, signal) -> {});
        }
        return all;
    }

    private static Matrix drawn(int rows, int columns, long stream) {
        Matrix out = Matrix.zeros(rows, columns);
        Arrays.setAll(
                out.values(),
                k ->
                        CounterRandom.normal(5, stream, k)
                                * StrictMath.pow(10, (int) (k + stream) % 7 - 3));
        return out;
    }

    private static List<double[]> shares() {
        List<double[]> out = new ArrayList<>();
        for (int width : WIDTHS) {
            double[] one = new double[width];
            Arrays.setAll(one, c -> 1.0 / (3 + c));
            out.add(one);
        }
        return out;
    }

    private static LearningStep step(int number) {
        return new LearningStep(Optimiser.adam(), 0.1, 0.3, number);
    }

    private static double[] weights(List<Cell> twins) {
        Parameters out = NETWORK.zeros();
        twins.get(0).learning().save(out);
        return DoubleStream.concat(
                        Arrays.stream(out.weights(0)).flatMapToDouble(Arrays::stream),
                        Arrays.stream(out.biases(1)))
                .toArray();
    }

    private static double[] oneByOne(Kernels.Kind kind) {
        List<Cell> twins = twins(kind);
        for (int number = 1; number <= 2; number++) {
            assertTrue(twins.get(0).learning().prepare(shares().get(0)));
            for (int k = 1; k < WIDTHS.length; k++) {
                assertTrue(twins.get(k).learning().prepareMore(shares().get(k)));
            }
            twins.get(0).learning().learn(step(number));
        }
        return weights(twins);
    }

    /** Parts run from the last to the first. */
    private static double[] jointly(Kernels.Kind kind, int most, boolean turned) {
        List<Cell> twins = twins(kind);
        for (int number = 1; number <= 2; number++) {
            AtomicBoolean finite = new AtomicBoolean(true);
            List<CellLearning> learning =
                    new ArrayList<>(twins.stream().map(Cell::learning).toList());
            List<double[]> shares = shares();
            if (turned) {
                Collections.reverse(learning);
                Collections.reverse(shares);
            }
            run(CellLearning.preparing(learning, shares, most, () -> finite.set(false)));
            assertTrue(finite.get());
            run(twins.get(0).learning().learning(step(number), most));
        }
        return weights(twins);
    }

    private static void run(List<Runnable> parts) {
        for (int k = parts.size(); k-- > 0; ) {
            parts.get(k).run();
        }
    }

    @ParameterizedTest
    @EnumSource
    void anyNumberOfPartsHasTheBitsOfOneTwinAfterAnother(Kernels.Kind kind) {
        double[] expected = oneByOne(kind);
        for (int most : new int[] {1, 2, 3, 4, 99}) {
            assertArrayEquals(expected, jointly(kind, most, false), kind + ", parts " + most);
        }
        assertFalse(
                Arrays.equals(expected, jointly(kind, 2, true)),
                "the order of twins has no effect");
    }

    @Test
    void rowsAreDividedInFours() {
        Cell one = twins(Kernels.Kind.STRICT).get(0);
        List<CellLearning> alone = List.of(one.learning());
        List<double[]> shares = List.of(shares().get(0));
        int[] expected = {1, 2, 2, 4, 4}; // 13 rows: 4, 4, 4 and 1 at the most
        for (int most = 1; most <= 5; most++) {
            int parts = CellLearning.preparing(alone, shares, most, () -> {}).size();
            assertEquals(expected[most - 1], parts, "at most " + most);
        }
    }

    @Test
    void aSumThatIsNotFiniteIsNoticed() {
        List<Cell> twins = twins(Kernels.Kind.STRICT);
        List<CellLearning> learning = twins.stream().map(Cell::learning).toList();
        List<double[]> shares = shares();
        Arrays.fill(shares.get(2), 1.7e308);
        AtomicBoolean finite = new AtomicBoolean(true);
        run(CellLearning.preparing(learning, shares, 3, () -> finite.set(false)));
        assertFalse(finite.get());
        shares.set(2, new double[WIDTHS[2]]);
        finite.set(true);
        run(CellLearning.preparing(learning, shares, 3, () -> finite.set(false)));
        assertTrue(finite.get(), "what was not finite is forgotten");
    }

    @Test
    void anExceptionOfAPartIsNotHidden() {
        List<Cell> twins = twins(Kernels.Kind.STRICT);
        List<CellLearning> learning = twins.stream().map(Cell::learning).toList();
        List<double[]> tooFew = List.of(new double[1], new double[1], new double[1]);
        assertThrows(
                ArrayIndexOutOfBoundsException.class,
                () -> run(CellLearning.preparing(learning, tooFew, 2, () -> {})));
    }
}
