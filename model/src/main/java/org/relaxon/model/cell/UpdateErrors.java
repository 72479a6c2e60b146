package org.relaxon.model.cell;

import java.util.Arrays;
import java.util.List;
import org.relaxon.model.memento.StateReader;
import org.relaxon.model.memento.StateWriter;
import org.relaxon.model.network.Network;
import org.relaxon.model.network.Population;
import org.relaxon.model.network.Projection;
import org.relaxon.model.settle.Resolution;
import org.relaxon.model.weights.Weights;

/**
 * Distance between the local updates that cells hold and those of a swept state, summed over the
 * cells of every projection and kept per column. A scale of a matrix multiplies the distance and
 * the update that it is compared with, and so is left out of both. Lengths are added by {@link
 * StrictMath#hypot}, so that errors far below the square root of the least double count as well.
 */
public final class UpdateErrors {
    private final List<Projection> projections;
    private final int columns;
    private final double[][] off; // per projection and column
    private final double[][] size; // of a population's feedback, per population and column
    private final double[][] rounding; // likewise, the part that rounding leaves
    private final double[][] presynaptic; // size of the activity, per projection and column
    private final StructuredUpdates[][] structured; // likewise; null where it is a matrix
    private final List<Population> outputs;

    /**
     * Starts with sums of zero.
     *
     * @param network network whose updates are swept
     * @param columns number of columns of the phase
     */
    public UpdateErrors(Network network, int columns) {
        projections = network.projections();
        this.columns = columns;
        off = new double[projections.size()][columns];
        presynaptic = new double[projections.size()][columns];
        structured = new StructuredUpdates[projections.size()][];
        for (Projection p : projections) {
            if (p.weightsOf() != p.index()) {
                structured[p.index()] = structured[p.weightsOf()]; // one sum for all of them
            } else if (!p.connectivity().unscaled().isMatrix() || p.isTied()) {
                boolean shares = p.sharesWeights();
                structured[p.index()] = new StructuredUpdates[columns];
                Arrays.setAll(structured[p.index()], c -> new StructuredUpdates(shares));
            }
        }
        size = new double[network.populations().size()][columns];
        rounding = new double[network.populations().size()][columns];
        outputs = network.outputs();
    }

    /**
     * Adds one cell's part of an update v x^T; where x is zero, of the biases' update v.
     *
     * @param held feedback of the cell before weights, flat (n, B)
     * @param swept feedback in the swept state
     * @param recorded presynaptic activity that it received, flat (nPre, B)
     * @param truth presynaptic activity that it should have received
     */
    void add(int projection, double[] held, double[] swept, double[] recorded, double[] truth) {
        double[] length = Columns.lengths(truth, columns);
        double[] moved = Columns.distances(held, swept, columns);
        double[] missed = distances(recorded, truth, length);
        double[] sent = Columns.lengths(held, columns);
        for (int c = 0; c < columns; c++) {
            double postsynaptic = moved[c] * (length[c] == 0.0 ? 1.0 : length[c]);
            double heard = missed[c] * sent[c];
            presynaptic[projection][c] = length[c];
            off[projection][c] = StrictMath.hypot(off[projection][c], postsynaptic + heard);
        }
    }

    /** A record that is the array itself, as that of an input, is off by 0 where it is finite. */
    private double[] distances(double[] recorded, double[] truth, double[] length) {
        boolean same = recorded == truth;
        for (int c = 0; same && c < columns; c++) {
            same = Double.isFinite(length[c]);
        }
        return same ? new double[columns] : Columns.distances(recorded, truth, columns);
    }

    /**
     * The same where the synapses are no matrix, or share weights with others.
     *
     * @param place position of the cell in its population
     * @param own structure of the cell's synapses
     */
    void addStructured(
            Projection projection,
            int place,
            Weights own,
            double[] held,
            double[] swept,
            double[] recorded,
            double[] truth) {
        double[] heard = Columns.lengths(truth, columns);
        double[] biases = Columns.distances(held, swept, columns);
        for (int c = 0; c < columns; c++) {
            int k = projection.index();
            presynaptic[k][c] = Math.max(presynaptic[k][c], heard[c]);
            structured[k][c].add(
                    projection.firstRow(place),
                    own,
                    Columns.of(held, columns, c),
                    Columns.of(swept, columns, c),
                    Columns.of(recorded, columns, c),
                    Columns.of(truth, columns, c));
            off[k][c] = StrictMath.hypot(off[k][c], biases[c]);
        }
    }

    /** Whether {@link #addStructured} is to be called. */
    boolean isStructured(Projection projection) {
        return structured[projection.index()] != null;
    }

    /**
     * Adds one cell's part of a population's feedback.
     *
     * @param roundOff largest rounding of an element, per column
     */
    void addSize(int population, double[] swept, double[] roundOff) {
        double[] length = Columns.lengths(swept, columns);
        for (int c = 0; c < columns; c++) {
            size[population][c] = StrictMath.hypot(size[population][c], length[c]);
            rounding[population][c] = Math.max(rounding[population][c], roundOff[c]);
        }
    }

    /**
     * {@return the relative errors per projection and column} A population that sends back exactly
     * 0 while the output has an error is cut off from it by dead units or zero weights; its update
     * is not lost in rounding.
     */
    public Resolution resolution() {
        double[][] withheld = new double[off.length][columns];
        double[][] rounded = new double[off.length][columns];
        for (Projection p : projections) {
            int k = p.index();
            for (int c = 0; c < columns; c++) {
                withheld[k][c] = withheld(p, c);
                double own = Resolution.share(rounding[p.post()][c], size[p.post()][c]);
                double errors = Columns.length(outputs, size, c);
                double above = Resolution.share(Columns.length(outputs, rounding, c), errors);
                boolean silent = size[p.post()][c] == 0.0 && errors > 0.0;
                rounded[k][c] = (silent ? own : Math.max(own, above)) * cancellation(k, c);
            }
        }
        return new Resolution(withheld, rounded);
    }

    private double withheld(Projection p, int c) {
        int k = p.index();
        boolean silent = presynaptic[k][c] == 0.0 || p.connectivity().isFixed();
        if (silent || structured[k] == null) {
            double length = silent ? 1.0 : presynaptic[k][c];
            return Resolution.share(off[k][c], size[p.post()][c] * length);
        }
        return Resolution.share(structured[k][c].off(), structured[k][c].due());
    }

    private double cancellation(int projection, int c) {
        return structured[projection] == null ? 1.0 : structured[projection][c].cancellation();
    }

    /**
     * Writes down all sums.
     *
     * @param out receives them
     */
    public void save(StateWriter out) {
        for (int k = 0; k < off.length; k++) {
            out.writeDoubles(off[k]);
            out.writeDoubles(presynaptic[k]);
            for (int c = 0; isSummedIn(k) && c < columns; c++) {
                structured[k][c].save(out);
            }
        }
        for (int p = 0; p < size.length; p++) {
            out.writeDoubles(size[p]);
            out.writeDoubles(rounding[p]);
        }
    }

    /**
     * Replaces all sums by what {@link #save} has written of another object for the same network
     * and number of columns.
     *
     * @param in source of what was saved
     */
    public void load(StateReader in) {
        for (int k = 0; k < off.length; k++) {
            in.readDoubles(off[k]);
            in.readDoubles(presynaptic[k]);
            for (int c = 0; isSummedIn(k) && c < columns; c++) {
                structured[k][c].load(in);
            }
        }
        for (int p = 0; p < size.length; p++) {
            in.readDoubles(size[p]);
            in.readDoubles(rounding[p]);
        }
    }

    /** Whether a projection has structured sums that are not those of another one. */
    private boolean isSummedIn(int projection) {
        return structured[projection] != null
                && projections.get(projection).weightsOf() == projection;
    }
}
