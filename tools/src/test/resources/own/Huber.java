package own;

import java.util.List;
import org.relaxon.model.activation.Activation;
import org.relaxon.model.loss.Loss;
import org.relaxon.model.math.Elementary;

/** d^2/2 up to |d| = D, D (|d| - D/2) beyond (Huber 1964), with d = x - T. */
public class Huber implements Loss {
    private final String text;
    private final double edge;

    public Huber() {
        this("huber", 1.0);
    }

    private Huber(String text, double edge) {
        this.text = text;
        this.edge = edge;
    }

    @Override
    public Huber with(List<Double> p) {
        if (p.size() != 1 || !(p.get(0) > 0)) {
            throw new IllegalArgumentException("huber needs one number above 0");
        }
        return new Huber("huber:" + p.get(0), p.get(0));
    }

    @Override
    public double value(double[] x, double[] target, int n, int stride, int c) {
        double sum = 0.0;
        for (int i = c; i < n * stride; i += stride) {
            double d = Math.abs(x[i] - target[i]);
            sum += d < edge ? 0.5 * d * d : edge * (d - 0.5 * edge);
        }
        return sum;
    }

    @Override
    public void pull(double[] x, double[] t, int n, int stride, int c, Elementary math, double[] out) {
        for (int i = c; i < n * stride; i += stride) {
            out[i] = Math.max(-edge, Math.min(edge, t[i] - x[i])); // NaN stays
        }
    }

    @Override
    public void curvature(double[] x, double[] t, int n, int stride, int c, Elementary math, double[] out) {
        for (int i = 0; i < n; i++) {
            out[i] = Math.abs(x[i * stride + c] - t[i * stride + c]) < edge ? 1.0 : 0.0;
        }
    }

    @Override public String optionName() { return text; }
    @Override public boolean couplesOutputs() { return false; }
    @Override public boolean accepts(double beta) { return beta > -1.0 && beta < Double.POSITIVE_INFINITY; }
    @Override public String betaRange() { return "finite and greater than -1"; }
    @Override public boolean accepts(Activation output) { return true; }
}
