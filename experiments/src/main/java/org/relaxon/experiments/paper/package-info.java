/**
 * What the experiments of arXiv 2206.02629 measure, over the nudging strength: how far local
 * updates are from backprop, and how far states move from the free equilibrium; beside the
 * published inference in its own arithmetic.
 */
@Internal
package org.relaxon.experiments.paper;

import org.relaxon.model.Internal;
