/**
 * Published findings measured again with settling cells. Each experiment states the expected shape
 * of the outcome beforehand, as checks that can fail.
 */
@Internal
package org.relaxon.experiments.reproduction;

import org.relaxon.model.Internal;
