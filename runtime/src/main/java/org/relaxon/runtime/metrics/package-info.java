/** Histograms of spans of time, recorded by many threads. */
@Internal
package org.relaxon.runtime.metrics;

import org.relaxon.model.Internal;
