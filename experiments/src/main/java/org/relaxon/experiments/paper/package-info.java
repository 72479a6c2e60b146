/**
 * The measurements of arXiv 2206.02629 over the nudging strength: the distance of local updates
 * from backprop, and of states from the free equilibrium; compared with the published inference in
 * its own arithmetic.
 */
@Internal
package org.relaxon.experiments.paper;

import org.relaxon.model.Internal;
