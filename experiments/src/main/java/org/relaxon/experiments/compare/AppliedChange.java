package org.relaxon.experiments.compare;

import org.relaxon.model.network.Network;
import org.relaxon.model.network.Parameters;
import org.relaxon.model.network.Population;
import org.relaxon.model.network.Projection;

/**
 * The largest distance between the change that a step made and the correct one, over the arrays:
 * each projection's weights and each population's biases are judged separately, because the few
 * biases would not affect a total.
 *
 * @param error |made - due| / |due|, Frobenius norms; rounding of the weights themselves is not
 *     counted; infinite where no change was due; NaN if a number is not finite
 * @param where "W1", "b1", ...; empty if no array differs beyond rounding
 */
public record AppliedChange(double error, String where) {
    /** Roundings of a weight by which its change, a difference of two weights, may be wrong. */
    private static final double ROUNDINGS = 4 * 0x1p-53;

    /**
     * Compares the change that a step made with the change that it should have made.
     *
     * @param network whose shapes all three have
     * @param before weights and biases before the step
     * @param after those after it
     * @param due the correct weights and biases after the step
     * @return the array in which the two differ most
     */
    public static AppliedChange of(
            Network network, Parameters before, Parameters after, Parameters due) {
        AppliedChange worst = new AppliedChange(0.0, "");
        for (Population p : network.populations()) {
            for (Projection e : network.into(p.index())) {
                int k = e.index();
                worst =
                        worst.orWorse(
                                error(
                                        GradientComparison.flat(before.weights(k)),
                                        GradientComparison.flat(after.weights(k)),
                                        GradientComparison.flat(due.weights(k))),
                                "W" + e.name());
            }
            if (!network.into(p.index()).isEmpty()) {
                int k = p.index();
                worst =
                        worst.orWorse(
                                error(before.biases(k), after.biases(k), due.biases(k)),
                                "b" + p.name());
            }
        }
        return worst;
    }

    /** {@return ", in W1", the end of a sentence about the error; without a name, its reason} */
    public String in() {
        return where.isEmpty() ? ", no difference beyond rounding" : ", in " + where;
    }

    private AppliedChange orWorse(double other, String name) {
        return other <= error || Double.isNaN(error) ? this : new AppliedChange(other, name);
    }

    private static double error(double[] before, double[] after, double[] due) {
        double off = Vectors.norm(Vectors.difference(after, due));
        double rounding = ROUNDINGS * Math.max(Vectors.norm(before), Vectors.norm(due));
        double size = Vectors.norm(Vectors.difference(due, before));
        return off <= rounding ? 0.0 : (off - rounding) / size;
    }
}
