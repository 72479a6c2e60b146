/** Detects by counting that nothing is in flight. */
@Internal
package org.relaxon.runtime.quiescence;

import org.relaxon.model.Internal;
