/** The host on which every cell is an actor. Alone knows Akka. */
@Internal
package org.relaxon.runtime.actor;

import org.relaxon.model.Internal;
