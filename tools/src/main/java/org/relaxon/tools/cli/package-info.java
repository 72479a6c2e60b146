/** The command line; {@link org.relaxon.tools.cli.Main} is its entry. */
package org.relaxon.tools.cli;
