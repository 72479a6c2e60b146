package org.relaxon.model.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.relaxon.model.activation.StandardActivation;
import org.relaxon.model.loss.StandardLoss;

class NetworkTest {
    private final Network network = layered(8, 16, 12, 4);

    @Test
    void aLayeredNetworkIsAChainNamedByNumbers() {
        assertEquals(
                List.of("0", "1", "2", "3"),
                network.populations().stream().map(Population::name).toList());
        for (Projection p : network.projections()) {
            assertEquals(p.post(), p.pre() + 1);
            assertEquals(Integer.toString(p.post()), p.name());
            assertEquals(p, network.projection(p.index()));
        }
        assertEquals(3, network.depth());
        assertEquals("8-16-12-4", network.toString());
        assertEquals(StandardLoss.SQUARED, network.loss());
    }

    @Test
    void theTextOfParametersShowsShapesAndSize() {
        Parameters p = layered(3, 2, 1).zeros();
        p.weights(0)[1][2] = 3.0;
        p.biases(2)[0] = -4.0;
        assertEquals("Parameters: weights 2 x 3, 1 x 2; biases 0, 2, 1; norm 5.000", p.toString());
        p.biases(1)[0] = Double.NaN;
        assertTrue(p.toString().endsWith("norm NaN"), p.toString());
        String deep = layered(1, 1, 1, 1, 1, 1, 1, 1, 1, 1).zeros().toString();
        assertTrue(deep.contains("1 x 1, ... (9); biases 0, 1, 1, 1, 1, 1, 1, 1, ... (10)"), deep);
    }

    @Test
    void rolesAndActivationsFollowThePlace() {
        assertSame(network.population(0), network.input());
        assertSame(network.population(3), network.output());
        assertEquals(Population.Role.HIDDEN, network.population(1).role());
        assertEquals(StandardActivation.TANH, network.population(2).activation());
        assertEquals(StandardActivation.LINEAR, network.output().activation());
    }

    @Test
    void weightsAreStoredPostByPre() {
        double[][] w = network.parameters().weights(0);
        assertEquals(16, w.length);
        assertEquals(8, w[0].length);
        assertEquals(0, network.parameters().biases(0).length);
        assertEquals(12, network.parameters().biases(2).length);
    }

    @Test
    void twoLayersAreTheLeast() {
        assertEquals(1, layered(3, 2).depth());
        String said = assertThrows(IllegalArgumentException.class, () -> layered(3)).getMessage();
        assertTrue(said.contains("layers") && said.contains("1"), said);
        assertThrows(IllegalArgumentException.class, () -> layered());
    }

    @Test
    void neighboursAreFoundFromBothSides() {
        assertEquals(List.of(), network.into(0));
        assertEquals(List.of(network.projection(1)), network.into(2));
        assertEquals(List.of(network.projection(2)), network.outOf(2));
        assertEquals(List.of(), network.outOf(3));
    }

    @Test
    void theDepthIsThatOfTheLongestPath() {
        Network graph =
                new NetworkBuilder(StandardLoss.SQUARED)
                        .input("i", 2)
                        .hidden("a", 2, StandardActivation.TANH)
                        .hidden("b", 2, StandardActivation.TANH)
                        .hidden("c", 2, StandardActivation.TANH)
                        .output("o", 2, StandardActivation.LINEAR)
                        .project("co", "c", "o") // not in topological order
                        .project("io", "i", "o")
                        .project("bc", "b", "c")
                        .project("ia", "i", "a")
                        .project("ab", "a", "b")
                        .project("ao", "a", "o")
                        .build(Initialisation.uniform(1));
        assertEquals(4, graph.depth());
    }

    @Test
    void otherParametersGiveAnotherNetworkAndLeaveThisOneAlone() {
        Parameters other = network.zeros();
        Network changed = network.with(other);
        assertSame(other, changed.parameters());
        assertSame(network.population(1), changed.population(1));
        assertTrue(network.parameters().weights(0)[0][0] != 0.0);
    }

    @Test
    void aCopyOfParametersSharesNothing() {
        Parameters copy = network.parameters().copy();
        double before = network.parameters().weights(1)[2][3];
        double bias = network.parameters().biases(1)[2];
        assertEquals(before, copy.weights(1)[2][3]);
        assertEquals(bias, copy.biases(1)[2]);
        assertNotSame(network.parameters().weights(1)[2], copy.weights(1)[2]);
        copy.weights(1)[2][3] = 9;
        copy.biases(1)[2] = 9;
        assertEquals(before, network.parameters().weights(1)[2][3]);
        assertEquals(bias, network.parameters().biases(1)[2]);
    }

    @Test
    void zerosHaveTheShapesOfTheParameters() {
        Parameters zeros = network.zeros();
        for (Projection p : network.projections()) {
            double[][] w = network.parameters().weights(p.index());
            assertEquals(w.length, zeros.weights(p.index()).length);
            for (int i = 0; i < w.length; i++) {
                assertEquals(w[i].length, zeros.weights(p.index())[i].length);
                assertEquals(0.0, zeros.weights(p.index())[i][0]);
            }
        }
    }

    private static Network layered(int... sizes) {
        return Network.layered(
                sizes,
                StandardActivation.TANH,
                StandardActivation.LINEAR,
                StandardLoss.SQUARED,
                Initialisation.uniform(1));
    }
}
