package own;

import org.relaxon.model.energy.Drive;
import org.relaxon.model.energy.EnergyTerm;

/** Predictive coding with phi = log cosh(x - f(a)), which forgives large errors. */
public class LogCoshCoding implements EnergyTerm {
    @Override
    public String optionName() {
        return "log-cosh-pc";
    }

    @Override
    public double value(double x, Drive a) {
        double e = Math.abs(x - a.prediction());
        return e + StrictMath.log1p(StrictMath.expm1(-2.0 * e) / 2.0);
    }

    @Override
    public double byActivity(double x, Drive a) {
        return StrictMath.tanh(x - a.prediction());
    }

    @Override
    public double byDrive(double x, Drive a) {
        return -StrictMath.tanh(x - a.prediction()) * a.slope();
    }

    /** Closed form, which spares cells a search: tanh(x - f(a)) = feedback. */
    @Override
    public double minimiser(double feedback, Drive a) {
        return a.prediction() + 0.5 * (StrictMath.log1p(feedback) - StrictMath.log1p(-feedback));
    }

    @Override
    public boolean isDivergence() {
        return true; // least at x = f(a): the free state is the forward pass
    }
}
