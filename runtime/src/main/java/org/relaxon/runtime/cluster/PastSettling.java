package org.relaxon.runtime.cluster;

import java.util.LinkedHashSet;
import java.util.Set;
import org.relaxon.model.math.Matrix;
import org.relaxon.model.phase.Phase;
import org.relaxon.model.settle.Completed;
import org.relaxon.model.settle.Conclusive;
import org.relaxon.model.settle.Equilibrium;
import org.relaxon.model.settle.NotSettled;
import org.relaxon.model.settle.Settled;
import org.relaxon.model.settle.Settlement;
import org.relaxon.runtime.Budget;

/** A settling of a lane that its caller knows the verdict of, and what it takes to repeat it. */
final class PastSettling {
    /** A settling that was repeated has another result. */
    static final class ElsewhereException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private ElsewhereException(String message) {
            super(message);
        }
    }

    /** Two states at rest are one equilibrium if they differ by less. */
    private static final double SAME = 1e-6;

    private final Phase phase;
    private final Budget budget;
    private final int lowered;
    private final PastSettling start; // null if it started at rest
    private final Settlement verdict;
    private final Set<String> names = new LinkedHashSet<>();
    private Settlement present; // of the cells that there are now

    /**
     * A settling.
     *
     * @param phase what was imposed
     * @param budget what it may spend
     * @param lowered times that thresholds were lowered
     * @param start settling from whose state it started; null for rest
     * @param verdict its verdict
     */
    PastSettling(Phase phase, Budget budget, int lowered, PastSettling start, Settlement verdict) {
        this.phase = phase;
        this.budget = budget;
        this.lowered = lowered;
        this.start = start;
        this.verdict = verdict;
        present = verdict;
    }

    PastSettling start() {
        return start;
    }

    /** Its state is saved under this name. */
    void name(String name) {
        names.add(name);
    }

    private static Conclusive conclusive(Settlement verdict) {
        return verdict instanceof NotSettled not
                ? not.settledColumns().orElse(null)
                : (Conclusive) verdict;
    }

    /** Whether a verdict that a caller holds is the one on this settling. */
    boolean isKnownAs(Conclusive given) {
        Conclusive own = conclusive(verdict);
        return own != null && own.equilibrium() == given.equilibrium();
    }

    /** What a caller holds, about the cells that there are now. */
    Conclusive present(Conclusive given) {
        Equilibrium state = conclusive(present).equilibrium();
        if (given.equilibrium() == state) {
            return given;
        }
        return given instanceof Settled settled
                ? new Settled(state, given.columns(), settled.resolution())
                : new Completed(state, given.columns());
    }

    /**
     * Settles it again on other nodes, and saves its state under the same names.
     *
     * @param placed where its cells are now
     * @param lane the lane
     * @param tolerance largest defect that counts as settled
     * @throws ElsewhereException if what settled before does not, or rests elsewhere
     */
    void repeat(Placed placed, int lane, double tolerance) {
        Settlement again = placed.settle(lane, lowered, phase, budget);
        Conclusive before = conclusive(verdict);
        if (before != null) {
            requireSame(before, again, Math.max(SAME, Math.sqrt(tolerance)));
        }
        present = again;
        names.forEach(placed.lane(lane)::snapshot);
    }

    private static void requireSame(Conclusive before, Settlement again, double bound) {
        Conclusive now = conclusive(again);
        int columns = before.columns().size();
        for (int c = 0; c < columns; c++) {
            if (!before.columns().get(c).settled()) {
                continue;
            }
            if (now == null || !now.columns().get(c).settled()) {
                throw new ElsewhereException("a phase did not settle when it was repeated");
            }
            double far = distance(before.equilibrium(), now.equilibrium(), c, columns);
            if (!(far <= bound)) {
                throw new ElsewhereException(
                        "a phase came to rest elsewhere when it was repeated, by %.1e"
                                .formatted(far));
            }
        }
    }

    /** The largest difference of an activity in a column, relative to activities above one. */
    private static double distance(Equilibrium a, Equilibrium b, int column, int columns) {
        double far = 0.0;
        for (int p = 0; p < a.populations(); p++) {
            Matrix x = a.activity(p);
            Matrix y = b.activity(p);
            for (int k = column; k < x.columns(); k += columns) { // in every plane
                for (int i = 0; i < x.rows(); i++) {
                    double size = Math.max(1.0, Math.abs(x.get(i, k)));
                    double off = Math.abs(x.get(i, k) - y.get(i, k)) / size;
                    far = off <= far ? far : off;
                }
            }
        }
        return far;
    }
}
