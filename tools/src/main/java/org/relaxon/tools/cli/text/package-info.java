/** How the program prints figures, commands and messages. */
@Internal
package org.relaxon.tools.cli.text;

import org.relaxon.model.Internal;
