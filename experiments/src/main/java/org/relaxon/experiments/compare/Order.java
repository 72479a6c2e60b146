package org.relaxon.experiments.compare;

/**
 * The order of an error in beta. A wrong factor, sign or phase causes an error that does not fall
 * with beta: the order reveals it where a loose tolerance does not.
 */
public final class Order {
    private Order() {}

    /**
     * {@return the slope of log error over log beta between two measurements; 2 if the error falls
     * by 100 when beta falls by 10} Infinite or NaN if an error is 0 or NaN.
     *
     * @param betaCoarse the larger beta
     * @param errorCoarse error measured there
     * @param betaFine the smaller beta
     * @param errorFine error measured there
     * @throws IllegalArgumentException if the two betas are not two positive finite numbers, the
     *     coarse one the larger
     */
    public static double slope(
            double betaCoarse, double errorCoarse, double betaFine, double errorFine) {
        if (!(betaFine > 0 && betaCoarse > betaFine && betaCoarse < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "order: need finite betas with coarse > fine > 0, got %s, %s"
                            .formatted(betaCoarse, betaFine));
        }
        return (StrictMath.log(errorCoarse) - StrictMath.log(errorFine))
                / (StrictMath.log(betaCoarse) - StrictMath.log(betaFine));
    }
}
