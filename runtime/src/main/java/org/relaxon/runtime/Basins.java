package org.relaxon.runtime;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.relaxon.model.math.Matrix;
import org.relaxon.model.network.Network;
import org.relaxon.model.network.Population;
import org.relaxon.model.phase.Phase;
import org.relaxon.model.rule.Rule;
import org.relaxon.model.settle.ColumnVerdict;
import org.relaxon.model.settle.Conclusive;
import org.relaxon.model.settle.Equilibrium;
import org.relaxon.model.settle.NotSettled;
import org.relaxon.model.settle.Reason;
import org.relaxon.model.settle.Settled;
import org.relaxon.model.settle.Settlement;

/**
 * Decides whether the nudged phase rests in the basin of the free one. Along the branch of minima
 * through the free state, dF/dbeta = L(x) and L falls with beta, so for every beta
 *
 * <pre>  beta L(beta) &lt;= F(beta) - F(0) &lt;= beta L(0)</pre>
 *
 * <p>(the envelope theorem, and concavity of F). Holding the output can only raise the energy of
 * its basin. A jump to another minimum violates these bounds by the difference of two energies,
 * which is not small. Unknown energies decide nothing. L is the loss of the rule.
 */
final class Basins {
    /** Allowance for rounding, in units of the energies and of beta times the loss. */
    private static final double SLACK = 1e-9;

    private static final double ROUND_OFF = 1e-12;

    /** How much a defect of one neuron may add to its share of the energy. */
    private static final double STATE_ERRORS = 10.0;

    private Basins() {}

    /** The verdict on the nudged phase, or that it left the basin, with both energies. */
    static Settlement judge(
            Conclusive free, Settlement nudged, Matrix target, Network network, Rule rule) {
        if (!(nudged instanceof Settled done)) {
            return nudged; // a dataflow phase follows no branch of minima
        }
        Equilibrium before = free.equilibrium();
        Equilibrium after = done.equilibrium();
        double defect = Math.max(free.residual(), done.residual());
        double room = STATE_ERRORS * neurons(network) * defect; // of the energies at these states
        List<ColumnVerdict> columns = new ArrayList<>();
        String first = null;
        for (ColumnVerdict v : done.columns()) {
            int origin = v.column() % before.phase().columns();
            String jump =
                    v.settled()
                            ? jump(before, after, origin, v.column(), target, network, rule, room)
                            : null;
            first = first == null ? jump : first;
            columns.add(
                    jump == null
                            ? v
                            : new ColumnVerdict(
                                    v.column(), v.residual(), Reason.MULTISTABLE, jump));
        }
        return first == null
                ? nudged
                : new NotSettled(
                        Reason.MULTISTABLE,
                        done.residual(),
                        first,
                        List.of(),
                        List.of(),
                        columns,
                        Optional.empty());
    }

    private static int neurons(Network network) {
        return network.populations().stream().mapToInt(Population::size).sum();
    }

    private static String jump(
            Equilibrium before,
            Equilibrium after,
            int origin,
            int column,
            Matrix target,
            Network network,
            Rule rule,
            double defects) {
        double change = after.energy(column) - before.energy(origin);
        double room = defects + ROUND_OFF * (1.0 + Math.abs(before.energy(origin)));
        boolean minima = !after.phase().isComplex() && after.phase().gamma(column) == 1.0;
        if (!minima || Double.isNaN(change)) {
            return null;
        }
        double low = -room;
        double high = Double.POSITIVE_INFINITY;
        if (after.phase().output() == Phase.Output.NUDGED) {
            double beta = after.phase().beta(column);
            double lossBefore = 0.0;
            double lossAfter = 0.0;
            for (Population p : network.outputs()) {
                double[] all = target.columnValues(column % target.columns());
                double[] t = network.rowsOf(all, 1, p.index());
                double[] x0 = activity(before, null, origin, p);
                double[] x = activity(after, before, column, p);
                lossBefore += rule.energy().loss(network, x0, t);
                lossAfter += rule.energy().loss(network, x, t);
            }
            change += beta * lossAfter;
            room += SLACK * Math.abs(beta) * (1.0 + lossBefore);
            low = Math.min(beta * lossAfter, beta * lossBefore) - room;
            high = Math.max(beta * lossAfter, beta * lossBefore) + room;
        }
        return change >= low && change <= high
                ? null
                : String.format(
                        Locale.ROOT,
                        "column %d: the free phase has energy %.9e, the nudged one %.9e: another"
                                + " basin",
                        column,
                        before.energy(origin),
                        after.energy(column));
    }

    private static double[] activity(
            Equilibrium state, Equilibrium anchor, int column, Population of) {
        double[] x = state.activity(of.index()).columnValues(column);
        if (anchor != null && state.phase().differences()) {
            double[] x0 =
                    anchor.activity(of.index()).columnValues(column % anchor.phase().columns());
            for (int i = 0; i < x.length; i++) {
                x[i] += x0[i];
            }
        }
        return x;
    }
}
