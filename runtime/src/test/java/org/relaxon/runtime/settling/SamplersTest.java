package org.relaxon.runtime.settling;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.relaxon.model.activation.StandardActivation;
import org.relaxon.model.cell.Cell;
import org.relaxon.model.cell.Wiring;
import org.relaxon.model.loss.StandardLoss;
import org.relaxon.model.math.Kernels;
import org.relaxon.model.network.Granularity;
import org.relaxon.model.network.Initialisation;
import org.relaxon.model.network.Network;
import org.relaxon.model.rule.PredictiveCoding;
import org.relaxon.runtime.observe.Frame;
import org.relaxon.runtime.observe.Observation;
import org.relaxon.runtime.observe.Observer;
import org.relaxon.runtime.observe.Sampling;

/** A cell that is not observed has no sampler, so that its owner does nothing after relaxing. */
class SamplersTest {
    private static final Network NETWORK =
            Network.layered(
                    new int[] {2, 3, 1},
                    StandardActivation.TANH,
                    StandardActivation.LINEAR,
                    StandardLoss.SQUARED,
                    Initialisation.uniform(1));
    private static final Observer SILENT = frame -> {};

    private final Wiring wiring = Wiring.of(NETWORK, Granularity.NEURON);
    private final List<CountedCell> cells =
            IntStream.range(0, 4)
                    .mapToObj(
                            k ->
                                    new Cell(
                                            wiring,
                                            k,
                                            new PredictiveCoding(),
                                            Kernels.Kind.STRICT,
                                            0.0))
                    .map(c -> new CountedCell(c, new CellCounters()))
                    .toList();

    private Samplers samplers(Sampling sampling, Frame.Unit unit) {
        return Samplers.of(new Observation(sampling, SILENT), unit, cells, (cell, slot) -> 0);
    }

    @Test
    void withoutAnObservationThereIsNoSampler() {
        Samplers none = Samplers.of(null, Frame.Unit.SWEEPS, cells, (cell, slot) -> 0);
        assertSame(Samplers.NONE, none);
        IntStream.range(0, 4).forEach(k -> assertNull(none.of(k)));
    }

    @Test
    void onlyCellsThatAreReadHaveOne() {
        Sampling second = Sampling.everyRelaxations(1).withNeurons(1, 1, 2);
        Samplers one = samplers(second, Frame.Unit.SWEEPS);
        assertNull(one.of(0));
        assertNotNull(one.of(1));
        assertNull(one.of(2));
        assertNull(one.of(3));
    }

    @Test
    void sweepsHaveNoTime() {
        Sampling byTime = Sampling.everyHostNanos(1000);
        assertNotNull(samplers(byTime, Frame.Unit.WALL_NANOS).of(0));
        Exception refused =
                assertThrows(
                        IllegalArgumentException.class, () -> samplers(byTime, Frame.Unit.SWEEPS));
        assertEquals(
                "sampling: every 1000 host nanos needs a host that keeps time, virtual or akka;"
                        + " hosts that sweep sample by relaxations or wall nanos",
                refused.getMessage());
    }
}
