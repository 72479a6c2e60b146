/** The live page: a server on this machine alone, and a settling that it shows frame by frame. */
@Internal
package org.relaxon.tools.serve;

import org.relaxon.model.Internal;
