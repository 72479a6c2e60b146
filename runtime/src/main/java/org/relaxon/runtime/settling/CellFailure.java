package org.relaxon.runtime.settling;

import org.relaxon.model.network.CellId;

/**
 * Turns an exception thrown by a cell, which is a defect of the program, into one that names the
 * cell.
 */
public final class CellFailure {
    private CellFailure() {}

    /**
     * {@return the exception to throw from the settling}
     *
     * @param cell the cell that failed
     * @param cause the exception thrown
     * @throws VirtualMachineError the cause itself, if the state of the machine is unknown
     */
    public static IllegalStateException of(CellId cell, Throwable cause) {
        if (isFatal(cause)) {
            throw (VirtualMachineError) cause;
        }
        return new IllegalStateException("cell %s failed: %s".formatted(cell, cause), cause);
    }

    /**
     * {@return whether a cause leaves the machine in an unknown state; a stack overflow does not}
     *
     * @param cause the exception thrown by a cell
     */
    public static boolean isFatal(Throwable cause) {
        return cause instanceof VirtualMachineError && !(cause instanceof StackOverflowError);
    }
}
