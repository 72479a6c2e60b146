/** The one binary form of what leaves the memory of a process: bounded, versioned, checked. */
@Internal
package org.relaxon.runtime.wire;

import org.relaxon.model.Internal;
