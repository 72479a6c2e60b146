package org.relaxon.model.settle;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.relaxon.model.activation.StandardActivation;
import org.relaxon.model.connectivity.Connectivity;
import org.relaxon.model.loss.StandardLoss;
import org.relaxon.model.network.Initialisation;
import org.relaxon.model.network.Network;
import org.relaxon.model.network.NetworkBuilder;

/** Which projections a verdict names. */
class ResolutionTest {
    private static final double HIDDEN = Double.POSITIVE_INFINITY;

    private static List<Integer> named(double... rounding) {
        double[][] withheld = new double[1][rounding.length];
        return new Resolution(withheld, new double[][] {rounding}).within(1e-4).rounded();
    }

    @Test
    void anUpdateThatRoundingHidesInEveryColumnIsNamed() {
        assertEquals(List.of(0), named(HIDDEN, 2e-4));
    }

    /** A column that adds exactly nothing does not make the others known. */
    @Test
    void aColumnThatAddsNothingDoesNotCount() {
        assertEquals(List.of(0), named(HIDDEN, 0.0));
        assertEquals(List.of(), named(0.0, 0.0));
    }

    /** The twin: one column that is known does. */
    @Test
    void anUpdateThatOneColumnKnowsIsNotNamed() {
        assertEquals(List.of(), named(HIDDEN, 1e-9));
    }

    @Test
    void weightsHaveTheNamesOfTheirProjections() {
        Network numbered =
                Network.layered(
                        new int[] {2, 3, 3, 3, 2},
                        StandardActivation.TANH,
                        StandardActivation.LINEAR,
                        StandardLoss.SQUARED,
                        Initialisation.uniform(1));
        assertEquals("W1..W3", Resolution.names(List.of(0, 1, 2), numbered));
        assertEquals("W1, W3..W4", Resolution.names(List.of(0, 2, 3), numbered));
        assertEquals("", Resolution.names(List.of(), numbered));
        Network named =
                new NetworkBuilder(StandardLoss.SQUARED)
                        .input("x", 2)
                        .hidden("h", 3, StandardActivation.TANH)
                        .output("y", 2, StandardActivation.LINEAR)
                        .project("in", "x", "h", Connectivity.allToAll())
                        .project("out", "h", "y", Connectivity.allToAll())
                        .build(Initialisation.uniform(1));
        assertEquals("Win, Wout", Resolution.names(List.of(0, 1), named));
    }
}
