/** The mark of packages that are no part of the interface. */
package org.relaxon.model;
