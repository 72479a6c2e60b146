/**
 * The command line; {@link org.relaxon.tools.cli.Main} is its entry. Each verb has a package of its
 * own, which knows neither this one nor that of another verb.
 */
package org.relaxon.tools.cli;
