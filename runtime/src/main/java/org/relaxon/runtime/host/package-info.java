/** The hosts of the library. */
package org.relaxon.runtime.host;
