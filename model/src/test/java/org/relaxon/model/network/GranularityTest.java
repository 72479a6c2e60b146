package org.relaxon.model.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GranularityTest {
    @ParameterizedTest
    @ValueSource(strings = {"neuron", "layer", "block:2", "block:16", "block:999999999"})
    void whatIsReadPrintsBackToTheSameText(String text) {
        assertEquals(text, Granularity.parse(text).toString());
    }

    @Test
    void theNamesMeanWhatTheySay() {
        assertEquals(1, Granularity.parse("neuron").neurons());
        assertEquals(Integer.MAX_VALUE, Granularity.parse("layer").neurons());
        assertEquals(16, Granularity.parse("block:16").neurons());
        assertEquals(Granularity.NEURON, Granularity.parse("block:1"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Neuron",
                "layers",
                "block",
                "block:",
                "block:-1",
                "block:1.5",
                "block: 2",
                "block:0x10",
                "block:9999999999",
                " layer",
                "block:2\n"
            })
    void everythingElseIsRefusedWithWhatIsAllowed(String text) {
        String said =
                assertThrows(IllegalArgumentException.class, () -> Granularity.parse(text))
                        .getMessage();
        assertTrue(said.startsWith("granularity") && said.contains("\"" + text + "\""), said);
        assertTrue(said.contains("neuron, layer, block:K"), said);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, Integer.MIN_VALUE})
    void aBlockHasAtLeastOneNeuron(int neurons) {
        String said =
                assertThrows(IllegalArgumentException.class, () -> new Granularity(neurons))
                        .getMessage();
        assertTrue(said.contains("granularity") && said.contains("" + neurons), said);
        assertThrows(IllegalArgumentException.class, () -> Granularity.parse("block:0"));
    }
}
