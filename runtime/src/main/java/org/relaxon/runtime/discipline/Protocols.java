package org.relaxon.runtime.discipline;

import java.util.ArrayList;
import java.util.List;
import org.relaxon.model.cell.Cell;
import org.relaxon.model.cell.InteractionGraph;
import org.relaxon.model.cell.Link;
import org.relaxon.model.cell.Wiring;
import org.relaxon.model.rule.Rule;
import org.relaxon.model.rule.Trait;

/**
 * The channels of a session under one discipline, and the protocol of each cell. Alone signals
 * travel on the links of the wiring; in step, bundles travel on both directions of every edge of an
 * {@link InteractionGraph}.
 */
public final class Protocols {
    private final Discipline discipline;
    private final InteractionGraph graph; // null if signals travel alone
    private final List<Channel> channels = new ArrayList<>();
    private final int[] firstChannel; // per cell, in step only
    private final int[] neighbourOf; // per link
    private final int[] slotOf; // per link
    private final int[][] sources; // per cell, ascending; null unless turns are relayed

    private Protocols(
            Discipline discipline, Wiring wiring, InteractionGraph graph, boolean relays) {
        this.discipline = discipline;
        this.graph = graph;
        sources = relays ? wiring.sources() : null;
        int links = wiring.links().size();
        neighbourOf = new int[graph == null ? 0 : links];
        slotOf = new int[neighbourOf.length];
        firstChannel = new int[graph == null ? 0 : graph.cells()];
        if (graph == null) {
            wiring.links().forEach(l -> channels.add(new Channel(l.from(), l.to(), l.slot())));
            return;
        }
        for (int cell = 0; cell < graph.cells(); cell++) {
            firstChannel[cell] = channels.size();
            for (int to : graph.neighbours(cell)) {
                channels.add(new Channel(cell, to, graph.position(cell, to)));
            }
        }
        for (Link link : wiring.links()) {
            neighbourOf[link.index()] = graph.position(link.to(), link.from());
            slotOf[link.index()] = link.slot();
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
    public List<Channel> channels() {
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

    /** Which cells project to this one, ascending; only where turns are relayed. */
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
        return firstChannel[cell] + neighbour;
    }

    int neighbourOf(int link) {
        return neighbourOf[link];
    }

    int slotOf(int link) {
        return slotOf[link];
    }

    int diameter() {
        return graph.diameter();
    }
}
