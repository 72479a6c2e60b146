/** The command that writes jobs for a scheduler. */
@Internal
package org.relaxon.tools.cli.slurm;

import org.relaxon.model.Internal;
