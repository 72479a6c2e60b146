/**
 * Finds the parts of a user's own on the class path, and keeps what they throw apart from what the
 * library throws.
 */
@Internal
package org.relaxon.runtime.guard;

import org.relaxon.model.Internal;
