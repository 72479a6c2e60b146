package own;

import org.relaxon.model.activation.Activation;
import org.relaxon.model.math.Elementary;

/** f(a) = a / sqrt(1 + a^2). */
public class Rational implements Activation {
    @Override
    public String optionName() {
        return "rational";
    }

    @Override
    public double value(double a, Elementary math) {
        return a / Math.sqrt(1.0 + a * a);
    }

    @Override
    public double slope(double a, double value, Elementary math) {
        double r = Math.sqrt(1.0 + a * a);
        return 1.0 / (r * r * r);
    }

    /** f(b) - f(a) = (b^2 - a^2) / ((f(a) + f(b)) (1 + a^2) (1 + b^2)), which does not cancel. */
    @Override
    public double increment(double a, double value, double h, Elementary math) {
        double b = a + h;
        if (a * b <= 0.0) {
            return value(b, math) - value; // signs differ: nothing cancels
        }
        double sum = value + value(b, math);
        return h * (a + b) / (sum * (1.0 + a * a) * (1.0 + b * b));
    }

    @Override
    public double steepest() {
        return 1.0;
    }
}
