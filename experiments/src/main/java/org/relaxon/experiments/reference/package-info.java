/**
 * Reference gradients: computed from textbook formulas, independently of cells, rules and kernels,
 * so that no mistake can be on both sides of a comparison.
 */
@Internal
package org.relaxon.experiments.reference;

import org.relaxon.model.Internal;
