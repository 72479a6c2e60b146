/** {@code relaxon sweep} and {@code stress}: grids of runs. */
@Internal
package org.relaxon.tools.cli.sweep;

import org.relaxon.model.Internal;
