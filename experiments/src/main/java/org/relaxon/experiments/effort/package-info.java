/**
 * A budget and an interruption flag for computations that are not settlings: certificates and
 * references.
 */
@Internal
package org.relaxon.experiments.effort;

import org.relaxon.model.Internal;
