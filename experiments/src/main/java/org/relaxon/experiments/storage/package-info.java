/** Files that are whole whenever they are there, and that one process writes at a time. */
@Internal
package org.relaxon.experiments.storage;

import org.relaxon.model.Internal;
