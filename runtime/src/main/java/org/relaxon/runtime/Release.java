package org.relaxon.runtime;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.relaxon.model.math.Matrix;
import org.relaxon.model.phase.Phase;
import org.relaxon.model.settle.ColumnVerdict;
import org.relaxon.model.settle.Conclusive;
import org.relaxon.model.settle.Equilibrium;
import org.relaxon.model.settle.NotSettled;
import org.relaxon.model.settle.Reason;
import org.relaxon.model.settle.Settled;
import org.relaxon.model.settle.Settlement;

/**
 * Releases the network from the target and finds where it settles: in the free state, if the nudge
 * stayed within its basin. Small moves need no such proof. A state of differences is released from
 * the sum with the state that it refers to.
 */
final class Release {
    /** A nudge that moves no activity farther than this cannot have left a basin that settled. */
    private static final double FAR = 0.05;

    /** Two runs to the same equilibrium end closer than this. */
    private static final double SAME = 1e-4;

    /** The same in units of their residuals, for runs that end coarsely. */
    private static final double SAME_PER_RESIDUAL = 100.0;

    private Release() {}

    /**
     * {@code nudged} itself if it is valid; otherwise the reason why it is not.
     *
     * @param name name under which the nudged state, which the session holds, is saved
     */
    static Settlement judge(
            Session session, String name, Conclusive free, Settled nudged, Budget budget) {
        Equilibrium before = free.equilibrium();
        Equilibrium after = nudged.equilibrium();
        boolean far = false;
        for (int c = 0; c < after.phase().columns(); c++) {
            far |= !(distance(before, after, c) <= FAR); // NaN counts as far
        }
        if (!far) {
            return nudged;
        }
        session.snapshot(name);
        Settlement released = session.settle(freeAgain(after.phase(), name), budget);
        if (!(released instanceof Conclusive fallen)) {
            return released;
        }
        double residual = Math.max(free.residual(), fallen.residual());
        double same = Math.max(SAME, SAME_PER_RESIDUAL * residual);
        return verdict(nudged, before, fallen.equilibrium(), same, session.network().noEnergy());
    }

    private static Phase freeAgain(Phase phase, String name) {
        double[] gains = new double[phase.columns()];
        for (int c = 0; c < gains.length; c++) {
            gains[c] = phase.gamma(c);
        }
        return Phase.free(phase.input()).withGamma(gains).startingFrom(name);
    }

    /**
     * @param same how far apart two runs to the same equilibrium may end
     * @param noEnergy why there are no energies to compare; empty if there are
     */
    private static Settlement verdict(
            Settled nudged, Equilibrium before, Equilibrium fallen, double same, String noEnergy) {
        List<ColumnVerdict> columns = new ArrayList<>();
        String first = null;
        for (ColumnVerdict v : nudged.columns()) {
            int c = v.column();
            double moved = distance(before, fallen, c);
            if (!v.settled() || moved <= same) {
                columns.add(v);
                continue;
            }
            String jump =
                    "column %d: released from its nudge the network rests elsewhere, %s"
                            .formatted(
                                    c,
                                    noEnergy.isEmpty()
                                            ? energies(before, fallen, c)
                                            : apart(moved, noEnergy));
            first = first == null ? jump : first;
            columns.add(new ColumnVerdict(c, v.residual(), Reason.MULTISTABLE, jump));
        }
        return first == null
                ? nudged
                : new NotSettled(
                        Reason.MULTISTABLE,
                        nudged.residual(),
                        first,
                        List.of(),
                        List.of(),
                        columns,
                        Optional.empty());
    }

    private static String energies(Equilibrium before, Equilibrium fallen, int column) {
        return String.format(
                Locale.ROOT,
                "at energy %.9e instead of %.9e",
                fallen.energy(column),
                before.energy(column % before.phase().columns()));
    }

    private static String apart(double moved, String noEnergy) {
        return String.format(Locale.ROOT, "an activity by %.3e; %s", moved, noEnergy);
    }

    /**
     * Largest difference of any activity of two nudged states in any column; NaN if any is.
     *
     * @param one null for the free state
     */
    static double distance(Equilibrium free, Equilibrium one, Equilibrium other) {
        double most = 0.0;
        for (int c = 0; c < other.phase().columns(); c++) {
            if (one == null) {
                most = Math.max(most, distance(free, other, c));
                continue;
            }
            for (int p = 0; p < free.populations(); p++) {
                Matrix a = one.activity(p);
                Matrix b = other.activity(p);
                for (int k = 0; free.error(p) != null && k < a.values().length; k++) {
                    most = Math.max(most, Math.abs(a.values()[k] - b.values()[k]));
                }
            }
        }
        return most;
    }

    /** Largest difference of any activity in one column; NaN if any is. */
    private static double distance(Equilibrium free, Equilibrium other, int column) {
        int columns = other.phase().columns();
        int origins = free.phase().columns();
        double most = 0.0;
        for (int p = 0; p < free.populations(); p++) {
            Matrix x0 = free.activity(p);
            Matrix x = other.activity(p);
            int planes = x.columns() / columns;
            boolean clamped = free.error(p) == null;
            for (int plane = 0; !clamped && plane < planes; plane++) {
                for (int r = 0; r < x.rows(); r++) {
                    double from = x0.get(r, plane * origins + column % origins);
                    double to = x.get(r, plane * columns + column);
                    double moved = other.phase().differences() ? to : to - from;
                    most = Math.max(most, Math.abs(moved));
                }
            }
        }
        return most;
    }
}
