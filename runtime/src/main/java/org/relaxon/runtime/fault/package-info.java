/** Faults that a run injects, and how often they happened. */
package org.relaxon.runtime.fault;
