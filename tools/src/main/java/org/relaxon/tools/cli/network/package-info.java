/** {@code relaxon network}: network files. */
@Internal
package org.relaxon.tools.cli.network;

import org.relaxon.model.Internal;
