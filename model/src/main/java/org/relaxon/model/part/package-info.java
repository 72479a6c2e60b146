/** Calls to a user's own parts while they run: their failures are reported by name. */
package org.relaxon.model.part;
