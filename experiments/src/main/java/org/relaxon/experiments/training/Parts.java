package org.relaxon.experiments.training;

import java.util.List;
import org.relaxon.model.math.Matrix;

/**
 * Examples in parts that settle separately: as many parts as possible, of sizes that differ by at
 * most one.
 */
final class Parts {
    private final int examples;
    private final int count;

    /**
     * @param examples 1 or more
     * @param most largest number of parts, 1 or more
     */
    Parts(int examples, int most) {
        this.examples = examples;
        this.count = Math.min(examples, most);
    }

    int count() {
        return count;
    }

    /** The first example of a part; for {@link #count} the total number. */
    int first(int part) {
        return (int) ((long) examples * part / count);
    }

    int size(int part) {
        return first(part + 1) - first(part);
    }

    /** The columns of one part. */
    Matrix of(Matrix whole, int part) {
        if (count == 1) {
            return whole;
        }
        Matrix out = Matrix.zeros(whole.rows(), size(part));
        for (int i = 0; i < whole.rows(); i++) {
            System.arraycopy(
                    whole.values(),
                    i * examples + first(part),
                    out.values(),
                    i * out.columns(),
                    out.columns());
        }
        return out;
    }

    /** All columns, from those of all parts. */
    Matrix join(List<Matrix> columns) {
        if (count == 1) {
            return columns.get(0);
        }
        Matrix out = Matrix.zeros(columns.get(0).rows(), examples);
        for (int part = 0; part < count; part++) {
            Matrix own = columns.get(part);
            for (int i = 0; i < out.rows(); i++) {
                System.arraycopy(
                        own.values(),
                        i * own.columns(),
                        out.values(),
                        i * examples + first(part),
                        own.columns());
            }
        }
        return out;
    }
}
