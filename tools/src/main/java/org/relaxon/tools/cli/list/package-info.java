/** {@code relaxon list}: the names that options take. */
@Internal
package org.relaxon.tools.cli.list;

import org.relaxon.model.Internal;
