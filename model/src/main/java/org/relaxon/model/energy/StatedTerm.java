package org.relaxon.model.energy;

import java.util.function.DoubleUnaryOperator;
import org.relaxon.model.activation.Activation;
import org.relaxon.model.math.CounterRandom;
import org.relaxon.model.math.Elementary;
import org.relaxon.model.math.Numeral;
import org.relaxon.model.part.OwnPartException;

/**
 * Checks a term against its own derivatives by central differences at random points. Without this
 * check a wrong sign or a forgotten factor in a derivative would appear on both sides of every
 * comparison.
 */
public final class StatedTerm {
    private static final int POINTS = 8;

    /** Balances truncation, about h^2, and rounding, about 1e-16 / h. */
    private static final double STEP = 1e-5;

    private static final double TOLERANCE = 1e-6;

    /** Largest size of a derivative that should vanish. */
    private static final double ZERO = 1e-12;

    /** Largest rounding error of a derivative, relative to its terms. */
    private static final double MINIMISER = 1e-12;

    private final EnergyTerm term;
    private final Activation f;

    private StatedTerm(EnergyTerm term, Activation f) {
        this.term = term;
        this.f = f;
    }

    /**
     * Refuses a term whose derivatives contradict its value, that is not convex in the activity, or
     * that is declared a divergence without being one.
     *
     * @param f activation of a population
     * @param term term to be checked
     * @throws IllegalArgumentException naming the wrong method, the point and both numbers
     */
    public static void require(EnergyTerm term, Activation f) {
        StatedTerm stated = new StatedTerm(term, f);
        for (int point = 0; point < POINTS; point++) {
            double a = CounterRandom.normal(0, 0, point);
            double x = f.value(CounterRandom.normal(0, 1, point), Elementary.STRICT);
            stated.requireAt(x, a);
        }
    }

    private void requireAt(double x, double a) {
        try {
            requireDerivatives(x, a);
            if (term.isDivergence()) {
                requireDivergence(a);
            }
            requireMinimiser(x, a);
        } catch (RefusedException | OwnPartException e) {
            throw e; // its message is complete
        } catch (RuntimeException e) { // thrown by the term
            RefusedException refused = refused("fails with " + e, x, a);
            refused.initCause(e);
            throw refused;
        }
    }

    /** The verdict of this check, distinct from an exception thrown by a term. */
    private static final class RefusedException extends IllegalArgumentException {
        private static final long serialVersionUID = 1L;

        RefusedException(String message) {
            super(message);
        }
    }

    private void requireDerivatives(double x, double a) {
        Drive drive = drive(a);
        requireFinite("value", term.value(x, drive), x, a);
        double byActivity = slope(t -> term.value(t, drive), x);
        compare("byActivity", "dphi/dx", "value", x, a, term.byActivity(x, drive), byActivity);
        if (f.piece(a - STEP) == f.piece(a + STEP)) {
            double byDrive = slope(t -> term.value(x, drive(t)), a);
            compare("byDrive", "dphi/da", "value", x, a, term.byDrive(x, drive), byDrive);
        }
        requireFinite("byDrive", term.byDrive(x, drive), x, a);
        double stated = term.byActivityTwice(x, drive);
        double twice = slope(t -> term.byActivity(t, drive), x);
        compare("byActivityTwice", "d2phi/dx2", "byActivity", x, a, stated, twice);
        if (!(stated > 0.0)) {
            throw refused(
                    "is not convex in the activity: d2phi/dx2 is " + Numeral.inSentence(stated),
                    x,
                    a);
        }
    }

    private void requireDivergence(double a) {
        Drive drive = drive(a);
        double x = drive.prediction();
        double left = Math.abs(term.byActivity(x, drive)) + Math.abs(term.byDrive(x, drive));
        if (!(left <= ZERO)) {
            String what = "is not a divergence: its derivatives at x = f(a) are %s and %s";
            String byActivity = Numeral.inSentence(term.byActivity(x, drive));
            String byDrive = Numeral.inSentence(term.byDrive(x, drive));
            throw refused(what.formatted(byActivity, byDrive), x, a);
        }
    }

    /**
     * Checks the minimiser at feedbacks for which the answer is known, from remote activities to
     * ones next to the prediction.
     */
    private void requireMinimiser(double x, double a) {
        Drive drive = drive(a);
        for (double share = 1.0; share > MINIMISER; share *= 0.1) {
            double at = drive.prediction() + share * (x - drive.prediction());
            double feedback = term.byActivity(at, drive);
            double found = term.minimiser(feedback, drive);
            if (!Double.isFinite(found)) {
                requireStated(found, drive, feedback, at);
                String text = "has a minimiser that gives %s for the feedback %s";
                throw refused(
                        text.formatted(Numeral.inSentence(found), Numeral.inSentence(feedback)),
                        at,
                        a);
            }
            double twice = term.byActivityTwice(at, drive);
            double size = Math.max(Math.abs(feedback), twice * Math.max(1.0, Math.abs(at)));
            double left = term.byActivity(found, drive) - feedback;
            if (!(Math.abs(left) <= MINIMISER * Math.max(size, Math.abs(a)))) {
                requireStated(found, drive, feedback, at);
                String text = "has a minimiser at which byActivity is %s, and not the feedback %s";
                String there = Numeral.inSentence(left + feedback);
                throw refused(text.formatted(there, Numeral.inSentence(feedback)), found, a);
            }
        }
    }

    /**
     * Refuses a wrong minimum in other words where the term states none, and it was searched for.
     */
    private void requireStated(double found, Drive drive, double feedback, double at) {
        if (Double.compare(found, TermMinimum.find(term, drive, feedback)) == 0) {
            throw refused(
                    "has byActivity = %s, and a search for that activity ends at %s: phi has to be convex for every number x"
                            .formatted(Numeral.inSentence(feedback), Numeral.inSentence(found)),
                    at,
                    drive.value());
        }
    }

    private Drive drive(double a) {
        return Drive.of(a, f, Elementary.STRICT);
    }

    private static double slope(DoubleUnaryOperator of, double at) {
        return (of.applyAsDouble(at + STEP) - of.applyAsDouble(at - STEP)) / (2.0 * STEP);
    }

    private void compare(
            String method,
            String what,
            String from,
            double x,
            double a,
            double stated,
            double found) {
        requireFinite(method, stated, x, a);
        double size = Math.max(1.0, Math.max(Math.abs(stated), Math.abs(found)));
        if (!(Math.abs(stated - found) <= TOLERANCE * size)) {
            String text = "has a %s that is not %s: it gives %s, differences of %s give %s";
            String told = Numeral.inSentence(stated);
            throw refused(
                    text.formatted(method, what, told, from, Numeral.inSentence(found)), x, a);
        }
    }

    /**
     * A value that is not finite is not reported as a wrong derivative: its method is named
     * instead.
     */
    private void requireFinite(String method, double given, double x, double a) {
        if (!Double.isFinite(given)) {
            throw refused(
                    "has a %s that gives %s".formatted(method, Numeral.inSentence(given)), x, a);
        }
    }

    private RefusedException refused(String why, double x, double a) {
        return new RefusedException(
                "energy term %s with activation %s %s, at x = %s and a = %s"
                        .formatted(
                                term.optionName(),
                                f.optionName(),
                                why,
                                Numeral.inSentence(x),
                                Numeral.inSentence(a)));
    }
}
