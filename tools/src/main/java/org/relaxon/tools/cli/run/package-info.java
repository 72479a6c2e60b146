/** Parts of several commands: settings before a run, progress, advice, promises. */
@Internal
package org.relaxon.tools.cli.run;

import org.relaxon.model.Internal;
