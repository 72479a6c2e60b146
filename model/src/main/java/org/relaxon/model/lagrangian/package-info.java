/** Predictive coding by augmented Lagrangians, found as users' own algorithms are. */
@Internal
package org.relaxon.model.lagrangian;

import org.relaxon.model.Internal;
