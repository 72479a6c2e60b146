package own;

import org.relaxon.model.activation.Activation;
import org.relaxon.model.loss.Loss;
import org.relaxon.model.math.Elementary;

/** L = sum log cosh(x - T): squared near the target, absolute far from it. */
public class LogCosh implements Loss {
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
    public void pull(double[] x, double[] t, int n, int stride, int c, Elementary math, double[] out) {
        for (int i = c; i < n * stride; i += stride) {
            out[i] = math.tanh(t[i] - x[i]); // -dL/dx
        }
    }

    @Override
    public void curvature(double[] x, double[] t, int n, int stride, int c, Elementary math, double[] out) {
        for (int i = 0; i < n; i++) {
            double slope = math.tanh(x[i * stride + c] - t[i * stride + c]);
            out[i] = 1.0 - slope * slope;
        }
    }

    @Override
    public boolean couplesOutputs() {
        return false;
    }

    @Override
    public boolean accepts(double beta) {
        return beta > -1.0 && beta < Double.POSITIVE_INFINITY; // the curvature is at most 1
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
