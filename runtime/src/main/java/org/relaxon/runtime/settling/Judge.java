package org.relaxon.runtime.settling;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.relaxon.model.audit.AuditResult;
import org.relaxon.model.cell.ColumnFault;
import org.relaxon.model.cell.Wiring;
import org.relaxon.model.network.CellId;
import org.relaxon.model.settle.ColumnVerdict;
import org.relaxon.model.settle.Completed;
import org.relaxon.model.settle.NotSettled;
import org.relaxon.model.settle.Reason;
import org.relaxon.model.settle.Resolution;
import org.relaxon.model.settle.Settled;
import org.relaxon.model.settle.Settlement;

/** Turns the end of a run and its audit into a verdict. */
public class Judge {
    private static final int NAMES_MAX = 8;

    private static final int DIGITS_MAX = 17;

    /** A residual that no run on its way to an equilibrium has, whatever its inputs. */
    private static final double DIVERGENCE = 1e12;

    /** The least activity for which a column is taken as diverged and silenced. */
    private static final double LEFT = 1e150;

    private final Wiring wiring;
    private final double tolerance;

    /**
     * Makes the judge of one session.
     *
     * @param wiring cells and links of the network
     * @param tolerance largest defect that counts as settled
     */
    public Judge(Wiring wiring, double tolerance) {
        this.wiring = wiring;
        this.tolerance = tolerance;
    }

    /**
     * {@return whether a defect is small enough; false for NaN} Overridden only in tests that show
     * why it is needed.
     *
     * @param defect largest defect of a column, dimensionless
     */
    protected boolean trusts(double defect) {
        return defect <= tolerance;
    }

    /**
     * {@return whether an update is known well enough}
     *
     * @param resolution how well the updates are known
     * @param column index of the column, from 0
     */
    protected boolean resolves(Resolution resolution, int column) {
        return resolution.unresolved(column).isEmpty();
    }

    /** True if resending some last signals could bring the network to its equilibrium. */
    final boolean repairable(AuditResult audit) {
        if (audit.unheard().isEmpty()) {
            return false;
        }
        for (int c = 0; c < audit.faults().length; c++) {
            if (audit.faults()[c] == null
                    && !(trusts(audit.residual(c)) && resolves(audit.resolution(), c))) {
                return true;
            }
        }
        return false;
    }

    /**
     * True if cells hold unsent changes that matter. A unit near its kink moves its slope by a
     * share of the distance, which may be less than presynaptic cells pass on, so that it waits for
     * an answer. Where drives are zero, as for a blank image, such changes decide on which side of
     * their kinks units are. Every last signal has been received, so the residual is due to changes
     * that were not sent.
     */
    final boolean refinable(AuditResult audit) {
        for (int c = 0; c < audit.faults().length; c++) {
            boolean waits = !trusts(audit.residual(c));
            if (audit.faults()[c] == null && (waits || !resolves(audit.resolution(), c))) {
                return true;
            }
        }
        return false;
    }

    /**
     * The verdict.
     *
     * @param stopped why the run was stopped before it was quiescent; null if it was quiescent
     * @param dataflow whether the phase ends by running out of work
     */
    final Settlement verdict(Reason stopped, AuditResult audit, boolean dataflow) {
        List<ColumnVerdict> columns = new ArrayList<>();
        for (int c = 0; c < audit.faults().length; c++) {
            columns.add(column(stopped, audit, c));
        }
        boolean any = columns.stream().anyMatch(ColumnVerdict::settled);
        boolean all = columns.stream().allMatch(ColumnVerdict::settled);
        if (all) {
            return dataflow
                    ? new Completed(audit.state(), columns)
                    : new Settled(audit.state(), columns, audit.resolution());
        }
        ColumnVerdict worst = columns.stream().filter(v -> !v.settled()).findFirst().orElseThrow();
        return new NotSettled(
                worst.reason(),
                columns.stream().mapToDouble(ColumnVerdict::residual).reduce(0.0, Math::max),
                worst.detail(),
                beyondTolerance(audit),
                audit.unheard().stream().limit(NAMES_MAX).map(wiring::name).toList(),
                columns,
                any
                        ? Optional.of(new Settled(audit.state(), columns, audit.resolution()))
                        : Optional.empty());
    }

    private ColumnVerdict column(Reason stopped, AuditResult audit, int c) {
        double residual = audit.residual(c);
        if (stopped == Reason.CANCELLED) {
            // Whatever a column did by then, its figures are those of the moment of the stop.
            return new ColumnVerdict(c, residual, stopped, "stopped before it was quiescent");
        }
        ColumnFault fault = audit.faults()[c];
        if (fault != null) {
            boolean left = fault.reason() == Reason.DIVERGED; // and was silenced then
            double last = left ? Math.max(residual, LEFT) : residual;
            return new ColumnVerdict(c, last, fault.reason(), where(fault));
        }
        if (stopped != null && stopped.isBudget() && !(residual < DIVERGENCE)) {
            return new ColumnVerdict(
                    c,
                    residual,
                    Reason.DIVERGED,
                    String.format(
                            Locale.ROOT,
                            "residual %.2e when the run was stopped for its %s",
                            residual,
                            stopped.reportName()));
        }
        if (stopped != null) {
            return new ColumnVerdict(c, residual, stopped, "stopped before it was quiescent");
        }
        boolean resolved = resolves(audit.resolution(), c);
        if (trusts(residual)) {
            return resolved
                    ? new ColumnVerdict(c, residual, null, "")
                    : unresolved(residual, audit, c);
        }
        ColumnFault held = audit.held()[c];
        if (held != null && audit.unheard().isEmpty()) {
            return new ColumnVerdict(c, residual, held.reason(), where(held));
        }
        return new ColumnVerdict(
                c, residual, Reason.QUIET_AWAY_FROM_EQUILIBRIUM, describe(residual, audit));
    }

    /** How well an update is known, with enough digits to show that a limit is exceeded. */
    private static String known(double value, double limit) {
        if (Double.isInfinite(value)) {
            return "not known, and %s is required".formatted(rounded(limit, 1));
        }
        int digits = 1;
        while (digits < DIGITS_MAX && rounded(value, digits).equals(rounded(limit, digits))) {
            digits++;
        }
        return "known to %s of its size, and %s is required"
                .formatted(rounded(value, digits), rounded(limit, digits));
    }

    private static String rounded(double value, int digits) {
        return String.format(Locale.ROOT, "%." + digits + "e", value);
    }

    private ColumnVerdict unresolved(double residual, AuditResult audit, int c) {
        if (!audit.unheard().isEmpty()) {
            return new ColumnVerdict(
                    c, residual, Reason.QUIET_AWAY_FROM_EQUILIBRIUM, describe(residual, audit));
        }
        List<Integer> some = audit.resolution().unresolved(c);
        double worst =
                some.stream().mapToDouble(p -> audit.resolution().withheld(p, c)).max().orElse(0);
        List<Integer> rounded = audit.resolution().rounded(c);
        String detail =
                String.format(
                        Locale.ROOT,
                        "%s: not resolved at this threshold; the update is %s",
                        Resolution.names(some, wiring.network()),
                        known(worst, audit.resolution().tolerance()));
        return new ColumnVerdict(
                c,
                residual,
                Reason.UNRESOLVED,
                rounded.isEmpty()
                        ? detail
                        : detail
                                + "; rounding or changes that were not sent hide "
                                + Resolution.names(rounded, wiring.network()));
    }

    private static String where(ColumnFault fault) {
        String where =
                "neuron %d of cell %s, column %d"
                        .formatted(fault.neuron(), fault.cell().name(), fault.column());
        return fault.why().isEmpty() ? where : where + ": " + fault.why();
    }

    private String describe(double residual, AuditResult audit) {
        String links =
                audit.unheard().isEmpty()
                        ? "the last signal of every link arrived"
                        : "the last signal of %d %s did not arrive, first %s"
                                .formatted(
                                        audit.unheard().size(),
                                        audit.unheard().size() == 1 ? "link" : "links",
                                        wiring.name(audit.unheard().get(0)));
        return String.format(
                Locale.ROOT,
                "residual %.2e exceeds the tolerance %.2e; %s",
                residual,
                tolerance,
                links);
    }

    private List<String> beyondTolerance(AuditResult audit) {
        return wiring.cells().stream()
                .filter(c -> !trusts(audit.cellResidual(c.index())))
                .limit(NAMES_MAX)
                .map(CellId::name)
                .toList();
    }
}
