/**
 * Finds the parts of a user's own on the class path, and keeps what they throw apart from what the
 * library throws.
 */
package org.relaxon.runtime.guard;
