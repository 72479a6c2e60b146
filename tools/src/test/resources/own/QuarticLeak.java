package own;

import org.relaxon.model.energy.Drive;
import org.relaxon.model.energy.EnergyTerm;

/** A Hopfield energy whose leak grows with the cube of the activity: phi = x^2/2 + x^4/4 - x a. */
public class QuarticLeak implements EnergyTerm {
    @Override
    public String optionName() {
        return "quartic-leak";
    }

    @Override
    public double value(double x, Drive a) {
        return 0.5 * x * x + 0.25 * x * x * x * x - x * a.value();
    }

    @Override
    public double byActivity(double x, Drive a) {
        return x + x * x * x - a.value();
    }

    @Override
    public double byDrive(double x, Drive a) {
        return -x;
    }
}
