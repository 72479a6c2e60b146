/** {@code relaxon report}: pages of run directories. */
@Internal
package org.relaxon.tools.cli.report;

import org.relaxon.model.Internal;
