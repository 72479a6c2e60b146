/** What to change about a run that was refused: only what was tried and settled. */
@Internal
package org.relaxon.experiments.advice;

import org.relaxon.model.Internal;
