package org.relaxon.model.cell;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.relaxon.model.activation.StandardActivation;
import org.relaxon.model.loss.StandardLoss;
import org.relaxon.model.math.Matrix;
import org.relaxon.model.network.Granularity;
import org.relaxon.model.network.Initialisation;
import org.relaxon.model.network.Network;
import org.relaxon.model.phase.Phase;
import org.relaxon.model.rule.PredictiveCoding;

class SnapshotTest {
    private final Network network =
            Network.layered(
                    new int[] {3, 5, 4, 2},
                    StandardActivation.TANH,
                    StandardActivation.LINEAR,
                    StandardLoss.SQUARED,
                    Initialisation.uniform(1));
    private final Phase phase = CellTest.nudged(3, 2, 3);

    @ParameterizedTest
    @ValueSource(strings = {"neuron", "block:2", "layer"})
    void aPhaseThatStartsFromItsOwnEndHasNothingToSay(String granularity) {
        Lockstep net = settled(granularity);
        save(net, "end");
        double[] x = net.activity(1);
        double[] e = net.error(2);

        net.open(phase.startingFrom("end")).settle(1);

        assertEquals(0, net.signals());
        assertArrayEquals(x, net.activity(1));
        assertArrayEquals(e, net.error(2));
        for (int c = 0; c < 3; c++) {
            assertTrue(net.audit().residual(c) < 1e-12);
        }
        assertTrue(net.audit().unheard().isEmpty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"neuron", "block:2", "layer"})
    void whereAPhaseStartsDoesNotChangeWhereItEnds(String granularity) {
        Phase other =
                Phase.nudged(
                        Matrix.of(3, 3, new double[] {1, -1, 2, 0, 1, 3, -2, 1, 0}),
                        Matrix.of(2, 3, new double[] {0, 1, 0, 1, 0, 1}),
                        new double[] {0.2, -0.1, 1e-3});
        Lockstep cold = settled(granularity).open(other).settle(500);
        Lockstep warm = settled(granularity);
        save(warm, "end");
        warm.open(other.startingFrom("end")).settle(500);
        assertTrue(warm.signals() > 0);
        for (int p = 1; p <= 3; p++) {
            assertArrayEquals(cold.activity(p), warm.activity(p), 1e-13);
            assertArrayEquals(cold.error(p), warm.error(p), 1e-13);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"neuron", "layer"})
    void aSavedStateDoesNotChangeWithWhatComesLater(String granularity) {
        Lockstep net = settled(granularity);
        save(net, "end");
        double[] x = net.activity(1);
        save(net, "other"); // a second name does not disturb the first
        net.open(Phase.free(Matrix.zeros(3, 3))).settle(500);
        for (int round = 0; round < 2; round++) {
            net.open(phase.startingFrom("end"));
            assertArrayEquals(x, net.activity(1));
            net.settle(500);
            assertArrayEquals(x, net.activity(1));
        }
    }

    /** After a start from a saved state a link repeats what both its ends believe was said. */
    @ParameterizedTest
    @ValueSource(strings = {"neuron", "layer"})
    void afterARestoreALinkRepeatsTheSavedWords(String granularity) {
        Lockstep net = settled(granularity);
        save(net, "end");
        net.open(phase.startingFrom("end"));
        net.wiring().links().forEach(net::reannounce);
        assertEquals(net.wiring().links().size(), net.deliver());
        net.settle(10);
        assertEquals(net.wiring().links().size(), net.signals()); // repeated, and nothing changed
    }

    @ParameterizedTest
    @ValueSource(strings = {"neuron", "layer"})
    void anUnknownNameIsRefusedWithTheCell(String granularity) {
        Lockstep net = settled(granularity);
        String said =
                assertThrows(
                                IllegalArgumentException.class,
                                () -> net.open(phase.startingFrom("nobody")))
                        .getMessage();
        assertTrue(said.contains("start") && said.contains("\"nobody\""), said);
        assertTrue(said.contains("cell 1"), said);
    }

    @ParameterizedTest
    @ValueSource(strings = {"neuron", "layer"})
    void aStateWithOtherColumnsIsRefusedWithBothCounts(String granularity) {
        Lockstep net = settled(granularity);
        save(net, "end");
        int neurons = net.wiring().cells().get(0).size();
        String said =
                assertThrows(
                                IllegalArgumentException.class,
                                () -> net.open(CellTest.nudged(3, 2, 2).startingFrom("end")))
                        .getMessage();
        assertTrue(said.contains("start: the saved state has " + 3 * neurons), said);
        assertTrue(said.contains("needs " + 2 * neurons), said);
    }

    private Lockstep settled(String granularity) {
        return new Lockstep(network, Granularity.parse(granularity), new PredictiveCoding(), 0.0)
                .open(phase)
                .settle(500);
    }

    private static void save(Lockstep net, String name) {
        net.cells().forEach(c -> c.snapshot(name));
    }
}
