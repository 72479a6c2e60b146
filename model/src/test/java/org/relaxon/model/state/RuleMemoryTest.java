package org.relaxon.model.state;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.relaxon.model.activation.StandardActivation;
import org.relaxon.model.math.Elementary;

/** Memories that rules declare: names, shapes and views. */
class RuleMemoryTest {
    private static final List<RuleMemory> BOTH =
            List.of(RuleMemory.perNeuron("multiplier"), RuleMemory.perProjection("trace"));

    private static CellState state() {
        return new CellState(
                        2,
                        new double[3],
                        1,
                        1,
                        StandardActivation.TANH,
                        Elementary.STRICT,
                        null,
                        null)
                .remembering(BOTH, 2);
    }

    @Test
    void arePartOfTheStateInTheOrderDeclared() {
        CellState s = state();
        int own = s.arrays().length - s.memories().size();
        assertEquals(
                List.of("multiplier", "trace.0", "trace.1"), List.copyOf(s.memories().keySet()));
        s.memory("multiplier").set(1, 2, 5.0);
        s.memory("trace", 1).set(0, 1, 7.0);
        assertArrayEquals(new double[] {0, 0, 0, 0, 0, 5}, s.arrays()[own]);
        assertArrayEquals(new double[6], s.arrays()[own + 1]);
        assertArrayEquals(new double[] {0, 7, 0, 0, 0, 0}, s.arrays()[own + 2]);
    }

    @Test
    void aStateWithoutThemIsAsBefore() {
        CellState none =
                new CellState(
                        2,
                        new double[3],
                        1,
                        1,
                        StandardActivation.TANH,
                        Elementary.STRICT,
                        null,
                        null);
        assertEquals(7, none.arrays().length);
        assertEquals(0, none.memories().size());
    }

    @Test
    void areRecalledByName() {
        CellState from = state();
        from.memory("multiplier").fill(1, 3.0);
        CellState into = state();
        into.recall(from);
        assertEquals(3.0, into.memory("multiplier").get(0, 1));
        into.memory("multiplier").set(0, 1, 4.0);
        assertEquals(3.0, from.memory("multiplier").get(0, 1), "copied, not shared");
    }

    @Test
    void anotherNameIsRefusedWithThoseDeclared() {
        IllegalArgumentException e =
                assertThrows(IllegalArgumentException.class, () -> state().memory("tracer"));
        assertEquals(
                "memory: \"tracer\" is not declared; declared are [multiplier, trace.0, trace.1]",
                e.getMessage());
        assertThrows(IllegalArgumentException.class, () -> state().memory("trace", 2));
        assertThrows(IllegalArgumentException.class, () -> state().memory("trace"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Trace",
                "1st",
                "two words",
                "a:b",
                "an-extremely-long-name-of-a-memory"
            })
    void aNameThatIsNotOneIsRefused(String name) {
        IllegalArgumentException e =
                assertThrows(IllegalArgumentException.class, () -> RuleMemory.perNeuron(name));
        assertTrue(e.getMessage().contains("\"" + name + "\""), e.getMessage());
        assertTrue(e.getMessage().contains("1 to 32"), e.getMessage());
    }

    @Test
    void aShareIsAPartOfTheWay() {
        assertEquals(1.0, RuleMemory.perNeuron("trace").share());
        List<RuleMemory> declared = List.of(BOTH.get(0).withShare(0.25), BOTH.get(1));
        assertEquals(0.25, RuleMemory.share(declared, "multiplier"));
        assertEquals(1.0, RuleMemory.share(declared, "trace.2"));
        for (double wrong : new double[] {0.0, -0.1, 1.1, Double.NaN}) {
            IllegalArgumentException e =
                    assertThrows(
                            IllegalArgumentException.class, () -> BOTH.get(0).withShare(wrong));
            assertTrue(e.getMessage().startsWith("memory multiplier: share "), e.getMessage());
        }
        assertThrows(IllegalArgumentException.class, () -> RuleMemory.share(declared, "tracer"));
    }

    @Test
    void oneNameIsDeclaredOnce() {
        List<RuleMemory> twice =
                List.of(RuleMemory.perNeuron("trace"), RuleMemory.perProjection("trace"));
        RuleMemory.requireDistinct(BOTH);
        assertThrows(IllegalArgumentException.class, () -> RuleMemory.requireDistinct(twice));
    }

    @Test
    void viewsAreByNeuronAndColumn() {
        double[] flat = {1, 2, 3, 4, 5, 6};
        StateView view = new StateView(flat, 2, 3);
        assertEquals(6.0, view.get(1, 2));
        assertEquals(3.5, view.mean(1));
        view.fill(0, 9.0);
        assertArrayEquals(new double[] {9, 2, 3, 9, 5, 6}, flat);
        assertThrows(IndexOutOfBoundsException.class, () -> view.get(0, 3));
        assertThrows(IndexOutOfBoundsException.class, () -> view.set(2, 0, 0.0));
        assertThrows(IllegalArgumentException.class, () -> new StateView(flat, 2, 2));
    }
}
