package org.relaxon.model.settle;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Every column listed as settled rests at the equilibrium that this verdict carries. */
public final class Settled implements Conclusive {
    private final Equilibrium equilibrium;
    private final List<ColumnVerdict> columns;
    private final Resolution resolution;

    /**
     * Makes the verdict on a settling whose updates were not swept.
     *
     * @param equilibrium the state at which the columns rest
     * @param columns one verdict per column; at least one must have settled
     * @throws IllegalArgumentException if no column has settled
     */
    public Settled(Equilibrium equilibrium, List<ColumnVerdict> columns) {
        this(equilibrium, columns, Resolution.NOT_SWEPT);
    }

    /**
     * Makes the verdict on a settling whose updates were swept.
     *
     * @param equilibrium the state at which the columns rest
     * @param columns one verdict per column; at least one must have settled
     * @param resolution how well every projection's update is known
     * @throws IllegalArgumentException if no column has
     */
    public Settled(Equilibrium equilibrium, List<ColumnVerdict> columns, Resolution resolution) {
        if (columns.stream().noneMatch(ColumnVerdict::settled)) {
            throw new IllegalArgumentException("no column has settled");
        }
        this.equilibrium = equilibrium;
        this.columns = List.copyOf(columns);
        this.resolution = resolution;
    }

    /**
     * {@return the verdicts on phases that settled one after another, as one on all their columns}
     *
     * @param parts verdicts on phases of one network in which the target acts in the same way
     */
    public static Settled sideBySide(List<Settled> parts) {
        if (parts.size() == 1) {
            return parts.get(0);
        }
        List<ColumnVerdict> columns = new ArrayList<>();
        for (Settled part : parts) {
            for (ColumnVerdict v : part.columns) {
                int column = columns.size();
                columns.add(new ColumnVerdict(column, v.residual(), v.reason(), v.detail()));
            }
        }
        return new Settled(
                Equilibrium.sideBySide(parts.stream().map(Settled::equilibrium).toList()),
                columns,
                Resolution.sideBySide(parts.stream().map(Settled::resolution).toList()));
    }

    /** {@return how well the update of every projection is known} */
    public Resolution resolution() {
        return resolution;
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

    /** For display: how many columns settled, and their largest distance from equilibrium. */
    @Override
    public String toString() {
        return text("settled");
    }

    /** The same text under another verdict. */
    String text(String verdict) {
        long done = columns.stream().filter(ColumnVerdict::settled).count();
        return String.format(
                Locale.ROOT,
                "%s, %d of %d columns, residual %.3e",
                verdict,
                done,
                columns.size(),
                residual());
    }
}
