/** {@code relaxon settle}: one settling. */
@Internal
package org.relaxon.tools.cli.settle;

import org.relaxon.model.Internal;
