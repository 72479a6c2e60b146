package org.relaxon.testkit;

import org.relaxon.model.activation.Activation;
import org.relaxon.model.activation.StandardActivation;
import org.relaxon.model.math.Elementary;

/** ReLU that does not state where its kink is, so that no unit can be held there. */
public final class Rectifier implements Activation {
    /** Makes the activation. */
    public Rectifier() {}

    @Override
    public String optionName() {
        return "rectifier";
    }

    @Override
    public double value(double a, Elementary math) {
        return StandardActivation.RELU.value(a, math);
    }

    @Override
    public double slope(double a, double value, Elementary math) {
        return StandardActivation.RELU.slope(a, value, math);
    }

    @Override
    public double increment(double a, double value, double h, Elementary math) {
        return StandardActivation.RELU.increment(a, value, h, math);
    }

    @Override
    public double steepest() {
        return 1.0;
    }

    @Override
    public boolean smooth() {
        return false;
    }

    @Override
    public int piece(double a) {
        return StandardActivation.RELU.piece(a);
    }
}
