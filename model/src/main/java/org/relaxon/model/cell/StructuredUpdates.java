package org.relaxon.model.cell;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.relaxon.model.math.Kernels;
import org.relaxon.model.memento.StateReader;
import org.relaxon.model.memento.StateWriter;
import org.relaxon.model.weights.Weights;

/**
 * Distance between the held and the swept update of a projection that is no matrix, or of several
 * with the same weights, for one column: its synapses are summed one by one, where several share a
 * number over all cells.
 */
final class StructuredUpdates {
    private final Kernels kernels = new Kernels(Kernels.Kind.STRICT);
    private final boolean shares;
    private final Map<Integer, Sums> sums = new TreeMap<>(); // by place, if numbers are shared
    private double offLength; // of all cells, where they do not
    private double dueLength;

    /** Over all cells that share the same numbers. */
    private static final class Sums {
        private double[][] off;
        private double[][] due;
        private double[][] sizes; // of magnitudes
    }

    StructuredUpdates(boolean shares) {
        this.shares = shares;
    }

    /**
     * Adds one cell's part.
     *
     * @param place which numbers the cell has; cells with equal places share them
     * @param own structure of its synapses
     * @param held postsynaptic values that the cell holds, length n
     * @param swept the same in the swept state
     * @param recorded presynaptic activity that it received, length nPre
     * @param truth presynaptic activity that it should have received
     */
    void add(
            int place,
            Weights own,
            double[] held,
            double[] swept,
            double[] recorded,
            double[] truth) {
        Weights wrong = own.zeros();
        wrong.addOuter(kernels, minus(held, swept), truth, 1);
        wrong.addOuter(kernels, held, minus(recorded, truth), 1);
        Weights right = own.zeros();
        right.addOuter(kernels, swept, truth, 1);
        if (!shares) {
            offLength = StrictMath.hypot(offLength, Columns.length(wrong.values()));
            dueLength = StrictMath.hypot(dueLength, Columns.length(right.values()));
            return;
        }
        Weights large = own.zeros();
        large.addOuter(kernels, Columns.magnitudes(swept), Columns.magnitudes(truth), 1);
        Sums of = sums.computeIfAbsent(place, p -> new Sums());
        of.off = plus(of.off, wrong.values());
        of.due = plus(of.due, right.values());
        of.sizes = plus(of.sizes, large.values());
    }

    /** Length of the difference of the updates. */
    double off() {
        return shares ? length(s -> s.off) : offLength;
    }

    /** Length of the swept update. */
    double due() {
        return shares ? length(s -> s.due) : dueLength;
    }

    /** By how much the terms of shared numbers are larger than their sum; 1 if nothing cancels. */
    double cancellation() {
        double sum = due();
        return shares && sum > 0.0 ? length(s -> s.sizes) / sum : 1.0;
    }

    private double length(Function<Sums, double[][]> which) {
        double length = 0.0;
        for (Sums one : sums.values()) {
            length = StrictMath.hypot(length, Columns.length(which.apply(one)));
        }
        return length;
    }

    private static double[][] plus(double[][] sum, double[][] more) {
        if (sum == null) {
            return more;
        }
        Columns.add(sum, more);
        return sum;
    }

    private static double[] minus(double[] a, double[] b) {
        double[] out = a.clone();
        for (int k = 0; k < out.length; k++) {
            out[k] -= b[k];
        }
        return out;
    }

    void save(StateWriter out) {
        out.writeDouble(offLength);
        out.writeDouble(dueLength);
        out.writeInt(sums.size());
        sums.forEach(
                (place, of) -> {
                    out.writeInt(place);
                    for (double[][] rows : List.of(of.off, of.due, of.sizes)) {
                        out.writeInt(rows.length);
                        Arrays.stream(rows).forEach(out::writeDoubles);
                    }
                });
    }

    void load(StateReader in) {
        offLength = in.readDouble();
        dueLength = in.readDouble();
        sums.clear();
        for (int k = in.readCount(Integer.MAX_VALUE, Integer.BYTES); k > 0; k--) {
            Sums of = new Sums();
            sums.put(in.readInt(), of);
            of.off = rows(in);
            of.due = rows(in);
            of.sizes = rows(in);
        }
    }

    private static double[][] rows(StateReader in) {
        double[][] rows = new double[in.readCount(Integer.MAX_VALUE, Integer.BYTES)][];
        Arrays.setAll(rows, i -> in.readDoubles());
        return rows;
    }
}
