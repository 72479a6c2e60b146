package org.relaxon.model.weights;

import java.util.Arrays;
import java.util.List;
import org.relaxon.model.math.Kernels;

/**
 * The synapses of one projection onto the neurons of one cell, W of shape (rows, columns): row i
 * belongs to the cell's i-th neuron, column j to the j-th presynaptic neuron. Implementations
 * decide how to store the numbers. Gradients and the memories of an optimiser are weights of the
 * same structure.
 *
 * <p>Mutable, without a lock: only the owner of the cell may write. Products take the kernels of
 * the calling thread, since these own scratch memory.
 */
public interface Weights {
    /** {@return the number of postsynaptic neurons} */
    int rows();

    /** {@return the number of presynaptic neurons} */
    int columns();

    /** {@return the number of synapses; those that share a number count separately} */
    long synapses();

    /**
     * {@return the number of own neurons that a presynaptic one reaches}
     *
     * @param column index of the presynaptic neuron
     */
    int reached(int column);

    /**
     * {@return the stored numbers, one array per postsynaptic neuron; the arrays themselves}
     * Operations on single numbers, such as a step of an optimiser, use these.
     *
     * @throws UnsupportedOperationException if numbers are stored in single precision
     */
    double[][] values();

    /** {@return the precision of the stored numbers and of products with them} */
    default Kernels.Precision precision() {
        return Kernels.Precision.DOUBLE;
    }

    /** {@return the number of rows that {@link #row} knows} */
    default int storedRows() {
        return values().length;
    }

    /** {@return memory for {@link #row}} */
    default double[] scratch() {
        return new double[0];
    }

    /**
     * {@return the stored numbers of a row: the array of {@link #values}, or, of numbers in single
     * precision, a copy, which counts once it is handed to {@link #store}}
     *
     * @param i index of the row
     * @param scratch receives the copy, {@link #scratch}
     */
    default double[] row(int i, double[] scratch) {
        return values()[i];
    }

    /**
     * Stores what {@link #row} gave, rounded to single precision if that is the precision.
     *
     * @param i index of the row
     * @param numbers of the row
     */
    default void store(int i, double[] numbers) {
        // it is the array itself
    }

    /** Makes all stored numbers 0. */
    default void clear() {
        for (double[] row : values()) {
            Arrays.fill(row, 0.0);
        }
    }

    /**
     * {@return the stored numbers of the feedback weights B, by whose transpose {@link #feedback}
     * weighs; those of {@link #values} themselves unless they are a matrix of their own}
     */
    default double[][] feedbackValues() {
        return values();
    }

    /** {@return whether {@link #feedbackValues} are numbers of their own} */
    default boolean hasOwnFeedback() {
        return feedbackValues() != values();
    }

    /**
     * Adds W x to the drive.
     *
     * @param kernels arithmetic and scratch memory
     * @param activity x, flat (columns, width)
     * @param width number of columns of x
     * @param drive receives the sum, flat (rows, width)
     */
    void addDrive(Kernels kernels, double[] activity, int width, double[] drive);

    /**
     * Writes W^T v, or B^T v if feedback has weights B of its own.
     *
     * @param kernels arithmetic and scratch memory
     * @param backward v, flat (rows, width)
     * @param width number of columns of v
     * @param feedback receives the product, flat (columns, width)
     */
    void feedback(Kernels kernels, double[] backward, int width, double[] feedback);

    /**
     * Adds W d to one column of a drive, where d is 0 but for some presynaptic neurons.
     *
     * @param kernels arithmetic and scratch memory
     * @param changed indices of these neurons
     * @param by their values in d
     * @param begin position of the first of them in both arrays
     * @param end position after the last
     * @param drive receives the sum, length rows
     * @return the number of multiplications by a weight
     */
    long addChangedDrive(
            Kernels kernels, int[] changed, double[] by, int begin, int end, double[] drive);

    /**
     * Adds W^T d, or B^T d, to one column of a feedback, where d is 0 but for some postsynaptic
     * neurons.
     *
     * @param kernels arithmetic and scratch memory
     * @param changed indices of these neurons
     * @param by their values in d
     * @param begin position of the first of them in both arrays
     * @param end position after the last
     * @param feedback receives the sum, length columns
     * @return the number of multiplications by a weight
     */
    long addChangedFeedback(
            Kernels kernels, int[] changed, double[] by, int begin, int end, double[] feedback);

    /**
     * {@return weights of the same numbers, not copied, of which {@link #addChangedDrive} reads
     * columns quickly; this if it does so already}
     */
    default Weights withColumns() {
        return this;
    }

    /** Discards copies of numbers that have changed since they were made. */
    default void numbersChanged() {
        // there are none
    }

    /**
     * Adds v x^T, summed over their columns, where there are synapses.
     *
     * @param kernels arithmetic and scratch memory
     * @param factor v, flat (rows, width)
     * @param activity x, flat (columns, width)
     * @param width number of columns of both
     */
    void addOuter(Kernels kernels, double[] factor, double[] activity, int width);

    /**
     * {@return whether {@link #addOuter} of some columns and then of others gives the bits of one
     * with the columns of both}
     */
    default boolean addsColumnByColumn() {
        return false;
    }

    /**
     * {@return weights of consecutive rows, which share the stored numbers: all rows together} Each
     * may be changed on another thread.
     *
     * @param most how many of them, at least 1
     */
    default List<Weights> slices(int most) {
        return List.of(this);
    }

    /** {@return |W|, in separate storage, with a number of its own for every synapse} */
    Weights magnitudes();

    /**
     * {@return the sum of squares over one row: by how much the drive of a neuron rises per unit
     * that it feeds back} With feedback weights B of its own it is the sum of W B, or 0 if that is
     * negative: such feedback holds no drive in place.
     *
     * @param row index of the postsynaptic neuron in the cell
     */
    double squaredLength(int row);

    /**
     * Adds the sum of |W| over each row.
     *
     * @param sums receives them, length rows
     */
    void addRowSums(double[] sums);

    /**
     * Adds the sum of |W| over each row's synapses from each block of presynaptic neurons.
     *
     * @param begins first neuron of every block, and one past the last; length blocks + 1
     * @param sums receives them, shape (rows, blocks)
     */
    void addBlockSums(int[] begins, double[][] sums);

    /**
     * Multiplies every synapse by the factor of its row and block.
     *
     * @param begins as in {@link #addBlockSums}
     * @param factors shape (rows, blocks)
     */
    void multiplyBlocks(int[] begins, double[][] factors);

    /** {@return weights of the same structure that are all 0} */
    Weights zeros();

    /**
     * {@return weights of the same structure whose numbers are those of a whole projection}
     *
     * @param whole a number for every synapse of the projection, shape (n, columns); shared
     * @param first row of {@code whole} that belongs to this cell's first neuron
     */
    Weights over(double[][] whole, int first);

    /**
     * Saves a number for every synapse.
     *
     * @param whole receives them, shape (n, columns)
     * @param first row of {@code whole} that belongs to this cell's first neuron
     */
    void save(double[][] whole, int first);

    /**
     * Loads a number for every synapse.
     *
     * @param whole source, shape (n, columns)
     * @param first row of {@code whole} that belongs to this cell's first neuron
     */
    void load(double[][] whole, int first);
}
