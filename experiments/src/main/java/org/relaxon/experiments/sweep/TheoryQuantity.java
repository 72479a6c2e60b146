package org.relaxon.experiments.sweep;

import java.util.function.ToDoubleFunction;

/**
 * The quantities that theory bounds by 1, and the label of the line at which each reaches its
 * bound.
 */
public enum TheoryQuantity {
    /** Spectral radius of the elementwise absolute linearisation. */
    CONTRACTION("rho(|M|) = 1", true, Prediction::contraction),
    /** Gain of the loop through the output error. */
    LOOP_GAIN("loop gain = 1", true, Prediction::loopGain),
    /** Step times delay over its bound. */
    STEP("eta d = bound", true, Prediction::stepRatio),
    /** Error by unsent changes over error by the strength; decides the error, not settling. */
    THRESHOLD("theta = beta^k: unsent changes decide the error", false, Prediction::thresholdShare);

    private final String label;
    private final boolean boundsSettling;
    private final ToDoubleFunction<Prediction> quantity;

    TheoryQuantity(String label, boolean boundsSettling, ToDoubleFunction<Prediction> quantity) {
        this.label = label;
        this.boundsSettling = boundsSettling;
        this.quantity = quantity;
    }

    /** {@return the text for a legend} */
    public String label() {
        return label;
    }

    /** {@return true if runs below 1 are expected to settle} */
    public boolean boundsSettling() {
        return boundsSettling;
    }

    /** The mean over rows; NaN where theory makes no prediction. */
    double of(PointSummary summary) {
        return summary.prediction(quantity);
    }
}
