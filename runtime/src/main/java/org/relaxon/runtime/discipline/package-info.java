/** When a cell may relax: eager cells, clocks of each cell's own, cells that answer each other. */
package org.relaxon.runtime.discipline;
