/** Cells: what they receive, hold, send and learn, and the wiring between them. */
@Internal
package org.relaxon.model.cell;

import org.relaxon.model.Internal;
