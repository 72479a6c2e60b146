/** What is imposed on a network while it settles. */
package org.relaxon.model.phase;
