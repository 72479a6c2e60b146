package org.relaxon.tools.cli.settle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.relaxon.experiments.format.NpzWriter;
import org.relaxon.tools.cli.Ran;

/**
 * A blank image, zero biases and ReLU, as {@code --init he} draws them: every unit of the free
 * state stands on its kink, where the loss has no gradient. A run is compared with the generalised
 * one, or says why not.
 */
class BlankImageCommandTest {
    @TempDir Path directory;

    @BeforeEach
    void write() throws IOException {
        put("blank", 0.0);
        put("gray", 0.5);
        weights("whole", 1.0);
        weights("half", 0.5);
    }

    private void weights(String name, double upper) throws IOException {
        try (NpzWriter npz = NpzWriter.create(directory.resolve(name + ".npz"))) {
            npz.put("W1", new double[] {1}, 1, 1);
            npz.put("W2", new double[] {upper}, 1, 1);
            npz.put("b1", new double[] {0});
            npz.put("b2", new double[] {0});
        }
    }

    private void put(String name, double pixel) throws IOException {
        try (NpzWriter npz = NpzWriter.create(directory.resolve(name + ".npz"))) {
            npz.put("x0", new double[] {pixel}, 1, 1);
            npz.put("target", new double[] {1}, 1, 1);
        }
    }

    private Ran settle(String algorithm, String weights, String image, String words) {
        return Ran.relaxon(
                ("settle --algorithm %s --layers 1,1,1 --activation relu --batch 1 --weights"
                                + " %s/%s.npz --data %s/%s.npz %s")
                        .formatted(algorithm, directory, weights, directory, image, words));
    }

    @ParameterizedTest
    @ValueSource(strings = {"fy-pc", "pc", "pc-nudge", "dual-propagation", "chl"})
    void aBlankImageIsComparedWithTheGeneralisedGradient(String algorithm) throws IOException {
        Ran ran = settle(algorithm, "whole", "blank", "--json -");
        assertEquals(0, ran.code(), ran.out() + ran.err());
        JsonNode json = ran.json();
        assertEquals(1, json.get("freeAtKink").asInt());
        assertTrue(json.get("referenceObjection").isNull(), ran.out());
        assertTrue(json.get("relativeError").asDouble() < 5e-3, ran.out());
        assertEquals(0, json.path("minimum").path("unknown").asInt(), ran.out());
        String text = settle(algorithm, "whole", "blank", "").out();
        assertTrue(text.contains("1 units of the free state"), text);
        assertTrue(text.contains("nearest element of the generalised one"), text);
    }

    /** With W2 = 1/2: two units that are joined by 1 hold each other up. */
    @ParameterizedTest
    @ValueSource(strings = {"ep", "coupled"})
    void orTheRunSaysWhyThereIsNoComparison(String algorithm) throws IOException {
        Ran ran = settle(algorithm, "half", "blank", "--json -");
        assertEquals(0, ran.code(), ran.out() + ran.err());
        JsonNode json = ran.json();
        assertEquals(1, json.get("freeAtKink").asInt());
        String why = json.get("referenceObjection").asText();
        assertTrue(why.contains("stand on a kink"), why);
        assertFalse(json.hasNonNull("relativeError"));
        String text = settle(algorithm, "half", "blank", "").out();
        assertTrue(text.contains("no comparison: " + why), text);
        JsonNode beside = settle(algorithm, "half", "gray", "--json -").json();
        assertTrue(beside.hasNonNull("relativeError"), beside.toString());
        assertTrue(beside.get("referenceObjection").isNull(), beside.toString());
    }

    /** Beside the kink there is one gradient, and nothing is said of kinks. */
    @ParameterizedTest
    @ValueSource(strings = {"fy-pc", "pc-nudge", "dual-propagation", "chl"})
    void aGrayOneIsComparedWithBackprop(String algorithm) throws IOException {
        Ran ran = settle(algorithm, "whole", "gray", "--json -");
        assertEquals(0, ran.code(), ran.out() + ran.err());
        assertEquals(0, ran.json().get("freeAtKink").asInt());
        assertFalse(settle(algorithm, "whole", "gray", "").out().contains("on a kink"));
    }

    /** In a deeper network the slope 0 lets the cells rest where the energy falls to one side. */
    @Test
    void aKinkFromWhichTheEnergyFallsIsNoMinimum() throws IOException {
        Ran ran =
                Ran.relaxon(
                        "settle --algorithm pc-nudge --layers 1,4,4,1 --activation relu --init he"
                                + " --batch 1 --data "
                                + directory.resolve("blank.npz"));
        assertEquals(0, ran.code(), ran.out() + ran.err());
        assertTrue(ran.out().contains("falls to one side of the kink"), ran.out());
    }
}
