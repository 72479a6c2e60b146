package org.relaxon.model.settle;

/**
 * The verdict on one column.
 *
 * @param column the column, from 0
 * @param residual largest defect of any cell in this column
 * @param reason null if the column has settled
 * @param detail which cell or neuron, for display; empty if settled
 */
public record ColumnVerdict(int column, double residual, Reason reason, String detail) {
    /** {@return whether this column rests at an equilibrium} */
    public boolean settled() {
        return reason == null;
    }
}
