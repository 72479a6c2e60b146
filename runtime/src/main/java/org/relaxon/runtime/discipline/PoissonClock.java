package org.relaxon.runtime.discipline;

import org.relaxon.model.math.Numeral;

/**
 * Ticks at random moments, independently of one another and of all other clocks.
 *
 * @param rate ticks per second of host time, above 0, at most 1e9
 */
record PoissonClock(double rate) implements Clock {
    static final long STREAM = 1L << 48;

    private static final double NANOS_PER_SECOND = 1e9;
    private static final double RATE_MAX = 1e9;

    PoissonClock {
        if (!(rate > 0 && rate <= RATE_MAX)) {
            throw new IllegalArgumentException(
                    "discipline: poisson needs a rate above 0, at most 1e9 per second, got "
                            + rate);
        }
    }

    @Override
    public long nanos(long seed, long cell, long turn) {
        return (long) (-meanNanos() * StrictMath.log(1.0 - Clock.uniform(seed, cell, turn)));
    }

    @Override
    public boolean countsFromNews() {
        return true;
    }

    @Override
    public double meanNanos() {
        return NANOS_PER_SECOND / rate;
    }

    @Override
    public String spec() {
        return "poisson:" + Numeral.text(rate);
    }
}
