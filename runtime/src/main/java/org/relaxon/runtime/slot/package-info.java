/** The host's side of a cell: counting, pacing, faults and repetition, the same on all hosts. */
package org.relaxon.runtime.slot;
