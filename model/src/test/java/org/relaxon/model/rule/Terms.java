package org.relaxon.model.rule;

import java.util.Locale;
import org.relaxon.model.energy.Drive;
import org.relaxon.model.energy.EnergyTerm;

/** Energies to be stated in tests. */
enum Terms implements EnergyTerm {
    /** (x - f(a))^2 / 2. */
    SQUARED {
        @Override
        public double value(double x, Drive a) {
            return 0.5 * (x - a.prediction()) * (x - a.prediction());
        }

        @Override
        public double byActivity(double x, Drive a) {
            return x - a.prediction();
        }

        @Override
        public double byDrive(double x, Drive a) {
            return -(x - a.prediction()) * a.slope();
        }
    },
    /** log cosh(x - f(a)), whose derivative by x stays below 1. */
    LOG_COSH {
        @Override
        public double value(double x, Drive a) {
            return StrictMath.log(StrictMath.cosh(x - a.prediction()));
        }

        @Override
        public double byActivity(double x, Drive a) {
            return StrictMath.tanh(x - a.prediction());
        }

        @Override
        public double byDrive(double x, Drive a) {
            return -StrictMath.tanh(x - a.prediction()) * a.slope();
        }
    },
    /** x^2 / 2 + x^4 / 4 - x a. */
    QUARTIC {
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
    };

    @Override
    public String optionName() {
        return name().toLowerCase(Locale.ROOT);
    }

    @Override
    public boolean isDivergence() {
        return this != QUARTIC;
    }
}
