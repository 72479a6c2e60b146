package org.relaxon.runtime.discipline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DisciplineTest {
    @ParameterizedTest
    @ValueSource(strings = {"eager", "handshake", "turn-taking", "poisson:1000.0", "poisson:0.5"})
    void aDisciplineReadsBackFromItsOwnText(String text) {
        Discipline one = Discipline.parse(text);

        assertEquals(text, one.toString());
        assertEquals(one, Discipline.parse(one.toString()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Eager",
                "turns",
                "poisson",
                "poisson:",
                "poisson:x",
                "poisson:0",
                "poisson:-1",
                "poisson:NaN",
                "poisson:Infinity",
                "poisson:2e9",
                "eager:1"
            })
    void whatIsNoDisciplineIsRefusedInOneLine(String text) {
        String message =
                assertThrows(IllegalArgumentException.class, () -> Discipline.parse(text))
                        .getMessage();

        assertTrue(message.startsWith("discipline: "), message);
        assertTrue(!message.contains("\n"), message);
    }

    @Test
    void onlyTheKindOfClocksHasOne() {
        assertEquals(Discipline.poisson(1000), Discipline.parse("poisson:1e3"));
        Clock clock = Discipline.poisson(1).clock();
        assertThrows(
                IllegalArgumentException.class,
                () -> new Discipline(Discipline.Kind.TURN_TAKING, clock));
        assertThrows(
                IllegalArgumentException.class, () -> new Discipline(Discipline.Kind.CLOCK, null));
        assertThrows(IllegalArgumentException.class, () -> Discipline.poisson(Double.NaN));
    }

    @Test
    void onlyCellsThatAnswerEachOtherAreInStep() {
        assertTrue(Discipline.HANDSHAKE.isInStep() && Discipline.TURN_TAKING.isInStep());
        assertTrue(!Discipline.EAGER.isInStep() && !Discipline.poisson(1).isInStep());
    }
}
