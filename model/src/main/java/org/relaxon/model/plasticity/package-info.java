/** Local changes of synapses: local rules, estimators, optimisers, learning rates, gates. */
package org.relaxon.model.plasticity;
