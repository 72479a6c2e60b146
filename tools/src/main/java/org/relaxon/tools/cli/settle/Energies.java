package org.relaxon.tools.cli.settle;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.relaxon.experiments.problem.Problem;
import org.relaxon.model.phase.Phase;
import org.relaxon.model.rule.Rule;
import org.relaxon.model.rule.StatedEnergy;
import org.relaxon.model.settle.Conclusive;
import org.relaxon.model.settle.Equilibrium;
import org.relaxon.model.settle.Settlement;
import org.relaxon.runtime.GradientEstimate;
import org.relaxon.tools.output.Json;

/**
 * The energies of a settled network, per column and in total, with a description of their terms.
 */
final class Energies {
    private Energies() {}

    /**
     * Adds {@code freeEnergy} and {@code energy}: null if the phase did not settle, and null with a
     * reason if it settled without a value.
     */
    static void fill(ObjectNode node, Problem problem, Rule rule, GradientEstimate estimate) {
        StatedEnergy stated = rule.dynamics().judge(rule).energy();
        one(node, "freeEnergy", problem, stated, estimate.free());
        one(node, "energy", problem, stated, estimate.verdict());
    }

    private static void one(
            ObjectNode node,
            String name,
            Problem problem,
            StatedEnergy stated,
            Settlement verdict) {
        if (!(verdict instanceof Conclusive done)) {
            node.putNull(name);
            return;
        }
        Equilibrium state = done.equilibrium();
        Phase phase = state.phase();
        ObjectNode out = node.putObject(name);
        out.put(
                "contains",
                "internal: energy of all cells without the loss; total: internal plus beta times the"
                        + " loss at the settled output");
        ArrayNode internal = out.putArray("internalPerColumn");
        ArrayNode total = out.putArray("totalPerColumn");
        double sum = 0.0;
        double sumWithLoss = 0.0;
        for (int c = 0; c < phase.columns(); c++) {
            double energy = state.energy(c);
            double all = energy + nudge(state, problem, c);
            sum += energy;
            sumWithLoss += all;
            add(internal, energy);
            add(total, all);
        }
        Json.put(out, "internal", sum);
        Json.put(out, "total", sumWithLoss);
        String missing = stated.missing();
        if (!Double.isFinite(sum)) {
            out.put("reason", missing.isEmpty() ? "not known in this state" : missing);
        }
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

    private static void add(ArrayNode array, double value) {
        if (Double.isFinite(value)) {
            array.add(value);
        } else {
            array.addNull();
        }
    }
}
