package org.relaxon.tools.course;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.relaxon.model.network.CellId;
import org.relaxon.model.network.Network;
import org.relaxon.model.phase.Phase;
import org.relaxon.model.rule.Rule;
import org.relaxon.runtime.observe.Frame;
import org.relaxon.runtime.observe.Quantity;
import org.relaxon.runtime.observe.Reading;

/**
 * The latest frame of every cell of one phase, and sums over all cells: each is read at its last
 * relaxation, in the first column.
 */
public final class CellReadings {
    private final Network network;
    private final int cells;
    private final boolean energies;
    private final Map<CellId, Frame> latest = new ConcurrentHashMap<>();

    /**
     * Readings of a session.
     *
     * @param network whose energy is summed if it has one
     * @param rule what the cells follow
     * @param cells number of the cells
     */
    public CellReadings(Network network, Rule rule, int cells) {
        this.network = network;
        this.cells = cells;
        energies =
                network.noEnergy().isEmpty()
                        && rule.dynamics().judge(rule).energy().missing().isEmpty();
    }

    /** {@return whether frames hold an energy} */
    public boolean hasEnergy() {
        return energies;
    }

    /** Forgets all frames, as a phase begins. */
    public void clear() {
        latest.clear();
    }

    /**
     * Takes the place of the frame before.
     *
     * @param frame of any cell
     */
    public void put(Frame frame) {
        latest.put(frame.cell(), frame);
    }

    /**
     * {@return the latest frame of a cell; null before its first}
     *
     * @param cell any cell
     */
    public Frame frame(CellId cell) {
        return latest.get(cell);
    }

    /**
     * {@return the energy of all cells, with beta times the loss at the present output; NaN where
     * none is known, and before every cell has relaxed}
     *
     * @param phase what is imposed
     */
    public double energy(Phase phase) {
        if (!energies || latest.size() < cells) {
            return Double.NaN;
        }
        double sum = nudge(phase);
        for (Frame frame : latest.values()) {
            sum += frame.reading(Quantity.ENERGY).value(0, 0);
        }
        return sum;
    }

    private double nudge(Phase phase) {
        boolean nudged = phase.output() == Phase.Output.NUDGED && phase.target() != null;
        if (!nudged || phase.isComplex() || phase.beta(0) == 0.0 || network.outputs().size() != 1) {
            return nudged && phase.beta(0) != 0.0 ? Double.NaN : 0.0;
        }
        int rows = network.outputSize();
        double[] output = new double[rows];
        double[] target = new double[rows];
        for (Frame frame : latest.values()) {
            CellId cell = frame.cell();
            Reading one = frame.reading(Quantity.ACTIVITY);
            if (cell.population() == network.output().index()) {
                for (int r = 0; r < one.rows(); r++) {
                    output[cell.from() + r] = one.value(r, 0);
                }
            }
        }
        for (int r = 0; r < rows; r++) {
            target[r] = phase.target().values()[r * phase.columns()];
        }
        return phase.beta(0) * network.loss().value(output, target, rows, 1, 0);
    }

    /** {@return the largest distance of a neuron from the minimum of its cell's energy} */
    public double residual() {
        double largest = 0.0;
        for (Frame frame : latest.values()) {
            Reading one = frame.reading(Quantity.RESIDUAL);
            for (int r = 0; r < one.rows(); r++) {
                largest = Math.max(largest, Math.abs(one.value(r, 0)));
            }
        }
        return largest;
    }

    /** {@return relaxations of all cells in the phase} */
    public long relaxations() {
        return latest.values().stream().mapToLong(Frame::relaxations).sum();
    }

    /**
     * {@return the sum of a count over all cells}
     *
     * @param quantity of which each cell has one number
     */
    public long sum(Quantity quantity) {
        long sum = 0;
        for (Frame frame : latest.values()) {
            sum += (long) frame.reading(quantity).value(0, 0);
        }
        return sum;
    }

    /**
     * {@return what a phase imposes, in a word: free, nudged, clamped or displaced}
     *
     * @param phase any phase
     */
    public static String kind(Phase phase) {
        boolean nudged = phase.isComplex();
        for (int c = 0; c < phase.columns(); c++) {
            nudged |= phase.beta(c) != 0.0;
        }
        return switch (phase.output()) {
            case NUDGED -> nudged && phase.target() != null ? "nudged" : "free";
            case CLAMPED -> "clamped";
            case DISPLACED -> "displaced";
        };
    }
}
