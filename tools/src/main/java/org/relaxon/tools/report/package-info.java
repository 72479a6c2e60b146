/**
 * Run directories as pages for a browser: plain, self-contained, without scripts. Files are read
 * with limits on their size, and every value is escaped by the writer of the markup.
 */
@Internal
package org.relaxon.tools.report;

import org.relaxon.model.Internal;
