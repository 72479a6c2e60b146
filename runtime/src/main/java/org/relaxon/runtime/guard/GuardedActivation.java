package org.relaxon.runtime.guard;

import java.util.List;
import org.relaxon.model.activation.Activation;
import org.relaxon.model.math.Elementary;

/** An activation whose failures are reported by name. */
final class GuardedActivation extends Guarded implements Activation {
    private final Activation part;

    GuardedActivation(Activation part) {
        super(part, "activation", named(part, part::optionName));
        this.part = part;
    }

    @Override
    Object identity() {
        return identityByName();
    }

    @Override
    public String optionName() {
        return name();
    }

    @Override
    public Activation with(List<Double> parameters) {
        return unlessRefused(
                "with", () -> new GuardedActivation(given("with", part.with(parameters))));
    }

    @Override
    public double value(double a, Elementary math) {
        try {
            return part.value(a, math);
        } catch (Throwable thrown) {
            throw failure("value", thrown);
        }
    }

    @Override
    public double slope(double a, double value, Elementary math) {
        try {
            return part.slope(a, value, math);
        } catch (Throwable thrown) {
            throw failure("slope", thrown);
        }
    }

    @Override
    public void evaluate(double[] a, double[] values, double[] slopes, Elementary math) {
        try {
            part.evaluate(a, values, slopes, math);
        } catch (Throwable thrown) {
            throw failure("evaluate", thrown);
        }
    }

    @Override
    public double increment(double a, double value, double h, Elementary math) {
        try {
            return part.increment(a, value, h, math);
        } catch (Throwable thrown) {
            throw failure("increment", thrown);
        }
    }

    @Override
    public double integral(double a, Elementary math) {
        try {
            return part.integral(a, math);
        } catch (Throwable thrown) {
            throw failure("integral", thrown);
        }
    }

    @Override
    public double steepest() {
        try {
            return part.steepest();
        } catch (Throwable thrown) {
            throw failure("steepest", thrown);
        }
    }

    @Override
    public double majorant(double a, double value, double target, Elementary math) {
        try {
            return part.majorant(a, value, target, math);
        } catch (Throwable thrown) {
            throw failure("majorant", thrown);
        }
    }

    @Override
    public boolean smooth() {
        try {
            return part.smooth();
        } catch (Throwable thrown) {
            throw failure("smooth", thrown);
        }
    }

    @Override
    public int piece(double a) {
        try {
            return part.piece(a);
        } catch (Throwable thrown) {
            throw failure("piece", thrown);
        }
    }

    @Override
    public double kink(int piece) {
        try {
            return part.kink(piece);
        } catch (Throwable thrown) {
            throw failure("kink", thrown);
        }
    }
}
