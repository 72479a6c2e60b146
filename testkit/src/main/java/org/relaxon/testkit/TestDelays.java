package org.relaxon.testkit;

import org.relaxon.model.math.CounterRandom;
import org.relaxon.runtime.delay.DelayModel;

/** Delay models that mislead detectors of quiescence and careless versions; for tests. */
public enum TestDelays implements DelayModel {
    /** 98 % uniform in 0..100 us, 2 % uniform in 0..30 ms. */
    BIMODAL {
        @Override
        public long nanos(long seed, long link, long draw) {
            double u = CounterRandom.uniform(seed, link, draw);
            boolean straggler = CounterRandom.uniform(seed ^ 0x5DEECE66DL, link, draw) < 0.02;
            return (long) (u * (straggler ? 300 * TYPICAL : TYPICAL));
        }
    },

    /**
     * Newest first: the later a signal of a link is drawn, the shorter it travels, so that the
     * first arrives last. Probes of one wave are fast to some cells and slow to others, which
     * changes from wave to wave.
     */
    NEWEST_FIRST {
        @Override
        public long nanos(long seed, long link, long draw) {
            long version = draw & 0xFFFFFFFFL;
            double jitter = 0.5 + CounterRandom.uniform(seed, link, draw);
            if (link >= 0) {
                return (long) (jitter * 20 * TYPICAL / (1 + version));
            }
            boolean slow = (CounterRandom.bits(seed, link, version) & 1) == 0;
            return (long) (jitter * (slow ? 10 * TYPICAL : TYPICAL / 100));
        }
    },

    /**
     * The probes of one wave reach their cells at moments spread over a whole settling, and reports
     * return at once: the picture that a wave gives is as crooked as it can be.
     */
    SPREAD_PROBES {
        @Override
        public long nanos(long seed, long link, long draw) {
            double u = CounterRandom.uniform(seed, link, draw);
            if (link >= 0) {
                return (long) (2 * TYPICAL * u);
            }
            boolean report = (-1 - link) % 2 == 1;
            return report ? 0 : (long) (30 * TYPICAL * u);
        }
    },

    /** Signals crawl and probes fly: the counts alone do not change for long. */
    FLYING_PROBES {
        @Override
        public long nanos(long seed, long link, long draw) {
            double u = CounterRandom.uniform(seed, link, draw);
            return (long) (link >= 0 ? TYPICAL * (5 + 5 * u) : TYPICAL * u / 50);
        }
    };

    /** The typical delay, nanoseconds. */
    public static final long TYPICAL = 100_000L;

    @Override
    public long typicalNanos() {
        return TYPICAL;
    }

    @Override
    public String spec() {
        return name();
    }
}
