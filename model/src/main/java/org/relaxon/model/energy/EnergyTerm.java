package org.relaxon.model.energy;

/**
 * An energy stated by one term phi per neuron: E = sum over neurons of phi(x, a), with x the
 * neuron's activity and a its drive, plus beta times the loss of the output in a nudged phase. The
 * dynamics, the feedback, the local update and the references all follow from phi and its
 * derivatives; see {@link org.relaxon.model.rule.TermRule}.
 *
 * <p>As a function of x, phi must be strictly convex. Predictive coding is phi = (x - f(a))^2 / 2,
 * a Hopfield energy is phi = G(x) - x a with G convex.
 *
 * <p>Stateless; called by many threads at once.
 */
public interface EnergyTerm {
    /** {@return the name in options} */
    String optionName();

    /**
     * phi(x, a).
     *
     * @param x activity
     * @param a drive
     * @return phi
     */
    double value(double x, Drive a);

    /**
     * The derivative of phi with respect to x, which rises strictly with x.
     *
     * @param x activity
     * @param a drive
     * @return dphi/dx
     */
    double byActivity(double x, Drive a);

    /**
     * The derivative of phi with respect to a.
     *
     * @param x activity
     * @param a drive
     * @return dphi/da
     */
    double byDrive(double x, Drive a);

    /**
     * The second derivative with respect to x, greater than 0. By default a central difference of
     * {@link #byActivity}, which suffices to find minima: it affects how fast they are found, not
     * where they are.
     *
     * @param x activity
     * @param a drive
     * @return d2phi/dx2
     */
    default double byActivityTwice(double x, Drive a) {
        double h = StrictMath.cbrt(Math.ulp(1.0)) * Math.max(1.0, Math.abs(x));
        return (byActivity(x + h, a) - byActivity(x - h, a)) / (2.0 * h);
    }

    /**
     * The activity at which {@link #byActivity} equals the received feedback, where the neuron's
     * own share of the energy is least. The default needs several evaluations of {@link
     * #byActivity}. A closed form is faster; it is refused if it differs from that activity by more
     * than round-off.
     *
     * @param feedback sum of received feedback
     * @param a drive
     * @return x; NaN if there is none
     */
    default double minimiser(double feedback, Drive a) {
        return TermMinimum.find(this, a, feedback);
    }

    /**
     * {@return whether phi is least at x = f(a), and its derivative with respect to a is 0 there:
     * the free state is then the forward pass, has no update, and needs no phase of its own} By
     * default false.
     */
    default boolean isDivergence() {
        return false;
    }
}
