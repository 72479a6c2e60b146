package org.relaxon.model.plasticity;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.relaxon.model.math.Matrix;
import org.relaxon.model.phase.Phase;
import org.relaxon.model.settle.ColumnVerdict;
import org.relaxon.model.settle.Equilibrium;
import org.relaxon.model.settle.Reason;
import org.relaxon.model.settle.Settled;

class EstimatorTest {
    private final Matrix input = Matrix.of(2, 3, new double[] {1, 2, 3, 4, 5, 6});
    private final Matrix target = Matrix.of(1, 3, new double[] {7, 8, 9});

    @Test
    void aCentredPhaseHoldsPlusBetaThenMinusBeta() {
        Phase phase = Estimator.CENTRED.phase(input, target, 0.1);
        assertArrayEquals(new double[] {0.1, 0.1, 0.1, -0.1, -0.1, -0.1}, phase.betas());
        assertEquals(
                Matrix.of(2, 6, new double[] {1, 2, 3, 1, 2, 3, 4, 5, 6, 4, 5, 6}), phase.input());
        assertEquals(Matrix.of(1, 6, new double[] {7, 8, 9, 7, 8, 9}), phase.target());
    }

    @Test
    void theOneSidedEstimatorsHaveOneColumnPerExample() {
        assertArrayEquals(
                new double[] {0.1, 0.1, 0.1},
                Estimator.ONE_SIDED.phase(input, target, 0.1).betas());
        assertArrayEquals(
                new double[] {-0.1, -0.1, -0.1},
                Estimator.NEGATIVE.phase(input, target, 0.1).betas());
    }

    @Test
    void ordersAndNamesAreAsStated() {
        assertEquals(1, Estimator.ONE_SIDED.order());
        assertEquals(1, Estimator.NEGATIVE.order());
        assertEquals(2, Estimator.CENTRED.order());
        assertEquals(2, Estimator.CENTRED.columnsPerExample());
        assertEquals(1, Estimator.NEGATIVE.columnsPerExample());
        assertEquals("one-sided", Estimator.ONE_SIDED.optionName());
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -0.1, Double.NaN, Double.POSITIVE_INFINITY})
    void aBetaThatIsNotPositiveAndFiniteIsRefused(double beta) {
        for (Estimator estimator : Estimator.values()) {
            String said =
                    assertThrows(
                                    IllegalArgumentException.class,
                                    () -> estimator.phase(input, target, beta))
                            .getMessage();
            assertTrue(said.contains("beta") && said.contains(String.valueOf(beta)), said);
        }
    }

    static List<Estimator> estimators() {
        return List.of(
                Estimator.ONE_SIDED,
                Estimator.NEGATIVE,
                Estimator.CENTRED,
                Estimator.roots(2),
                Estimator.roots(8),
                Estimator.roots(16));
    }

    @ParameterizedTest
    @MethodSource("estimators")
    void theSharesOfOneExampleSumToOne(Estimator estimator) {
        double[] weights = estimator.columnWeights(settled(estimator, 3));
        for (int c = 0; c < 3; c++) {
            double sum = 0;
            for (int s = 0; s < estimator.columnsPerExample(); s++) {
                assertTrue(weights[s * 3 + c] > 0);
                sum += weights[s * 3 + c];
            }
            assertEquals(1.0, sum);
        }
    }

    /** Half an example would be a one-sided estimate in a sum that claims the second order. */
    @Test
    void anExampleOfWhichOneColumnDidNotSettleIsLeftOutWhole() {
        assertArrayEquals(
                new double[] {.5, 0, .5, .5, 0, .5},
                Estimator.CENTRED.columnWeights(settled(Estimator.CENTRED, 3, 1)));
        assertArrayEquals(
                new double[] {0, .5, 0, 0, .5, 0},
                Estimator.CENTRED.columnWeights(settled(Estimator.CENTRED, 3, 3, 2)));
        assertArrayEquals(
                new double[] {1, 1, 0, 1},
                Estimator.ONE_SIDED.columnWeights(settled(Estimator.ONE_SIDED, 4, 2)));
    }

    /** A one-sided phase is no centred one, whatever its number of columns. */
    @Test
    void aPhaseOfAnotherEstimatorIsRefused() {
        Settled oneSided = settled(Estimator.ONE_SIDED, 2);
        for (Estimator other : List.of(Estimator.CENTRED, Estimator.NEGATIVE)) {
            assertThrows(IllegalArgumentException.class, () -> other.columnWeights(oneSided));
        }
        Settled odd = settled(Estimator.ONE_SIDED, 3);
        assertThrows(IllegalArgumentException.class, () -> Estimator.CENTRED.columnWeights(odd));
    }

    private static Settled settled(Estimator estimator, int examples, int... unsettled) {
        int columns = examples * estimator.columnsPerExample();
        Phase phase = estimator.phase(Matrix.zeros(1, examples), Matrix.zeros(1, examples), 1e-3);
        List<ColumnVerdict> verdicts = new ArrayList<>();
        for (int c = 0; c < columns; c++) {
            verdicts.add(new ColumnVerdict(c, 1e-16, null, ""));
        }
        for (int c : unsettled) {
            verdicts.set(c, new ColumnVerdict(c, 1.0, Reason.KINK, "1[0]"));
        }
        Equilibrium none =
                new Equilibrium(
                        1, phase, new Matrix[0], new Matrix[0], new double[phase.columns()]);
        return new Settled(none, verdicts);
    }

    @ParameterizedTest
    @CsvSource({
        "2@1/-1@2, 2, 2",
        "3@1/-3@2/1@3, 3, 6",
        "0.5@1/0.5@-1, 2, 1",
        "-1@-2/2@-1, 2, 2",
        "0.75@1/0.25@-3, 2, 3",
        "1@2, 1, 2",
    })
    void ordersOfCombinationsFollowFromTheirSums(String name, int order, double leading) {
        Estimator estimator = Estimator.parse(name);
        assertEquals(order, estimator.order());
        assertEquals(leading, StrictMath.pow(estimator.leadingMultiple(), order), 1e-12);
        assertEquals(estimator, Estimator.parse(estimator.optionName()));
        assertEquals(1.0, Arrays.stream(estimator.shares()).sum(), 1e-15);
    }

    @ParameterizedTest
    @CsvSource({
        "2@1/-2@2, 'estimator: shares have the sum 0.0, need 1'",
        "1@1/1@1/-1@2, 'estimator: multiple 1.0 is there twice'",
        "1@0, 'estimator: share 1.0 at multiple 0.0: need finite numbers that are not 0'",
        "NaN@1, 'estimator: share NaN at multiple 1.0: need finite numbers that are not 0'",
        "middle, 'estimator: \"middle\" is not one of one-sided, negative, centred; shares at multiples of"
                + " beta are such as 2@1/-1@2'",
    })
    void combinationsThatAreNoneAreRefused(String name, String why) {
        IllegalArgumentException e =
                assertThrows(IllegalArgumentException.class, () -> Estimator.parse(name));
        assertEquals(why, e.getMessage());
    }
}
