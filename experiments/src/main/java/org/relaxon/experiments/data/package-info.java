/**
 * The data that experiments learn from.
 *
 * <p>Every set is a {@link org.relaxon.experiments.data.DataSet}: {@code strokes} and {@code
 * two-moons} are drawn from a seed and need no file; IDX files hold MNIST and Fashion-MNIST; NPZ
 * files hold anything else. A file that is not acceptable is refused in one line.
 */
package org.relaxon.experiments.data;
