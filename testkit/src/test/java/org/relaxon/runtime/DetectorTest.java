package org.relaxon.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.relaxon.model.memento.StateReader;
import org.relaxon.model.memento.StateWriter;
import org.relaxon.model.network.Granularity;
import org.relaxon.model.rule.PredictiveCoding;
import org.relaxon.model.settle.Settled;
import org.relaxon.model.settle.Settlement;
import org.relaxon.runtime.delay.DelayModel;
import org.relaxon.runtime.delay.Delays;
import org.relaxon.runtime.quiescence.FourCounter;
import org.relaxon.runtime.quiescence.WaveDetector;
import org.relaxon.runtime.virtual.FalseQuiescenceException;
import org.relaxon.runtime.virtual.VirtualHost;
import org.relaxon.testkit.Compare;
import org.relaxon.testkit.Problem;
import org.relaxon.testkit.TestDelays;
import org.relaxon.testkit.planted.PlantedHost;

/**
 * The four-counter detector in virtual time, where the empty queue is the oracle: the host throws
 * when a detector speaks too early. Two detectors that are not good enough see the same runs, which
 * proves that these runs can tell.
 */
class DetectorTest {
    private static final int[][] SHAPES = {{2, 3, 2}, {3, 4, 3, 2}, {2, 2, 2, 2, 2}, {3, 6, 4}};
    private static final int SHARDED_RUNS = 288;
    private static final List<String> GRANULARITIES = List.of("layer", "block:2", "neuron");
    private static final List<DelayModel> DELAYS =
            List.of(
                    Delays.parse("constant:100us"),
                    Delays.parse("uniform:0us,200us"),
                    Delays.parse("exponential:100us"),
                    Delays.parse("pareto:30us,1.1"),
                    TestDelays.BIMODAL,
                    TestDelays.NEWEST_FIRST,
                    TestDelays.SPREAD_PROBES,
                    TestDelays.FLYING_PROBES);

    /** Believes one wave: as many processed as sent. */
    private static final class OneWave implements WaveDetector {
        @Override
        public boolean wave(long sent, long processed) {
            return sent == processed;
        }

        @Override
        public void reset() {
            // remembers nothing
        }

        @Override
        public void save(StateWriter out) {
            // likewise
        }

        @Override
        public void load(StateReader in) {
            // likewise
        }
    }

    /** Believes in silence: nothing was counted between two waves, whatever is under way. */
    private static final class Silence implements WaveDetector {
        private long sentBefore = -1;
        private long processedBefore = -1;

        @Override
        public boolean wave(long sent, long processed) {
            boolean silent = sent == sentBefore && processed == processedBefore;
            sentBefore = sent;
            processedBefore = processed;
            return silent;
        }

        @Override
        public void reset() {
            sentBefore = -1;
            processedBefore = -1;
        }

        @Override
        public void save(StateWriter out) {
            out.writeLong(sentBefore);
            out.writeLong(processedBefore);
        }

        @Override
        public void load(StateReader in) {
            sentBefore = in.readLong();
            processedBefore = in.readLong();
        }
    }

    /** One run, a function of its number. */
    private record Case(int number) {
        Problem problem() {
            return Problem.tanh(number, 1, SHAPES[number % SHAPES.length]);
        }

        String granularity() {
            return GRANULARITIES.get(number / SHAPES.length % GRANULARITIES.size());
        }

        DelayModel delay() {
            return DELAYS.get(number / (SHAPES.length * GRANULARITIES.size()) % DELAYS.size());
        }

        RunPlan plan() {
            return RunPlan.of(new PredictiveCoding())
                    .withThreshold(1e-12)
                    .withGranularity(Granularity.parse(granularity()))
                    .withDelay(delay())
                    .withSeed(number)
                    .withProbes(true);
        }

        @Override
        public String toString() {
            return "run %d (%s, %s cells, delay %s)"
                    .formatted(number, problem(), granularity(), delay().spec());
        }
    }

    /** What one detector made of many runs. */
    private static final class Tally {
        private int early;
        private int fired;
        private long waves;
        private final List<String> unsettled = new ArrayList<>();
        private final Set<String> earlyUnder = new TreeSet<>();
    }

    private static Tally tally(Supplier<WaveDetector> detector, int runs) {
        return tally(PlantedHost.detecting(detector), runs);
    }

    private static Tally tally(Host host, int runs) {
        Tally tally = new Tally();
        for (int number = 0; number < runs; number++) {
            Case one = new Case(number);
            Problem problem = one.problem();
            try (Session session = host.open(problem.network(), one.plan())) {
                Settlement verdict = session.settle(problem.nudged(1.0), Budget.DEFAULT);
                if (verdict instanceof Settled) {
                    tally.fired++;
                    tally.waves += session.report().probeWaves();
                } else {
                    tally.unsettled.add(one + ": " + verdict);
                }
            } catch (FalseQuiescenceException e) {
                tally.early++;
                tally.earlyUnder.add(one.delay().spec());
            }
        }
        return tally;
    }

    @Test
    void fourCountersAreNeverEarlyAndAlwaysFireWhereLesserDetectorsAreEarly() {
        requireNeverEarly(1_440);
    }

    @Test
    @Tag("slow")
    void fourCountersAreNeverEarlyInManyMoreRuns() {
        requireNeverEarly(42_000);
    }

    private static void requireNeverEarly(int runs) {
        Tally four = tally(FourCounter::new, runs);
        Tally one = tally(OneWave::new, runs);
        Tally silence = tally(Silence::new, runs);
        System.out.printf(
                Locale.ROOT,
                "detector, %d runs: four counters early %d, fired %d, %.1f waves each; one wave"
                        + " early %d under %s; silence early %d under %s%n",
                runs,
                four.early,
                four.fired,
                (double) four.waves / runs,
                one.early,
                one.earlyUnder,
                silence.early,
                silence.earlyUnder);

        assertEquals(0, four.early, "early under " + four.earlyUnder);
        assertEquals(List.of(), four.unsettled);
        assertEquals(runs, four.fired);
        assertTrue(four.waves >= 2L * runs, "one wave proves nothing");
        assertTrue(one.early > 0, "these runs do not tell one wave from two");
        assertTrue(silence.early > 0, "these runs do not tell silence from quiescence");
    }

    /**
     * A shard answers for all its cells at one moment. Signals between shards are in flight between
     * these moments, so that a root that believes one wave is early as soon as there are two
     * shards; over a single one it sees the truth.
     */
    @Test
    void theRootIsNeverEarlyOverDetectorsOfShardsUnlessItBelievesOneWave() {
        for (int shards = 1; shards <= 2; shards++) {
            Tally four = tally(PlantedHost.detecting(FourCounter::new, shards), SHARDED_RUNS);
            Tally one = tally(PlantedHost.detecting(OneWave::new, shards), SHARDED_RUNS);

            assertEquals(0, four.early, "early under " + four.earlyUnder);
            assertEquals(SHARDED_RUNS, four.fired, four.unsettled.toString());
            assertEquals(shards > 1, one.early > 0, one.early + " over " + shards + " shards");
        }
    }

    @Test
    void probesChangeNothingButTheTimeAtWhichTheEndIsSeen() {
        for (int number = 0; number < 96; number++) {
            Case one = new Case(number);
            Problem problem = one.problem();
            Host host = new VirtualHost();
            try (Session probed = host.open(problem.network(), one.plan());
                    Session plain = host.open(problem.network(), one.plan().withProbes(false))) {
                var a = Compare.settled(probed.settle(problem.nudged(1.0), Budget.DEFAULT), one);
                var b = Compare.settled(plain.settle(problem.nudged(1.0), Budget.DEFAULT), one);

                assertEquals(plain.report().messages(), probed.report().messages(), one::toString);
                assertEquals(0, plain.report().probeWaves(), one::toString);
                assertTrue(
                        plain.report().hostNanos() <= probed.report().hostNanos(), one::toString);
                int layers = problem.network().projections().size();
                assertEquals(
                        0.0,
                        Compare.relative(
                                Compare.flat(a.equilibrium(), layers),
                                Compare.flat(b.equilibrium(), layers)),
                        one::toString);
            }
        }
    }

    @Test
    void aDetectorThatIsEarlyIsNamedWithTheMomentAndWhatWasUnderWay() {
        Host host = PlantedHost.detecting(Silence::new);
        RunPlan plan =
                RunPlan.of(new PredictiveCoding())
                        .withDelay(TestDelays.FLYING_PROBES)
                        .withProbes(true);
        Problem problem = Problem.tanh(1, 1, 2, 3, 2);
        try (Session session = host.open(problem.network(), plan)) {
            FalseQuiescenceException e =
                    assertThrows(
                            FalseQuiescenceException.class,
                            () -> session.settle(problem.nudged(1.0), Budget.DEFAULT));
            assertTrue(
                    e.getMessage().matches("false quiescence at \\d+ ns: \\d+ events .*"),
                    e.getMessage());
        }
    }
}
