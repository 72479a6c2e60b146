/** The short way in: one experiment, with the defaults of the command line. */
package org.relaxon.experiments;
