package org.relaxon.experiments.reproduction;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.relaxon.model.settle.Reason;
import org.relaxon.runtime.Host;
import org.relaxon.runtime.host.Hosts;

/** Times beside a straggler are as the pauses state; virtual time stands in for the nodes. */
class StragglerStudyTest {
    private static final StragglerPlan PLAN =
            new StragglerPlan(24, 16, 3, 1_000, 10, List.of(1L), 2);

    private static List<StragglerRow> rows;

    @BeforeAll
    static void settleAll() throws IOException {
        rows = run(PLAN, new AtomicInteger(), Integer.MAX_VALUE);
    }

    private static List<StragglerRow> run(StragglerPlan plan, AtomicInteger done, int most)
            throws IOException {
        try (Host nodes = Hosts.virtual()) {
            return new StragglerStudy(plan)
                    .run(nodes, () -> done.get() >= most, done::incrementAndGet);
        }
    }

    private static StragglerRow row(
            StragglerWork work, boolean cluster, StragglerWay way, int factor) {
        StragglerCase one = new StragglerCase(work, cluster, way, factor);
        return rows.stream().filter(r -> r.of().equals(one)).findFirst().orElseThrow();
    }

    private static double nanos(StragglerWay way, int factor) {
        return row(StragglerWork.ACTIVITIES, false, way, factor).nanos();
    }

    private static List<ShapeCheck> checks(List<StragglerRow> some) {
        return new StragglerShape(PLAN, some).checks();
    }

    private static ShapeCheck named(List<ShapeCheck> checks, String part) {
        return checks.stream().filter(c -> c.name().contains(part)).findFirst().orElseThrow();
    }

    @Test
    void theShapeHolds() {
        assertEquals(PLAN.runs(), rows.size());
        checks(rows).forEach(c -> assertTrue(c.holds(), c.toString()));
        rows.forEach(r -> assertTrue(r.isSame(), r.toString()));
    }

    /** Every round waits for the slowest; the twin: eager cells do not. */
    @Test
    void aBarrierIsSlowedAsMuchAsTheSlowestNode() {
        for (StragglerWay way : List.of(StragglerWay.HANDSHAKE, StragglerWay.SYNCHRONOUS)) {
            assertEquals(10 * nanos(way, 1), nanos(way, 10), way.toString());
            assertEquals(20 * nanos(way, 1), nanos(way, 20), way.toString());
        }
        assertTrue(nanos(StragglerWay.EAGER, 10) < 5 * nanos(StragglerWay.EAGER, 1));
    }

    /** Where each cell is needed twice, all ways are slowed alike: waiting explains nothing. */
    @Test
    void errorsAloneAreSlowedAsMuchInAllWays() {
        StragglerCase handshake =
                new StragglerCase(StragglerWork.ERRORS, false, StragglerWay.HANDSHAKE, 10);
        StragglerShape shape = new StragglerShape(PLAN, rows);
        assertEquals(1.0, shape.waiting(handshake)[0], 1e-9);
        assertTrue(shape.ratios(handshake)[0] > 30);
    }

    @Test
    void resultsThatWaitTakeLonger() {
        for (int factor : new int[] {1, 10}) {
            double late =
                    row(StragglerWork.LATE_RESULTS, false, StragglerWay.EAGER, factor).nanos();
            assertTrue(late > nanos(StragglerWay.EAGER, factor));
        }
    }

    private static List<StragglerRow> changed(UnaryOperator<StragglerRow> change) {
        List<StragglerRow> out = new ArrayList<>(rows);
        out.replaceAll(
                r ->
                        r.of().cluster()
                                        && r.of().factor() == 10
                                        && r.of().way() == StragglerWay.EAGER
                                ? change.apply(r)
                                : r);
        return out;
    }

    private static StragglerRow with(
            StragglerRow r, Reason reason, double nanos, double difference) {
        return new StragglerRow(
                r.of(), r.seed(), reason, nanos, difference, r.error(), r.messages(), 1);
    }

    /** The twins of the shape: slow eager cells, another gradient, and no verdict are seen. */
    @Test
    void everyCheckCanFail() {
        List<ShapeCheck> slow = checks(changed(r -> with(r, null, 10 * r.nanos(), r.difference())));
        for (String way : List.of("turn-taking", "handshake", "synchronous")) {
            assertFalse(named(slow, "faster than " + way).holds(), way);
        }
        assertTrue(named(slow, "the same gradient").holds());
        List<ShapeCheck> other = checks(changed(r -> with(r, null, r.nanos(), 1e-8)));
        assertFalse(named(other, "the same gradient").holds());
        assertEquals("not measured", named(other, "faster than handshake").measured());
        List<ShapeCheck> none =
                checks(changed(r -> with(r, Reason.TIME_BUDGET, r.nanos(), Double.NaN)));
        assertFalse(named(none, "all ways settle").holds());
        checks(List.of()).forEach(c -> assertFalse(c.holds(), c.toString()));
    }

    @Test
    void aStopIsSeenBetweenRuns() throws IOException {
        int some = run(PLAN, new AtomicInteger(), 3).size();
        assertTrue(some >= 3 && some < PLAN.runs(), "stopped after 3: " + some);
    }

    @ParameterizedTest
    @CsvSource({
        "hidden-layers, 0, 16, 3, 1, 10",
        "width, 24, 0, 3, 1, 10",
        "nodes, 24, 16, 1, 1, 10",
        "nodes, 2, 16, 4, 1, 10",
        "pause, 24, 16, 3, 0, 10",
        "factor, 24, 16, 3, 1, 1"
    })
    void badPlansAreRefusedByName(
            String field, int layers, int width, int nodes, long pause, int factor) {
        String refusal =
                assertThrows(
                                IllegalArgumentException.class,
                                () ->
                                        new StragglerPlan(
                                                layers,
                                                width,
                                                nodes,
                                                pause,
                                                factor,
                                                List.of(1L),
                                                1))
                        .getMessage();
        assertTrue(refusal.startsWith(field), refusal);
    }
}
