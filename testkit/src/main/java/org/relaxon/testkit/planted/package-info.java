/** Hosts with a planted mistake, made of the machinery of the runtime. */
@Internal
package org.relaxon.testkit.planted;

import org.relaxon.model.Internal;
