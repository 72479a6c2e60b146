package org.relaxon.model.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.relaxon.model.activation.StandardActivation;
import org.relaxon.model.connectivity.Connectivity;
import org.relaxon.model.loss.StandardLoss;
import org.relaxon.model.math.CounterRandom;
import org.relaxon.model.network.Initialisation.Scheme;

/** Scales of unequal layers by their formulas, and signals that keep their size in deep chains. */
class ProjectionScalesTest {
    private static final int WIDTH = 48;

    private static double[] scales(Network network) {
        return network.projections().stream().mapToDouble(e -> e.connectivity().scale()).toArray();
    }

    private static Initialisation init(Scheme scheme) {
        return new Initialisation(scheme, 1.0, 5);
    }

    private static Network chain(Scheme scheme, int... sizes) {
        return Network.layered(
                sizes,
                StandardActivation.LINEAR,
                StandardActivation.LINEAR,
                StandardLoss.SQUARED,
                init(scheme));
    }

    @ParameterizedTest
    @CsvSource({"NTP, 0.5", "DEPTH_MUP, 0.25"})
    void aChainHasTheScalesOfItsFanIn(Scheme scheme, double output) {
        double[] found = scales(chain(scheme, 5, 7, 4, 3));
        assertEquals(3, found.length);
        assertEquals(1 / Math.sqrt(5), found[0], 1e-15);
        assertEquals(1 / Math.sqrt(7), found[1], 1e-15);
        assertEquals(output, found[2], 1e-15);
    }

    @ParameterizedTest
    @EnumSource(
            value = Scheme.class,
            names = {"NTP", "DEPTH_MUP"},
            mode = EnumSource.Mode.EXCLUDE)
    void otherSchemesScaleNothing(Scheme scheme) {
        for (double scale : scales(chain(scheme, 5, 7, 4, 3))) {
            assertEquals(1.0, scale);
        }
    }

    /** x -> a -> b with a skip, b -> y, beside a second projection onto b and one stated scale. */
    private static Network merging(Scheme scheme) {
        Connectivity all = Connectivity.allToAll();
        return new NetworkBuilder(StandardLoss.SQUARED)
                .input("x", 3)
                .hidden("a", 6, StandardActivation.TANH)
                .hidden("b", 6, StandardActivation.TANH)
                .output("y", 2, StandardActivation.LINEAR)
                .project("1", "x", "a", Connectivity.scaled(all, 0.7))
                .project("2", "a", "b", Connectivity.random(4, 1))
                .project("far", "x", "b")
                .project("skip", "a", "b", Connectivity.identity())
                .project("3", "b", "y")
                .share("4", "b", "y", "3")
                .build(init(scheme));
    }

    /** Three projections with weights on the longest path, two of them onto the merge. */
    @Test
    void depthCountsProjectionsWithWeightsAndOnlyAtAMerge() {
        double both = 1 / Math.sqrt(2);
        double[] found = scales(merging(Scheme.DEPTH_MUP));
        double[] expected = {
            0.7, both / Math.sqrt(4 * 3), both / Math.sqrt(3 * 3), 1.0, both / 6, both / 6
        };
        assertEquals(expected.length, found.length);
        for (int k = 0; k < found.length; k++) {
            assertEquals(expected[k], found[k], 1e-15, "projection " + k);
        }
        assertEquals(both / Math.sqrt(4), scales(merging(Scheme.NTP))[1], 1e-15);
    }

    @Test
    void aCycleHasNoDepth() {
        NetworkBuilder builder =
                new NetworkBuilder(StandardLoss.SQUARED)
                        .input("x", 3)
                        .hidden("a", 6, StandardActivation.TANH)
                        .output("y", 2, StandardActivation.LINEAR)
                        .project("1", "x", "a")
                        .project("side", "a", "a")
                        .project("2", "a", "y");
        String message =
                assertThrows(
                                IllegalArgumentException.class,
                                () -> builder.build(init(Scheme.DEPTH_MUP)))
                        .getMessage();
        assertTrue(message.contains("side") && message.contains("depth-mup"), message);
        double[] ntp = scales(builder.build(init(Scheme.NTP)));
        assertEquals(1 / Math.sqrt(3 * 2), ntp[0], 1e-15);
        assertEquals(1 / Math.sqrt(5 * 2), ntp[1], 1e-15); // no neuron reaches itself
    }

    /**
     * Root mean square of the last hidden layer of a linear network, computed synapse by synapse.
     */
    private static double signal(Scheme scheme, int depth, boolean skips) {
        NetworkBuilder builder = new NetworkBuilder(StandardLoss.SQUARED).input("0", WIDTH);
        for (int l = 1; l < depth; l++) {
            String below = Integer.toString(l - 1);
            builder.hidden(Integer.toString(l), WIDTH, StandardActivation.LINEAR);
            builder.project("w" + l, below, Integer.toString(l));
            if (skips && l > 1) {
                builder.project("s" + l, below, Integer.toString(l), Connectivity.identity());
            }
        }
        builder.output("y", 3, StandardActivation.LINEAR);
        builder.project("w" + depth, Integer.toString(depth - 1), "y");
        return rootMeanSquare(builder.build(init(scheme)), depth - 1);
    }

    private static double rootMeanSquare(Network network, int population) {
        double[][] x = new double[network.populations().size()][];
        for (Population p : network.populations()) {
            double[] own = new double[p.size()];
            if (p.role() == Population.Role.INPUT) {
                Arrays.setAll(own, i -> CounterRandom.normal(2, 0, i));
            }
            for (Projection e : network.into(p.index())) {
                Connectivity c = e.connectivity();
                double[][] w = network.parameters().weights(e.index());
                for (int i = 0; i < own.length; i++) {
                    Connectivity.Onto onto = c.onto(i, x[e.pre()].length);
                    for (int k = 0; k < onto.presynaptic().length; k++) {
                        double strength =
                                c.isFixed()
                                        ? c.fixed()
                                        : c.scale() * w[onto.row()][onto.numbers()[k]];
                        own[i] += strength * x[e.pre()][onto.presynaptic()[k]];
                    }
                }
            }
            x[p.index()] = own;
        }
        double squares = Arrays.stream(x[population]).map(v -> v * v).sum();
        return Math.sqrt(squares / x[population].length);
    }

    /** The variance grows at most by (1 + 1/L)^L &lt; e beside the spread of one random chain. */
    @ParameterizedTest
    @CsvSource({"8, false", "64, false", "8, true", "64, true"})
    void signalsAreOfOrderOneAtAnyDepth(int depth, boolean skips) {
        double size = signal(Scheme.DEPTH_MUP, depth, skips);
        assertTrue(size > 0.3 && size < 3.0, "size " + size);
    }

    /** The twin: without 1 / sqrt(L) a skip doubles the variance at every layer. */
    @Test
    void withoutTheFactorOfDepthASkipExplodes() {
        assertTrue(signal(Scheme.NTP, 64, true) > 1e6);
    }

    @Test
    void namesAreThoseOfOptions() {
        assertEquals("depth-mup", Scheme.DEPTH_MUP.optionName());
        assertEquals("ntp", Scheme.NTP.optionName());
    }
}
