package org.relaxon.model.audit;

import org.relaxon.model.cell.Columns;
import org.relaxon.model.math.Kernels;
import org.relaxon.model.weights.Weights;

/** A sum of outer products where a projection has synapses, added up where these share numbers. */
final class StructuredSum extends OuterSum {
    private final Kernels kernels = new Kernels(Kernels.Kind.STRICT);
    private final Weights sum;

    /** {@code structure} is that of the whole projection. */
    StructuredSum(Weights structure) {
        super(1.0); // the structure scales
        sum = structure.zeros();
    }

    @Override
    void add(double[] a, double[] b) {
        sum.addOuter(kernels, a, b, 1);
    }

    @Override
    double length() {
        return Columns.length(sum.values());
    }
}
