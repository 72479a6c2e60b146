/**
 * The comparison of local updates with a reference: one class per claim, with expected figures and
 * verdict.
 */
@Internal
package org.relaxon.experiments.check;

import org.relaxon.model.Internal;
