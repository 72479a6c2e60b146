package org.relaxon.model.loss;

import org.relaxon.model.activation.Activation;
import org.relaxon.model.math.Elementary;

/** L = sum log cosh(x - T), a loss that the library does not have. */
class LogCosh implements Loss {
    @Override
    public String optionName() {
        return "log-cosh";
    }

    @Override
    public double value(double[] x, double[] target, int n, int stride, int c) {
        double sum = 0.0;
        for (int i = c; i < n * stride; i += stride) {
            double d = Math.abs(x[i] - target[i]);
            sum += d + StrictMath.log1p(StrictMath.expm1(-2.0 * d) / 2.0);
        }
        return sum;
    }

    @Override
    public void pull(
            double[] x, double[] target, int n, int stride, int c, Elementary math, double[] out) {
        for (int i = c; i < n * stride; i += stride) {
            out[i] = math.tanh(target[i] - x[i]);
        }
    }

    @Override
    public void curvature(
            double[] x, double[] target, int n, int stride, int c, Elementary math, double[] out) {
        for (int i = 0; i < n; i++) {
            double t = math.tanh(x[i * stride + c] - target[i * stride + c]);
            out[i] = 1.0 - t * t;
        }
    }

    @Override
    public boolean couplesOutputs() {
        return false;
    }

    @Override
    public boolean accepts(double beta) {
        return beta > -1.0 && beta < Double.POSITIVE_INFINITY;
    }

    @Override
    public String betaRange() {
        return "finite and greater than -1";
    }

    @Override
    public boolean accepts(Activation output) {
        return true;
    }
}
