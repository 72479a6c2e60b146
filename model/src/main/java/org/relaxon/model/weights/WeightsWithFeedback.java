package org.relaxon.model.weights;

import org.relaxon.model.math.Kernels;

/** Dense weights W of the drive, and a second matrix B of the same shape for the feedback. */
final class WeightsWithFeedback extends DenseWeights {
    private final DenseWeights back;

    WeightsWithFeedback(int rows, int columns) {
        super(new double[rows][columns]);
        back = DenseWeights.zeros(rows, columns);
    }

    @Override
    public double[][] feedbackValues() {
        return back.values();
    }

    @Override
    public void feedback(Kernels kernels, double[] backward, int width, double[] feedback) {
        back.feedback(kernels, backward, width, feedback);
    }

    @Override
    public long addChangedFeedback(
            Kernels kernels, int[] changed, double[] by, int begin, int end, double[] feedback) {
        return back.addChangedFeedback(kernels, changed, by, begin, end, feedback);
    }

    /** A transposed copy of W alone would not pay for a second class. */
    @Override
    public Weights withColumns() {
        return this;
    }

    @Override
    public double squaredLength(int row) {
        double sum = 0.0;
        for (int j = 0; j < columns(); j++) {
            sum += values()[row][j] * back.values()[row][j];
        }
        return Math.max(0.0, sum);
    }
}
