/** The host in virtual time: discrete events in a total order. */
@Internal
package org.relaxon.runtime.virtual;

import org.relaxon.model.Internal;
