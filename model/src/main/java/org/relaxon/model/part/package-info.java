/** Parts of a user's own while they run: what they throw is named. */
package org.relaxon.model.part;
