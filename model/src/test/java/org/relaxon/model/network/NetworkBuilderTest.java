package org.relaxon.model.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.relaxon.model.activation.StandardActivation;
import org.relaxon.model.connectivity.Connectivity;
import org.relaxon.model.loss.StandardLoss;
import org.relaxon.model.math.CounterRandom;

/** What cannot run is refused before anything is started, with the name of what is wrong. */
class NetworkBuilderTest {
    private static final double[] NOT_FINITE = {
        Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY
    };

    /**
     * A random chain of populations "p0" ... "pn" with skips; each mistake is made in one of them.
     */
    private static final class Draft {
        private final int seed;
        private final List<String> names = new ArrayList<>();
        private final NetworkBuilder builder = new NetworkBuilder(StandardLoss.SQUARED);

        private Draft(int seed) {
            this.seed = seed;
            int depth = 2 + below(4, 0);
            for (int k = 0; k <= depth; k++) {
                names.add("p" + k);
            }
        }

        private int below(int bound, int counter) {
            return (int) (bound * CounterRandom.uniform(seed, 0, counter));
        }

        private String some(int counter) {
            return names.get(below(names.size(), counter));
        }

        private String hidden(int counter) {
            return names.get(1 + below(names.size() - 2, counter));
        }

        private String last() {
            return names.get(names.size() - 1);
        }

        private void add(String name, int size) {
            if (name.equals("p0")) {
                builder.input(name, size);
            } else if (name.equals(last())) {
                builder.output(name, size, StandardActivation.LINEAR);
            } else {
                builder.hidden(name, size, StandardActivation.TANH);
            }
        }

        private Draft populations() {
            for (String name : names) {
                add(name, 1 + below(5, 100 + names.indexOf(name)));
            }
            return this;
        }

        private Draft chain() {
            for (int k = 1; k < names.size(); k++) {
                builder.project("e" + k, names.get(k - 1), names.get(k));
            }
            return this;
        }

        private Draft whole() {
            return populations().chain();
        }

        private Network build() {
            return builder.build(Initialisation.uniform(seed));
        }
    }

    /** One way to go wrong, and what the message must name. */
    private record Mistake(String what, Runnable make, String... named) {
        @Override
        public String toString() {
            return what;
        }
    }

    private static Stream<Mistake> mistakes() {
        return IntStream.range(0, 100).boxed().flatMap(NetworkBuilderTest::mistakes);
    }

    private static Stream<Mistake> mistakes(int seed) {
        Draft peek = new Draft(seed); // the same draws as the draft that the mistake is made in
        String some = peek.some(1);
        String hidden = peek.hidden(3);
        String last = peek.last();
        int tooBig = NetworkBuilder.NEURONS_MAX + 1 + peek.below(1000, 4);
        int negative = -peek.below(Integer.MAX_VALUE, 5);
        return Stream.of(
                of(
                        seed,
                        "no such sender",
                        d -> d.whole().builder.project("x", "q", some),
                        "x",
                        "q"),
                of(
                        seed,
                        "no such receiver",
                        d -> d.whole().builder.project("x", some, "q"),
                        "x",
                        "q"),
                of(seed, "population twice", d -> d.populations().add(some, 2), some, "twice"),
                of(
                        seed,
                        "projection twice",
                        d -> d.whole().builder.project("e1", "p0", last),
                        "e1",
                        "twice"),
                of(
                        seed,
                        "against the order, without a cycle",
                        d -> {
                            d.whole().builder.hidden("h", 2, StandardActivation.TANH);
                            d.builder.project("fed", "p0", "h").project("x", "h", hidden);
                            d.build();
                        },
                        "x",
                        "h -> " + hidden,
                        "list h before " + hidden),
                of(
                        seed,
                        "back to the input",
                        d -> d.whole().builder.project("x", hidden, "p0"),
                        "x",
                        hidden + " -> p0",
                        "input"),
                of(
                        seed,
                        "one neuron among itself",
                        d -> {
                            d.whole().builder.hidden("h", 1, StandardActivation.TANH);
                            d.builder.project("x", "h", "h");
                        },
                        "x",
                        "h -> h",
                        "others"),
                of(
                        seed,
                        "fed by itself alone",
                        d -> {
                            d.whole().builder.hidden("alone", 2, StandardActivation.TANH);
                            d.builder.project("x", "alone", "alone");
                            d.builder.project("y", "alone", hidden);
                            d.build();
                        },
                        "alone"),
                of(
                        seed,
                        "it feeds itself alone",
                        d -> {
                            d.whole().builder.hidden("end", 2, StandardActivation.TANH);
                            d.builder.project("x", "p0", "end").project("y", "end", "end");
                            d.build();
                        },
                        "end",
                        "feeds nothing"),
                of(
                        seed,
                        "into an input",
                        d -> {
                            d.whole().builder.hidden("h", 2, StandardActivation.TANH);
                            d.builder.input("late", 2).project("x", "h", "late");
                        },
                        "x",
                        "h -> late",
                        "input"),
                of(
                        seed,
                        "out of the output into nothing",
                        d -> {
                            d.whole().builder.hidden("h", 2, StandardActivation.TANH);
                            d.builder.project("x", last, "h");
                            d.build();
                        },
                        "population h",
                        "feeds nothing"),
                of(seed, "no neuron", d -> d.add(some, 0), some, "size 0", "1.." + (1 << 20)),
                of(seed, "too many neurons", d -> d.add(some, tooBig), some, "size " + tooBig),
                of(seed, "negative size", d -> d.add(some, negative), some, "size " + negative),
                of(
                        seed,
                        "nothing feeds it",
                        d -> {
                            d.whole().builder.hidden("alone", 2, StandardActivation.TANH);
                            d.build();
                        },
                        "alone",
                        "no input"),
                of(
                        seed,
                        "it feeds nothing",
                        d -> {
                            d.whole().builder.hidden("end", 2, StandardActivation.TANH);
                            d.builder.project("x", "p0", "end");
                            d.build();
                        },
                        "end",
                        "feeds nothing"),
                of(
                        seed,
                        "a second input that feeds nothing",
                        d -> {
                            d.whole().builder.input("again", 2);
                            d.build();
                        },
                        "again",
                        "feeds nothing"),
                of(
                        seed,
                        "a second output that nothing reaches",
                        d -> {
                            d.whole().builder.output("again", 2, StandardActivation.LINEAR);
                            d.build();
                        },
                        "again",
                        "no input"),
                of(
                        seed,
                        "no input at all",
                        d -> {
                            d.builder.output("o", 2, StandardActivation.LINEAR);
                            d.build();
                        },
                        "one input",
                        "got 0"),
                of(
                        seed,
                        "no output at all",
                        d -> {
                            d.builder.input("i", 2);
                            d.build();
                        },
                        "one output",
                        "got 0"));
    }

    private static Mistake of(int seed, String what, Consumer<Draft> make, String... named) {
        return new Mistake("seed " + seed + ": " + what, () -> make.accept(new Draft(seed)), named);
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void everyMistakeIsRefusedByName(Mistake mistake) {
        assertNames(mistake.make(), mistake.named());
    }

    @Test
    void theGeneratorMakesMoreThanAThousandMistakesInDraftsThatAreOtherwiseSound() {
        assertTrue(mistakes().count() > 1000);
        for (int seed = 0; seed < 100; seed++) {
            Draft draft = new Draft(seed).whole();
            assertEquals(draft.names.size() - 1, draft.build().depth());
        }
    }

    @Test
    void aCrossEntropyOutputMustBeLinear() {
        for (StandardActivation f : StandardActivation.values()) {
            if (f != StandardActivation.LINEAR) {
                NetworkBuilder builder = new NetworkBuilder(StandardLoss.CROSS_ENTROPY);
                assertNames(
                        () -> builder.output("o", 2, f), "cross-entropy", "linear", f.optionName());
            }
        }
    }

    @Test
    void sizesUpToTheLimitAreAccepted() {
        new NetworkBuilder(StandardLoss.SQUARED)
                .input("i", NetworkBuilder.NEURONS_MAX)
                .input("j", 1);
    }

    @Test
    void aValueThatIsNotFiniteIsNamedAtEveryPlaceOfTheParameters() {
        Network network = skip();
        for (double bad : NOT_FINITE) {
            for (Projection e : network.projections()) {
                double[][] w = network.parameters().weights(e.index());
                for (int i = 0; i < w.length; i++) {
                    for (int j = 0; j < w[i].length; j++) {
                        Parameters other = network.parameters().copy();
                        other.weights(e.index())[i][j] = bad;
                        String name = "W%s[%d][%d] is %s".formatted(e.name(), i, j, bad);
                        assertNames(() -> network.with(other), name);
                    }
                }
            }
            for (Population p : network.populations()) {
                for (int i = 0; i < network.parameters().biases(p.index()).length; i++) {
                    Parameters other = network.parameters().copy();
                    other.biases(p.index())[i] = bad;
                    String name = "b%s[%d] is %s".formatted(p.name(), i, bad);
                    assertNames(() -> network.with(other), name);
                }
            }
        }
    }

    @Test
    void parametersOfAnotherShapeAreRefusedWithBothShapes() {
        Network network = layered(2, 3, 4);
        assertNames(() -> network.with(layered(2, 5, 4).parameters()), "W1", "(5, 2)", "(3, 2)");
        assertNames(() -> network.with(layered(3, 3, 4).parameters()), "W1", "(3, 3)", "(3, 2)");
        assertNames(() -> network.with(layered(2, 3, 5).parameters()), "W2", "(5, 3)", "(4, 3)");
        assertNames(() -> layered(3, 2).with(layered(2, 3).parameters()), "W1", "(3, 2)", "(2, 3)");
    }

    @Test
    void parametersOfAShallowerOrDeeperNetworkAreRefused() {
        Network network = layered(2, 3, 4);
        assertNames(() -> network.with(layered(2, 3).parameters()), "parameters", "1", "2");
        assertNames(() -> network.with(layered(2, 3, 4, 5).parameters()), "parameters", "3", "2");
    }

    @Test
    void aNetworkTooLargeToAllocateIsRefusedBeforeAnythingIsAllocated() {
        int most = NetworkBuilder.NEURONS_MAX;
        assertNames(() -> layered(most, most), "projection 1", "synapses");
    }

    @Test
    void aRowOfAnotherLengthIsNamed() {
        Network network = layered(2, 3, 4);
        for (int p = 0; p < 2; p++) {
            for (int i = 1; i < network.parameters().weights(p).length; i++) {
                for (int wrong : new int[] {0, 1, 9}) {
                    Parameters other = network.parameters().copy();
                    other.weights(p)[i] = new double[wrong];
                    assertNames(
                            () -> network.with(other), "W" + (p + 1), "has " + wrong + " values");
                }
            }
        }
    }

    /** Between the same layers a projection may exist twice, and across layers as a skip. */
    @Test
    void skipsAndParallelProjectionsAreAllowed() {
        Network network = skip();
        assertEquals(2, network.depth());
        assertEquals(
                List.of("up", "across", "twin", "down"),
                network.projections().stream().map(Projection::name).toList());
        assertEquals(2, network.into(1).size());
        assertEquals(3, network.outOf(0).size());
    }

    /** A projection back or to its own population closes a cycle, and counts for no height. */
    @Test
    void lateralAndRecurrentProjectionsAreAllowed() {
        Network network =
                new NetworkBuilder(StandardLoss.SQUARED)
                        .input("in", 3)
                        .hidden("low", 4, StandardActivation.TANH)
                        .hidden("high", 3, StandardActivation.TANH)
                        .output("out", 2, StandardActivation.LINEAR)
                        .project("up", "in", "low")
                        .project("among", "low", "low")
                        .project("self", "high", "high", Connectivity.allToAll())
                        .project("on", "low", "high")
                        .project("back", "high", "low")
                        .project("top", "high", "out")
                        .project("down", "out", "low", Connectivity.random(1, 5))
                        .build(Initialisation.uniform(1));
        assertEquals(
                List.of("among", "self", "back", "down"),
                network.closing().stream().map(Projection::name).toList());
        assertEquals(3, network.depth());
        assertEquals(2, network.height(1));
        assertEquals("others:all-to-all", network.projection(1).connectivity().spec());
        assertEquals(3, network.parameters().weights(1)[0].length, "no neuron reaches itself");
        assertNames(() -> network.requireAcyclic("pc"), "pc", "among (low -> low)", "back", "ep");
        assertNames(() -> network.requireLayered("chl"), "chl", "among");
        skip().requireAcyclic("pc");
    }

    private static Network skip() {
        return new NetworkBuilder(StandardLoss.SQUARED)
                .input("in", 3)
                .hidden("mid", 4, StandardActivation.TANH)
                .output("out", 2, StandardActivation.LINEAR)
                .project("up", "in", "mid")
                .project("across", "in", "out")
                .project("twin", "in", "mid")
                .project("down", "mid", "out")
                .build(Initialisation.uniform(1));
    }

    private static Network layered(int... sizes) {
        return Network.layered(
                sizes,
                StandardActivation.TANH,
                StandardActivation.LINEAR,
                StandardLoss.SQUARED,
                Initialisation.uniform(1));
    }

    private static void assertNames(Runnable step, String... names) {
        String said = assertThrows(IllegalArgumentException.class, step::run).getMessage();
        for (String name : names) {
            assertTrue(said.contains(name), "\"" + said + "\" should name " + name);
        }
    }
}
