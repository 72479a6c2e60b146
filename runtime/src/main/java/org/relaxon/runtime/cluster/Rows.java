package org.relaxon.runtime.cluster;

import org.relaxon.model.memento.StateReader;
import org.relaxon.model.memento.StateWriter;
import org.relaxon.model.network.Network;
import org.relaxon.model.network.Parameters;
import org.relaxon.model.network.Projection;

/**
 * Writes down rows of parameters. Rows of zeros are left out, and reading leaves what is there in
 * their place.
 */
final class Rows {
    private static final int END = -1;

    /** Which rows are written. */
    interface Choice {
        /** Whether a row of the weights of a projection is among them. */
        boolean has(Projection projection, int row);
    }

    private final Network network;
    private final Choice choice;

    private Rows(Network network, Choice choice) {
        this.network = network;
        this.choice = choice;
    }

    /** All rows. */
    static Rows all(Network network) {
        return new Rows(network, (p, row) -> true);
    }

    /** Some rows of weights, and all biases. */
    static Rows of(Network network, Choice choice) {
        return new Rows(network, choice);
    }

    void save(Parameters parameters, StateWriter out) {
        for (Projection p : network.projections()) {
            save(p, parameters, parameters.weights(p.index()), out);
            save(p, parameters, parameters.feedback(p.index()), out);
        }
        for (int k = 0; k < network.populations().size(); k++) {
            out.writeDoubles(parameters.biases(k));
        }
    }

    private void save(Projection p, Parameters of, double[][] rows, StateWriter out) {
        for (int i = 0; i < rows.length; i++) {
            boolean chosen = choice.has(p, i) && !of.isAbsent(p.index(), rows[i]);
            if (chosen && !isZero(rows[i])) {
                out.writeInt(i);
                out.writeDoubles(rows[i]);
            }
        }
        out.writeInt(END);
    }

    private static boolean isZero(double[] values) {
        for (double value : values) {
            if (Double.doubleToRawLongBits(value) != 0) {
                return false;
            }
        }
        return true;
    }

    /** Reads rows back into parameters of the same network; one that was absent is there then. */
    static void load(Network network, Parameters into, StateReader in) {
        for (Projection p : network.projections()) {
            load(p, into, into.weights(p.index()), in);
            load(p, into, into.feedback(p.index()), in);
        }
        for (int k = 0; k < network.populations().size(); k++) {
            merge(in.readDoubles(), into.biases(k), in);
        }
    }

    private static void load(Projection p, Parameters into, double[][] rows, StateReader in) {
        for (int i = in.readInt(END, rows.length - 1); i != END; ) {
            double[] from = in.readDoubles();
            if (into.isAbsent(p.index(), rows[i]) && from.length == rows[i].length) {
                rows[i] = from;
            } else {
                merge(from, rows[i], in);
            }
            i = in.readInt(END, rows.length - 1);
        }
    }

    /** Numbers of several JVMs do not overlap: what is zero in one may be set by another. */
    private static void merge(double[] from, double[] into, StateReader in) {
        if (from.length != into.length) {
            throw in.refusal("%d numbers, found %d".formatted(into.length, from.length));
        }
        for (int k = 0; k < from.length; k++) {
            if (Double.doubleToRawLongBits(from[k]) != 0) {
                into[k] = from[k];
            }
        }
    }
}
