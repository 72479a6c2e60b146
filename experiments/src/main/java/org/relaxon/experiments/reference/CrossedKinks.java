package org.relaxon.experiments.reference;

import org.relaxon.model.math.Matrix;
import org.relaxon.model.network.Network;
import org.relaxon.model.network.Parameters;
import org.relaxon.model.network.Population;
import org.relaxon.model.settle.Equilibrium;

/**
 * Units that a nudge has moved across a kink of their activation: their f' is not the one that
 * backprop uses, and only a smaller nudge helps, not a smaller tolerance.
 */
public final class CrossedKinks {
    private CrossedKinks() {}

    /**
     * Counts them.
     *
     * @param network whose free state is the feedforward pass
     * @param parameters at which it settled
     * @param input shape (n_0, B)
     * @param reached under the nudge, with a multiple of B columns: column c is of example c mod B
     * @return by example, over all its columns
     */
    public static int[] count(
            Network network, Parameters parameters, Matrix input, Equilibrium reached) {
        int[] crossed = new int[input.columns()];
        if (isSmooth(network)) {
            return crossed;
        }
        Backprop forward = Backprop.of(network);
        for (int c = 0; c < crossed.length; c++) {
            double[][] free = forward.forward(parameters, input.columnValues(c)).x();
            for (int k = c; k < reached.phase().columns(); k += crossed.length) {
                double[][] nudged = activities(network, reached, free, k);
                crossed[c] += differences(network, parameters, forward, free, nudged);
            }
        }
        return crossed;
    }

    private static double[][] activities(
            Network network, Equilibrium reached, double[][] free, int column) {
        double[][] x = new double[reached.populations()][];
        for (Population p : network.populations()) {
            int k = p.index();
            boolean input = p.role() == Population.Role.INPUT;
            x[k] = input ? free[k] : reached.activity(k).columnValues(column);
        }
        return x;
    }

    private static int differences(
            Network network,
            Parameters parameters,
            Backprop forward,
            double[][] free,
            double[][] nudged) {
        int count = 0;
        for (Population p : network.populations()) {
            if (p.role() == Population.Role.INPUT || p.activation().smooth()) {
                continue;
            }
            double[] a = forward.drive(parameters, p, free);
            double[] b = forward.drive(parameters, p, nudged);
            for (int i = 0; i < a.length; i++) {
                count += p.activation().piece(a[i]) == p.activation().piece(b[i]) ? 0 : 1;
            }
        }
        return count;
    }

    /**
     * {@return whether no activation has a kink}
     *
     * @param network whose populations are looked at
     */
    public static boolean isSmooth(Network network) {
        return network.populations().stream().allMatch(p -> p.activation().smooth());
    }
}
