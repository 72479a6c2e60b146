package org.relaxon.tools.cli.settle;

import java.util.ArrayList;
import java.util.List;
import org.relaxon.experiments.problem.Problem;
import org.relaxon.model.phase.Phase;
import org.relaxon.model.rule.Rule;
import org.relaxon.model.settle.Conclusive;
import org.relaxon.model.settle.Equilibrium;
import org.relaxon.model.settle.Settlement;

/**
 * The energy of one settled phase.
 *
 * @param internal energy of all cells without the loss, per column; NaN where it has no value
 * @param total the same plus beta times the loss at the settled output
 * @param internalSum over columns
 * @param totalSum over columns
 * @param reason why it has no value; null if it has one
 */
record PhaseEnergy(
        List<Double> internal,
        List<Double> total,
        double internalSum,
        double totalSum,
        String reason) {
    /** The meaning of the two figures. */
    static final String CONTAINS =
            "internal: energy of all cells without the loss; total: internal plus beta times the"
                    + " loss at the settled output";

    PhaseEnergy {
        internal = List.copyOf(internal);
        total = List.copyOf(total);
    }

    /**
     * The energy of a phase.
     *
     * @param verdict on it; null if there was no such phase
     * @return null if it did not settle
     */
    static PhaseEnergy of(Problem problem, Rule rule, Settlement verdict) {
        if (!(verdict instanceof Conclusive done)) {
            return null;
        }
        Equilibrium state = done.equilibrium();
        List<Double> internal = new ArrayList<>();
        List<Double> total = new ArrayList<>();
        double internalSum = 0.0;
        double totalSum = 0.0;
        for (int c = 0; c < state.phase().columns(); c++) {
            double energy = state.energy(c);
            double all = energy + nudge(state, problem, c);
            internalSum += energy;
            totalSum += all;
            internal.add(energy);
            total.add(all);
        }
        String reason = null;
        if (!Double.isFinite(internalSum)) {
            String none = problem.network().noEnergy();
            String missing = none.isEmpty() ? rule.dynamics().judge(rule).energy().missing() : none;
            reason = missing.isEmpty() ? whyUnknown(state.phase()) : missing;
        }
        return new PhaseEnergy(internal, total, internalSum, totalSum, reason);
    }

    /** Why an energy that is stated has no value in a state. */
    private static String whyUnknown(Phase phase) {
        return phase.output() == Phase.Output.NUDGED && phase.clamps().isEmpty()
                ? "not known in this state: a drive is beyond those whose integral of the"
                        + " activation is a finite number"
                : "not known in this state: a neuron that is held has no drive of its own, which"
                        + " its share needs unless its activation is linear";
    }

    /** Beta times the loss of a column; 0 where no loss acts, NaN where it is not a real number. */
    private static double nudge(Equilibrium state, Problem problem, int column) {
        Phase phase = state.phase();
        if (phase.output() != Phase.Output.NUDGED || phase.target() == null) {
            return 0.0;
        }
        int last = state.populations() - 1;
        int columns = phase.columns();
        if (phase.isComplex() || state.activity(last).columns() != columns) {
            return Double.NaN;
        }
        double[] target = phase.target().values();
        double loss =
                problem.network()
                        .loss()
                        .value(
                                state.activity(last).values(),
                                target,
                                state.activity(last).rows(),
                                columns,
                                column);
        return phase.beta(column) * loss;
    }
}
