/**
 * The data that experiments learn from, and the files that arrays are exchanged in.
 *
 * <p>Every set is a {@link org.relaxon.experiments.data.DataSet}: {@code strokes} and {@code
 * two-moons} are drawn from a seed and need no file; IDX files hold MNIST and Fashion-MNIST; NPZ
 * files hold anything else. Readers treat a file as hostile: they bound every number before they
 * use it, and they fail with a {@link org.relaxon.experiments.data.MalformedFileException} of one
 * line. The package depends on nothing but the JDK.
 */
package org.relaxon.experiments.data;
