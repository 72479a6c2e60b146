/** Verdicts: settled with a state, or not settled with a reason. */
package org.relaxon.model.settle;
