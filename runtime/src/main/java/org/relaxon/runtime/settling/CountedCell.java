package org.relaxon.runtime.settling;

import org.relaxon.model.cell.Cell;

/**
 * A cell of a host, and what the host has counted around it.
 *
 * @param cell the cell
 * @param counters its counts
 */
public record CountedCell(Cell cell, CellCounters counters) {}
