package org.relaxon.experiments.training;

import org.relaxon.experiments.data.DataSet;
import org.relaxon.model.loss.Loss;
import org.relaxon.model.math.Matrix;

/** Asks a learner for predictions of a set, and counts what is right. */
final class Examiner {
    private static final int WIDTH = 250; // examples that settle together

    private final DataSet set;
    private final int size;
    private final Loss loss;

    /**
     * @param most examples from the beginning of the set that are asked for
     */
    Examiner(DataSet set, int most, Loss loss) {
        this.set = set;
        this.size = Math.min(most, set.size());
        this.loss = loss;
    }

    /** Loss is the mean over what settled, NaN if nothing did; accuracy is over all. */
    record Grade(double loss, double accuracy, int unsettled) {}

    Grade examine(Learner learner) {
        double sum = 0.0;
        int right = 0;
        int unsettled = 0;
        for (int first = 0; first < size; first += WIDTH) {
            int count = Math.min(WIDTH, size - first);
            Matrix input = Matrix.zeros(set.inputs(), count);
            Matrix target = Matrix.zeros(set.classes(), count);
            int from = first;
            set.fill(c -> from + c, input, target);
            Matrix output = learner.predict(input);
            for (int c = 0; c < count; c++) {
                double one = loss.value(output.values(), target.values(), output.rows(), count, c);
                if (!Double.isFinite(one)) {
                    unsettled++;
                    continue;
                }
                sum += one;
                right += top(output, c) == set.label(first + c) ? 1 : 0;
            }
        }
        int settled = size - unsettled;
        double mean = settled == 0 ? Double.NaN : sum / settled;
        return new Grade(mean, (double) right / size, unsettled);
    }

    private static int top(Matrix m, int column) {
        int best = 0;
        for (int i = 1; i < m.rows(); i++) {
            best = m.get(i, column) > m.get(best, column) ? i : best;
        }
        return best;
    }
}
