/** How a settling went over time, recorded without a change to it. */
@Internal
package org.relaxon.tools.course;

import org.relaxon.model.Internal;
