package org.relaxon.model.cell;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.relaxon.model.activation.StandardActivation;
import org.relaxon.model.connectivity.Connectivity;
import org.relaxon.model.loss.Loss;
import org.relaxon.model.loss.StandardLoss;
import org.relaxon.model.network.CellId;
import org.relaxon.model.network.Granularity;
import org.relaxon.model.network.Initialisation;
import org.relaxon.model.network.Network;
import org.relaxon.model.network.NetworkBuilder;
import org.relaxon.model.network.Population;
import org.relaxon.model.network.Projection;

class WiringTest {
    /** From 1x1x2 to 1x1x7, of which the third and the last but three hear nothing. */
    private static final String GROWN = "transposed-convolution:1x1x2,filters=1,kernel=1,stride=6";

    private static final String[] GRANULARITIES = {"neuron", "block:2", "block:3", "layer"};

    @Test
    void aChainOfLayersHasTwoLinksPerInnerProjection() {
        Wiring w = Wiring.of(layered(StandardLoss.SQUARED, 8, 16, 12, 4), Granularity.LAYER);
        assertEquals(List.of("1", "2", "3"), w.cells().stream().map(CellId::name).toList());
        assertEquals(
                List.of("1->2", "2->3", "2->1", "3->2"), w.links().stream().map(w::name).toList());
        assertEquals(List.of(), w.cellsOf(0)); // a clamped input has no cells
    }

    @Test
    void aNeuronWiringHasOneLinkPerWeightAndDirection() {
        Wiring w = Wiring.of(layered(StandardLoss.SQUARED, 8, 16, 12, 4), Granularity.NEURON);
        assertEquals(32, w.cells().size());
        assertEquals(2 * (16 * 12 + 12 * 4), w.links().size());
        assertEquals("1[0]->2[0]", w.name(w.links().get(0)));
        assertEquals("3[3]->2[11]", w.name(w.links().get(w.links().size() - 1)));
    }

    @Test
    void blocksAreNamedByTheirFirstAndLastNeuron() {
        Wiring w = Wiring.of(layered(StandardLoss.SQUARED, 2, 7, 1), Granularity.parse("block:3"));
        assertEquals(
                List.of("1[0..2]", "1[3..5]", "1[6]", "2"),
                w.cells().stream().map(CellId::name).toList());
        assertEquals("1[3..5]", w.cells().get(1).toString());
        assertEquals(3, w.cells().get(1).size());
    }

    @Test
    void aLossThatCouplesOutputsKeepsThemInOneCell() {
        Wiring w = Wiring.of(layered(StandardLoss.CROSS_ENTROPY, 3, 4, 5), Granularity.NEURON);
        assertEquals(4, w.cellsOf(1).size());
        assertEquals(1, w.cellsOf(2).size());
        assertEquals(5, w.cellsOf(2).get(0).size());
    }

    @Test
    void cellsCoverEveryNeuronOnce() {
        for (Wiring w : all()) {
            for (Population p : w.network().populations()) {
                int next = 0;
                for (CellId cell : w.cellsOf(p.index())) {
                    assertEquals(next, cell.from());
                    assertEquals(p.index(), cell.population());
                    assertEquals(cell, w.cells().get(cell.index()));
                    next = cell.to();
                }
                assertEquals(p.role() == Population.Role.INPUT ? 0 : p.size(), next);
            }
        }
    }

    @Test
    void slotsOfAReceiverAreContiguousAndEveryLinkHasItsOwn() {
        for (Wiring w : all()) {
            Map<Integer, Set<Integer>> taken = new HashMap<>();
            for (Link link : w.links()) {
                assertTrue(
                        taken.computeIfAbsent(link.to(), k -> new HashSet<>()).add(link.slot()),
                        "two links share slot " + link.slot() + " of " + link.to());
            }
            for (CellId cell : w.cells()) {
                Set<Integer> slots = taken.getOrDefault(cell.index(), Set.of());
                assertEquals(w.slots(cell.index()), slots.size());
                for (int k = 0; k < slots.size(); k++) {
                    assertTrue(slots.contains(k));
                }
            }
        }
    }

    @Test
    void activityAndFeedbackLinksArePairs() {
        for (Wiring w : all()) {
            Set<List<Integer>> forward = new HashSet<>();
            Set<List<Integer>> backward = new HashSet<>();
            for (Link link : w.links()) {
                Projection p = w.network().projection(link.projection());
                boolean activity = link.kind() == Link.Kind.ACTIVITY;
                int sender = w.cells().get(link.from()).population();
                int receiver = w.cells().get(link.to()).population();
                assertEquals(activity ? p.pre() : p.post(), sender);
                assertEquals(activity ? p.post() : p.pre(), receiver);
                if (activity) {
                    forward.add(List.of(p.index(), link.from(), link.to()));
                } else {
                    backward.add(List.of(p.index(), link.to(), link.from()));
                }
            }
            assertEquals(forward, backward);
            assertEquals(w.links().size(), forward.size() + backward.size());
        }
    }

    @Test
    void everyCellSendsOnTheLinksThatStartAtIt() {
        for (Wiring w : all()) {
            List<Link> found = new ArrayList<>();
            for (CellId cell : w.cells()) {
                int last = -1;
                for (Link link : w.outgoing(cell.index())) {
                    assertEquals(cell.index(), link.from());
                    assertTrue(link.index() > last);
                    last = link.index();
                    found.add(link);
                }
            }
            assertEquals(new HashSet<>(w.links()), new HashSet<>(found));
            assertEquals(w.links().size(), found.size());
            for (int k = 0; k < w.links().size(); k++) {
                assertEquals(k, w.links().get(k).index());
            }
        }
    }

    @Test
    void bothEndsOfALinkFollowFromItsIndex() {
        for (Wiring w : all()) {
            Links links = w.links();
            for (int k = 0; k < links.size(); k++) {
                Link link = links.get(k);
                assertEquals(link.from(), links.from(k));
                assertEquals(link.to(), links.to(k));
                assertEquals(link.slot(), links.slot(k));
                assertEquals(k, links.into(link.to(), link.slot()));
            }
            assertThrows(IndexOutOfBoundsException.class, () -> links.get(links.size()));
            assertThrows(IndexOutOfBoundsException.class, () -> links.get(-1));
            assertThrows(IndexOutOfBoundsException.class, () -> links.into(0, w.slots(0)));
        }
    }

    @Test
    void aFanFindsItsLinksAndNoOthers() {
        for (Wiring w : all()) {
            for (CellId cell : w.cells()) {
                for (Projection p : w.network().projections()) {
                    for (Link.Kind kind : Link.Kind.values()) {
                        Fan fan = w.links().fan(p.index(), kind);
                        if (!sends(cell, p, kind) || fan == Fan.NONE) {
                            continue;
                        }
                        int self = cell.index() - w.cellsOf(cell.population()).get(0).index();
                        List<Integer> own = new ArrayList<>();
                        for (Link link : w.links()) {
                            int k = fan.positionOf(self, link.index());
                            if (k >= 0) {
                                assertEquals(own.size(), k);
                                assertEquals(link.index(), fan.link(self, k));
                                assertEquals(k, fan.linkTo(self, fan.receiver(self, k)));
                                own.add(link.index());
                            }
                        }
                        assertEquals(indices(w, cell, p, kind), own);
                        assertEquals(own.size(), fan.links(self));
                    }
                }
            }
        }
    }

    private static boolean sends(CellId cell, Projection p, Link.Kind kind) {
        return cell.population() == (kind == Link.Kind.ACTIVITY ? p.pre() : p.post());
    }

    private static List<Integer> indices(Wiring w, CellId cell, Projection p, Link.Kind kind) {
        return w.links().stream()
                .filter(l -> l.from() == cell.index() && l.kind() == kind)
                .filter(l -> l.projection() == p.index())
                .map(Link::index)
                .toList();
    }

    /** Where two cells share no synapse, no signal has a reason to travel. */
    @Test
    void cellsAreLinkedWhereASynapseLeadsFromOneToTheOther() {
        int absent = 0;
        for (String text : GRANULARITIES) {
            Network network = structured();
            Wiring w = Wiring.of(network, Granularity.parse(text));
            for (Projection p : network.projections()) {
                long pairs = 0;
                int neurons = network.population(p.pre()).size();
                for (CellId post : w.cellsOf(p.post())) {
                    for (CellId pre : w.cellsOf(p.pre())) {
                        boolean synapse = false;
                        for (int i = post.from(); i < post.to(); i++) {
                            for (int j : p.connectivity().onto(i, neurons).presynaptic()) {
                                synapse |= j >= pre.from() && j < pre.to();
                            }
                        }
                        assertEquals(synapse ? 1 : 0, links(w, p, pre, post), text);
                        assertEquals(synapse ? 1 : 0, links(w, p, post, pre), text);
                        pairs += synapse ? 1 : 0;
                        absent += synapse ? 0 : 1;
                    }
                }
                assertEquals(pairs, Wiring.pairs(network, Granularity.parse(text), p), text);
            }
        }
        assertTrue(absent > 100, absent + " pairs without a synapse");
    }

    private static long links(Wiring w, Projection p, CellId from, CellId to) {
        return w.links().stream()
                .filter(l -> l.projection() == p.index())
                .filter(l -> l.from() == from.index() && l.to() == to.index())
                .count();
    }

    /** Delays and losses are functions of the number of a link. */
    @Test
    void whereAllCellsAreLinkedTheyAreNumberedAsThoseOfAMatrix() {
        for (String text : GRANULARITIES) {
            Granularity cells = Granularity.parse(text);
            Wiring matrix = Wiring.of(two(Connectivity.allToAll()), cells);
            assertEquals(matrix.links(), Wiring.of(two(Connectivity.random(5, 1)), cells).links());
            Wiring sparse = Wiring.of(two(Connectivity.random(1, 1)), Granularity.NEURON);
            assertTrue(sparse.links().size() == 8, sparse.links().size() + " links");
        }
    }

    private static Network two(Connectivity connectivity) {
        return new NetworkBuilder(StandardLoss.SQUARED)
                .input("in", 2)
                .hidden("a", 5, StandardActivation.TANH)
                .output("out", 4, StandardActivation.LINEAR)
                .project("in-a", "in", "a")
                .project("a-out", "a", "out", connectivity)
                .build(Initialisation.uniform(1));
    }

    @Test
    void aConnectivityOfWrongListsIsRefusedBeforeCellsAreLinked() {
        Connectivity wrong =
                new Connectivity() {
                    @Override
                    public String spec() {
                        return "mine";
                    }

                    @Override
                    public void requireFit(int presynaptic, int postsynaptic) {
                        // says that it fits
                    }

                    @Override
                    public Onto onto(int neuron, int presynaptic) {
                        return new Onto(neuron, new int[] {presynaptic}, new int[] {0});
                    }

                    @Override
                    public int fanIn(int presynaptic) {
                        return 1;
                    }
                };
        Network network = two(wrong);
        String said =
                assertThrows(
                                IllegalArgumentException.class,
                                () -> Wiring.of(network, Granularity.NEURON))
                        .getMessage();
        assertTrue(said.contains("mine") && said.contains("less than 5"), said);
    }

    @Test
    void sourcesAreTheSendersOfActivity() {
        for (Wiring w : all()) {
            for (CellId cell : w.cells()) {
                int[] expected =
                        w.links().stream()
                                .filter(l -> l.kind() == Link.Kind.ACTIVITY)
                                .filter(l -> l.to() == cell.index())
                                .mapToInt(Link::from)
                                .sorted()
                                .distinct()
                                .toArray();
                assertArrayEquals(expected, w.sources()[cell.index()]);
            }
        }
    }

    @Test
    void wiringIsAPureFunction() {
        Network network = skip();
        for (String text : GRANULARITIES) {
            Wiring first = Wiring.of(network, Granularity.parse(text));
            Wiring again = Wiring.of(network, Granularity.parse(text));
            assertEquals(first.links(), again.links());
            assertEquals(first.cells(), again.cells());
            assertSame(network, first.network());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {3200})
    void tooManyLinksAreRefusedWithTheirNumber(int size) {
        Network large = layered(StandardLoss.SQUARED, 1, size, size);
        String said =
                assertThrows(
                                IllegalArgumentException.class,
                                () -> Wiring.of(large, Granularity.NEURON))
                        .getMessage();
        assertTrue(said.contains("granularity") && said.contains("20480000"), said);
        assertTrue(said.contains("20000000") && said.contains("larger blocks"), said);
        assertEquals(2, Wiring.of(large, Granularity.LAYER).links().size());
    }

    private static List<Wiring> all() {
        List<Wiring> out = new ArrayList<>();
        for (String text : GRANULARITIES) {
            Granularity g = Granularity.parse(text);
            out.add(Wiring.of(layered(StandardLoss.SQUARED, 3, 5, 4, 2), g));
            out.add(Wiring.of(layered(StandardLoss.CROSS_ENTROPY, 3, 5, 4, 3), g));
            out.add(Wiring.of(layered(StandardLoss.SQUARED, 3, 2), g));
            out.add(Wiring.of(skip(), g));
            out.add(Wiring.of(structured(), g));
        }
        return out;
    }

    /** With two projections between "map" and "low", and neurons that reach or hear nothing. */
    private static Network structured() {
        return new NetworkBuilder(StandardLoss.SQUARED)
                .input("in", 6)
                .hidden("map", 15, StandardActivation.TANH)
                .hidden("pool", 2, StandardActivation.TANH)
                .hidden("low", 7, StandardActivation.TANH)
                .output("out", 7, StandardActivation.LINEAR)
                .project("in-map", "in", "map", Connectivity.allToAll())
                .project("mean", "map", "pool", Connectivity.parse("average-pooling:1x3x5,size=2"))
                .project("few", "map", "low", Connectivity.random(2, 5))
                .project("more", "map", "low", Connectivity.random(4, 6))
                .project("all", "pool", "low", Connectivity.allToAll())
                .project("grown", "pool", "out", Connectivity.parse(GROWN))
                .project("low-out", "low", "out", Connectivity.random(1, 7))
                .build(Initialisation.uniform(1));
    }

    private static Network skip() {
        return new NetworkBuilder(StandardLoss.SQUARED)
                .input("in", 3)
                .hidden("a", 5, StandardActivation.TANH)
                .hidden("b", 4, StandardActivation.TANH)
                .output("out", 3, StandardActivation.LINEAR)
                .project("in-a", "in", "a")
                .project("a-b", "a", "b")
                .project("a-out", "a", "out")
                .project("b-out", "b", "out")
                .project("b-out-again", "b", "out")
                .project("in-out", "in", "out")
                .build(Initialisation.uniform(1));
    }

    private static Network layered(Loss loss, int... sizes) {
        return Network.layered(
                sizes,
                StandardActivation.TANH,
                StandardActivation.LINEAR,
                loss,
                Initialisation.uniform(1));
    }
}
