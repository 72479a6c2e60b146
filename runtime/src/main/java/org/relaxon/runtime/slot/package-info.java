/** The host's side of a cell: counting, pacing, faults and repetition, the same on all hosts. */
@Internal
package org.relaxon.runtime.slot;

import org.relaxon.model.Internal;
