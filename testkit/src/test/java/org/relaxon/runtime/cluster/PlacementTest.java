package org.relaxon.runtime.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.relaxon.model.network.Granularity;
import org.relaxon.model.network.Network;
import org.relaxon.model.rule.PredictiveCoding;
import org.relaxon.runtime.Budget;
import org.relaxon.runtime.RunPlan;
import org.relaxon.runtime.Session;
import org.relaxon.runtime.cluster.Placement.Share;
import org.relaxon.testkit.Compare;
import org.relaxon.testkit.Problem;

/** Where cells are: by default, by a table, and really. */
class PlacementTest {
    private static final Problem PROBLEM = Problem.tanh(3, 2, 4, 5, 6, 3);
    private static final Network NETWORK = PROBLEM.network();

    private static List<List<String>> placed(String table, Granularity granularity, int nodes) {
        return Placement.of(PlacementTable.parse("file", table), NETWORK, granularity, nodes)
                .cells();
    }

    private static void refuses(String table, String message) {
        String found =
                assertThrows(
                                IllegalArgumentException.class,
                                () -> placed(table, Granularity.NEURON, 2))
                        .getMessage();
        assertTrue(found.startsWith("placement: " + message), found);
    }

    @Test
    void aTableTakesPopulationsAndRanges() {
        assertEquals(
                List.of(List.of("1", "2[0]"), List.of("2[1]", "2[2]", "2[3]", "2[4]", "2[5]", "3")),
                placed("1 1, 2[0]\n2 2[1..5], 3", Granularity.parse("block:1"), 2).stream()
                        .map(PlacementTest::whole)
                        .toList());
    }

    @Test
    void theDefaultHasAllCellsInTheirOrder() {
        List<List<String>> halves = Placement.balanced(NETWORK, Granularity.NEURON, 2).cells();
        assertEquals(2, halves.size());
        assertEquals("1[0]", halves.get(0).get(0));
        assertEquals("3[2]", halves.get(1).get(halves.get(1).size() - 1));
    }

    /** The neurons of populations 1 and 3 as one name. */
    private static List<String> whole(List<String> cells) {
        return cells.stream()
                .map(c -> c.startsWith("2") ? c : c.substring(0, 1))
                .distinct()
                .toList();
    }

    @Test
    void tablesThatPlaceNotEveryCellOnceAreRefused() {
        refuses("1 1, 2", "file has no node for the cell 3[0]");
        refuses("1 1, 2\n2 3[0..1]", "file has no node for the cell 3[2]");
        refuses("1 1, 2\n2 2[5], 3", "file, line 2: the cell 2[5] has a node already");
        refuses("1 1, 4", "file, line 1: the network has no population 4");
        refuses("1 0, 1", "file, line 1: 0 is an input");
        refuses("1 1, 2[4..6]", "file, line 1: 2[4..6]: 2 has the neurons 0..5");
        refuses("3 1", "file, line 1: there is no node 3 of 2");
        refuses("1 1\n2 2\n1 3", "node 1 has cells before and after 2[0]; give each node cells");
        refuses("# nothing\n", "file places no cell");
        refuses("0 1", "file, line 1: need the number of a node, from 1,");
        refuses("1 1;2", "file, line 1: need the number of a node, from 1,");
        refuses("one 1", "file, line 1: need the number of a node, from 1,");
    }

    @Test
    void aCellIsNotCut() {
        IllegalArgumentException cut =
                assertThrows(
                        IllegalArgumentException.class,
                        () ->
                                placed(
                                        "1 1, 2[0..2]\n2 2[3..5], 3",
                                        Granularity.parse("block:4"),
                                        2));
        assertTrue(cut.getMessage().contains("a part of the cell 2[0..3] alone"), cut.getMessage());
    }

    /** Every session of a node has the cells that the host states, whatever the order of nodes. */
    @Test
    void realCellsAreWhereThePlacementStates() {
        List<List<Share>> stated = new ArrayList<>();
        PlacementTable table = PlacementTable.parse("file", "2 1\n3 2[0..1]\n1 2[2..5], 3");
        try (LocalCluster cluster = new LocalCluster(3);
                ClusterHost host = cluster.host(table, stated);
                ClusterHost usual = cluster.host(null, stated)) {
            RunPlan plan = RunPlan.of(new PredictiveCoding()).withGranularity(Granularity.NEURON);
            for (ClusterHost one : List.of(host, usual)) {
                try (Session session = one.open(NETWORK, plan)) {
                    Map<String, List<String>> held = cluster.cells();
                    List<Share> shares = stated.remove(0);
                    assertEquals(3, shares.size());
                    for (Share share : shares) {
                        assertEquals(
                                share.count(), held.get(share.address()).size(), share.toString());
                        assertEquals(
                                share.cells(), ranges(held.get(share.address())), share.toString());
                    }
                    Compare.settled(
                            session.settle(PROBLEM.nudged(0.5), Budget.DEFAULT), "on three nodes");
                    assertTrue(one.links().stream().mapToLong(ClusterHost.Link::signals).sum() > 0);
                }
            }
        }
    }

    private static String ranges(List<String> cells) {
        Map<String, List<Integer>> neurons = new TreeMap<>();
        for (String cell : cells) {
            int bracket = cell.indexOf('[');
            neurons.computeIfAbsent(cell.substring(0, bracket), k -> new ArrayList<>())
                    .add(Integer.parseInt(cell.substring(bracket + 1, cell.length() - 1)));
        }
        List<String> out = new ArrayList<>();
        neurons.forEach(
                (name, own) -> {
                    int size = NETWORK.population(Integer.parseInt(name)).size();
                    int first = own.get(0);
                    int last = own.get(own.size() - 1);
                    assertEquals(own.size(), last - first + 1, cells.toString());
                    out.add(
                            own.size() == size
                                    ? name
                                    : first == last
                                            ? "%s[%d]".formatted(name, first)
                                            : "%s[%d..%d]".formatted(name, first, last));
                });
        return String.join(", ", out);
    }
}
