package org.relaxon.runtime.part;

import org.relaxon.model.energy.Drive;
import org.relaxon.model.energy.EnergyTerm;

/** A term whose failures are named, with where it was asked. */
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
            String call = "minimiser(feedback = %.6g, a = %.6g)".formatted(feedback, a.value());
            throw failure(call, thrown);
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
        return "%s(x = %.6g, a = %.6g)".formatted(method, x, a.value());
    }
}
