/** When a cell may relax, and what travels together. One implementation for all hosts. */
package org.relaxon.runtime.discipline;
