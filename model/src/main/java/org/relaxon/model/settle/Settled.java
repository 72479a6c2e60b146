package org.relaxon.model.settle;

import java.util.List;

/** Every column that is listed as settled rests at the equilibrium that this verdict carries. */
public final class Settled implements Conclusive {
    private final Equilibrium equilibrium;
    private final List<ColumnVerdict> columns;

    /**
     * @param columns one verdict per column; at least one must have settled
     * @throws IllegalArgumentException if no column has
     */
    public Settled(Equilibrium equilibrium, List<ColumnVerdict> columns) {
        if (columns.stream().noneMatch(ColumnVerdict::settled)) {
            throw new IllegalArgumentException("no column has settled");
        }
        this.equilibrium = equilibrium;
        this.columns = List.copyOf(columns);
    }

    @Override
    public Equilibrium equilibrium() {
        return equilibrium;
    }

    /** Largest residual among the columns that have settled. */
    @Override
    public double residual() {
        return columns.stream()
                .filter(ColumnVerdict::settled)
                .mapToDouble(ColumnVerdict::residual)
                .max()
                .orElseThrow();
    }

    @Override
    public List<ColumnVerdict> columns() {
        return columns;
    }
}
