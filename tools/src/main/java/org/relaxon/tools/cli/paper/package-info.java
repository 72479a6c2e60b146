/** {@code relaxon paper} and {@code paper-training}: figures of the paper. */
@Internal
package org.relaxon.tools.cli.paper;

import org.relaxon.model.Internal;
