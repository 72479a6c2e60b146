/**
 * Judges cells from the true values of their neighbours: defects, and the error of every
 * projection's update.
 */
@Internal
package org.relaxon.model.audit;

import org.relaxon.model.Internal;
