/** Measures the speed of hosts and cells as ratios to baselines. */
@Internal
package org.relaxon.tools.bench;

import org.relaxon.model.Internal;
