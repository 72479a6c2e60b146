/**
 * The files that arrays are exchanged in: IDX, NPY and NPZ.
 *
 * <p>Readers treat a file as hostile: they bound every number before they use it, and they fail
 * with a {@link org.relaxon.experiments.format.MalformedFileException} of one line. The package
 * depends on nothing but the JDK.
 */
@Internal
package org.relaxon.experiments.format;

import org.relaxon.model.Internal;
