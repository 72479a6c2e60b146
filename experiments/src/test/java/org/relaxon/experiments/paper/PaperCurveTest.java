package org.relaxon.experiments.paper;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.relaxon.experiments.problem.ProblemSpec;
import org.relaxon.model.settle.Reason;

/** Means, scatter and slopes over runs, and the plans that are refused. */
class PaperCurveTest {
    private static PaperRow row(String variant, long seed, double beta, double residual) {
        return new PaperRow(
                variant,
                2,
                seed,
                beta,
                true,
                Reason.KINK,
                "",
                residual,
                0,
                null,
                List.of(),
                0,
                0,
                0);
    }

    /** The residual serves as the figure: 1, 2, 6 at beta .1 and one tenth at beta .01. */
    private static List<PaperRow> rows() {
        List<PaperRow> rows = new ArrayList<>();
        double[] figures = {1.0, 2.0, 6.0, Double.NaN};
        for (int k = 0; k < figures.length; k++) {
            rows.add(row("a", k, 0.1, figures[k]));
            rows.add(row("a", k, 0.01, figures[k] / 10));
        }
        rows.add(row("b", 0, 0.1, 4.0));
        return rows;
    }

    @Test
    void meanAndStandardErrorAreThoseOfTheRunsThatHaveTheFigure() {
        List<PaperCurve> curves = PaperCurve.of(rows(), PaperRow::residual);

        assertEquals(2, curves.size());
        PaperCurve.Point p = curves.get(0).points().get(0);
        assertEquals(0.1, p.beta());
        assertEquals(4, p.runs());
        assertEquals(3, p.counted());
        assertEquals(3.0, p.mean(), 1e-15);
        assertEquals(Math.sqrt(14.0 / 2 / 3), p.standardError(), 1e-15);
        assertEquals(1.0, p.least());
        assertEquals(6.0, p.most());
        PaperCurve.Point alone = curves.get(1).points().get(0);
        assertEquals(4.0, alone.mean());
        assertTrue(Double.isNaN(alone.standardError()), "one run has no scatter");
    }

    @Test
    void slopeAndFloorAreThoseOfTheMeans() {
        PaperCurve a = PaperCurve.of(rows(), PaperRow::residual).get(0);

        assertEquals(1.0, a.slope(0.1, 0.01), 1e-12);
        assertEquals(0.3, a.floor(), 1e-15);
        assertTrue(Double.isNaN(a.slope(0.1, 0.05)), "a beta that was not run has no slope");
        PaperCurve flat = PaperCurve.of(rows(), r -> 5.0).get(0);
        assertEquals(0.0, flat.slope(0.1, 0.01), 1e-12);
    }

    @Test
    void aRowWithoutFiguresSaysWhyAndHasNoNumber() {
        PaperRow row = row("a", 1, 0.1, 0.5);

        assertEquals("not-settled", row.verdict());
        assertTrue(Double.isNaN(row.relativeError()));
        assertTrue(Double.isNaN(row.oneMinusCosine()));
        assertTrue(Double.isNaN(row.squaredHiddenDistance()));
        PaperCurve curve = PaperCurve.of(List.of(row), PaperRow::relativeError).get(0);
        assertEquals(0, curve.points().get(0).counted());
        assertTrue(Double.isNaN(curve.floor()));
    }

    @Test
    void theDefaultGridHoldsThePublishedOneAndReachesANanounit() {
        List<Double> grid = PaperPlan.defaultBetas();

        assertTrue(
                grid.containsAll(List.of(.01, .1, .2, .3, .4, .5, .6, .7, .8, .9, 1.0)),
                grid.toString());
        assertEquals(1e-9, grid.get(grid.size() - 1));
        assertEquals(1.0, grid.get(0));
    }

    @Test
    void plansThatCannotRunAreRefusedByName() {
        ProblemSpec spec = PaperPlan.paperProblem("random").withLayers(9, 7, 5, 3);
        refused("betas", () -> PaperPlan.of(spec, List.of()));
        refused("betas", () -> PaperPlan.of(spec, List.of(1e-3, 1e-3)));
        for (double bad : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
            refused("betas", () -> PaperPlan.of(spec, List.of(bad)));
        }
        PaperPlan good = PaperPlan.of(spec, List.of(1e-9, 1e-3));
        refused("batch", () -> with(good, good.seeds(), List.of(0)));
        refused("batch", () -> with(good, good.seeds(), List.of(1, 1)));
        refused("runs", () -> with(good, List.of(), List.of(1)));
        assertEquals(List.of(1e-3, 1e-9), good.betas());
        assertEquals(1e-13, good.threshold(), 1e-25);
        assertEquals(12, good.rows());
    }

    private static PaperPlan with(PaperPlan p, List<Long> seeds, List<Integer> batches) {
        return new PaperPlan(
                p.problem(), p.betas(), seeds, batches, p.granularity(), p.delay(), p.variants());
    }

    private static void refused(String field, Runnable plan) {
        String message = assertThrows(IllegalArgumentException.class, plan::run).getMessage();
        assertTrue(message.startsWith(field), message);
    }
}
