/** One class per claim of a paper, with citation, parameters, expected figure and verdict. */
package org.relaxon.experiments.claims;
