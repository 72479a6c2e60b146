/** Which neurons of a projection's source reach which of its target. */
package org.relaxon.model.connectivity;
