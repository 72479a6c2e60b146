package org.relaxon.experiments.random;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.relaxon.experiments.random.Finding.Kind;
import org.relaxon.runtime.Host;
import org.relaxon.runtime.actor.AkkaHost;
import org.relaxon.runtime.synchronous.RedBlackHost;
import org.relaxon.runtime.synchronous.SynchronousHost;
import org.relaxon.runtime.virtual.VirtualHost;

/**
 * Random runs over everything that can be asked for, judged by solutions that share no arithmetic
 * with the cells: Newton's method from the state that was released, and the eigenvalues of the
 * energy's second derivative there. {@code -Drelaxon.random.first=SEED -Drelaxon.random.count=1}
 * repeats one.
 */
class RandomRunsTest {
    private static final long FIRST = Long.getLong("relaxon.random.first", 1);
    private static final int FEW = 100;
    private static final int MANY = 2_000;
    private static final int SHOWN = 40;

    /** What no run may do. */
    private static final Set<Kind> PROMISED = EnumSet.complementOf(EnumSet.of(Kind.OVER_NAMED));

    /** Share of all arrays that may be named although no rounding hides them. */
    private static final double NAMED_WITHOUT_NEED = 0.01;

    /** Shares of all runs: a verdict that is never looked at may not become the usual one. */
    private static final double REFUSED = 0.05;

    private static final double UNTOLD = 0.03;
    private static final double UNTOLD_MINIMA = 0.01;
    private static final double SETTLED = 0.6;

    private final Map<String, Integer> outcomes = new TreeMap<>();
    private final Map<String, Integer> byAlgorithm = new TreeMap<>();
    private final Map<Kind, Integer> kinds = new TreeMap<>();

    private int untoldMinima;

    private final List<String> others = new ArrayList<>();
    private final ProjectionJudge.Counts counts = new ProjectionJudge.Counts();

    private List<String> run(int count, Set<Kind> asked) {
        List<String> out = new ArrayList<>();
        try (Host virtual = new VirtualHost();
                Host akka = new AkkaHost(2);
                Host synchronous = new SynchronousHost();
                Host redBlack = new RedBlackHost()) {
            Map<String, Host> hosts =
                    Map.of(
                            "virtual", virtual,
                            "akka", akka,
                            "synchronous", synchronous,
                            "red-black", redBlack);
            LongStream.range(FIRST, FIRST + count)
                    .forEach(
                            seed -> {
                                RandomRun run = RandomRun.of(seed);
                                RandomJudge judge = new RandomJudge(run, hosts).judge();
                                counts.add(judge.counts());
                                outcomes.merge(judge.outcome(), 1, Integer::sum);
                                untoldMinima += judge.isUntoldMinimum() ? 1 : 0;
                                if (System.getProperty("relaxon.random.verbose") != null) {
                                    System.out.println(judge.outcome() + ": " + run);
                                }
                                byAlgorithm.merge(
                                        run.algorithm().label() + " " + judge.outcome(),
                                        1,
                                        Integer::sum);
                                for (Finding f : judge.findings()) {
                                    kinds.merge(f.kind(), 1, Integer::sum);
                                    (asked.contains(f.kind()) ? out : others)
                                            .add(f + "\n    " + run);
                                    keep(run);
                                }
                            });
        }
        System.out.printf("RANDOM from %d: %s, %s, findings %s%n", FIRST, outcomes, counts, kinds);
        System.out.println(byAlgorithm);
        others.stream().limit(SHOWN).forEach(System.out::println);
        return out;
    }

    /** With {@code -Drelaxon.random.keep=DIR}, the data of a run that failed. */
    private static void keep(RandomRun run) {
        String directory = System.getProperty("relaxon.random.keep");
        if (directory != null) {
            try {
                run.keep(Files.createDirectories(Path.of(directory)));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private void requireNone(int count, Set<Kind> asked) {
        List<String> found = run(count, asked);
        assertEquals(
                0,
                found.size(),
                () -> String.join("\n", found.subList(0, Math.min(SHOWN, found.size()))));
        requireShare("refused", count, 0.0, REFUSED);
        requireShare("untold", count, 0.0, UNTOLD);
        assertTrue(count < FEW || untoldMinima <= UNTOLD_MINIMA * count, untoldMinima + " minima");
        requireShare("settled", count, SETTLED, 1.0);
        boolean few = counts.overNamed <= NAMED_WITHOUT_NEED * counts.all;
        assertTrue(count < FEW || few, counts.toString());
    }

    private void requireShare(String outcome, int count, double least, double most) {
        double share = (double) outcomes.getOrDefault(outcome, 0) / count;
        assertTrue(count < FEW || share >= least && share <= most, outcomes.toString());
    }

    /** Units on kinks, and layers of which a nudge moves nothing: every array has its solution. */
    @ParameterizedTest
    @ValueSource(longs = {613, 986, 1289})
    void statesThatNewtonsMethodLeavesAreJudged(long seed) {
        try (Host virtual = new VirtualHost()) {
            RandomJudge judge =
                    new RandomJudge(RandomRun.of(seed), Map.of("virtual", virtual)).judge();
            assertEquals("settled", judge.outcome());
            assertEquals(List.of(), judge.findings());
        }
    }

    /** z-il in turns: a cell that has acted wants no more, and the one that waits still does. */
    @ParameterizedTest
    @ValueSource(longs = {31, 661, 991})
    void dataflowOfOneStepEndsInTurns(long seed) {
        statesThatNewtonsMethodLeavesAreJudged(seed);
    }

    @Test
    void aHundredRunsSayNothingThatIsNotSo() {
        requireNone(Integer.getInteger("relaxon.random.count", FEW), PROMISED);
    }

    @Test
    @Tag("slow")
    void thousandsOfRunsSayNothingThatIsNotSo() {
        requireNone(Integer.getInteger("relaxon.random.count", MANY), PROMISED);
    }
}
