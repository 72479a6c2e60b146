package org.relaxon.experiments.reproduction;

import java.util.ArrayList;
import java.util.List;
import org.relaxon.model.algorithm.Algorithms;
import org.relaxon.model.lagrangian.PcAlm;
import org.relaxon.model.rule.Rule;
import org.relaxon.runtime.RunPlan;
import org.relaxon.runtime.delay.DelayModel;
import org.relaxon.runtime.delay.Delays;
import org.relaxon.runtime.discipline.Discipline;

/**
 * Cells that relax at random times, one a millisecond each in the mean, so that a sweep of the
 * published program corresponds to a millisecond, under delays of up to some sweeps.
 *
 * @param form what cells hold
 * @param sweeps longest delay of a message; delays are uniform from 0
 */
public record AsyncCells(Form form, int sweeps) {
    private static final double RATE = 1000.0;
    private static final double STEPS_BETA_MIN = 1e-6;
    private static final int SWEEPS_MAX = 2;
    private static final long SWEEP_NANOS = 1_000_000;

    /** What cells hold. */
    public enum Form {
        /** Errors as variables of their own, at small beta. */
        ERRORS("error form"),
        /** Multipliers: each cell to the minimum of its Lagrangian, then its multiplier. */
        MULTIPLIERS("pc-alm"),
        /** The same with rho = alpha = 1 by steps of activities, as in the publication. */
        STEPS("pc-alm by steps");

        private final String reportName;

        Form(String reportName) {
            this.reportName = reportName;
        }

        /** {@return the name in tables and files} */
        public String reportName() {
            return reportName;
        }
    }

    /** {@return all that are compared} */
    public static List<AsyncCells> all() {
        List<AsyncCells> out = new ArrayList<>();
        for (Form form : Form.values()) {
            int most = form == Form.STEPS ? 0 : SWEEPS_MAX; // steps do not settle in any case
            for (int sweeps = 0; sweeps <= most; sweeps++) {
                out.add(new AsyncCells(form, sweeps));
            }
        }
        return out;
    }

    /** {@return the name in tables and files} */
    public String reportName() {
        return sweeps == 0
                ? form.reportName()
                : "%s, delays to %d sweep%s"
                        .formatted(form.reportName(), sweeps, sweeps == 1 ? "" : "s");
    }

    /**
     * The run.
     *
     * @param tolerance to which every projection is resolved
     * @param seed of delays and times
     */
    RunPlan runPlan(double tolerance, long seed) {
        DelayModel delay = sweeps == 0 ? Delays.none() : Delays.uniform(0, sweeps * SWEEP_NANOS);
        return RunPlan.of(rule())
                .withTolerance(tolerance)
                .withDelay(delay)
                .withDiscipline(Discipline.poisson(RATE))
                .withSeed(seed);
    }

    /** The strength: steps of activities round them, errors held as variables do not. */
    double beta(double small) {
        return form == Form.STEPS ? Math.max(small, STEPS_BETA_MIN) : small;
    }

    private Rule rule() {
        return switch (form) {
            case ERRORS -> Algorithms.pcNudge().rule();
            case MULTIPLIERS -> new PcAlm().algorithm().rule();
            case STEPS -> new PcAlm().with(List.of(1.0, 1.0)).bySteps(1.0).rule();
        };
    }
}
