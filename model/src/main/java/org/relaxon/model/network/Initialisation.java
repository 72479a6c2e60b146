package org.relaxon.model.network;

import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import org.relaxon.model.math.CounterRandom;

/**
 * How weights and biases are drawn. Each draw is a pure function of (seed, projection, row,
 * column), so that a wider network keeps the draws it shares with a narrower one, up to the factor
 * that fan-in and fan-out put on them. Some schemes also state the scale of every projection.
 *
 * @param scheme the distribution
 * @param gain factor of every weight, dimensionless, finite and not negative
 * @param seed seed of all draws
 */
public record Initialisation(Scheme scheme, double gain, long seed) {
    /**
     * The distribution of a weight. Fan-in counts the presynaptic neurons of all projections onto
     * the population, as if they were one layer; fan-out counts likewise. So a second projection
     * does not make drives larger.
     */
    public enum Scheme {
        /** Weights and biases uniform in +-1/sqrt(fan-in), the default of common frameworks. */
        UNIFORM,
        /** Weights N(0, 1/fan-in), biases .1 N(0, 1). */
        NORMAL,
        /** Weights N(0, 2/fan-in), biases 0 (He et al. 2015). */
        HE,
        /** Weights uniform in +-sqrt(6/(fan-in + fan-out)), biases 0 (Glorot and Bengio 2010). */
        GLOROT,
        /**
         * Stored weights N(0, 1), biases 0, and the scale 1 / sqrt(v K) of a projection, where v is
         * its fan-in and K the number of projections with weights onto the same population: the NTK
         * parametrisation (Jacot, Gabriel and Hongler 2018).
         */
        NTP,
        /**
         * As {@link #NTP}, but 1 / (v sqrt(K)) onto an output, and 1 / sqrt(v K L) onto a hidden
         * population that a projection of fixed strengths skips to, where L is the number of
         * projections with weights on the longest path: Depth-muP (Yang, Yu, Zhu and Hayou 2023) as
         * in predictive coding by Innocenti, Achour and Buckley 2025. Skips stay as they are.
         */
        DEPTH_MUP;

        /** {@return whether it states the scale of every projection} */
        public boolean scales() {
            return this == NTP || this == DEPTH_MUP;
        }

        /** {@return the name in options} */
        public String optionName() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    private static final long BIAS_STREAM = 1L << 40;

    /** Streams of feedback weights, apart from those of weights even under the same seed. */
    private static final long FEEDBACK_STREAM = 1L << 41;

    /**
     * Checks the gain.
     *
     * @param scheme the distribution
     * @param gain factor of every weight, dimensionless, finite and not negative
     * @param seed seed of all draws
     * @throws IllegalArgumentException if the gain is negative or not finite
     */
    public Initialisation {
        if (!(gain >= 0) || Double.isInfinite(gain)) {
            throw new IllegalArgumentException("gain: need a finite number >= 0, got " + gain);
        }
    }

    /**
     * {@return an initialisation that draws weights and biases uniform in +-1/sqrt(fan-in)}
     *
     * @param seed seed of all draws
     */
    public static Initialisation uniform(long seed) {
        return new Initialisation(Scheme.UNIFORM, 1.0, seed);
    }

    /** The projections with the scales of the scheme; those whose scale is stated keep it. */
    List<Projection> scaled(List<Population> nodes, List<Projection> edges) {
        return scheme.scales() ? new ProjectionScales(scheme, nodes, edges).scaled() : edges;
    }

    void fill(Network network, Parameters into) {
        for (Projection p : network.projections()) {
            double[][] w = into.weights(p.index());
            if (p.weightsOf() != p.index()) {
                double[][] of = into.weights(p.weightsOf());
                java.util.Arrays.setAll(w, i -> of[i].clone());
                continue;
            }
            int fanIn = fanIn(network, p.post());
            int fanOut = fanOut(network, p.pre());
            Predicate<double[]> absent = row -> into.isAbsent(p.index(), row);
            draw(w, absent, (long) p.index() << 20, fanIn, fanOut);
            if (p.hasOwnFeedback()) { // the scale of the weights, and draws of their own
                new Initialisation(scheme, gain, p.ownFeedback().seed())
                        .draw(
                                into.feedback(p.index()),
                                absent,
                                FEEDBACK_STREAM + ((long) p.index() << 20),
                                fanIn,
                                fanOut);
            }
        }
        for (Population p : network.populations()) {
            double[] b = into.biases(p.index());
            int fanIn = fanIn(network, p.index());
            for (int i = 0; i < b.length; i++) {
                b[i] = bias(BIAS_STREAM + p.index(), i, fanIn);
            }
        }
    }

    /** Draws all rows but the absent ones; no draw depends on another. */
    private void draw(
            double[][] w, Predicate<double[]> absent, long firstStream, int fanIn, int fanOut) {
        for (int i = 0; i < w.length; i++) {
            boolean skipped = absent.test(w[i]);
            for (int j = 0; j < w[i].length && !skipped; j++) {
                w[i][j] = gain * weight(firstStream + i, j, fanIn, fanOut);
            }
        }
    }

    /** The most synapses onto one neuron of a population. */
    private static int fanIn(Network network, int population) {
        return network.into(population).stream()
                .mapToInt(e -> e.connectivity().fanIn(network.population(e.pre()).size()))
                .sum();
    }

    /** The mean number of synapses from one neuron of a population, rounded up. */
    private static int fanOut(Network network, int population) {
        int n = network.population(population).size();
        long synapses = 0;
        for (Projection e : network.outOf(population)) {
            synapses += e.connectivity().synapses(n, network.population(e.post()).size());
        }
        return Math.toIntExact((synapses + n - 1) / n);
    }

    private double weight(long stream, int j, int fanIn, int fanOut) {
        return switch (scheme) {
            case UNIFORM -> symmetric(stream, j) / StrictMath.sqrt(fanIn);
            case NORMAL -> CounterRandom.normal(seed, stream, j) / StrictMath.sqrt(fanIn);
            case HE -> CounterRandom.normal(seed, stream, j) * StrictMath.sqrt(2.0 / fanIn);
            case GLOROT -> symmetric(stream, j) * StrictMath.sqrt(6.0 / (fanIn + fanOut));
            case NTP, DEPTH_MUP -> CounterRandom.normal(seed, stream, j);
        };
    }

    private double bias(long stream, int i, int fanIn) {
        return switch (scheme) {
            case UNIFORM -> symmetric(stream, i) / StrictMath.sqrt(fanIn);
            case NORMAL -> 0.1 * CounterRandom.normal(seed, stream, i);
            case HE, GLOROT, NTP, DEPTH_MUP -> 0.0;
        };
    }

    private double symmetric(long stream, int counter) {
        return 2.0 * CounterRandom.uniform(seed, stream, counter) - 1.0;
    }
}
