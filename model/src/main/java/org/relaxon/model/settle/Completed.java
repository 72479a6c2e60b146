package org.relaxon.model.settle;

import java.util.List;

/**
 * A dataflow phase (fixed predictions, Z-IL) ran out of work: every cell acted once on the values
 * that its neighbours sent. There is no energy minimum, but the update is as valid as one from a
 * minimum.
 */
public final class Completed implements Conclusive {
    private final Settled state;

    /**
     * Makes the verdict on a phase that ran out of work.
     *
     * @param state the state that was reached
     * @param columns one verdict per column; at least one must have completed
     * @throws IllegalArgumentException if no column has
     */
    public Completed(Equilibrium state, List<ColumnVerdict> columns) {
        this.state = new Settled(state, columns);
    }

    @Override
    public Equilibrium equilibrium() {
        return state.equilibrium();
    }

    @Override
    public double residual() {
        return state.residual();
    }

    @Override
    public List<ColumnVerdict> columns() {
        return state.columns();
    }

    @Override
    public String toString() {
        return state.text("completed");
    }
}
