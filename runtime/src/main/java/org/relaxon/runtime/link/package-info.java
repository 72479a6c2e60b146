/** What becomes of a parcel on its channel: delays and faults, one plan for all hosts. */
@Internal
package org.relaxon.runtime.link;

import org.relaxon.model.Internal;
