package org.relaxon.runtime;

import org.relaxon.model.activation.Activation;
import org.relaxon.model.activation.StandardActivation;
import org.relaxon.model.math.Elementary;

/** ReLU by somebody who does not say where its kink is: no unit can be held there. */
final class Rectifier implements Activation {
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
