package org.relaxon.runtime.observe;

import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import org.relaxon.model.network.CellId;

/** The values of one quantity of one cell at one moment. Immutable. */
public final class Reading {
    private final Quantity quantity;
    private final int[] neurons; // of the population, by row; empty where rows are none
    private final List<CellId> senders; // by row; empty where rows are none
    private final int width;
    private final double[] values; // flat (rows, width)

    private Reading(
            Quantity quantity, int[] neurons, List<CellId> senders, int width, double[] values) {
        this.quantity = quantity;
        this.neurons = neurons;
        this.senders = senders;
        this.width = width;
        this.values = values;
    }

    /**
     * {@return a reading of a quantity that belongs to the cell as a whole}
     *
     * @param quantity one that is neither per neuron nor per sender
     * @param values one row; copied
     */
    public static Reading ofCell(Quantity quantity, double... values) {
        require(quantity, !quantity.isPerNeuron() && !quantity.isPerSender());
        return new Reading(quantity, new int[0], List.of(), values.length, values.clone());
    }

    /**
     * {@return a reading of some neurons of a cell}
     *
     * @param quantity one that is per neuron
     * @param from first neuron of the cell in its population
     * @param size number of neurons of the cell
     * @param neurons neurons to read, as indices in the population
     * @param all values of the whole cell, flat (size, width); copied
     */
    public static Reading ofNeurons(
            Quantity quantity, int from, int size, int[] neurons, double[] all) {
        require(quantity, quantity.isPerNeuron());
        int width = all.length / size;
        double[] values = new double[neurons.length * width];
        for (int r = 0; r < neurons.length; r++) {
            System.arraycopy(all, (neurons[r] - from) * width, values, r * width, width);
        }
        return new Reading(quantity, neurons.clone(), List.of(), width, values);
    }

    /**
     * {@return a reading with one number for each cell that has sent parcels}
     *
     * @param quantity one that is per sender
     * @param counts number for each sender, in the order of rows
     */
    public static Reading ofSenders(Quantity quantity, SortedMap<CellId, Long> counts) {
        require(quantity, quantity.isPerSender());
        double[] values = counts.values().stream().mapToDouble(Long::doubleValue).toArray();
        return new Reading(quantity, new int[0], List.copyOf(counts.keySet()), 1, values);
    }

    private static void require(Quantity quantity, boolean fits) {
        if (!fits) {
            throw new IllegalArgumentException(
                    "quantity: %s has one row for %s"
                            .formatted(
                                    quantity.optionName(),
                                    quantity.isPerNeuron()
                                            ? "each neuron"
                                            : quantity.isPerSender() ? "each sender" : "the cell"));
        }
    }

    /** {@return what was read} */
    public Quantity quantity() {
        return quantity;
    }

    /** {@return the number of rows: of the neurons read, of senders, or 1 for the whole cell} */
    public int rows() {
        return quantity.isPerNeuron()
                ? neurons.length
                : quantity.isPerSender() ? senders.size() : 1;
    }

    /** {@return the number of values per row} */
    public int width() {
        return width;
    }

    /**
     * {@return the neuron of a row, as an index in its population}
     *
     * @param row from 0
     * @throws IllegalStateException if the quantity is not per neuron
     */
    public int neuron(int row) {
        if (!quantity.isPerNeuron()) {
            throw new IllegalStateException(
                    "quantity: %s has no neurons".formatted(quantity.optionName()));
        }
        return neurons[row];
    }

    /**
     * {@return the sender of a row}
     *
     * @param row from 0
     * @throws IllegalStateException if the quantity is not per sender
     */
    public CellId sender(int row) {
        if (!quantity.isPerSender()) {
            throw new IllegalStateException(
                    "quantity: %s has no senders".formatted(quantity.optionName()));
        }
        return senders.get(row);
    }

    /**
     * {@return one value}
     *
     * @param row from 0
     * @param k place in the row, from 0: the column, or plane x B + column
     */
    public double value(int row, int k) {
        if (row < 0 || row >= rows() || k < 0 || k >= width) {
            throw new IndexOutOfBoundsException(
                    "(%d, %d) of (%d, %d)".formatted(row, k, rows(), width));
        }
        return values[row * width + k];
    }

    /** {@return a copy of all values, flat (rows, width)} */
    public double[] values() {
        return values.clone();
    }

    /** For display: the quantity, its shape and the first value. */
    @Override
    public String toString() {
        String first = values.length == 0 ? "" : String.format(Locale.ROOT, " %s", values[0]);
        return "%s (%d, %d)%s".formatted(quantity.optionName(), rows(), width, first);
    }
}
