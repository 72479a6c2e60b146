/**
 * Carries out disciplines: what travels together, and when a cell may relax. One implementation for
 * all hosts.
 */
@Internal
package org.relaxon.runtime.protocol;

import org.relaxon.model.Internal;
