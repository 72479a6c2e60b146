package org.relaxon.testkit;

import java.util.Locale;
import java.util.function.DoublePredicate;
import java.util.function.DoubleUnaryOperator;
import java.util.function.ToDoubleFunction;
import org.relaxon.model.activation.Activation;
import org.relaxon.model.activation.StatedSlope;
import org.relaxon.model.energy.Drive;
import org.relaxon.model.energy.EnergyTerm;
import org.relaxon.model.energy.StatedTerm;
import org.relaxon.model.loss.Loss;
import org.relaxon.model.loss.StatedDerivatives;
import org.relaxon.model.math.CounterRandom;
import org.relaxon.model.math.Elementary;
import org.relaxon.model.network.Network;
import org.relaxon.model.network.Parameters;
import org.relaxon.model.rule.Rule;
import org.relaxon.model.rule.RuleContract;

/**
 * Compares stated derivatives with finite differences of what they are derivatives of. Each check
 * begins with the one that a network makes when it is built, and then looks at many more points
 * over a wider range. A failure names the method, the point and both numbers.
 */
public final class DerivativeCheck {
    private static final int POINTS = 200;
    private static final double REACH = 8.0;

    /** Differences are then known to about 1e-11, also near the edge of a domain. */
    private static final double STEP = 1e-4;

    private static final double TOLERANCE = 1e-7;

    private DerivativeCheck() {}

    /**
     * Checks slope, increment, integral and bound of an activation; the slope at 200 drives from -8
     * to 8, without those next to a kink that the activation states.
     *
     * @param f activation
     * @throws AssertionError naming the wrong method
     */
    public static void require(Activation f) {
        probe(() -> StatedSlope.require(f));
        require(
                "slope of " + f.optionName(),
                a -> f.value(a, Elementary.STRICT),
                a -> f.slope(a, f.value(a, Elementary.STRICT), Elementary.STRICT),
                a -> isSmooth(f, a));
    }

    private static boolean isSmooth(Activation f, double a) {
        return f.smooth() || f.piece(a - STEP) == f.piece(a + STEP);
    }

    /**
     * Checks pull and curvature of a loss; the pull of every output at 200 outputs and targets, of
     * which the targets are distributions if the loss needs them.
     *
     * @param loss loss
     * @param outputs number of outputs
     * @throws AssertionError naming the wrong method
     */
    public static void require(Loss loss, int outputs) {
        probe(() -> StatedDerivatives.require(loss, outputs));
        for (int point = 0; point < POINTS; point++) {
            double[] x = normals(outputs, 2L * point, 2.0);
            double[] target = target(loss, outputs, 2L * point + 1);
            double[] pull = new double[outputs];
            loss.pull(x, target, outputs, 1, 0, Elementary.STRICT, pull);
            for (int i = 0; i < outputs; i++) {
                double found = -FiniteDifferences.derivative(value(loss, x, target, i), x[i], STEP);
                compare("pull of " + loss.optionName(), "x[" + i + "]", x[i], pull[i], found);
            }
        }
    }

    private static DoubleUnaryOperator value(Loss loss, double[] x, double[] target, int i) {
        double[] moved = x.clone();
        return at -> {
            moved[i] = at;
            return loss.value(moved, target, moved.length, 1, 0);
        };
    }

    private static double[] target(Loss loss, int outputs, long stream) {
        double[] out = normals(outputs, stream, 1.0);
        if (loss.needsDistribution()) {
            double sum = 0.0;
            for (int i = 0; i < outputs; i++) {
                out[i] = Math.abs(out[i]);
                sum += out[i];
            }
            for (int i = 0; i < outputs; i++) {
                out[i] /= sum;
            }
        }
        return out;
    }

    /**
     * Checks an energy term: both first derivatives and the second one with respect to the
     * activity, at 200 pairs of activity and drive.
     *
     * @param term term
     * @param f activation of the population
     * @throws AssertionError naming the wrong method
     */
    public static void require(EnergyTerm term, Activation f) {
        probe(() -> StatedTerm.require(term, f));
        String of = " of " + term.optionName();
        for (int point = 0; point < POINTS; point++) {
            double a = CounterRandom.normal(1, 0, point);
            double x = f.value(CounterRandom.normal(1, 1, point), Elementary.STRICT);
            Drive drive = drive(f, a);
            double byActivity = FiniteDifferences.derivative(t -> term.value(t, drive), x, STEP);
            compare("byActivity" + of, "x", x, term.byActivity(x, drive), byActivity);
            double twice = FiniteDifferences.derivative(t -> term.byActivity(t, drive), x, STEP);
            compare("byActivityTwice" + of, "x", x, term.byActivityTwice(x, drive), twice);
            if (isSmooth(f, a)) {
                double byDrive =
                        FiniteDifferences.derivative(t -> term.value(x, drive(f, t)), a, STEP);
                compare("byDrive" + of, "a", a, term.byDrive(x, drive), byDrive);
            }
        }
    }

    private static Drive drive(Activation f, double a) {
        return Drive.of(a, f, Elementary.STRICT);
    }

    /**
     * Checks what a rule predicts, corrects and announces, how its synapses change, and the energy
     * that it states: the probe that every host makes before it runs a rule of your own.
     *
     * @param rule rule
     * @param network network to run it on
     * @throws AssertionError naming the wrong method, or the part of the network that the rule is
     *     not defined for
     */
    public static void require(Rule rule, Network network) {
        probe(() -> RuleContract.require(rule, network));
    }

    /**
     * Compares a gradient with differences of the scalar that it is the gradient of.
     *
     * @param name what the failure names
     * @param network network with the parameters at which to compare
     * @param scalar reads all parameters
     * @param gradient what is checked
     * @param room largest distance, relative over all parameters together
     * @throws AssertionError naming both, if they are further apart
     */
    public static void require(
            String name,
            Network network,
            ToDoubleFunction<Parameters> scalar,
            Parameters gradient,
            double room) {
        Parameters found = FiniteDifferences.gradient(network, network.parameters(), scalar, STEP);
        double off = Compare.relative(network, gradient, found);
        if (!(off <= room)) {
            throw new AssertionError(
                    String.format(
                            Locale.ROOT,
                            "%s is not the gradient: %.3g off finite differences, relative; at most"
                                    + " %.3g is allowed",
                            name,
                            off,
                            room));
        }
    }

    /**
     * Compares a derivative with differences of its function at 200 points from -8 to 8.
     *
     * @param name what the failure names
     * @param function function of one number
     * @param derivative what is checked
     * @param smooth false at points next to a kink, which are left out
     * @throws AssertionError naming a point at which they differ, or if no point is smooth
     */
    public static void require(
            String name,
            DoubleUnaryOperator function,
            DoubleUnaryOperator derivative,
            DoublePredicate smooth) {
        int compared = 0;
        for (int point = 0; point < POINTS; point++) {
            double a = REACH * (2.0 * CounterRandom.uniform(1, 2, point) - 1.0);
            if (smooth.test(a)) {
                double found = FiniteDifferences.derivative(function, a, STEP);
                compare(name, "a", a, derivative.applyAsDouble(a), found);
                compared++;
            }
        }
        if (compared == 0) {
            throw new AssertionError(name + ": there is no point without a kink to compare at");
        }
    }

    private static void compare(
            String name, String variable, double at, double stated, double found) {
        double size = Math.max(1.0, Math.max(Math.abs(stated), Math.abs(found)));
        if (!(Math.abs(stated - found) <= TOLERANCE * size)) {
            throw new AssertionError(
                    String.format(
                            Locale.ROOT,
                            "%s is wrong: at %s = %.6g it gives %.9g, finite differences give %.9g",
                            name,
                            variable,
                            at,
                            stated,
                            found));
        }
    }

    private static double[] normals(int n, long stream, double size) {
        double[] out = new double[n];
        for (int i = 0; i < n; i++) {
            out[i] = size * CounterRandom.normal(2, stream, i);
        }
        return out;
    }

    private static void probe(Runnable check) {
        try {
            check.run();
        } catch (IllegalArgumentException e) {
            throw new AssertionError(e.getMessage(), e);
        }
    }
}
