package org.relaxon.model.network;

import java.util.Locale;
import java.util.Objects;
import org.relaxon.model.connectivity.Connectivity;
import org.relaxon.model.math.Numeral;

/**
 * All synapses from one population to another. Their strengths are stored as the connectivity
 * states, in a matrix (nPost, nPre) if all neurons are connected, and belong to the postsynaptic
 * side.
 *
 * @param index position in the network, from 0
 * @param name unique name; in a layered network the number of the postsynaptic layer
 * @param pre index of the presynaptic population
 * @param post index of the postsynaptic population
 * @param connectivity which neuron reaches which
 * @param weightsOf index of the projection whose weights it uses, or its own
 * @param isTied whether it uses the weights of another projection, or another uses its weights
 * @param ownFeedback how its feedback weights are drawn and change; null where feedback is weighed
 *     by the transpose of its weights, so that the network has an energy
 */
public record Projection(
        int index,
        String name,
        int pre,
        int post,
        Connectivity connectivity,
        int weightsOf,
        boolean isTied,
        FeedbackWeights ownFeedback) {
    static final String NO_ENERGY = "the network has no energy: its feedback weights are its own, ";

    /**
     * Checks that a scale and feedback weights of its own are not combined.
     *
     * @param index position in the network, from 0
     * @param name unique name
     * @param pre index of the presynaptic population
     * @param post index of the postsynaptic population
     * @param connectivity which neuron reaches which
     * @param weightsOf index of the projection whose weights it uses, or its own
     * @param isTied whether it shares weights with another projection
     * @param ownFeedback how its feedback weights are drawn and change; null for the transpose
     * @throws IllegalArgumentException if it has a scale beside feedback weights of its own
     */
    public Projection {
        if (ownFeedback != null && connectivity.scale() != 1.0) {
            throw new IllegalArgumentException(
                    ("projection %s: a scale is not combined with feedback weights of its own: leave"
                                    + " out its scale %s, take another initialisation where ntp or"
                                    + " depth-mup states it, or leave out the feedback weights")
                            .formatted(name, Numeral.text(connectivity.scale())));
        }
    }

    /**
     * Feedback weights of a projection's own: a matrix B of shape (nPost, nPre), as W, by which its
     * postsynaptic cells weigh what they send back, B^T v in place of W^T v. A network with such a
     * projection has no energy: the signals of two cells are no longer the derivatives of one
     * function. B is drawn from the distribution of W, independently of it. Every synapse and its
     * partner in B lie in the same postsynaptic cell, which sees both.
     *
     * @param kind how B changes when W does
     * @param strength kappa of {@link Kind#KOLEN_POLLACK}, c of {@link Kind#HOMEOSTASIS};
     *     dimensionless, 0 for {@link Kind#RANDOM}
     * @param seed of the draw
     */
    public record FeedbackWeights(Kind kind, double strength, long seed) {
        /** How feedback weights change. */
        public enum Kind {
            /** They never change (feedback alignment; Lillicrap et al. 2016). */
            RANDOM,
            /**
             * They change by the same local update as W, and both decay by the share kappa at every
             * step, so that (W - B)_t = (1 - kappa)^t (W - B)_0 (Kolen and Pollack 1994; Akrout et
             * al. 2019, equations 16 to 18).
             */
            KOLEN_POLLACK,
            /**
             * W and B descend the asymmetry of the Jacobian J of the vector field with respect to
             * the activities, L = |J - J^T|^2 / (2 n) in the Frobenius norm over the n neurons that
             * are not clamped, by the rate of the step times c (Laborieux and Zenke 2024, arXiv
             * 2309.02214). As J has the blocks W and B^T, L is the sum of |W - B|^2 / n, with the
             * gradient 2 (W - B) / n by W and its negative by B. B changes by nothing else. A
             * synapse needs only its partner; n is the one number that is not local.
             */
            HOMEOSTASIS;

            /** {@return the name in options and network files} */
            public String optionName() {
                return name().toLowerCase(Locale.ROOT).replace('_', '-');
            }
        }

        private static final String SEED = "seed=";
        private static final String ALLOWED =
                "random[:seed=S], kolen-pollack:KAPPA[,seed=S], homeostasis:C[,seed=S]";

        /**
         * Checks the strength.
         *
         * @param kind how B changes when W does
         * @param strength kappa or c
         * @param seed of the draw
         * @throws IllegalArgumentException if kappa is not in [0, 1], or c negative or not finite
         */
        public FeedbackWeights {
            Objects.requireNonNull(kind);
            String range =
                    switch (kind) {
                        case RANDOM -> strength == 0.0 ? "" : "none, which is 0";
                        case KOLEN_POLLACK ->
                                strength >= 0.0 && strength <= 1.0 ? "" : "a kappa from 0 to 1";
                        case HOMEOSTASIS ->
                                strength >= 0.0 && Double.isFinite(strength)
                                        ? ""
                                        : "a finite c of at least 0";
                    };
            if (!range.isEmpty()) {
                throw new IllegalArgumentException(
                        "feedback: %s needs %s, got %s"
                                .formatted(kind.optionName(), range, strength));
            }
        }

        /**
         * {@return feedback weights that are drawn once and never change}
         *
         * @param seed of the draw
         */
        public static FeedbackWeights random(long seed) {
            return new FeedbackWeights(Kind.RANDOM, 0.0, seed);
        }

        /**
         * {@return feedback weights that change as the weights do and decay with them}
         *
         * @param kappa share of both that decays at a step, from 0 to 1
         * @param seed of the draw
         */
        public static FeedbackWeights kolenPollack(double kappa, long seed) {
            return new FeedbackWeights(Kind.KOLEN_POLLACK, kappa, seed);
        }

        /**
         * {@return feedback weights that descend the asymmetry of the Jacobian with the weights}
         *
         * @param c factor of the gradient, at least 0
         * @param seed of the draw
         */
        public static FeedbackWeights homeostasis(double c, long seed) {
            return new FeedbackWeights(Kind.HOMEOSTASIS, c, seed);
        }

        /**
         * {@return what {@link #spec} or a user has written}
         *
         * @param text such as "random", "random:seed=2", "kolen-pollack:0.01,seed=2" or
         *     "homeostasis:1"; the seed is 1 if none is given
         * @throws IllegalArgumentException naming the text and what is allowed
         */
        public static FeedbackWeights parse(String text) {
            int colon = text.indexOf(':');
            String head = colon < 0 ? text : text.substring(0, colon);
            String[] parts = colon < 0 ? new String[0] : text.substring(colon + 1).split(",", -1);
            for (Kind kind : Kind.values()) {
                int numbers = kind == Kind.RANDOM ? 0 : 1;
                boolean seeded = parts.length == numbers + 1 && parts[numbers].startsWith(SEED);
                boolean counts = seeded || parts.length == numbers && (colon < 0) == (numbers == 0);
                if (!head.equals(kind.optionName()) || !counts) {
                    continue;
                }
                double strength = numbers == 0 ? 0.0 : strength(kind, parts[0]);
                String seed = seeded ? parts[numbers].substring(SEED.length()) : "1";
                return new FeedbackWeights(kind, strength, seed(seed));
            }
            throw new IllegalArgumentException(
                    "feedback: \"%s\" is not one of %s".formatted(text, ALLOWED));
        }

        private static double strength(Kind kind, String text) {
            try {
                return Double.parseDouble(text);
            } catch (NumberFormatException e) {
                throw new IllegalArgumentException(
                        "feedback: \"%s\" of %s is not a number such as 0.1; the kinds are %s"
                                .formatted(text, kind.optionName(), ALLOWED),
                        e);
            }
        }

        private static long seed(String text) {
            try {
                return Long.parseLong(text);
            } catch (NumberFormatException e) {
                throw new IllegalArgumentException(
                        ("feedback: seed \"%s\" is not a whole number from -2^63 to 2^63 - 1, such as"
                                        + " seed=1; the kinds are %s")
                                .formatted(text, ALLOWED),
                        e);
            }
        }

        /** {@return the text that {@link #parse} reads back} */
        public String spec() {
            String number = kind == Kind.RANDOM ? "" : Numeral.text(strength) + ",";
            return "%s:%s%s%d".formatted(kind.optionName(), number, SEED, seed);
        }

        /** {@return whether B ever changes} */
        public boolean learns() {
            return kind != Kind.RANDOM;
        }

        /**
         * Completes one step of a neuron's synapses: changes B, and W beyond its local update.
         *
         * @param before a row of W before the local update, length nPre
         * @param w the same row after it; changed in place
         * @param b the neuron's row of B; changed in place
         * @param rate learning rate of the step
         * @param neurons number of neurons of the network that are not clamped
         */
        public void complete(double[] before, double[] w, double[] b, double rate, int neurons) {
            switch (kind) {
                case RANDOM -> {}
                case KOLEN_POLLACK -> {
                    for (int j = 0; j < w.length; j++) {
                        b[j] += w[j] - before[j] - strength * b[j];
                        w[j] -= strength * before[j];
                    }
                }
                case HOMEOSTASIS -> {
                    double share = 2.0 * rate * strength / neurons;
                    for (int j = 0; j < w.length; j++) {
                        double move = share * (before[j] - b[j]);
                        w[j] -= move;
                        b[j] += move;
                    }
                }
            }
        }

        /** As {@link #spec}. */
        @Override
        public String toString() {
            return spec();
        }
    }

    /**
     * A projection whose feedback is weighed by the transpose of its weights.
     *
     * @param index position in the network, from 0
     * @param name unique name
     * @param pre index of the presynaptic population
     * @param post index of the postsynaptic population
     * @param connectivity which neuron reaches which
     * @param weightsOf index of the projection whose weights it uses, or its own
     * @param isTied whether it shares weights with another projection
     */
    public Projection(
            int index,
            String name,
            int pre,
            int post,
            Connectivity connectivity,
            int weightsOf,
            boolean isTied) {
        this(index, name, pre, post, connectivity, weightsOf, isTied, null);
    }

    /** The same projection, tied or not. */
    Projection tied(boolean value) {
        return new Projection(index, name, pre, post, connectivity, weightsOf, value, ownFeedback);
    }

    /** The same projection with feedback weights of its own. */
    Projection withFeedback(FeedbackWeights own) {
        return new Projection(index, name, pre, post, connectivity, weightsOf, isTied, own);
    }

    /** {@return whether its feedback is weighed by a matrix of its own} */
    public boolean hasOwnFeedback() {
        return ownFeedback != null;
    }

    /** The same synapses with another factor between stored numbers and strengths. */
    Projection scaled(double scale) {
        Connectivity other = Connectivity.scaled(connectivity.unscaled(), scale);
        return new Projection(index, name, pre, post, other, weightsOf, isTied, ownFeedback);
    }

    /**
     * {@return whether any of its synapses has a strength that other synapses have as well, within
     * it or in another projection} Such synapses change together, which no single one could do from
     * what it sees.
     */
    public boolean sharesWeights() {
        return isTied || connectivity.shares();
    }

    /**
     * {@return the first row of stored weights that a cell has} Where all places share the rows,
     * every cell has all of them.
     *
     * @param neuron first of the cell's neurons, in the postsynaptic population
     */
    public int firstRow(int neuron) {
        return connectivity.shares() ? 0 : neuron;
    }

    /** {@return whether it starts and ends at one population} */
    public boolean isLateral() {
        return pre == post;
    }

    /** {@return whether it leads to a population that is listed later, and so closes no cycle} */
    public boolean leadsOnwards() {
        return pre < post;
    }

    /** Whether it is a matrix from a population to the next one in order. */
    boolean joinsNeighbours() {
        return post == pre + 1 && connectivity.unscaled().isMatrix();
    }

    /** Refuses populations of other sizes than a connectivity needs, with both names and sizes. */
    static void requireFit(String name, Connectivity connectivity, Population from, Population to) {
        try {
            connectivity.requireFit(from.size(), to.size());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "projection %s: %s -> %s, of %d and %d neurons: %s"
                            .formatted(
                                    name,
                                    from.name(),
                                    to.name(),
                                    from.size(),
                                    to.size(),
                                    e.getMessage()),
                    e);
        }
    }
}
