/** {@code relaxon train}: one training. */
@Internal
package org.relaxon.tools.cli.train;

import org.relaxon.model.Internal;
