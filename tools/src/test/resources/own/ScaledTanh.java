package own;

import java.util.List;
import org.relaxon.model.activation.Activation;
import org.relaxon.model.math.Elementary;

/** f(a) = A tanh(B a), by default with the numbers of LeCun et al. (1998). */
public class ScaledTanh implements Activation {
    private final String text;
    private final double high;
    private final double steep;

    public ScaledTanh() {
        this("scaled-tanh", 1.7159, 2.0 / 3.0);
    }

    private ScaledTanh(String text, double high, double steep) {
        this.text = text;
        this.high = high;
        this.steep = steep;
    }

    @Override
    public ScaledTanh with(List<Double> p) {
        if (p.size() != 2 || !(p.get(0) > 0 && p.get(1) > 0)) {
            throw new IllegalArgumentException("scaled-tanh needs two numbers above 0");
        }
        return new ScaledTanh("scaled-tanh:" + p.get(0) + "," + p.get(1), p.get(0), p.get(1));
    }

    @Override
    public String optionName() {
        return text;
    }

    @Override
    public double value(double a, Elementary math) {
        return high * math.tanh(steep * a);
    }

    @Override
    public double slope(double a, double value, Elementary math) {
        double t = value / high;
        return high * steep * (1.0 - t * t);
    }

    @Override
    public double increment(double a, double value, double h, Elementary math) {
        double t = value / high;
        double th = math.tanh(steep * h);
        return high * th * (1.0 - t * t) / (1.0 + t * th); // addition theorem: no cancellation
    }

    @Override
    public double steepest() {
        return high * steep;
    }
}
