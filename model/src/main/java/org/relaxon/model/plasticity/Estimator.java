package org.relaxon.model.plasticity;

import java.util.Arrays;
import java.util.List;
import org.relaxon.model.math.Matrix;
import org.relaxon.model.phase.Phase;
import org.relaxon.model.settle.Conclusive;

/**
 * The nudging strengths that an estimate of the gradient combines: multiples of beta (of gamma for
 * contrastive Hebbian learning), and the share of each in the estimate. They settle side by side,
 * as columns of one settling: B examples become k B columns.
 */
public final class Estimator {
    /** +beta; the error falls as beta. */
    public static final Estimator ONE_SIDED = signed("one-sided", 1, +1.0);

    /** -beta; the error falls as beta, with the opposite sign. */
    public static final Estimator NEGATIVE = signed("negative", 1, -1.0);

    /** Half of +beta and half of -beta; the error falls as beta squared. */
    public static final Estimator CENTRED = signed("centred", 2, +1.0, -1.0);

    private static final int POINTS_MAX = 256;
    private static final int MULTIPLES_MAX = 16;

    private final String name;
    private final int order;
    private final double[] real;
    private final double[] imaginary;
    private final double[] shares;

    private Estimator(String name, int order, double[] real, double[] imaginary, double[] shares) {
        this.name = name;
        this.order = order;
        this.real = real;
        this.imaginary = imaginary;
        this.shares = shares;
    }

    private static Estimator signed(String name, int order, double... signs) {
        double[] shares = new double[signs.length];
        Arrays.fill(shares, 1.0 / signs.length);
        return new Estimator(name, order, signs, new double[signs.length], shares);
    }

    /** {@return the real estimators, in order of their names in options} */
    public static List<Estimator> values() {
        return List.of(ONE_SIDED, NEGATIVE, CENTRED);
    }

    /**
     * {@return the estimator of the N-th roots of unity (Laborieux and Zenke 2022); the error falls
     * as beta^N} The phase at a conjugate root is the conjugate phase, so N/2 + 1 columns per
     * example represent all of them.
     *
     * @param points N, even, 2 to 256
     */
    public static Estimator roots(int points) {
        if (points < 2 || points > POINTS_MAX || points % 2 != 0) {
            throw new IllegalArgumentException(
                    "points: %d is not an even number in 2..%d".formatted(points, POINTS_MAX));
        }
        int count = points / 2 + 1;
        double[] re = new double[count];
        double[] im = new double[count];
        double[] shares = new double[count];
        for (int k = 0; k < count; k++) {
            boolean end = k == 0 || k == count - 1;
            double angle = 2.0 * Math.PI * k / points;
            re[k] = end ? (k == 0 ? 1.0 : -1.0) : StrictMath.cos(angle);
            im[k] = end ? 0.0 : StrictMath.sin(angle);
            shares[k] = (end ? 1.0 : 2.0) / points;
        }
        return new Estimator("roots:" + points, points, re, im, shares);
    }

    /**
     * {@return a combination of estimates: {@code shares[s]} of the one at {@code multiples[s]}
     * beta} With an error of c_1 beta + c_2 beta^2 + ..., shares that sum to 1 and make the first
     * sums of share times multiple^k vanish leave an error of higher order (Richardson 1911): 2 at
     * beta minus 1 at 2 beta is of order 2.
     *
     * @param multiples multiples of beta, finite, not 0, each once; 1 to 16 of them
     * @param shares as many, finite and not 0, with sum 1
     * @throws IllegalArgumentException naming the value that is not allowed
     */
    public static Estimator of(double[] multiples, double[] shares) {
        requireShares(multiples, shares);
        StringBuilder name = new StringBuilder();
        for (int s = 0; s < shares.length; s++) {
            name.append(s == 0 ? "" : "/").append(text(shares[s]));
            name.append('@').append(text(multiples[s]));
        }
        double[] real = multiples.clone();
        int order = 1;
        while (!(Math.abs(moment(real, shares, order)) > rounding(real, shares, order))) {
            order++; // n multiples cannot have n + 1 vanishing sums
        }
        return new Estimator(name.toString(), order, real, new double[real.length], shares.clone());
    }

    private static String text(double value) {
        boolean whole = value == Math.rint(value) && Math.abs(value) < 1e9;
        return whole ? Long.toString((long) value) : Double.toString(value);
    }

    private static void requireShares(double[] multiples, double[] shares) {
        int n = multiples.length;
        if (n < 1 || n > MULTIPLES_MAX || shares.length != n) {
            throw new IllegalArgumentException(
                    "estimator: need 1 to %d multiples and as many shares, got %d and %d"
                            .formatted(MULTIPLES_MAX, n, shares.length));
        }
        for (int s = 0; s < n; s++) {
            boolean usable = Math.abs(multiples[s]) > 0.0 && Math.abs(shares[s]) > 0.0;
            if (!usable || !Double.isFinite(multiples[s] * shares[s])) {
                throw new IllegalArgumentException(
                        "estimator: share %s at multiple %s: need finite numbers that are not 0"
                                .formatted(shares[s], multiples[s]));
            }
            for (int other = 0; other < s; other++) {
                if (multiples[other] == multiples[s]) {
                    throw new IllegalArgumentException(
                            "estimator: multiple %s is there twice".formatted(multiples[s]));
                }
            }
        }
        double sum = moment(multiples, shares, 0);
        if (!(Math.abs(sum - 1.0) <= rounding(multiples, shares, 0))) {
            throw new IllegalArgumentException(
                    "estimator: shares have the sum %s, need 1".formatted(sum));
        }
    }

    /** Sum of share times multiple^k: the factor of the error of order k. */
    private static double moment(double[] multiples, double[] shares, int k) {
        double sum = 0.0;
        for (int s = 0; s < shares.length; s++) {
            sum += shares[s] * StrictMath.pow(multiples[s], k);
        }
        return sum;
    }

    private static double rounding(double[] multiples, double[] shares, int k) {
        double sum = 0.0;
        for (int s = 0; s < shares.length; s++) {
            sum += Math.abs(shares[s] * StrictMath.pow(multiples[s], k));
        }
        return 1e-12 * sum;
    }

    /**
     * {@return the estimator of a name: {@code one-sided}, {@code negative}, {@code centred}, or
     * shares and multiples as in {@code 2@1/-1@2}}
     *
     * @param text name of the estimator
     * @throws IllegalArgumentException naming the text and the fault
     */
    public static Estimator parse(String text) {
        for (Estimator known : values()) {
            if (known.name.equals(text)) {
                return known;
            }
        }
        String[] parts = text.split("/", -1);
        double[] multiples = new double[parts.length];
        double[] shares = new double[parts.length];
        for (int s = 0; s < parts.length; s++) {
            String[] both = parts[s].split("@", -1);
            try {
                shares[s] = Double.parseDouble(both[0]);
                multiples[s] = Double.parseDouble(both.length == 2 ? both[1] : "");
            } catch (NumberFormatException e) {
                throw new IllegalArgumentException(
                        "estimator: \"%s\" is not one of %s; shares at multiples of beta are such as 2@1/-1@2"
                                .formatted(
                                        text,
                                        String.join(
                                                ", ",
                                                values().stream()
                                                        .map(Estimator::optionName)
                                                        .toList())),
                        e);
            }
        }
        return of(multiples, shares);
    }

    /**
     * {@return the factor of beta in the error of leading order: for order p, the p-th root of the
     * size of the sum of share times multiple^p; 1 for the estimators of {@link #values}}
     */
    public double leadingMultiple() {
        return isComplex() || values().contains(this)
                ? 1.0
                : StrictMath.pow(Math.abs(moment(real, shares, order)), 1.0 / order);
    }

    /** {@return the share of each multiple, in the order of {@link #spread}} */
    public double[] shares() {
        return shares.clone();
    }

    /** {@return the power of beta with which the error falls} */
    public int order() {
        return order;
    }

    /** {@return the number of settled columns per example} */
    public int columnsPerExample() {
        return real.length;
    }

    /** {@return whether some multiples are not real} */
    public boolean isComplex() {
        return Arrays.stream(imaginary).anyMatch(v -> v != 0.0);
    }

    /**
     * {@return the phase to settle: multiple s of example c is in column s B + c}
     *
     * @param input shape (n_0, B)
     * @param target shape (n_L, B)
     * @param beta nudging strength, greater than 0 and finite
     */
    public Phase phase(Matrix input, Matrix target, double beta) {
        double[] betas = spread(real, beta, input.columns());
        Phase phase = Phase.nudged(input.tiled(real.length), target.tiled(real.length), betas);
        return isComplex() ? phase.withImaginary(spread(imaginary, beta, input.columns())) : phase;
    }

    /**
     * {@return the real multiples of a strength, in the columns of {@link #phase}}
     *
     * @param strength greater than 0 and finite
     * @param examples B
     */
    public double[] spread(double strength, int examples) {
        return spread(real, strength, examples);
    }

    private static double[] spread(double[] multiples, double strength, int examples) {
        if (!(strength > 0) || Double.isInfinite(strength)) {
            throw new IllegalArgumentException("beta: need a finite number > 0, got " + strength);
        }
        double[] out = new double[multiples.length * examples];
        for (int k = 0; k < out.length; k++) {
            out[k] = multiples[k / examples] * strength;
        }
        return out;
    }

    /**
     * {@return the share of each settled column in the sum over examples of the estimate} An
     * example with any column that has not settled is left out entirely.
     *
     * @param settled verdict on the phase of this estimator
     */
    public double[] columnWeights(Conclusive settled) {
        int total = settled.columns().size();
        int examples = total / real.length;
        requireMultiples(settled.equilibrium().phase(), total, examples);
        double[] weights = new double[total];
        for (int c = 0; c < examples; c++) {
            boolean whole = true;
            for (int s = 0; s < real.length; s++) {
                whole &= settled.columns().get(s * examples + c).settled();
            }
            for (int s = 0; s < real.length; s++) {
                weights[s * examples + c] = whole ? shares[s] : 0.0;
            }
        }
        return weights;
    }

    /**
     * {@return the shares of all columns of a phase, whether they settled or not; for diagnosis
     * only}
     *
     * @param phase phase of this estimator
     */
    public double[] columnWeights(Phase phase) {
        int examples = phase.columns() / real.length;
        requireMultiples(phase, phase.columns(), examples);
        double[] weights = new double[phase.columns()];
        for (int k = 0; k < weights.length; k++) {
            weights[k] = shares[k / examples];
        }
        return weights;
    }

    /** The product of beta and gamma must have the direction of the multiple in every column. */
    private void requireMultiples(Phase phase, int total, int examples) {
        for (int k = 0; k < total; k++) {
            boolean whole = examples * real.length == total;
            int s = Math.min(k / Math.max(1, examples), real.length - 1);
            double gain = phase.gamma(k);
            double along = gain * (phase.strength(k) * real[s] + phase.imaginary(k) * imaginary[s]);
            double across = phase.imaginary(k) * real[s] - phase.strength(k) * imaginary[s];
            if (!whole || !(along > 0) || !(Math.abs(gain * across) <= 1e-9 * along)) {
                throw new IllegalArgumentException(
                        "%s: column %d of %d settled at beta %s, which is not a phase of this estimator"
                                .formatted(name, k, total, phase.strength(k)));
            }
        }
    }

    /** {@return the name in options} */
    public String optionName() {
        return name;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Estimator same
                && name.equals(same.name)
                && Arrays.equals(real, same.real)
                && Arrays.equals(imaginary, same.imaginary)
                && Arrays.equals(shares, same.shares);
    }

    @Override
    public int hashCode() {
        return name.hashCode();
    }

    @Override
    public String toString() {
        return name;
    }
}
