/** {@code relaxon data}: data sets. */
@Internal
package org.relaxon.tools.cli.data;

import org.relaxon.model.Internal;
