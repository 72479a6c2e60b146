package org.relaxon.runtime.slot;

/** Thrown when a planned crash strikes a cell; not a defect of the program. */
public final class CrashedCell extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * Makes an exception without a stack trace.
     *
     * @param cell name of the cell
     */
    public CrashedCell(String cell) {
        super("cell " + cell + " crashed as planned", null, false, false);
    }
}
