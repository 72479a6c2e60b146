/**
 * Published findings measured again with settling cells. Each experiment states beforehand what
 * shape the outcome has to have, as checks that can fail.
 */
@Internal
package org.relaxon.experiments.reproduction;

import org.relaxon.model.Internal;
