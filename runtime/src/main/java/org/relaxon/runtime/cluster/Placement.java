package org.relaxon.runtime.cluster;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.relaxon.model.cell.Wiring;
import org.relaxon.model.network.CellId;
import org.relaxon.model.network.Granularity;
import org.relaxon.model.network.Network;
import org.relaxon.runtime.shard.Division;

/**
 * Which node has which cells of a network: consecutive cells each. The one source of it, for heads
 * that open sessions and for whatever states where cells are.
 */
public final class Placement {
    private final Wiring wiring;
    private final Division division;
    private final int[] nodes; // of every range of cells

    private Placement(Wiring wiring, Division division, int[] nodes) {
        this.wiring = wiring;
        this.division = division;
        this.nodes = nodes;
    }

    /**
     * {@return the default: cells in their order, divided where nodes have about equal numbers of
     * synapses} A network of fewer cells than nodes uses the first of them.
     *
     * @param network its cells
     * @param granularity neurons per cell
     * @param nodes number of nodes, at least 1
     */
    public static Placement balanced(Network network, Granularity granularity, int nodes) {
        return balanced(Wiring.of(network, granularity), nodes);
    }

    static Placement balanced(Wiring wiring, int nodes) {
        Division division = Division.balanced(Synapses.byCell(wiring), nodes);
        int[] order = new int[division.parts()];
        Arrays.setAll(order, k -> k);
        return new Placement(wiring, division, order);
    }

    /**
     * {@return the placement that a table states}
     *
     * @param table a node for every cell
     * @param network its cells
     * @param granularity neurons per cell
     * @param nodes number of nodes, at least 1
     * @throws IllegalArgumentException naming a cell without a node or with two, a name that is not
     *     in the network, a number that is not of a node, or a node whose cells are not consecutive
     */
    public static Placement of(
            PlacementTable table, Network network, Granularity granularity, int nodes) {
        return of(table, Wiring.of(network, granularity), nodes);
    }

    static Placement of(PlacementTable table, Wiring wiring, int nodes) {
        int[] byCell = table.nodes(wiring, nodes);
        int[] firsts = new int[byCell.length + 1];
        int[] order = new int[byCell.length];
        int[] seen = new int[nodes]; // range of a node, from 1; 0 for none
        int parts = 0;
        for (int k = 0; k < byCell.length; k++) {
            if (k > 0 && byCell[k] == byCell[k - 1]) {
                continue;
            }
            if (seen[byCell[k]] > 0) {
                CellId between = wiring.cells().get(firsts[seen[byCell[k]]]);
                throw new IllegalArgumentException(
                        "placement: node %d has cells before and after %s; give each node cells that follow one another, populations in the order of the network"
                                .formatted(byCell[k] + 1, between.name()));
            }
            order[parts] = byCell[k];
            firsts[parts] = k;
            seen[byCell[k]] = ++parts;
        }
        firsts[parts] = byCell.length;
        Division division = Division.at(Arrays.copyOf(firsts, parts + 1));
        return new Placement(wiring, division, Arrays.copyOf(order, parts));
    }

    Wiring wiring() {
        return wiring;
    }

    Division division() {
        return division;
    }

    /** Those of all nodes that have cells, in the order of their cells. */
    <T> List<T> inOrder(List<T> all) {
        return Arrays.stream(nodes).mapToObj(all::get).toList();
    }

    /** {@return the cells of every node that has any, by name, in the order of the cells} */
    public List<List<String>> cells() {
        List<List<String>> out = new ArrayList<>();
        for (int part = 0; part < division.parts(); part++) {
            out.add(cells(part).stream().map(CellId::name).toList());
        }
        return out;
    }

    private List<CellId> cells(int part) {
        return wiring.cells().subList(division.first(part), division.first(part + 1));
    }

    /**
     * {@return what every node has, in the order of the cells}
     *
     * @param addresses of all nodes, by number
     */
    List<Share> shares(List<String> addresses) {
        long[] synapses = Synapses.byCell(wiring);
        List<Share> out = new ArrayList<>();
        for (int part = 0; part < division.parts(); part++) {
            long held = 0;
            for (CellId cell : cells(part)) {
                held += synapses[cell.index()] - 1; // without the cell itself
            }
            int node = nodes[part];
            out.add(
                    new Share(
                            node + 1,
                            addresses.get(node),
                            ranges(part),
                            division.first(part + 1) - division.first(part),
                            held));
        }
        return out;
    }

    /** The cells of a node as ranges of neurons, one for each population. */
    private String ranges(int part) {
        List<CellId> own = cells(part);
        List<String> out = new ArrayList<>();
        for (int k = 0; k < own.size(); ) {
            CellId first = own.get(k);
            int last = k;
            while (last + 1 < own.size() && own.get(last + 1).population() == first.population()) {
                last++;
            }
            CellId whole = new CellId(0, first.whole(), first.from(), own.get(last).to());
            out.add(whole.name());
            k = last + 1;
        }
        return String.join(", ", out);
    }

    /**
     * The cells of one node.
     *
     * @param node its number, from 1, in the order of addresses
     * @param address where it listens
     * @param cells names as a table takes them: {@code low[500..999], label}
     * @param count number of cells
     * @param synapses number of synapses that they hold
     */
    public record Share(int node, String address, String cells, int count, long synapses) {}
}
