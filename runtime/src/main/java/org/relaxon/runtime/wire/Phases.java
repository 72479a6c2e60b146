package org.relaxon.runtime.wire;

import java.util.Arrays;
import org.relaxon.model.math.Matrix;
import org.relaxon.model.memento.StateReader;
import org.relaxon.model.memento.StateWriter;
import org.relaxon.model.network.Network;
import org.relaxon.model.network.Population;
import org.relaxon.model.phase.Phase;
import org.relaxon.runtime.Budget;

/** Writes down what is imposed on a settling: its phase and its budget. */
public final class Phases {
    private Phases() {}

    /**
     * Writes a phase down.
     *
     * @param phase phase of a network
     * @param network names the populations that it may hold
     * @param out receives it
     */
    public static void save(Phase phase, Network network, StateWriter out) {
        save(phase.input(), out);
        out.writeBoolean(phase.target() != null);
        if (phase.target() != null) {
            save(phase.target(), out);
        }
        out.writeConstant(phase.output());
        out.writeDoubles(phase.betas());
        out.writeBoolean(phase.isComplex());
        for (int c = 0; phase.isComplex() && c < phase.columns(); c++) {
            out.writeDouble(phase.imaginary(c));
        }
        out.writeBoolean(phase.hasUnitGain());
        for (int c = 0; !phase.hasUnitGain() && c < phase.columns(); c++) {
            out.writeDouble(phase.gamma(c));
        }
        out.writeBoolean(phase.start() != null);
        if (phase.start() != null) {
            out.writeText(phase.start());
            out.writeBoolean(phase.differences());
        }
        for (Population one : network.populations()) {
            double[] held = phase.held(one.name(), 0, one.size());
            out.writeBoolean(held != null);
            if (held != null) {
                out.writeDoubles(held);
            }
        }
    }

    private static void save(Matrix matrix, StateWriter out) {
        out.writeInt(matrix.rows());
        out.writeInt(matrix.columns());
        out.writeDoubles(matrix.values());
    }

    /**
     * {@return the phase that comes next}
     *
     * @param network the network that it was saved with, or one of the same shape
     * @param in source of what was saved
     */
    public static Phase load(Network network, StateReader in) {
        Matrix input = loadMatrix(in);
        int columns = input.columns();
        Matrix target = in.readBoolean() ? loadMatrix(in) : null;
        Phase.Output output = in.readConstant(Phase.Output.values());
        double[] beta = in.readDoubles();
        if (beta.length != columns) {
            throw in.refusal("%d strengths, found %d".formatted(columns, beta.length));
        }
        Phase phase =
                output == Phase.Output.CLAMPED
                        ? Phase.clamped(input, target)
                        : Phase.nudged(input, target, beta);
        phase = output == Phase.Output.DISPLACED ? phase.displaced() : phase;
        if (in.readBoolean()) {
            phase = phase.withImaginary(numbers(columns, in));
        }
        phase = in.readBoolean() ? phase : phase.withGamma(numbers(columns, in));
        if (in.readBoolean()) {
            String start = in.readText();
            phase = in.readBoolean() ? phase.differencesFrom(start) : phase.startingFrom(start);
        }
        for (Population one : network.populations()) {
            phase = in.readBoolean() ? holding(phase, one, in) : phase;
        }
        return phase;
    }

    private static double[] numbers(int count, StateReader in) {
        double[] out = new double[count];
        Arrays.setAll(out, c -> in.readDouble());
        return out;
    }

    private static Phase holding(Phase phase, Population held, StateReader in) {
        double[] values = in.readDoubles();
        if (values.length != (long) held.size() * phase.columns()) {
            throw in.refusal(
                    "%d x %d numbers, found %d"
                            .formatted(held.size(), phase.columns(), values.length));
        }
        boolean[] rows = new boolean[held.size()];
        boolean all = true;
        for (int k = 0; k < values.length; k++) {
            boolean free = Double.isNaN(values[k]);
            rows[k / phase.columns()] |= !free;
            values[k] = free ? 0.0 : values[k];
            all &= !free;
        }
        return phase.clamping(
                held.name(),
                Matrix.of(held.size(), phase.columns(), values),
                all ? new boolean[0] : rows);
    }

    private static Matrix loadMatrix(StateReader in) {
        int rows = in.readInt(0, Integer.MAX_VALUE);
        int columns = in.readInt(0, Integer.MAX_VALUE);
        return Matrix.of(rows, columns, in.readDoubles());
    }

    /**
     * Writes a budget down.
     *
     * @param budget limits of a settling
     * @param out receives it
     */
    public static void save(Budget budget, StateWriter out) {
        out.writeLong(budget.messages());
        out.writeLong(budget.nanos());
        out.writeInt(budget.inFlight());
        out.writeLong(budget.relaxations());
    }

    /**
     * {@return the budget that comes next}
     *
     * @param in source of what was saved
     */
    public static Budget loadBudget(StateReader in) {
        return new Budget(in.readLong(), in.readLong(), in.readInt(), in.readLong());
    }
}
