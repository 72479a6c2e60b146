package org.relaxon.experiments.paper;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.relaxon.experiments.problem.ProblemSpec;
import org.relaxon.model.network.Granularity;
import org.relaxon.runtime.Host;
import org.relaxon.runtime.delay.Delays;
import org.relaxon.runtime.virtual.VirtualHost;

/**
 * The claim and its counterparts: settled cells follow beta, and each of the two published
 * shortcuts alone makes the floor. One test looks for the law, and the variants that break it show
 * that it would notice.
 */
class DistanceOverBetaTest {
    private static final List<Double> BETAS =
            List.of(1e-2, 1e-3, 1e-4, 1e-5, 1e-6, 1e-7, 1e-8, 1e-9);

    private static List<PaperRow> rows;

    @BeforeAll
    static void run() throws IOException {
        rows = run(small(), BETAS, List.of(1L, 2L, 3L), List.of(1, 4));
    }

    private static ProblemSpec small() {
        return PaperPlan.paperProblem("strokes").withLayers(784, 24, 13, 10);
    }

    private static List<PaperRow> run(
            ProblemSpec problem, List<Double> betas, List<Long> seeds, List<Integer> batches)
            throws IOException {
        PaperPlan plan =
                new PaperPlan(
                        problem,
                        betas,
                        seeds,
                        batches,
                        Granularity.LAYER,
                        Delays.none(),
                        PublishedVariant.ALL);
        try (Host host = new VirtualHost()) {
            return new DistanceOverBeta(plan).run(host, PaperListener.SILENT, () -> false);
        }
    }

    private static PaperCurve error(String variant, int batch) {
        return PaperCurve.of(rows, PaperRow::relativeError).stream()
                .filter(c -> c.variant().equals(variant) && c.batch() == batch)
                .findFirst()
                .orElseThrow();
    }

    /** Whether the error falls in proportion to beta from one decade to the next. */
    private static boolean followsBeta(PaperCurve curve, double coarse, double fine) {
        for (int k = 1; k < BETAS.size(); k++) {
            double above = BETAS.get(k - 1);
            double below = BETAS.get(k);
            boolean looked = above <= coarse && below >= fine;
            if (looked && !(Math.abs(curve.slope(above, below) - 1.0) <= 0.03)) {
                return false;
            }
        }
        return true;
    }

    @Test
    void settledErrorsFallWithBetaDownToANanounit() {
        for (int batch : new int[] {1, 4}) {
            PaperCurve curve = error(DistanceOverBeta.SETTLED, batch);
            assertTrue(followsBeta(curve, 1e-2, 1e-9), curve.toString());
            assertEquals(1.0, curve.slope(1e-3, 1e-9), 2e-3);
            assertTrue(curve.floor() > 1e-9 && curve.floor() < 4e-9, "floor " + curve.floor());
        }
    }

    @Test
    void thePublishedCurvesHaveTheirFloorAndBreakTheLaw() {
        for (int batch : new int[] {1, 4}) {
            assertTrue(error(PublishedVariant.FIGURE.name(), batch).floor() > 1e-2);
            assertTrue(error(PublishedVariant.TRAINING.name(), batch).floor() > 1e-4);
            for (PublishedVariant v : PublishedVariant.ALL) {
                assertFalse(followsBeta(error(v.name(), batch), 1e-2, 1e-9), v.name());
            }
        }
    }

    @Test
    void roundingAndTruncationAloneEachMakeAFloorAndWithoutBothThereIsNone() {
        for (int batch : new int[] {1, 4}) {
            assertTrue(error(PublishedVariant.TRUNCATED.name(), batch).floor() > 1e-2);
            assertTrue(error(PublishedVariant.ROUNDED.name(), batch).floor() > 1e-4);
            PaperCurve converged = error(PublishedVariant.CONVERGED.name(), batch);
            assertTrue(followsBeta(converged, 1e-2, 1e-6), converged.toString());
            assertTrue(converged.floor() < 1e-6, "floor " + converged.floor());
        }
    }

    @Test
    void anEstimateThatIsOffByOnePartInAMillionWouldBreakTheLaw() {
        PaperCurve wrong = PaperCurve.of(rows, r -> Math.hypot(r.relativeError(), 1e-6)).get(0);

        assertFalse(followsBeta(wrong, 1e-2, 1e-9));
    }

    @Test
    void statesMoveAwayFromTheFreeEquilibriumAsBetaAndAlikeInBothInferences() {
        List<PaperCurve> moved = PaperCurve.of(rows, PaperRow::squaredHiddenDistance);
        double settled = moved.get(0).points().get(2).mean();
        double converged = moved.get(5).points().get(2).mean();
        double truncated = moved.get(3).points().get(2).mean();

        assertEquals(2.0, moved.get(0).slope(1e-3, 1e-9), 2e-3);
        assertEquals(1e-4, moved.get(0).points().get(2).beta());
        assertEquals(PublishedVariant.CONVERGED.name(), moved.get(5).variant());
        assertEquals(converged, settled, 1e-3 * converged);
        assertTrue(Math.abs(truncated - settled) > 1e-3 * settled);
    }

    @Test
    void everyMatrixAndLayerIsThere() {
        for (PaperRow row : rows) {
            assertEquals(
                    List.of("W1", "b1", "W2", "b2", "W3", "b3"),
                    row.comparison().projections().stream().map(p -> p.name()).toList());
            assertEquals(
                    List.of("1", "2", "3", "total"),
                    row.distances().stream().map(StateDistance::name).toList());
            assertTrue(row.squaredHiddenDistance() > 0);
        }
        assertEquals(8 * 3 * 2 * 6, rows.size());
    }

    @Test
    void whatDoesNotSettleKeepsItsRowAndItsReason() throws IOException {
        List<PaperRow> hard =
                run(small().withGain(3.0), List.of(1.0, 1e-6), List.of(1L, 2L), List.of(2));
        List<PaperRow> failed =
                hard.stream().filter(r -> r.verdict().equals("not-settled")).toList();

        assertEquals(2 * 2 * 6, hard.size());
        assertEquals(2, failed.size(), failed.toString());
        for (PaperRow row : failed) {
            assertEquals(1.0, row.beta());
            assertNotNull(row.reason());
            assertFalse(row.detail().isEmpty());
            assertFalse(row.hasFigures());
        }
    }

    @Test
    void stoppingKeepsTheRowsThatAreThere() throws IOException {
        PaperPlan plan = PaperPlan.of(small(), BETAS);
        int[] seen = {0};
        PaperListener counting =
                new PaperListener() {
                    @Override
                    public void opened(org.relaxon.runtime.Session session) {}

                    @Override
                    public void rowFinished(PaperRow row, int done, int total) {
                        seen[0] = done;
                        assertEquals(plan.rows(), total);
                    }
                };
        try (Host host = new VirtualHost()) {
            assertEquals(
                    3, new DistanceOverBeta(plan).run(host, counting, () -> seen[0] == 3).size());
        }
    }

    /** The bars that a replication on the real images should meet. */
    @Test
    void onMnistAtThePublishedBeta() throws IOException {
        Path root = Path.of(System.getProperty("relaxon.data", "../../shared/data"));
        Path mnist = root.resolve("mnist");
        assumeTrue(
                Files.isDirectory(mnist),
                "no mnist here; set -Drelaxon.data to the directory that holds it");
        List<PaperRow> real =
                run(
                        PaperPlan.paperProblem("mnist:" + mnist),
                        List.of(1e-4),
                        List.of(1L),
                        List.of(16));

        assertTrue(real.get(0).relativeError() <= 2e-4, real.get(0).toString());
        assertTrue(real.get(0).oneMinusCosine() <= 1e-8, real.get(0).toString());
        for (PaperRow published : real.subList(1, 5)) {
            assertTrue(published.relativeError() > 5e-3, published.variant());
        }
    }
}
