/**
 * Observation of running sessions: what is sampled and how often, the frames that the owners of
 * cells take, and the ring that passes them to another thread.
 */
package org.relaxon.runtime.observe;
