/** The settings that determine a result, as one record that can be stored and compared. */
package org.relaxon.experiments.provenance;
