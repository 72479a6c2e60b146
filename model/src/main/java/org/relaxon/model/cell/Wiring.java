package org.relaxon.model.cell;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
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
    private final List<CellId> cells = new ArrayList<>();
    private final List<List<CellId>> byPopulation = new ArrayList<>();
    private final Links links;
    private final int[] slots;
    private final int[] heights;

    private Wiring(Network network, Granularity granularity) {
        this.network = network;
        for (Population p : network.populations()) {
            byPopulation.add(cut(p, granularity));
        }
        heights = new int[byPopulation.size()];
        for (int p = 0; p < heights.length; p++) {
            heights[p] = network.height(p);
        }
        requireWirable();
        Links.Builder builder = new Links.Builder(cells.size());
        for (Link.Kind kind : Link.Kind.values()) { // a cell's activity slots come first
            for (Projection e : network.projections()) {
                boolean forward = kind == Link.Kind.ACTIVITY;
                List<CellId> from = cellsOf(forward ? e.pre() : e.post());
                List<CellId> to = cellsOf(forward ? e.post() : e.pre());
                builder.link(kind, e.index(), from, to);
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
        return Collections.unmodifiableList(cells);
    }

    /**
     * {@return the cells of one population, in order of their neurons; empty for an input}
     *
     * @param population index of the population
     */
    public List<CellId> cellsOf(int population) {
        return Collections.unmodifiableList(byPopulation.get(population));
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

    /** {@return for every cell the indices of the cells that project to it, ascending} */
    public int[][] sources() {
        int[][] sources = new int[cells.size()][];
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
        return cells.get(link.from()).name() + "->" + cells.get(link.to()).name();
    }

    private List<CellId> cut(Population p, Granularity granularity) {
        List<CellId> own = new ArrayList<>();
        if (p.role() == Population.Role.INPUT) {
            return own;
        }
        boolean whole = p.role() == Population.Role.OUTPUT && network.loss().couplesOutputs();
        int step = whole ? p.size() : Math.min(p.size(), granularity.neurons());
        for (int from = 0; from < p.size(); from += step) {
            int to = Math.min(p.size(), from + step);
            CellId id = new CellId(cells.size(), p, from, to);
            cells.add(id);
            own.add(id);
        }
        return own;
    }

    private void requireWirable() {
        long total = 0;
        for (Projection e : network.projections()) {
            total += 2L * cellsOf(e.pre()).size() * cellsOf(e.post()).size();
        }
        if (total > LINKS_MAX) {
            throw new IllegalArgumentException(
                    "granularity: %s would need %d links, at most %d are wired; use larger blocks"
                            .formatted(network, total, LINKS_MAX));
        }
    }
}
