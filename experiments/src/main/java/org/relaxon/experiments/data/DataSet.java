package org.relaxon.experiments.data;

import java.util.Optional;
import java.util.function.IntUnaryOperator;
import org.relaxon.model.math.Matrix;

/**
 * A finite, numbered collection of labelled examples.
 *
 * <p>An example is a pure function of its index: repeated calls give the same bits, in any order
 * and from any thread. Examples are written into the caller's array as one column of a batch: a
 * batch of B examples with n inputs is stored flat and row-major with shape (n, B), so column b has
 * offset b and stride B.
 *
 * <p>Inputs of the built-in and IDX sets lie in [-1, 1]; those of an NPZ file are passed on
 * unchanged.
 */
public interface DataSet {

    /** {@return the name of this set, for reports} */
    String name();

    /** {@return the number of examples, at least 1} */
    int size();

    /** {@return n, the number of inputs of one example, at least 1} */
    int inputs();

    /**
     * {@return the shape of the picture that the inputs of one example make, if the set states it}
     */
    default Optional<ImageShape> image() {
        return Optional.empty();
    }

    /** {@return k, the number of outputs: classes, or components of a target; at least 1} */
    int classes();

    /**
     * Writes the inputs of one example: input j goes to {@code into[offset + j * stride]}.
     *
     * @param index example, 0 to size() - 1
     * @param into receives inputs() values, dimensionless; other positions are left alone
     * @param offset position of input 0; the column in an (n, B) batch
     * @param stride distance between inputs, at least 1; B in an (n, B) batch
     * @throws IndexOutOfBoundsException if there is no such example, or a position is outside the
     *     array; nothing is written then
     */
    void input(int index, double[] into, int offset, int stride);

    /**
     * {@return the class of one example, 0 to classes() - 1; 0 or 1 if one output distinguishes two
     * classes}
     *
     * @param index example, 0 to size() - 1
     * @throws IndexOutOfBoundsException if there is no such example
     */
    int label(int index);

    /** {@return whether targets are part of the data instead of made from the labels} */
    default boolean hasTargets() {
        return false;
    }

    /** {@return whether labels are part of the data instead of derived from the targets} */
    default boolean hasLabels() {
        return !hasTargets();
    }

    /**
     * Writes the target of one example, shape (k): the data's own target if {@link #hasTargets()},
     * otherwise {@link #oneHot}.
     *
     * @param index example, 0 to size() - 1
     * @param into receives classes() values; other positions are left alone
     * @param offset position of class 0; the column in a (k, B) batch
     * @param stride distance between classes, at least 1; B in a (k, B) batch
     * @throws IndexOutOfBoundsException if there is no such example, or a position is outside the
     *     array; nothing is written then
     */
    default void target(int index, double[] into, int offset, int stride) {
        oneHot(index, into, offset, stride);
    }

    /**
     * Writes one example per column of a batch.
     *
     * @param example index of the example for a column
     * @param input receives shape (n, B)
     * @param target receives shape (k, B)
     */
    default void fill(IntUnaryOperator example, Matrix input, Matrix target) {
        int count = input.columns();
        for (int c = 0; c < count; c++) {
            input(example.applyAsInt(c), input.values(), c, count);
            target(example.applyAsInt(c), target.values(), c, count);
        }
    }

    /**
     * Writes the label of one example as a vector of shape (k): 1 at the label, 0 elsewhere.
     *
     * @param index example, 0 to size() - 1
     * @param into receives classes() values; other positions are left alone
     * @param offset position of class 0; the column in a (k, B) batch
     * @param stride distance between classes, at least 1; B in a (k, B) batch
     * @throws IndexOutOfBoundsException if there is no such example, or a position is outside the
     *     array; nothing is written then
     */
    default void oneHot(int index, double[] into, int offset, int stride) {
        int label = label(index);
        Column.check(into, offset, stride, classes());
        for (int k = 0; k < classes(); k++) {
            into[offset + k * stride] = k == label ? 1 : 0;
        }
    }
}
