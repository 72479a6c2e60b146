/** {@code relaxon completion}: verbs, options and their values at the tabulator key. */
@Internal
package org.relaxon.tools.cli.completion;

import org.relaxon.model.Internal;
