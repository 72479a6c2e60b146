/**
 * A budget and an interruption flag for computations that are not settlings: certificates and
 * references.
 */
package org.relaxon.experiments.effort;
