/** What a command shares with its process: exit codes, and the request to stop. */
@Internal
package org.relaxon.tools.cli.process;

import org.relaxon.model.Internal;
