/** Options that several commands share, the names that they take, and their record. */
@Internal
package org.relaxon.tools.cli.option;

import org.relaxon.model.Internal;
