/** How the synapses of one cell are stored and multiplied. */
package org.relaxon.model.weights;
