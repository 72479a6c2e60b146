package org.relaxon.model.activation;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.relaxon.model.math.Elementary;

/** Mistakes in an arctangent, each named by its method. */
class StatedSlopeTest {
    /** f = arctan, with factors that a mistake changes. */
    private record Arctan(double slope, double increment, double integral, double steepest)
            implements Activation {
        @Override
        public String optionName() {
            return "arctan";
        }

        @Override
        public double value(double a, Elementary math) {
            return StrictMath.atan(a);
        }

        @Override
        public double slope(double a, double value, Elementary math) {
            return 1.0 / (1.0 + slope * a * a);
        }

        @Override
        public double increment(double a, double value, double h, Elementary math) {
            return increment * (StrictMath.atan(a + h) - StrictMath.atan(a));
        }

        @Override
        public double integral(double a, Elementary math) {
            DoubleUnaryOperator exact = x -> x * StrictMath.atan(x) - StrictMath.log1p(x * x) / 2;
            return integral * exact.applyAsDouble(a);
        }
    }

    @ParameterizedTest
    @EnumSource(StandardActivation.class)
    void thoseOfTheLibraryPass(StandardActivation f) {
        assertDoesNotThrow(() -> StatedSlope.require(f));
    }

    @Test
    void aCorrectOnePasses() {
        assertDoesNotThrow(() -> StatedSlope.require(new Arctan(1, 1, 1, 1)));
    }

    @ParameterizedTest
    @CsvSource({
        "2, 1, 1, 1, slope of arctan is not f'(a)",
        "1, -1, 1, 1, increment of arctan is not f(a + h) - f(a)",
        "1, 1, 0.5, 1, integral of arctan is not the integral of f",
        "1, 1, 1, 0.5, steepest of arctan is no bound of the slope",
        "NaN, 1, 1, 1, slope of arctan gives no number (NaN) at a = ",
        "1, NaN, 1, 1, increment of arctan gives no number (NaN) at a = ",
        "1, 1, Infinity, 1, integral of arctan gives ",
        "1, 1, 1, NaN, 'steepest of arctan is no bound of the slope: it gives no number (NaN),'",
    })
    void aMistakeIsNamed(
            double slope, double increment, double integral, double most, String says) {
        Arctan wrong = new Arctan(slope, increment, integral, most);
        String said =
                assertThrows(IllegalArgumentException.class, () -> StatedSlope.require(wrong))
                        .getMessage();
        assertTrue(said.contains(says), said);
    }
}
