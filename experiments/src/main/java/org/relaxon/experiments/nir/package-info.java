/**
 * Networks in the neuromorphic intermediate representation (NIR), as HDF5 files: the graphs of
 * affine nodes, which are networks of linear populations.
 */
@Internal
package org.relaxon.experiments.nir;

import org.relaxon.model.Internal;
