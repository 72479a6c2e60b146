package org.relaxon.model.math;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NumeralTest {
    @Test
    void numbersAreReadAsListWritesThem() {
        List<Double> numbers = List.of(8.0, 0.5, -1e-300, 0.0);
        assertEquals("8,0.5,-1e-300,0", Numeral.list(numbers));
        assertEquals(numbers, Numeral.numbers(Numeral.list(numbers)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1,", "1,two", "1;2"})
    void whatIsNoNumberIsRefused(String text) {
        assertThrows(NumberFormatException.class, () -> Numeral.numbers(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"NaN", "Infinity", "1,-Infinity"})
    void whatIsNotFiniteIsNamed(String text) {
        IllegalArgumentException refused =
                assertThrows(IllegalArgumentException.class, () -> Numeral.numbers(text));
        assertFalse(refused instanceof NumberFormatException);
        String last = text.substring(text.indexOf(',') + 1);
        assertEquals(last + " is not a finite number", refused.getMessage());
    }
}
