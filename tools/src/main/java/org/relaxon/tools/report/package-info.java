/**
 * Run directories as pages for a browser: self-contained, and complete where no script runs. Files
 * are read with limits on their size, and every value is escaped by the writer of the markup.
 */
@Internal
package org.relaxon.tools.report;

import org.relaxon.model.Internal;
