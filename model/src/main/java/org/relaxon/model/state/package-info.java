/** The arrays of one cell that a rule reads and writes. */
package org.relaxon.model.state;
