package org.relaxon.runtime.delay;

import java.util.ArrayList;
import java.util.List;
import org.relaxon.model.math.CounterRandom;
import org.relaxon.model.math.Numeral;
import org.relaxon.model.part.OwnPartException;

/** The delay models that come with the library, and their text form. */
public final class Delays {
    /** Longer travel times are cut off at this value, about eleven days. */
    public static final long NANOS_MAX = 1_000_000_000_000_000L;

    private static final long LINK_DRAW = -1;

    /** One line per model, for help texts. */
    public static final List<String> SYNTAX =
            List.of(
                    "none                    signals arrive at once",
                    "constant:1ms            every signal takes the same time",
                    "uniform:0ms,2ms         between two bounds",
                    "exponential:1ms         mean; memoryless, overtaking is common",
                    "pareto:1ms,1.5          least delay and shape; heavy tail, shape <= 2: no"
                            + " variance",
                    "lognormal:1ms,0.5       median and sigma",
                    "per-link:1ms,1000.0     fixed for each link, slowest over fastest 1000",
                    "bimodal:1ms,300ms,0.02  up to 1ms, but 2 % up to 300ms",
                    "payload:1ms,10us        a fixed time and one per number carried",
                    "newest-first:1ms        signals sent within 1ms arrive in reverse order",
                    "measured:FILE.hlog      drawn from the travel times of a recorded run;"
                            + " FILE.hlog,unit=us,tag=NAME for other logs");

    private Delays() {}

    /** {@return a model in which signals arrive at once} */
    public static DelayModel none() {
        return constant("none", 0);
    }

    /**
     * {@return a model in which every signal takes {@code nanos}}
     *
     * @param nanos travel time in nanoseconds, at least 0
     */
    public static DelayModel constant(long nanos) {
        return constant("constant:" + Durations.format(nanos), require(nanos));
    }

    /**
     * {@return a model with travel times uniform in [least, most]}
     *
     * @param least least travel time in nanoseconds, at least 0
     * @param most largest travel time in nanoseconds, not below the least
     */
    public static DelayModel uniform(long least, long most) {
        require(least);
        require(most);
        if (most < least) {
            throw new IllegalArgumentException(
                    "delay: uniform needs least <= most, got %s, %s"
                            .formatted(Durations.format(least), Durations.format(most)));
        }
        String spec = "uniform:" + Durations.format(least) + "," + Durations.format(most);
        return drawn(spec, (least + most) / 2, true, u -> least + u * (most - least));
    }

    /**
     * {@return a model with exponential travel times}
     *
     * @param mean mean travel time in nanoseconds, at least 0
     */
    public static DelayModel exponential(long mean) {
        String spec = "exponential:" + Durations.format(require(mean));
        return drawn(spec, mean, true, u -> -mean * StrictMath.log(1.0 - u));
    }

    /**
     * {@return a model with Pareto travel times: least / U^(1/shape), mean least shape / (shape -
     * 1) if shape is above 1}
     *
     * @param least least travel time in nanoseconds, at least 0
     * @param shape tail index, finite and greater than 0
     */
    public static DelayModel pareto(long least, double shape) {
        require(least);
        if (!(shape > 0) || Double.isInfinite(shape)) {
            throw new IllegalArgumentException(
                    "delay: pareto needs a finite shape > 0, got " + shape);
        }
        String spec = "pareto:" + Durations.format(least) + "," + Numeral.text(shape);
        if (least == 0) {
            return constant(spec, 0); // 0 x the infinite tail would be NaN
        }
        double typical =
                shape > 1.0 ? least * shape / (shape - 1.0) : least * StrictMath.pow(2, 1 / shape);
        return drawn(
                spec,
                clip(typical),
                shape > 1.0,
                u -> least * StrictMath.pow(1.0 - u, -1.0 / shape));
    }

    /**
     * {@return a model with lognormal travel times: median times exp(sigma Z) with Z standard
     * normal}
     *
     * @param median median travel time in nanoseconds, at least 0
     * @param sigma standard deviation of the logarithm of the travel time, greater than 0
     */
    public static DelayModel lognormal(long median, double sigma) {
        require(median);
        requireShape("lognormal", "sigma", sigma);
        String spec = "lognormal:" + Durations.format(median) + "," + sigma;
        if (median == 0) {
            return constant(spec, 0); // 0 x the infinite tail would be NaN
        }
        double mean = median * StrictMath.exp(0.5 * sigma * sigma);
        return new Lognormal(spec, clip(mean), median, sigma);
    }

    /**
     * {@return a model with one fixed travel time per link, log-uniform with a ratio of {@code
     * spread} between the slowest and the fastest that are possible}
     *
     * @param mean mean travel time in nanoseconds, at least 0
     * @param spread ratio, greater than 1, at most 1e9
     */
    public static DelayModel perLink(long mean, double spread) {
        require(mean);
        if (!(spread > 1 && spread <= 1e9)) {
            throw new IllegalArgumentException(
                    "delay: per-link needs a spread above 1, at most 1e9, got " + spread);
        }
        String spec = "per-link:" + Durations.format(mean) + "," + spread;
        double log = StrictMath.log(spread);
        double least = mean * log / (spread - 1.0); // mean of least x spread^U
        return new PerLink(spec, mean, u -> least * StrictMath.exp(u * log));
    }

    /**
     * {@return a model with travel times uniform in [0, fast], but with probability {@code p}
     * uniform in [0, slow]}
     *
     * @param fast largest usual travel time in nanoseconds, at least 0
     * @param slow largest travel time of slow signals in nanoseconds, at least 0
     * @param p probability of a slow signal, in [0, 1]
     */
    public static DelayModel bimodal(long fast, long slow, double p) {
        require(fast);
        require(slow);
        if (!(p >= 0 && p <= 1)) {
            throw new IllegalArgumentException(
                    "delay: bimodal needs a share of slow signals in 0..1, got " + p);
        }
        String times = Durations.format(fast) + "," + Durations.format(slow);
        String spec = "bimodal:" + times + "," + Numeral.text(p);
        double mean = 0.5 * ((1 - p) * fast + p * slow);
        return new Drawn2(spec, clip(mean), (u, v) -> v * (u < p ? slow : fast));
    }

    /**
     * {@return a model with a fixed travel time plus a time per number that is carried}
     *
     * @param base travel time of an empty signal in nanoseconds, at least 0
     * @param perNumber additional nanoseconds per number, at least 0
     */
    public static DelayModel payload(long base, long perNumber) {
        String spec =
                "payload:"
                        + Durations.format(require(base))
                        + ","
                        + Durations.format(require(perNumber));
        return new Payload(spec, base, perNumber);
    }

    /**
     * {@return an adversarial model: time is cut into windows; signals sent in one window arrive
     * during the next in reverse order}
     *
     * @param window length of a window in nanoseconds, greater than 0
     */
    public static DelayModel newestFirst(long window) {
        if (require(window) == 0) {
            throw new IllegalArgumentException("delay: newest-first needs a window above 0");
        }
        if (window > NANOS_MAX / 2) {
            throw new IllegalArgumentException(
                    "delay: newest-first takes up to two windows, so %s is not in 1ns..%s"
                            .formatted(Durations.format(window), Durations.format(NANOS_MAX / 2)));
        }
        return new NewestFirst("newest-first:" + Durations.format(window), window);
    }

    /**
     * Reads a text form, such as {@code exponential:200us}, of the library or of a {@link
     * DelayFactory} on the class path.
     *
     * @param text option value
     * @return the model that the text describes
     * @throws IllegalArgumentException naming the text and what is allowed, or a factory whose name
     *     is taken
     * @throws OwnPartException naming a user's model that fails or breaks its contract
     */
    public static DelayModel parse(String text) {
        return DelaySyntax.parse(text);
    }

    /**
     * {@return the words with which a text form begins, of the library and of users' own models}
     */
    public static List<String> names() {
        return DelaySyntax.names();
    }

    /** {@return {@link #SYNTAX}, and one line for each user's model} */
    public static List<String> syntax() {
        List<String> out = new ArrayList<>(SYNTAX);
        out.addAll(DelaySyntax.own().lines());
        return out;
    }

    /**
     * The travel time of one signal by any model, with its contract checked: times longer than
     * {@link #NANOS_MAX} are cut off there.
     *
     * @param model any model
     * @param seed seed of the run
     * @param link index of the link
     * @param draw number of the draw on this link
     * @param numbers in the payload, at least 0
     * @param now moment of sending, nanoseconds of host time since the phase began
     * @return nanoseconds, 0 to {@link #NANOS_MAX}
     * @throws OwnPartException naming a model that throws or draws a negative time
     */
    public static long drawn(
            DelayModel model, long seed, long link, long draw, int numbers, long now) {
        long nanos;
        try {
            nanos = model.nanos(seed, link, draw, numbers, now);
        } catch (RuntimeException | Error e) {
            throw OwnPartException.of("delay: " + model.spec(), e);
        }
        if (nanos < 0) {
            throw new OwnPartException(
                    "delay: %s drew %d ns; a signal travels at least 0"
                            .formatted(model.spec(), nanos));
        }
        return Math.min(nanos, NANOS_MAX);
    }

    /**
     * Refuses a typical travel time that no model may state.
     *
     * @param spec text form of the model
     * @param nanos its typical travel time
     * @throws IllegalArgumentException naming the model and the range
     */
    public static void requireTypical(String spec, long nanos) {
        if (nanos < 0 || nanos > NANOS_MAX) {
            throw new IllegalArgumentException(
                    "delay: the typical time of %s is %d ns, not in 0..%d ns"
                            .formatted(spec, nanos, NANOS_MAX));
        }
    }

    private static void requireShape(String model, String name, double value) {
        if (!(value > 0) || Double.isInfinite(value)) {
            throw new IllegalArgumentException(
                    "delay: %s needs a finite %s > 0, got %s".formatted(model, name, value));
        }
    }

    private static long require(long nanos) {
        if (nanos < 0 || nanos > NANOS_MAX) {
            throw new IllegalArgumentException(
                    "delay: %s is not in 0..%s"
                            .formatted(Durations.format(nanos), Durations.format(NANOS_MAX)));
        }
        return nanos;
    }

    static long clip(double nanos) {
        return nanos < NANOS_MAX ? (long) nanos : NANOS_MAX;
    }

    interface Quantile {
        double at(double u);
    }

    private record Drawn(String spec, long typicalNanos, boolean statesMean, Quantile quantile)
            implements DelayModel {
        @Override
        public long nanos(long seed, long link, long draw) {
            return clip(quantile.at(CounterRandom.uniform(seed, link, draw)));
        }
    }

    private interface Quantile2 {
        double at(double u, double v);
    }

    private record Drawn2(String spec, long typicalNanos, Quantile2 quantile)
            implements DelayModel {
        @Override
        public boolean statesMean() {
            return true;
        }

        @Override
        public long nanos(long seed, long link, long draw) {
            double u = CounterRandom.uniform(seed, link, draw);
            return clip(quantile.at(u, CounterRandom.uniform(~seed, link, draw)));
        }
    }

    private record Lognormal(String spec, long typicalNanos, long median, double sigma)
            implements DelayModel {
        @Override
        public boolean statesMean() {
            return true;
        }

        @Override
        public long nanos(long seed, long link, long draw) {
            return clip(median * StrictMath.exp(sigma * CounterRandom.normal(seed, link, draw)));
        }
    }

    private record PerLink(String spec, long typicalNanos, Quantile quantile)
            implements DelayModel {
        @Override
        public long nanos(long seed, long link, long draw) {
            return clip(quantile.at(CounterRandom.uniform(seed, link, LINK_DRAW)));
        }
    }

    private record Payload(String spec, long base, long perNumber) implements DelayModel {
        @Override
        public long nanos(long seed, long link, long draw) {
            return nanos(seed, link, draw, 1, 0);
        }

        @Override
        public long nanos(long seed, long link, long draw, int numbers, long now) {
            return clip(base + (double) perNumber * numbers);
        }

        @Override
        public long typicalNanos() {
            return nanos(0, 0, 0);
        }
    }

    private record NewestFirst(String spec, long window) implements DelayModel {
        @Override
        public boolean statesMean() {
            return true;
        }

        @Override
        public long nanos(long seed, long link, long draw) {
            return nanos(seed, link, draw, 1, 0);
        }

        @Override
        public long nanos(long seed, long link, long draw, int numbers, long now) {
            return 2 * (window - now % window);
        }

        @Override
        public long typicalNanos() {
            return window;
        }
    }

    private record Constant(String spec, long typicalNanos) implements DelayModel {
        @Override
        public boolean statesMean() {
            return true;
        }

        @Override
        public long nanos(long seed, long link, long draw) {
            return typicalNanos;
        }
    }

    private static DelayModel drawn(String spec, long typical, boolean mean, Quantile quantile) {
        return new Drawn(spec, typical, mean, quantile);
    }

    private static DelayModel constant(String spec, long nanos) {
        return new Constant(spec, nanos);
    }
}
