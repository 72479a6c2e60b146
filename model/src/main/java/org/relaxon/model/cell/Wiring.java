package org.relaxon.model.cell;

import java.util.AbstractList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.RandomAccess;
import org.relaxon.model.network.CellId;
import org.relaxon.model.network.Granularity;
import org.relaxon.model.network.Network;
import org.relaxon.model.network.Population;
import org.relaxon.model.network.Projection;

/**
 * A network cut into cells: which cell owns which neurons, and which link leads from where to
 * where. A pure function of (network, granularity). Clamped populations have no cells and no links.
 */
public final class Wiring {
    /** The most links that are wired; a larger network needs a coarser granularity. */
    public static final int LINKS_MAX = 20_000_000;

    private final Network network;
    private final int[] firstCells; // by population, and their number
    private final int[] neurons; // of a cell, by population; its last cell may have fewer
    private final Links links;
    private final int[] slots;
    private final int[] heights;

    private Wiring(Network network, Granularity granularity) {
        this.network = network;
        int populations = network.populations().size();
        firstCells = new int[populations + 1];
        neurons = new int[populations];
        for (Population p : network.populations()) {
            neurons[p.index()] = neurons(network, p, granularity);
            int count = (p.size() + neurons[p.index()] - 1) / neurons[p.index()];
            int own = p.role() == Population.Role.INPUT ? 0 : count;
            firstCells[p.index() + 1] = firstCells[p.index()] + own;
        }
        heights = new int[populations];
        for (int p = 0; p < heights.length; p++) {
            heights[p] = network.height(p);
        }
        int[] pairs = countPairs();
        Links.Builder builder = new Links.Builder(count());
        Adjacency[] up = new Adjacency[pairs.length]; // a row for each postsynaptic cell
        Adjacency[] down = new Adjacency[pairs.length];
        for (Projection e : network.projections()) {
            up[e.index()] = search(e).search(pairs[e.index()]);
            down[e.index()] = up[e.index()].transposed(cellsOf(e.pre()).size());
        }
        for (Link.Kind kind : Link.Kind.values()) { // a cell's activity slots come first
            for (Projection e : network.projections()) {
                int k = e.index();
                List<CellId> pre = cellsOf(e.pre());
                List<CellId> post = cellsOf(e.post());
                if (kind == Link.Kind.ACTIVITY) {
                    builder.link(kind, k, pre, post, up[k], down[k]);
                } else {
                    builder.link(kind, k, post, pre, down[k], up[k]);
                }
            }
        }
        slots = builder.slots();
        links = builder.build();
    }

    /**
     * Wires a network.
     *
     * @param network network to cut into cells
     * @param granularity number of neurons per cell
     * @return cells and links, numbered
     * @throws IllegalArgumentException if there would be more than {@link #LINKS_MAX} links
     */
    public static Wiring of(Network network, Granularity granularity) {
        return new Wiring(network, granularity);
    }

    /** {@return the network that was cut into cells} */
    public Network network() {
        return network;
    }

    /** {@return all cells, by index} */
    public List<CellId> cells() {
        return new CellList();
    }

    /** Cells follow from their index, so that none has to be kept. */
    private final class CellList extends AbstractList<CellId> implements RandomAccess {
        @Override
        public CellId get(int index) {
            Objects.checkIndex(index, size());
            int p = 0;
            while (index >= firstCells[p + 1]) {
                p++;
            }
            Population whole = network.populations().get(p);
            int from = (index - firstCells[p]) * neurons[p];
            return new CellId(index, whole, from, Math.min(whole.size(), from + neurons[p]));
        }

        @Override
        public int size() {
            return count();
        }
    }

    private int count() {
        return firstCells[neurons.length];
    }

    /**
     * {@return the cells of one population, in order of their neurons; empty for an input}
     *
     * @param population index of the population
     */
    public List<CellId> cellsOf(int population) {
        return cells().subList(firstCells[population], firstCells[population + 1]);
    }

    /** {@return all links, by index} */
    public Links links() {
        return links;
    }

    /**
     * {@return the links on which a cell sends, by index}
     *
     * @param cell index of the cell
     */
    public List<Link> outgoing(int cell) {
        return links.outgoing(cell);
    }

    /**
     * {@return the links on which a cell receives, by index}
     *
     * @param cell index of the cell
     */
    public List<Link> incoming(int cell) {
        return links.incoming(cell);
    }

    /** {@return for every cell the indices of the cells that project to it, ascending} */
    public int[][] sources() {
        int[][] sources = new int[count()][];
        Arrays.setAll(sources, links::sources);
        return sources;
    }

    /**
     * {@return the number of projections between a population and the output}
     *
     * @param population index of the population
     */
    public int height(int population) {
        return heights[population];
    }

    /**
     * {@return the number of inbox slots of a cell}
     *
     * @param cell index of the cell
     */
    public int slots(int cell) {
        return slots[cell];
    }

    /**
     * {@return the name of a link, "sender->receiver" in cell names, such as "1->2" or
     * "2[3]->1[0]"}
     *
     * @param link link of this wiring
     */
    public String name(Link link) {
        return cells().get(link.from()).name() + "->" + cells().get(link.to()).name();
    }

    /**
     * {@return the number of pairs of cells that a projection links, once in each direction; 0 if
     * its presynaptic population is clamped}
     *
     * @param network network to cut into cells
     * @param granularity number of neurons per cell
     * @param projection one of its projections
     */
    public static long pairs(Network network, Granularity granularity, Projection projection) {
        return search(
                        network,
                        projection,
                        neurons(network, network.population(projection.pre()), granularity),
                        neurons(network, network.population(projection.post()), granularity))
                .pairs();
    }

    private Adjacency.Search search(Projection e) {
        return search(network, e, neurons[e.pre()], neurons[e.post()]);
    }

    private static Adjacency.Search search(Network network, Projection e, int pre, int post) {
        Population from = network.population(e.pre());
        int moving = from.role() == Population.Role.INPUT ? 0 : from.size();
        return new Adjacency.Search(
                e.connectivity(),
                new Adjacency.Cut(moving, pre),
                new Adjacency.Cut(network.population(e.post()).size(), post));
    }

    private static int neurons(Network network, Population p, Granularity granularity) {
        boolean whole = p.role() == Population.Role.OUTPUT && network.loss().couplesOutputs();
        return whole ? p.size() : Math.min(p.size(), granularity.neurons());
    }

    /** Pairs of cells that each projection links. */
    private int[] countPairs() {
        long total = 0;
        int[] pairs = new int[network.projections().size()];
        for (Projection e : network.projections()) {
            long own = search(e).pairs();
            total += 2 * own;
            pairs[e.index()] = (int) Math.min(own, LINKS_MAX);
        }
        if (total > LINKS_MAX) {
            throw new IllegalArgumentException(
                    "granularity: %s would need %d links, at most %d are wired; use larger blocks"
                            .formatted(network, total, LINKS_MAX));
        }
        return pairs;
    }
}
