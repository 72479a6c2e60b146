/**
 * Published findings measured again with settling cells. Each experiment states beforehand what
 * shape the outcome has to have, as checks that can fail.
 */
package org.relaxon.experiments.reproduction;
