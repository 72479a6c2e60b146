package org.relaxon.runtime.settling;

import org.relaxon.model.network.CellId;

/** Turns what a cell threw, which is a defect of the program, into an exception that names it. */
public final class CellFailure {
    private CellFailure() {}

    /**
     * {@return the exception to throw from the settling}
     *
     * @param cell the cell that failed
     * @param cause what it threw
     * @throws VirtualMachineError the cause itself, if nothing can be trusted any more
     */
    public static IllegalStateException of(CellId cell, Throwable cause) {
        if (isFatal(cause)) {
            throw (VirtualMachineError) cause;
        }
        return new IllegalStateException("cell %s failed: %s".formatted(cell, cause), cause);
    }

    /**
     * {@return whether a cause leaves the machine in an unknown state; a stack that was too deep
     * does not}
     *
     * @param cause what a cell threw
     */
    public static boolean isFatal(Throwable cause) {
        return cause instanceof VirtualMachineError && !(cause instanceof StackOverflowError);
    }
}
