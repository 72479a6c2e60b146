/** When a cell may relax, and which signals travel together. One implementation for all hosts. */
package org.relaxon.runtime.discipline;
