package org.relaxon.runtime.guard;

import org.relaxon.model.energy.Drive;
import org.relaxon.model.energy.EnergyTerm;
import org.relaxon.model.math.Numeral;

/** A term whose failures are reported by name, with the point at which it was evaluated. */
final class GuardedTerm extends Guarded implements EnergyTerm {
    private final EnergyTerm part;

    GuardedTerm(EnergyTerm part) {
        super(part, "energy term", named(part, part::optionName));
        this.part = part;
    }

    @Override
    public String optionName() {
        return name();
    }

    @Override
    public double value(double x, Drive a) {
        try {
            return part.value(x, a);
        } catch (Throwable thrown) {
            throw failure(at("value", x, a), thrown);
        }
    }

    @Override
    public double byActivity(double x, Drive a) {
        try {
            return part.byActivity(x, a);
        } catch (Throwable thrown) {
            throw failure(at("byActivity", x, a), thrown);
        }
    }

    @Override
    public double byDrive(double x, Drive a) {
        try {
            return part.byDrive(x, a);
        } catch (Throwable thrown) {
            throw failure(at("byDrive", x, a), thrown);
        }
    }

    @Override
    public double byActivityTwice(double x, Drive a) {
        try {
            return part.byActivityTwice(x, a);
        } catch (Throwable thrown) {
            throw failure(at("byActivityTwice", x, a), thrown);
        }
    }

    @Override
    public double minimiser(double feedback, Drive a) {
        try {
            return part.minimiser(feedback, a);
        } catch (Throwable thrown) {
            String call = "minimiser(feedback = %s, a = %s)";
            throw failure(
                    call.formatted(Numeral.inSentence(feedback), Numeral.inSentence(a.value())),
                    thrown);
        }
    }

    @Override
    public boolean isDivergence() {
        try {
            return part.isDivergence();
        } catch (Throwable thrown) {
            throw failure("isDivergence", thrown);
        }
    }

    private static String at(String method, double x, Drive a) {
        return "%s(x = %s, a = %s)"
                .formatted(method, Numeral.inSentence(x), Numeral.inSentence(a.value()));
    }
}
