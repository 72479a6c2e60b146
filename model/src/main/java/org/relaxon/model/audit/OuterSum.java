package org.relaxon.model.audit;

import java.util.ArrayList;
import java.util.List;
import org.relaxon.model.cell.Columns;

/** Frobenius length of a sum of outer products s a b^T, from inner products of their vectors. */
class OuterSum {
    private final double scale;
    private final List<double[]> left = new ArrayList<>();
    private final List<double[]> right = new ArrayList<>();

    /**
     * @param scale s, above 0
     */
    OuterSum(double scale) {
        this.scale = scale;
    }

    /** Adds s a b^T. */
    void add(double[] a, double[] b) {
        left.add(a);
        right.add(b);
    }

    /**
     * The length, to the square root of a rounding of the largest term; NaN if any element is NaN.
     */
    double length() {
        int count = left.size();
        double[] size = new double[count];
        double most = 0.0;
        for (int k = 0; k < count; k++) {
            size[k] = Columns.length(left.get(k), 1, 0) * Columns.length(right.get(k), 1, 0);
            most = Math.max(most, size[k]); // propagates NaN
        }
        if (!(most > 0.0) || Double.isInfinite(most)) {
            return scale * most;
        }
        double sum = 0.0;
        for (int i = 0; i < count; i++) {
            for (int j = 0; j < count; j++) {
                double turned =
                        Columns.cosine(left.get(i), left.get(j))
                                * Columns.cosine(right.get(i), right.get(j));
                sum += size[i] / most * (size[j] / most) * turned;
            }
        }
        return scale * most * Math.sqrt(Math.max(0.0, sum));
    }
}
