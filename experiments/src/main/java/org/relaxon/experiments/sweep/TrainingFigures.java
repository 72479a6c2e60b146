package org.relaxon.experiments.sweep;

import java.util.List;

/**
 * The figures of one training of a grid; NaN where its task has no such figure.
 *
 * @param testAccuracy share of test examples that are classified correctly
 * @param testR2 coefficient of determination on the test examples
 * @param testLoss mean loss of a test example
 * @param steps changes of the weights
 * @param backpropScore the {@link #score} of the training by backprop beside it; NaN without one
 * @param advisedRate smaller learning rate that a training which failed advises; NaN for none
 */
public record TrainingFigures(
        double testAccuracy,
        double testR2,
        double testLoss,
        long steps,
        double backpropScore,
        double advisedRate) {
    /** For a run that is not a training, or did not take place. */
    public static final TrainingFigures NONE =
            new TrainingFigures(Double.NaN, Double.NaN, Double.NaN, 0, Double.NaN, Double.NaN);

    /** {@return the figure by which trainings are compared: accuracy, or R2 where there is none} */
    public double score() {
        return Double.isNaN(testAccuracy) ? testR2 : testAccuracy;
    }

    /** {@return the names of {@link #cells}} */
    public static List<String> header() {
        return List.of(
                "testAccuracy", "testR2", "testLoss", "steps", "backpropScore", "advisedRate");
    }

    /** {@return the texts of a table; the text of a NaN is empty} */
    public List<String> cells() {
        return List.of(
                SweepRow.text(testAccuracy),
                SweepRow.text(testR2),
                SweepRow.text(testLoss),
                Long.toString(steps),
                SweepRow.text(backpropScore),
                SweepRow.text(advisedRate));
    }

    static TrainingFigures of(List<String> cells) {
        return new TrainingFigures(
                SweepRow.number(cells.get(0)),
                SweepRow.number(cells.get(1)),
                SweepRow.number(cells.get(2)),
                Long.parseLong(cells.get(3)),
                SweepRow.number(cells.get(4)),
                SweepRow.number(cells.get(5)));
    }
}
