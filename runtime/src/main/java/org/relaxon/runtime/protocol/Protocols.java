package org.relaxon.runtime.protocol;

import org.relaxon.model.cell.Cell;
import org.relaxon.model.cell.InteractionGraph;
import org.relaxon.model.cell.Links;
import org.relaxon.model.cell.Wiring;
import org.relaxon.model.rule.Rule;
import org.relaxon.model.rule.Trait;
import org.relaxon.runtime.discipline.Discipline;

/**
 * The channels of a session under one discipline, and the protocol of each cell. Signals that
 * travel alone use the links of the wiring; bundles of cells in step use both directions of every
 * edge of an {@link InteractionGraph}.
 */
public final class Protocols {
    private final Discipline discipline;
    private final InteractionGraph graph; // null if signals travel alone
    private final Links links;
    private final Channels.Edges edges; // null if signals travel alone
    private final Channels channels;
    private final int[] neighbourOf; // per link, in step only
    private final int[][] sources; // per cell, ascending; null unless turns are relayed

    private Protocols(
            Discipline discipline, Wiring wiring, InteractionGraph graph, boolean relays) {
        this.discipline = discipline;
        this.graph = graph;
        sources = relays ? wiring.sources() : null;
        links = wiring.links();
        edges = graph == null ? null : Channels.of(graph);
        channels = edges == null ? Channels.of(links) : edges;
        neighbourOf = new int[graph == null ? 0 : links.size()];
        for (int k = 0; k < neighbourOf.length; k++) {
            neighbourOf[k] = graph.position(links.to(k), links.from(k));
        }
    }

    /**
     * {@return the channels that a rule's cells need under a discipline}
     *
     * @param discipline when a cell may relax
     * @param wiring cells and links of the network
     * @param rule rule of the cells
     */
    public static Protocols of(Discipline discipline, Wiring wiring, Rule rule) {
        boolean turns = discipline.kind() == Discipline.Kind.TURN_TAKING;
        boolean relays = turns && rule.traits().has(Trait.NEEDS_RENEWAL);
        InteractionGraph graph =
                switch (discipline.kind()) {
                    case EAGER, CLOCK -> null;
                    case HANDSHAKE -> InteractionGraph.of(wiring, false);
                    case TURN_TAKING ->
                            InteractionGraph.of(
                                    wiring,
                                    rule.traits().has(Trait.CO_PARENTS_INTERACT) && !relays);
                };
        return new Protocols(discipline, wiring, graph, relays);
    }

    /** {@return all channels, by index; where cells act alone, that is the index of the link} */
    public Channels channels() {
        return channels;
    }

    /**
     * {@return the protocol of one cell}
     *
     * @param cell cell that has just been built
     */
    public Protocol create(Cell cell) {
        return switch (discipline.kind()) {
            case EAGER, CLOCK -> new Eager(cell);
            case HANDSHAKE -> new Handshake(cell, graph.neighbours(cell.id().index()), this);
            case TURN_TAKING -> {
                int[] neighbours = graph.neighbours(cell.id().index());
                yield sources == null
                        ? new TurnTaking(cell, neighbours, this)
                        : new RelayedTurns(cell, neighbours, this);
            }
        };
    }

    /** The cells that project to this one, ascending; only where turns are relayed. */
    int[] sources(int cell) {
        return sources[cell];
    }

    /**
     * {@return the number of inbox slots of a cell's protocol}
     *
     * @param wiring cells and links of the network
     * @param cell index of the cell
     */
    public int slots(Wiring wiring, int cell) {
        return graph == null ? wiring.slots(cell) : graph.neighbours(cell).length;
    }

    int channel(int cell, int neighbour) {
        return edges.channel(cell, neighbour);
    }

    int neighbourOf(int link) {
        return neighbourOf[link];
    }

    Links links() {
        return links;
    }

    int slotOf(int link) {
        return links.slot(link);
    }

    int diameter() {
        return graph.diameter();
    }
}
