/** How parts write their own state down and read it back, whatever carries the numbers. */
@Internal
package org.relaxon.model.memento;

import org.relaxon.model.Internal;
