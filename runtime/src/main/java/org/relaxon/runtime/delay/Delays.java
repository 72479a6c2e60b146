package org.relaxon.runtime.delay;

import java.util.List;
import org.relaxon.model.math.CounterRandom;

/** The delay models that come with the library, and their text form. */
public final class Delays {
    /** Longer travel times are cut off here, about eleven days. */
    public static final long NANOS_MAX = 1_000_000_000_000_000L;

    /** One line per model, for help texts. */
    public static final List<String> SYNTAX =
            List.of(
                    "none                    signals arrive at once",
                    "constant:1ms            every signal takes the same time",
                    "uniform:0ms,2ms         between two bounds",
                    "exponential:1ms         mean; memoryless, overtaking is common",
                    "pareto:1ms,1.5          least delay and shape; heavy tail, shape <= 2: no"
                            + " variance");

    private Delays() {}

    /** Signals arrive at once. */
    public static DelayModel none() {
        return constant("none", 0);
    }

    /** Every signal takes {@code nanos}. */
    public static DelayModel constant(long nanos) {
        return constant("constant:" + Durations.format(nanos), require(nanos));
    }

    /** Uniform in [least, most]. */
    public static DelayModel uniform(long least, long most) {
        require(least);
        require(most);
        if (most < least) {
            throw new IllegalArgumentException(
                    "delay: uniform needs least <= most, got %s, %s"
                            .formatted(Durations.format(least), Durations.format(most)));
        }
        String spec = "uniform:" + Durations.format(least) + "," + Durations.format(most);
        return drawn(spec, (least + most) / 2, u -> least + u * (most - least));
    }

    /** Exponential with the given mean. */
    public static DelayModel exponential(long mean) {
        String spec = "exponential:" + Durations.format(require(mean));
        return drawn(spec, mean, u -> -mean * StrictMath.log(1.0 - u));
    }

    /** Pareto: least / U^(1/shape), mean least shape / (shape - 1) if shape is above 1. */
    public static DelayModel pareto(long least, double shape) {
        require(least);
        if (!(shape > 0) || Double.isInfinite(shape)) {
            throw new IllegalArgumentException(
                    "delay: pareto needs a finite shape > 0, got " + shape);
        }
        String spec = "pareto:" + Durations.format(least) + "," + shape;
        if (least == 0) {
            return constant(spec, 0); // 0 x the infinite tail would be NaN
        }
        double typical =
                shape > 1.0 ? least * shape / (shape - 1.0) : least * StrictMath.pow(2, 1 / shape);
        return drawn(spec, clip(typical), u -> least * StrictMath.pow(1.0 - u, -1.0 / shape));
    }

    /**
     * Reads a text form, such as {@code exponential:200us}.
     *
     * @throws IllegalArgumentException naming the text and what is allowed
     */
    public static DelayModel parse(String text) {
        int colon = text.indexOf(':');
        String name = colon < 0 ? text : text.substring(0, colon);
        String[] args = colon < 0 ? new String[0] : text.substring(colon + 1).split(",", -1);
        if (name.equals("none") && args.length == 0) {
            return none();
        }
        if (name.equals("constant") && args.length == 1) {
            return constant(Durations.parse("delay", args[0]));
        }
        if (name.equals("exponential") && args.length == 1) {
            return exponential(Durations.parse("delay", args[0]));
        }
        if (name.equals("uniform") && args.length == 2) {
            return uniform(Durations.parse("delay", args[0]), Durations.parse("delay", args[1]));
        }
        if (name.equals("pareto") && args.length == 2) {
            return pareto(Durations.parse("delay", args[0]), shape(args[1]));
        }
        throw new IllegalArgumentException(
                "delay: \"%s\" is not one of none, constant:D, uniform:D,D, exponential:D, pareto:D,SHAPE"
                        .formatted(text));
    }

    private static double shape(String text) {
        try {
            if (!text.matches("0[xX].*|.*[dDfF\\s]")) { // Java numbers that nobody means here
                return Double.parseDouble(text);
            }
        } catch (NumberFormatException e) {
            // refused below with everything else that is not a number
        }
        throw new IllegalArgumentException(
                "delay: \"%s\" is not a number; pareto needs a shape > 0".formatted(text));
    }

    private static long require(long nanos) {
        if (nanos < 0 || nanos > NANOS_MAX) {
            throw new IllegalArgumentException(
                    "delay: %s is not in 0..%s"
                            .formatted(Durations.format(nanos), Durations.format(NANOS_MAX)));
        }
        return nanos;
    }

    private static long clip(double nanos) {
        return nanos < NANOS_MAX ? (long) nanos : NANOS_MAX;
    }

    private interface Quantile {
        double at(double u);
    }

    private record Drawn(String spec, long typicalNanos, Quantile quantile) implements DelayModel {
        @Override
        public long nanos(long seed, long link, long draw) {
            return clip(quantile.at(CounterRandom.uniform(seed, link, draw)));
        }
    }

    private record Constant(String spec, long typicalNanos) implements DelayModel {
        @Override
        public long nanos(long seed, long link, long draw) {
            return typicalNanos;
        }
    }

    private static DelayModel drawn(String spec, long typical, Quantile quantile) {
        return new Drawn(spec, typical, quantile);
    }

    private static DelayModel constant(String spec, long nanos) {
        return new Constant(spec, nanos);
    }
}
