package org.relaxon.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.relaxon.model.network.Granularity;
import org.relaxon.model.phase.Phase;
import org.relaxon.model.rule.Hopfield;
import org.relaxon.runtime.delay.DelayModel;
import org.relaxon.runtime.delay.Delays;
import org.relaxon.runtime.virtual.VirtualHost;
import org.relaxon.testkit.Compare;
import org.relaxon.testkit.Problem;

/**
 * Why quiescence is counted and not waited for: a detector that takes silence for rest, although it
 * sees every signal leave and arrive at once, speaks while signals are under way. The twin of the
 * four counters in {@link DetectorTest}, which see the same phases here and are never early.
 */
class TimeoutDetectorTest {
    private static final double BETA = 1e-2;
    private static final long MEAN = 1_000_000L; // of the delay, nanoseconds
    private static final int SEEDS = 15;
    private static final int PHASES = 3 * SEEDS;

    /** Writes down when every signal leaves and arrives. */
    private static final class Watched implements DelayModel {
        private final DelayModel usual = Delays.parse("exponential:1ms");
        private final List<Long> moments = new ArrayList<>();

        @Override
        public long nanos(long seed, long link, long draw) {
            return usual.nanos(seed, link, draw);
        }

        @Override
        public long nanos(long seed, long link, long draw, int numbers, long now) {
            long travel = usual.nanos(seed, link, draw, numbers, now);
            if (link >= 0) { // no probe
                moments.add(now);
                moments.add(now + travel);
            }
            return travel;
        }

        @Override
        public long typicalNanos() {
            return usual.typicalNanos();
        }

        @Override
        public String spec() {
            return "watched";
        }

        /** The longest time in which nothing left or arrived although more was to come. */
        long longestSilence() {
            Collections.sort(moments);
            long longest = 0;
            for (int k = 1; k < moments.size(); k++) {
                longest = Math.max(longest, moments.get(k) - moments.get(k - 1));
            }
            return longest;
        }
    }

    /** Longest silences of free, nudged and counter-nudged phases, as multiples of the delay. */
    private static List<Double> silences(String granularity, boolean probes) {
        List<Double> out = new ArrayList<>();
        for (long seed = 1; seed <= SEEDS; seed++) {
            Problem p = Family.hopfield(seed, 1);
            for (Phase phase : List.of(p.free(), p.nudged(BETA), p.nudged(-BETA))) {
                Watched delay = new Watched();
                RunPlan plan =
                        RunPlan.of(new Hopfield("ep"))
                                .withThreshold(1e-10)
                                .withGranularity(Granularity.parse(granularity))
                                .withDelay(delay)
                                .withRefractoryNanos(MEAN / 20)
                                .withSeed(seed)
                                .withProbes(probes);
                try (Session session = new VirtualHost().open(p.network(), plan)) {
                    Compare.settled(session.settle(phase, Budget.DEFAULT), "seed " + seed);
                }
                out.add((double) delay.longestSilence() / MEAN);
            }
        }
        return out;
    }

    private static long early(List<Double> silences, double patience) {
        return silences.stream().filter(s -> s > patience).count();
    }

    @Test
    void silenceForTwoMeanDelaysIsEarlyInManyPhasesAndCountersInNone() {
        for (String granularity : List.of("layer", "neuron")) {
            List<Double> silences = silences(granularity, true); // the host throws if early
            System.out.printf(
                    Locale.ROOT,
                    "timeout, %s cells: early in %d of %d phases at 2 delays, %d at 5, %d at 30%n",
                    granularity,
                    early(silences, 2),
                    PHASES,
                    early(silences, 5),
                    early(silences, 30));
            assertEquals(PHASES, silences.size());
            long least = granularity.equals("layer") ? 10 : 1; // many cells are seldom all silent
            assertTrue(early(silences, 2) >= least, silences.toString());
            assertEquals(0, early(silences, 30), "who waits long enough sees the end");
        }
    }
}
