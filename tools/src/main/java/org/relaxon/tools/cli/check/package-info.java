/** {@code relaxon check}: the claim about local updates. */
@Internal
package org.relaxon.tools.cli.check;

import org.relaxon.model.Internal;
