package org.relaxon.experiments.reference;

import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.relaxon.experiments.effort.Effort;

/**
 * Whether a quadratic form is positive where some coordinates may move only to one side, like units
 * of a Hopfield energy on a kink: copositivity, which is hard in general. The other coordinates are
 * eliminated by minimisation (Schur complement). The remaining form is copositive if it is positive
 * definite without its positive off-diagonal elements; if it is not, the smallest eigenvector of
 * that matrix has entries of one sign (Perron and Frobenius), and is tried as a direction of
 * descent.
 */
final class ConeTest {
    private final DMatrixRMaj form;
    private final int[] side;
    private final double rounding;
    private final int[] held; // coordinates with a side
    private final int[] both; // all others

    /**
     * @param form symmetric
     * @param side 1 or -1 for coordinates that may move only up or only down, 0 for others
     * @param rounding of an eigenvalue
     */
    ConeTest(DMatrixRMaj form, int[] side, double rounding) {
        this.form = form;
        this.side = side;
        this.rounding = rounding;
        held = IntStream.range(0, side.length).filter(k -> side[k] != 0).toArray();
        both = IntStream.range(0, side.length).filter(k -> side[k] == 0).toArray();
    }

    /**
     * The verdict.
     *
     * @param names describes a direction over all coordinates
     */
    MinimumTest judge(Function<double[], List<String>> names) {
        double[][] response = new double[held.length][both.length];
        if (both.length > 0) {
            SmallestEigenvalue free = new SmallestEigenvalue(part(both, both));
            if (!free.isAbove(rounding)) {
                return tried(spread(new double[held.length], free.vector()), names);
            }
            LinearSystem system = new LinearSystem(part(both, both));
            for (int k = 0; k < held.length; k++) {
                response[k] = system.solve(part(both, new int[] {held[k]}).data);
            }
        }
        DMatrixRMaj lower = new DMatrixRMaj(held.length, held.length);
        double size = 0.0;
        for (int k = 0; k < held.length; k++) {
            for (int m = 0; m < held.length; m++) {
                double left = form.get(held[k], held[m]);
                for (int j = 0; j < both.length; j++) {
                    left -= form.get(held[k], both[j]) * response[m][j];
                }
                left *= side[held[k]] * side[held[m]];
                lower.set(k, m, k == m ? left : Math.min(0.0, left));
            }
            size += Amplification.square(response[k]);
        }
        Effort.spend((long) held.length * held.length * Math.max(1, both.length));
        SmallestEigenvalue least = new SmallestEigenvalue(lower);
        if (least.isAbove(rounding * (1.0 + size))) {
            return MinimumTest.minimum();
        }
        double[] y = least.vector();
        if (y == null) {
            return undecided();
        }
        double[] moved = new double[both.length];
        for (int k = 0; k < y.length; k++) {
            y[k] = side[held[k]] * Math.abs(y[k]);
            for (int j = 0; j < moved.length; j++) {
                moved[j] -= y[k] * response[k][j];
            }
        }
        return tried(spread(y, moved), names);
    }

    private MinimumTest tried(double[] direction, Function<double[], List<String>> names) {
        double quotient =
                direction == null ? 0.0 : new SmallestEigenvalue(form).quotient(direction);
        return quotient < -rounding
                ? MinimumTest.saddle(quotient, rounding, names.apply(direction))
                : undecided();
    }

    private static MinimumTest undecided() {
        return MinimumTest.unknown(
                "units stand on a kink, and no descent was found towards the"
                        + " sides to which they can move");
    }

    private DMatrixRMaj part(int[] rows, int[] columns) {
        DMatrixRMaj out = new DMatrixRMaj(rows.length, columns.length);
        for (int i = 0; i < rows.length; i++) {
            for (int j = 0; j < columns.length; j++) {
                out.set(i, j, form.get(rows[i], columns[j]));
            }
        }
        return out;
    }

    /** A direction over all coordinates, of length 1; null if there is none. */
    private double[] spread(double[] ofHeld, double[] ofBoth) {
        if (ofBoth == null) {
            return null;
        }
        double[] out = new double[side.length];
        for (int k = 0; k < held.length; k++) {
            out[held[k]] = ofHeld[k];
        }
        for (int j = 0; j < both.length; j++) {
            out[both[j]] = ofBoth[j];
        }
        double length = Math.sqrt(Amplification.square(out));
        for (int k = 0; k < out.length; k++) {
            out[k] /= length;
        }
        return out;
    }
}
