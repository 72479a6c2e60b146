package org.relaxon.experiments.random;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.relaxon.experiments.problem.Problem;
import org.relaxon.experiments.random.Finding.Kind;
import org.relaxon.experiments.reference.NotAnEquilibriumException;
import org.relaxon.model.network.Parameters;
import org.relaxon.model.settle.Conclusive;
import org.relaxon.model.settle.Settled;
import org.relaxon.runtime.Budget;
import org.relaxon.runtime.GradientEstimate;
import org.relaxon.runtime.Host;
import org.relaxon.runtime.RunPlan;
import org.relaxon.runtime.Session;
import org.relaxon.runtime.virtual.VirtualHost;

/** Mistakes planted in runs that are right: the judge of random runs finds each of them. */
class PlantedRunsTest {
    /** Dataflow close to its target, which names nothing. */
    private static final long DATAFLOW = 37;

    /** ReLU: silent layers cut off most of the network, whose gradient is exactly zero. */
    private static final long SILENT = 1496;

    private static final double[] SCALES = {1 + 1e-3, 1 - 1e-3, 0.0, -1.0, Double.NaN};

    /** One run that was settled. */
    private record Run(RandomRun run, Problem problem, GradientEstimate found) {
        static Run of(long seed) throws IOException {
            RandomRun run = RandomRun.of(seed);
            Problem p = run.problem();
            try (Host host = new VirtualHost();
                    Session session = host.open(p.network(), run.plan(run.algorithm()))) {
                GradientEstimate found =
                        GradientEstimate.of(
                                session, run.method(), p.input(), p.target(), Budget.DEFAULT);
                return new Run(run, p, found);
            }
        }

        Solutions solutions() {
            return new Solutions(run, problem, found, null);
        }

        /** What the judge finds if the update is changed and the verdict names some projections. */
        Set<Kind> judged(Set<Integer> named, Consumer<Parameters> mistake) {
            Parameters update = found.update().gradient();
            mistake.accept(update);
            Solutions solved = solutions();
            boolean names = found.verdict() instanceof Settled;
            Set<Kind> out = EnumSet.noneOf(Kind.class);
            new ProjectionJudge(run, problem, found, named, names, RunPlan.DEFAULT_RESOLUTION)
                    .judge(update, solved, solved.estimate(), (kind, text) -> out.add(kind));
            return out;
        }
    }

    private static void scale(Parameters update, int projection, double by) {
        for (double[] row : update.weights(projection)) {
            for (int j = 0; j < row.length; j++) {
                row[j] *= by;
            }
        }
    }

    /** pc-nudge, fy-pc, coupled, chl, ep and dataflow; each right as it is. */
    @ParameterizedTest
    @ValueSource(longs = {29, 62, 6, 4, 3, DATAFLOW})
    void oneArrayThatIsOffIsFound(long seed) throws IOException {
        assertEquals(Set.of(), Run.of(seed).judged(Set.of(), u -> {}));
        for (double by : SCALES) {
            Set<Kind> kinds = Run.of(seed).judged(Set.of(), u -> scale(u, 0, by));
            assertEquals(Set.of(Kind.PROJECTION), kinds, "times " + by);
        }
    }

    /**
     * Units on kinks and saturated layers, whose solutions need more than Newton's method: the
     * array is that of a layer that holds units, of one above kinks from which the energy falls,
     * and of one above a nudge that changes pieces.
     */
    @ParameterizedTest
    @CsvSource({"613, 7", "986, 22", "1289, 3"})
    void anArrayBesideAKinkThatIsOffIsFound(long seed, int projection) throws IOException {
        Run run = Run.of(seed);
        Settled settled = assertInstanceOf(Settled.class, run.found().verdict());
        Set<Integer> named = new HashSet<>(settled.resolution().rounded());
        assertFalse(named.contains(projection));
        assertEquals(Set.of(), run.judged(named, u -> {}));
        for (double by : SCALES) {
            Set<Kind> kinds = Run.of(seed).judged(named, u -> scale(u, projection, by));
            assertEquals(Set.of(Kind.PROJECTION), kinds, "times " + by);
        }
    }

    /** However small: where the exact gradient is zero anything else is wrong. */
    @ParameterizedTest
    @ValueSource(doubles = {1e-9, 1e-21, 1e-51})
    void somethingInPlaceOfAnExactZeroIsFound(double planted) throws IOException {
        assertEquals(Set.of(), Run.of(SILENT).judged(Set.of(), u -> {}));
        Set<Kind> kinds = Run.of(SILENT).judged(Set.of(), u -> u.weights(0)[0][0] = planted);
        assertEquals(Set.of(Kind.PROJECTION), kinds);
    }

    /** Projections that rounding does not hide may not be named, right or wrong. */
    @ParameterizedTest
    @ValueSource(longs = {29, 62, 6, 3})
    void aNameWithoutNeedIsFound(long seed) throws IOException {
        for (double by : new double[] {1.0, 1.1}) {
            Set<Kind> kinds = Run.of(seed).judged(Set.of(0), u -> scale(u, 0, by));
            assertEquals(Set.of(Kind.OVER_NAMED), kinds, "times " + by);
        }
    }

    /** A state that is no equilibrium is no reason to look at nothing. */
    @ParameterizedTest
    @ValueSource(longs = {6, 4})
    void aFreeStateBesideItsEquilibriumIsNoRunThatCannotBeTold(long seed) throws IOException {
        Run right = Run.of(seed);
        assertFalse(right.solutions().estimate() == null);
        ((Conclusive) right.found().free()).equilibrium().activity(1).values()[0] += 1e-5;
        assertThrows(NotAnEquilibriumException.class, () -> right.solutions().estimate());
    }

    /** Only what is asked for may be refused: the same exception while settling is a crash. */
    @Test
    void anExceptionWhileSettlingIsNoRefusal() {
        Host failing =
                (Host)
                        Proxy.newProxyInstance(
                                Host.class.getClassLoader(),
                                new Class<?>[] {Host.class},
                                (host, method, arguments) -> {
                                    throw new IllegalArgumentException("planted");
                                });
        RandomRun run = RandomRun.of(29);
        RandomJudge judge = new RandomJudge(run, Map.of(run.host(), failing)).judge();
        assertEquals(1, judge.findings().size());
        assertEquals(Kind.CRASH, judge.findings().get(0).kind());
    }
}
