/** What travels between cells. */
@Internal
package org.relaxon.model.signal;

import org.relaxon.model.Internal;
