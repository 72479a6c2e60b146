/** The hosts with a clock: sweeps over all cells, or over two colours in turn. */
@Internal
package org.relaxon.runtime.synchronous;

import org.relaxon.model.Internal;
