/** Writes what a run leaves behind: JSON, tables, plots, run directories. */
@Internal
package org.relaxon.tools.output;

import org.relaxon.model.Internal;
