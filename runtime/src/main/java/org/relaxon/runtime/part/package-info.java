/** Users' own parts, found by {@link java.util.ServiceLoader}: names, text forms, contracts. */
package org.relaxon.runtime.part;
