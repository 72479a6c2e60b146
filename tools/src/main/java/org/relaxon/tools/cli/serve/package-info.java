/** {@code relaxon serve}: a settling on a live page. */
@Internal
package org.relaxon.tools.cli.serve;

import org.relaxon.model.Internal;
