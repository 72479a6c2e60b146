/** {@code relaxon reproduce}: figures of other papers. */
@Internal
package org.relaxon.tools.cli.reproduce;

import org.relaxon.model.Internal;
