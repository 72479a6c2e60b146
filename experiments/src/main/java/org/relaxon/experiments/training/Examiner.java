package org.relaxon.experiments.training;

import java.util.function.BooleanSupplier;
import org.relaxon.experiments.data.DataSet;
import org.relaxon.experiments.data.Task;
import org.relaxon.experiments.data.TaskView;
import org.relaxon.model.loss.Loss;
import org.relaxon.model.math.Matrix;

/** Obtains a learner's predictions for a set, and scores them according to the task. */
final class Examiner {
    private static final int WIDTH = 250; // examples that settle together

    private final DataSet set;
    private final int size;
    private final Loss loss;
    private final Task task;
    private final double threshold; // of a binary task

    /**
     * @param view the task of the set
     * @param most examples from the beginning of the set to predict
     */
    Examiner(TaskView view, DataSet set, int most, Loss loss) {
        this.set = set;
        this.size = Math.min(most, set.size());
        this.loss = loss;
        this.task = view.task();
        this.threshold = view.threshold();
    }

    /**
     * Loss is the mean over settled examples, NaN if there are none; accuracy is over all, NaN if
     * the task has none or no example settled; R2 is over settled examples, NaN if the task has an
     * accuracy.
     */
    record Grade(double loss, double accuracy, double r2, int unsettled) {}

    /**
     * Grades a learner on all examples.
     *
     * @param late polled before every {@value #WIDTH} examples: true to abandon the evaluation
     * @return null if it was abandoned
     */
    Grade examine(Learner learner, BooleanSupplier late) {
        double sum = 0.0;
        int right = 0;
        int unsettled = 0;
        Variation variation = new Variation(set.classes());
        for (int first = 0; first < size; first += WIDTH) {
            if (late.getAsBoolean()) {
                return null;
            }
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
                right += isRight(output, target, c, first + c) ? 1 : 0;
                variation.add(output, target, c);
            }
        }
        int settled = size - unsettled;
        boolean scored = task.hasAccuracy();
        return new Grade(
                settled == 0 ? Double.NaN : sum / settled,
                scored && settled > 0 ? (double) right / size : Double.NaN,
                scored ? Double.NaN : variation.r2(),
                unsettled);
    }

    private boolean isRight(Matrix output, Matrix target, int column, int index) {
        return switch (task) {
            case CLASSIFICATION -> top(output, column) == set.label(index);
            case BINARY -> output.get(0, column) > threshold == target.get(0, column) > threshold;
            case REGRESSION, RECONSTRUCTION -> false;
        };
    }

    private static int top(Matrix m, int column) {
        int best = 0;
        for (int i = 1; i < m.rows(); i++) {
            best = m.get(i, column) > m.get(best, column) ? i : best;
        }
        return best;
    }
}
