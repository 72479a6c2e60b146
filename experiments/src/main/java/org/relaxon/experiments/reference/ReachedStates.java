package org.relaxon.experiments.reference;

import java.util.function.BiFunction;
import org.relaxon.experiments.compare.ReferenceGradient;
import org.relaxon.model.math.Matrix;
import org.relaxon.model.network.Network;
import org.relaxon.model.network.Parameters;
import org.relaxon.model.network.Population;

/**
 * The free states that a host reached for a batch, each polished to the nearest equilibrium. A
 * network may have several equilibria, and a reference at another one would be wrong.
 *
 * @param equilibrium at the feedback gain of the phase
 * @param input shape (n_0, B)
 * @param target shape (n_L, B)
 * @param reached by population, shape (n, B); the input's entry is not read
 * @param farthest largest distance in one neuron of an equilibrium from the state that was reached
 */
record ReachedStates(
        HopfieldEquilibrium equilibrium,
        Matrix input,
        Matrix target,
        Matrix[] reached,
        double farthest) {
    /** The states reached under {@code theta} with feedback gain {@code gamma}. */
    static ReachedStates of(
            Network network,
            Parameters theta,
            double gamma,
            Matrix input,
            Matrix target,
            Matrix[] reached) {
        return new ReachedStates(
                HopfieldEquilibrium.of(network, theta, gamma), input, target, reached);
    }

    /** The same for states that are known to be coarse. */
    ReachedStates within(double distance) {
        return new ReachedStates(equilibrium, input, target, reached, distance);
    }

    /** The states reached, as close to rest as a settling is by default. */
    ReachedStates(HopfieldEquilibrium equilibrium, Matrix input, Matrix target, Matrix[] reached) {
        this(equilibrium, input, target, reached, NotAnEquilibriumException.FARTHEST);
    }

    ReachedStates {
        Network network = equilibrium.coupling().network();
        requireShape("input", input, network.inputSize(), input.columns());
        requireShape("target", target, network.outputSize(), input.columns());
        if (reached.length != network.populations().size()) {
            throw new IllegalArgumentException(
                    "reached: %d populations, the network has %d"
                            .formatted(reached.length, network.populations().size()));
        }
        for (Population p : network.populations()) {
            if (p.role() != Population.Role.INPUT) {
                String name = "reached state of population " + p.name();
                requireShape(name, reached[p.index()], p.size(), input.columns());
            }
        }
    }

    /** The free states at another feedback gain, started from these. */
    ReachedStates followedTo(double gamma) {
        HopfieldCoupling here = equilibrium.coupling();
        HopfieldEquilibrium there = HopfieldEquilibrium.of(here.network(), here.theta(), gamma);
        Matrix[] followed = new Matrix[reached.length];
        for (Population p : here.network().populations()) {
            followed[p.index()] = Matrix.zeros(p.size(), columns());
        }
        for (int c = 0; c < columns(); c++) {
            double[][] s = there.free(input.columnValues(c), polished(c));
            for (int p = 0; p < s.length; p++) {
                for (int i = 0; i < s[p].length; i++) {
                    followed[p].values()[i * columns() + c] = s[p][i];
                }
            }
        }
        return new ReachedStates(there, input, target, followed, farthest);
    }

    int columns() {
        return input.columns();
    }

    double[] target(int column) {
        return target.columnValues(column);
    }

    /** The state reached in one column, with the true input, not polished. */
    double[][] given(int column) {
        Network network = equilibrium.coupling().network();
        double[][] state = new double[reached.length][];
        for (Population p : network.populations()) {
            boolean clamped = p.role() == Population.Role.INPUT;
            state[p.index()] =
                    clamped
                            ? new Ends(network).part(p, input.columnValues(column))
                            : reached[p.index()].columnValues(column);
        }
        return state;
    }

    /**
     * The equilibrium near the state reached in one column.
     *
     * @throws IllegalArgumentException naming column and distance if it is not near
     * @throws IllegalStateException if there is none
     */
    double[][] polished(int column) {
        double[][] given = given(column);
        double[][] found = equilibrium.free(input.columnValues(column), given);
        NotAnEquilibriumException.requireNear(column, found, given, farthest);
        return found;
    }

    /**
     * Sums -(p_post s_pre^T + s_post p_pre^T) and -p over the batch.
     *
     * @param response p by population, of a free equilibrium and dLoss/ds at its output
     */
    ReferenceGradient gradient(BiFunction<double[][], double[], double[][]> response) {
        Network network = equilibrium.coupling().network();
        HebbianContrast sum = new HebbianContrast(network);
        Backprop loss = Backprop.of(network);
        double[] perColumn = new double[columns()];
        Matrix output = Matrix.zeros(target.rows(), columns());
        for (int c = 0; c < columns(); c++) {
            double[][] s = polished(c);
            double[] top = new Ends(network).outputs(s);
            for (int i = 0; i < top.length; i++) {
                output.values()[i * columns() + c] = top[i];
            }
            perColumn[c] = loss.loss(top, target(c));
            sum.addLinear(s, response.apply(s, loss.outputError(top, target(c))), p -> -1.0);
        }
        return new ReferenceGradient(sum.parameters(), perColumn, output);
    }

    private static void requireShape(String name, Matrix m, int rows, int columns) {
        if (m == null || m.rows() != rows || m.columns() != columns) {
            String shape =
                    m == null ? "missing" : "Matrix %d x %d".formatted(m.rows(), m.columns());
            throw new IllegalArgumentException(
                    "%s is %s, need %d x %d".formatted(name, shape, rows, columns));
        }
    }
}
