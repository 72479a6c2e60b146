/** {@code relaxon bench}: ratios of speed. */
@Internal
package org.relaxon.tools.cli.bench;

import org.relaxon.model.Internal;
