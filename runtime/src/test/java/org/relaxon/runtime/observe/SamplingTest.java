package org.relaxon.runtime.observe;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.relaxon.model.activation.StandardActivation;
import org.relaxon.model.network.CellId;
import org.relaxon.model.network.Population;

class SamplingTest {
    private static final Population HIDDEN =
            new Population(1, "1", 4, Population.Role.HIDDEN, StandardActivation.TANH);
    private static final Population OUTPUT =
            new Population(2, "2", 3, Population.Role.OUTPUT, StandardActivation.LINEAR);
    private static final List<CellId> CELLS =
            List.of(
                    new CellId(0, HIDDEN, 0, 2),
                    new CellId(1, HIDDEN, 2, 4),
                    new CellId(2, OUTPUT, 0, 3));
    private static final Sampling EACH = Sampling.everyRelaxations(1);

    private static String refusal(org.junit.jupiter.api.function.Executable refused) {
        return assertThrows(IllegalArgumentException.class, refused).getMessage();
    }

    @Test
    void allNeuronsAreReadUnlessSomeAreNamed() {
        assertArrayEquals(new int[] {2, 3}, EACH.neurons(CELLS.get(1)));
        Sampling some = EACH.withNeurons(1, 1, 3).withPopulation(2);
        some.requireSites(CELLS);
        assertArrayEquals(new int[] {1}, some.neurons(CELLS.get(0)));
        assertArrayEquals(new int[] {2}, some.neurons(CELLS.get(1)));
        assertArrayEquals(new int[] {0, 1, 2}, some.neurons(CELLS.get(2)));
        assertArrayEquals(new int[0], EACH.withPopulation(2).neurons(CELLS.get(0)));
        assertArrayEquals(
                new int[] {0, 2},
                EACH.withNeurons(2, 2, 3).withNeurons(2, 0, 1).neurons(CELLS.get(2)));
    }

    @Test
    void neuronsThatASessionDoesNotHaveAreRefused() {
        assertEquals(
                "sampling: population 0 has no cells; populations with cells: [1, 2]",
                refusal(() -> EACH.withPopulation(0).requireSites(CELLS)));
        assertEquals(
                "sampling: neurons 1..3 of population 2 are not in 0..2",
                refusal(() -> EACH.withNeurons(2, 1, 4).requireSites(CELLS)));
        assertEquals(
                "sampling: neurons -1..0 of population 1 are not in 0..3",
                refusal(() -> EACH.withNeurons(1, -1, 1).requireSites(CELLS)));
        assertEquals(
                "sampling: neurons 2..1 of population 1 are not in 0..3",
                refusal(() -> EACH.withNeurons(1, 2, 2).requireSites(CELLS)));
    }

    @Test
    void aPeriodOfNothingIsRefused() {
        assertEquals(
                "sampling: every 0 relaxations; the period is at least 1",
                refusal(() -> Sampling.everyRelaxations(0)));
        assertEquals(
                "sampling: every -5 wall nanos; the period is at least 1",
                refusal(() -> Sampling.everyWallNanos(-5)));
        assertEquals(
                "sampling: no quantity; at least one is needed",
                refusal(() -> EACH.withQuantities(List.of())));
    }

    @Test
    void quantitiesAreReadOnceAndInOneOrder() {
        Sampling both = EACH.withQuantities(Quantity.ENERGY, Quantity.ACTIVITY, Quantity.ENERGY);
        assertEquals(List.of(Quantity.ACTIVITY, Quantity.ENERGY), both.quantities());
        assertEquals(
                "every 1 relaxations: [activity, energy] of [1[0..1], 2]",
                both.withNeurons(1, 0, 2).withPopulation(2).toString());
    }

    @Test
    void aReadingHasTheRowsOfItsNeurons() {
        double[] all = {1, 2, 3, 4, 5, 6};
        Reading some = Reading.ofNeurons(Quantity.ERROR, 10, 3, new int[] {12, 10}, all);
        assertArrayEquals(new double[] {5, 6, 1, 2}, some.values());
        assertEquals(12, some.neuron(0));
        assertEquals(2, some.value(1, 1));
        all[0] = 7;
        assertEquals(1, some.value(1, 0), "a copy");
        assertThrows(IndexOutOfBoundsException.class, () -> some.value(0, 2));
        assertEquals(
                "quantity: energy has one row for the cell",
                refusal(() -> Reading.ofNeurons(Quantity.ENERGY, 0, 1, new int[] {0}, all)));
        assertEquals(
                "quantity: error has one row for each neuron",
                refusal(() -> Reading.ofCell(Quantity.ERROR, 1)));
        Reading energy = Reading.ofCell(Quantity.ENERGY, 1, 2);
        assertEquals(2, energy.width());
        assertThrows(IllegalStateException.class, () -> energy.neuron(0));
        assertThrows(IllegalStateException.class, () -> energy.sender(0));
    }

    @Test
    void arrivalsHaveARowForEachSender() {
        SortedMap<CellId, Long> counts = new TreeMap<>(Comparator.comparingInt(CellId::index));
        counts.put(CELLS.get(1), 2L);
        counts.put(CELLS.get(0), 3L);
        Reading arrived = Reading.ofSenders(Quantity.ARRIVED, counts);
        assertEquals(2, arrived.rows());
        assertEquals(CELLS.get(0), arrived.sender(0));
        assertArrayEquals(new double[] {3, 2}, arrived.values());
        assertThrows(IllegalStateException.class, () -> arrived.neuron(0));
        assertEquals(
                "quantity: sent has one row for the cell",
                refusal(() -> Reading.ofSenders(Quantity.SENT, counts)));
        assertEquals(
                "quantity: arrived has one row for each sender",
                refusal(() -> Reading.ofCell(Quantity.ARRIVED, 1)));
    }

    @Test
    void aQuantityThatIsNotSampledIsNamed() {
        List<Reading> one = List.of(Reading.ofCell(Quantity.SENT, 1));
        Frame frame = new Frame(CELLS.get(0), 1, 1, 1, 0, Frame.Unit.SWEEPS, false, one);
        assertEquals(1, frame.reading(Quantity.SENT).value(0, 0));
        assertEquals(
                "quantity: in-flight is not sampled; sampled: [sent]",
                refusal(() -> frame.reading(Quantity.IN_FLIGHT)));
    }
}
