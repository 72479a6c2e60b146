package org.relaxon.model.plasticity;

import java.util.Arrays;

/**
 * How a synapse turns its own gradient into a change of its own weight, using only its own past
 * gradients.
 *
 * <p>{@code sgd}: w -= r g. {@code momentum}: m = mu m + g, w -= r m (Polyak 1964). {@code adam}: m
 * = b1 m + (1 - b1) g, v = b2 v + (1 - b2) g^2, w -= r m' / (sqrt(v') + eps) with m' = m / (1 -
 * b1^t), v' = v / (1 - b2^t) (Kingma and Ba 2015, algorithm 1). Weight decay is decoupled from the
 * gradient, w -= r d w (Loshchilov and Hutter 2019), and does not apply to biases.
 *
 * <p>A synapse whose gate is closed keeps its weight at this step; its memory of gradients is still
 * updated.
 *
 * @param kind which of the three
 * @param first mu or b1, in [0, 1); 0 for sgd
 * @param second b2, in [0, 1); 0 unless adam
 * @param weightDecay d, at least 0
 * @param gate which synapses change at a step
 */
public record Optimiser(
        Kind kind, double first, double second, double weightDecay, UpdateGate gate) {
    private static final double EPSILON = 1e-8;

    /** The form of the change. */
    public enum Kind {
        /** Plain gradient descent. */
        SGD(0),
        /** Heavy-ball momentum. */
        MOMENTUM(1),
        /** Adaptive moments. */
        ADAM(2);

        private final int memories;

        Kind(int memories) {
            this.memories = memories;
        }
    }

    /**
     * What makes the moments of Adam unbiased at one step.
     *
     * @param scale rate / (1 - b1^t)
     * @param second 1 / (1 - b2^t)
     */
    private record Corrections(double scale, double second) {}

    /**
     * Checks the numbers.
     *
     * @param kind which of the three
     * @param first mu or b1, in [0, 1); 0 for sgd
     * @param second b2, in [0, 1); 0 unless adam
     * @param weightDecay d, at least 0
     * @param gate which synapses change at a step
     * @throws IllegalArgumentException naming the value that is out of range
     */
    public Optimiser {
        requireShare(kind == Kind.ADAM ? "b1" : "momentum", first);
        requireShare("b2", second);
        if (!(weightDecay >= 0) || Double.isInfinite(weightDecay)) {
            throw new IllegalArgumentException(
                    "weight-decay: need a finite number >= 0, got " + weightDecay);
        }
    }

    private static void requireShare(String name, double value) {
        if (!(value >= 0 && value < 1)) {
            throw new IllegalArgumentException(
                    "optimiser: %s %s is not in [0, 1)".formatted(name, value));
        }
    }

    /** {@return plain gradient descent} */
    public static Optimiser sgd() {
        return new Optimiser(Kind.SGD, 0, 0, 0, UpdateGate.OPEN);
    }

    /**
     * {@return heavy-ball momentum}
     *
     * @param mu share of the remembered gradients that is kept at a step, in [0, 1)
     */
    public static Optimiser momentum(double mu) {
        return new Optimiser(Kind.MOMENTUM, mu, 0, 0, UpdateGate.OPEN);
    }

    /** {@return Adam with b1 = .9 and b2 = .999} */
    public static Optimiser adam() {
        return adam(0.9, 0.999);
    }

    private static Optimiser adam(double b1, double b2) {
        return new Optimiser(Kind.ADAM, b1, b2, 0, UpdateGate.OPEN);
    }

    /**
     * Reads {@code sgd}, {@code momentum[:MU]} or {@code adam[:B1,B2]}.
     *
     * @param text option value
     * @return the optimiser that the text names
     * @throws IllegalArgumentException naming the text and what is allowed
     */
    public static Optimiser parse(String text) {
        int colon = text.indexOf(':');
        String head = colon < 0 ? text : text.substring(0, colon);
        String tail = colon < 0 ? "" : text.substring(colon + 1);
        try {
            double[] numbers =
                    tail.isEmpty()
                            ? new double[0]
                            : Arrays.stream(tail.split(",", -1))
                                    .mapToDouble(Double::parseDouble)
                                    .toArray();
            if (head.equals("sgd") && colon < 0) {
                return sgd();
            }
            if (head.equals("momentum") && (colon < 0 || numbers.length == 1)) {
                return momentum(colon < 0 ? 0.9 : numbers[0]);
            }
            if (head.equals("adam") && (colon < 0 || numbers.length == 2)) {
                return colon < 0 ? adam() : adam(numbers[0], numbers[1]);
            }
        } catch (NumberFormatException e) {
            throw unknown(text, e);
        }
        throw unknown(text, null);
    }

    private static IllegalArgumentException unknown(String text, Exception cause) {
        return new IllegalArgumentException(
                "optimiser: \"%s\" is not one of sgd, momentum[:MU], adam[:B1,B2]".formatted(text),
                cause);
    }

    /**
     * {@return the same optimiser with weight decay}
     *
     * @param value d, finite, at least 0
     */
    public Optimiser withWeightDecay(double value) {
        return new Optimiser(kind, first, second, value, gate);
    }

    /**
     * {@return the same optimiser for synapses that change only when their gate opens}
     *
     * @param value which synapses change at a step
     */
    public Optimiser withGate(UpdateGate value) {
        return new Optimiser(kind, first, second, weightDecay, value);
    }

    /** {@return the number of values that each synapse remembers: 0, 1 or 2} */
    public int memories() {
        return kind.memories;
    }

    /**
     * Changes in place the values whose gate opens; all of them, if it is always open.
     *
     * @param w values to change, such as one row of weights
     * @param g gradient of each value
     * @param m first memories, same length; null if there are none
     * @param v second memories, likewise
     * @param step rate, share and number of the change
     * @param decays whether weight decay applies
     * @param row row of these synapses, as {@link UpdateGate} numbers it
     * @param from position of the first of them in its row
     */
    public void apply(
            double[] w,
            double[] g,
            double[] m,
            double[] v,
            LearningStep step,
            boolean decays,
            long row,
            int from) {
        change(w, g, m, v, step, corrections(step), decays, row, from);
    }

    /** The same with corrections that are computed once for all rows of a step. */
    private void change(
            double[] w,
            double[] g,
            double[] m,
            double[] v,
            LearningStep step,
            Corrections corrections,
            boolean decays,
            long row,
            int from) {
        double[] before = gate.isOpen() ? null : w.clone();
        double rate = step.rate();
        if (decays && weightDecay > 0) {
            double keep = 1.0 - rate * weightDecay;
            for (int k = 0; k < w.length; k++) {
                w[k] *= keep;
            }
        }
        switch (kind) {
            case SGD -> {
                for (int k = 0; k < w.length; k++) {
                    w[k] -= rate * g[k];
                }
            }
            case MOMENTUM -> {
                for (int k = 0; k < w.length; k++) {
                    m[k] = first * m[k] + g[k];
                    w[k] -= rate * m[k];
                }
            }
            case ADAM -> adam(w, g, m, v, corrections);
        }
        if (before != null) {
            gate.hold(w, before, row, from, step.number());
        }
    }

    /**
     * Changes rows of a projection's weights in place, with weight decay, where gates open.
     *
     * @param w rows of weights, shape (rows, nPre)
     * @param g gradient, same shape; zeros afterwards
     * @param share factor of the gradient, 1 for none
     * @param m first memories, same shape; null if there are none
     * @param v second memories, likewise
     * @param step rate, share and number of the change
     * @param projection index of the projection
     * @param neuron the postsynaptic neuron of the first row
     */
    public void applyToRows(
            double[][] w,
            double[][] g,
            double share,
            double[][] m,
            double[][] v,
            LearningStep step,
            int projection,
            int neuron) {
        Corrections corrections = corrections(step);
        for (int i = 0; i < w.length; i++) {
            long row = UpdateGate.weights(projection, neuron + i);
            double[] mi = m == null ? null : m[i];
            double[] vi = v == null ? null : v[i];
            multiply(g[i], share);
            change(w[i], g[i], mi, vi, step, corrections, true, row, 0);
            Arrays.fill(g[i], 0.0); // while the row is in the cache
        }
    }

    private static void multiply(double[] values, double factor) {
        if (factor != 1.0) {
            for (int k = 0; k < values.length; k++) {
                values[k] *= factor;
            }
        }
    }

    /** The same for all synapses of a step. */
    private Corrections corrections(LearningStep step) {
        if (kind != Kind.ADAM) {
            return null;
        }
        return new Corrections(
                step.rate() / (1.0 - StrictMath.pow(first, (double) step.number())),
                1.0 / (1.0 - StrictMath.pow(second, (double) step.number())));
    }

    private void adam(double[] w, double[] g, double[] m, double[] v, Corrections corrections) {
        double b1 = first;
        double b2 = second;
        double scale = corrections.scale();
        double correction = corrections.second();
        for (int k = 0; k < w.length; k++) {
            double gk = g[k];
            m[k] = b1 * m[k] + (1.0 - b1) * gk;
            v[k] = b2 * v[k] + (1.0 - b2) * gk * gk;
            w[k] -= scale * m[k] / (Math.sqrt(v[k] * correction) + EPSILON);
        }
    }

    /** {@return the name in options, without weight decay} */
    public String optionName() {
        return switch (kind) {
            case SGD -> "sgd";
            case MOMENTUM -> "momentum:" + first;
            case ADAM -> "adam:" + first + "," + second;
        };
    }
}
