package org.relaxon.runtime.protocol;

import org.relaxon.model.cell.InteractionGraph;
import org.relaxon.model.cell.Link;
import org.relaxon.model.cell.Links;

/**
 * All directed paths between two cells on which parcels travel, numbered from 0. Each has a sending
 * cell, a receiving cell, and a slot in which the receiver's protocol accepts its parcels.
 * Immutable.
 */
public sealed interface Channels {
    /**
     * {@return one channel for each link, of the same index: signals travel alone}
     *
     * @param links links of the wiring
     */
    static Channels of(Links links) {
        return new Alone(links);
    }

    /**
     * {@return both directions of every edge: bundles travel in step}
     *
     * @param graph which cells are neighbours
     */
    static Edges of(InteractionGraph graph) {
        return Edges.of(graph);
    }

    /** {@return the number of channels} */
    int size();

    /**
     * {@return the index of the sending cell}
     *
     * @param channel index of the channel
     */
    int from(int channel);

    /**
     * {@return the index of the receiving cell}
     *
     * @param channel index of the channel
     */
    int to(int channel);

    /**
     * {@return the slot in which the receiver's protocol accepts parcels of a channel}
     *
     * @param channel index of the channel
     */
    int slot(int channel);

    /**
     * {@return the channel that ends in a slot of a cell}
     *
     * @param cell index of the receiving cell
     * @param slot slot of its protocol
     */
    int into(int cell, int slot);

    /**
     * {@return the channel on which the signals of a link travel}
     *
     * @param link link between two different cells of the same wiring
     */
    int carrying(Link link);

    /** The links themselves. */
    record Alone(Links links) implements Channels {
        @Override
        public int size() {
            return links.size();
        }

        @Override
        public int from(int channel) {
            return links.from(channel);
        }

        @Override
        public int to(int channel) {
            return links.to(channel);
        }

        @Override
        public int slot(int channel) {
            return links.slot(channel);
        }

        @Override
        public int into(int cell, int slot) {
            return links.into(cell, slot);
        }

        @Override
        public int carrying(Link link) {
            return link.index();
        }
    }

    /** The edges of a graph, sender by sender. */
    final class Edges implements Channels {
        private final InteractionGraph graph;
        private final int[] first; // per sender
        private final int[] from; // per channel
        private final int[] slot; // per channel

        private Edges(InteractionGraph graph, int size) {
            this.graph = graph;
            first = new int[graph.cells()];
            from = new int[size];
            slot = new int[size];
        }

        private static Edges of(InteractionGraph graph) {
            int size = 0;
            for (int cell = 0; cell < graph.cells(); cell++) {
                size += graph.neighbours(cell).length;
            }
            Edges channels = new Edges(graph, size);
            int next = 0;
            for (int cell = 0; cell < graph.cells(); cell++) {
                channels.first[cell] = next;
                for (int to : graph.neighbours(cell)) {
                    channels.from[next] = cell;
                    channels.slot[next++] = graph.position(cell, to);
                }
            }
            return channels;
        }

        /** Index of the channel to the k-th neighbour of a cell. */
        int channel(int cell, int neighbour) {
            return first[cell] + neighbour;
        }

        @Override
        public int size() {
            return from.length;
        }

        @Override
        public int from(int channel) {
            return from[channel];
        }

        @Override
        public int to(int channel) {
            int cell = from[channel];
            return graph.neighbours(cell)[channel - first[cell]];
        }

        @Override
        public int slot(int channel) {
            return slot[channel];
        }

        @Override
        public int into(int cell, int neighbour) {
            int sender = graph.neighbours(cell)[neighbour];
            return first[sender] + graph.position(cell, sender);
        }

        @Override
        public int carrying(Link link) {
            return channel(link.from(), graph.position(link.to(), link.from()));
        }
    }
}
