/** The commands that start nodes of a cluster. */
@Internal
package org.relaxon.tools.cli.cluster;

import org.relaxon.model.Internal;
