/**
 * A published protocol of asynchronous learning as its authors state it: explicit gradient steps
 * that one program takes layer by layer, in the order of a schedule. It is no simulation by cells,
 * shares no arithmetic with them, and serves to be compared with them.
 */
@Internal
package org.relaxon.experiments.reproduction.published;

import org.relaxon.model.Internal;
