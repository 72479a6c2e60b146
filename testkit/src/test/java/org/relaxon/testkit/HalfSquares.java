package org.relaxon.testkit;

import org.relaxon.model.energy.Drive;
import org.relaxon.model.energy.EnergyTerm;

/** phi(x, a) = (x - f(a))^2 / 2, as the documents show it; a test holds the copies equal. */
record HalfSquares(String optionName) implements EnergyTerm {
    @Override
    public double value(double x, Drive a) {
        return Math.pow(x - a.prediction(), 2) / 2;
    }

    @Override
    public double byActivity(double x, Drive a) {
        return x - a.prediction();
    }

    @Override
    public double byDrive(double x, Drive a) {
        return (a.prediction() - x) * a.slope();
    }

    @Override
    public boolean isDivergence() {
        return true;
    }
}
