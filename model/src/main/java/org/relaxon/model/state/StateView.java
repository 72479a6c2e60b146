package org.relaxon.model.state;

/**
 * Numbers of one cell by neuron and column, shape (n, B): a window on the cell's own array, through
 * which a rule reads and writes without index arithmetic.
 */
public final class StateView {
    private final double[] values;
    private final int neurons;
    private final int columns;

    /**
     * Opens a window on a flat array.
     *
     * @param values flat (n, B), shared, not copied
     * @param neurons number of neurons n
     * @param columns number of columns B
     * @throws IllegalArgumentException if the array has another length
     */
    public StateView(double[] values, int neurons, int columns) {
        if (values.length != Math.multiplyExact(neurons, columns)) {
            throw new IllegalArgumentException(
                    "view: %d numbers are not (%d, %d)".formatted(values.length, neurons, columns));
        }
        this.values = values;
        this.neurons = neurons;
        this.columns = columns;
    }

    /** {@return the number of neurons n} */
    public int neurons() {
        return neurons;
    }

    /** {@return the number of columns B} */
    public int columns() {
        return columns;
    }

    /**
     * {@return one number}
     *
     * @param neuron from 0
     * @param column from 0
     * @throws IndexOutOfBoundsException naming an index that is not in range
     */
    public double get(int neuron, int column) {
        return values[at(neuron, column)];
    }

    /**
     * Replaces one number.
     *
     * @param neuron from 0
     * @param column from 0
     * @param value new number
     * @throws IndexOutOfBoundsException naming an index that is not in range
     */
    public void set(int neuron, int column, double value) {
        values[at(neuron, column)] = value;
    }

    /**
     * Replaces the numbers of all neurons in one column.
     *
     * @param column from 0
     * @param value new number
     */
    public void fill(int column, double value) {
        for (int i = 0; i < neurons; i++) {
            set(i, column, value);
        }
    }

    /**
     * {@return the mean over all neurons in one column}
     *
     * @param column from 0
     */
    public double mean(int column) {
        double sum = 0.0;
        for (int i = 0; i < neurons; i++) {
            sum += get(i, column);
        }
        return sum / neurons;
    }

    private int at(int neuron, int column) {
        if (neuron < 0 || neuron >= neurons || column < 0 || column >= columns) {
            throw new IndexOutOfBoundsException(
                    "view: neuron %d, column %d is not within (%d, %d)"
                            .formatted(neuron, column, neurons, columns));
        }
        return neuron * columns + column;
    }
}
