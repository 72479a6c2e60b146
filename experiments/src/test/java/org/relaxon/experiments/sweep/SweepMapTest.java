package org.relaxon.experiments.sweep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SweepMapTest {
    private static final Grid GRID =
            new Grid(
                    List.of(Axis.parse("gain=1,2,3,4,5"), Axis.parse("beta=7,8,9")),
                    List.of(1L, 2L));

    private static SweepRow row(int index, boolean settled, double error, double contraction) {
        return new SweepRow(
                index,
                settled ? "settled" : "not-settled",
                settled ? "" : "diverged",
                "",
                0.0,
                settled ? error : Double.NaN,
                1.0,
                RunCounts.NONE,
                new Prediction("", contraction, Double.NaN, Double.NaN, Double.NaN),
                TrainingFigures.NONE,
                0);
    }

    /** Contraction 10^(gain - 2.25), settled up to a gain. */
    private static SweepMap map(int lastGain) {
        List<SweepRow> rows = new ArrayList<>();
        for (GridPoint p : GRID.all()) {
            int gain = Integer.parseInt(p.values().get(0));
            double error = p.seed() == 1 ? 1e-4 : 1e-2;
            rows.add(row(p.index(), gain <= lastGain, error, Math.pow(10, gain - 2.25)));
        }
        return SweepMap.of(GRID, rows, "gain", "beta");
    }

    @Test
    void cellsPoolTheirRows() {
        SweepMap map = map(2);

        assertEquals(1.0, map.settled()[1][2]);
        assertEquals(0.0, map.settled()[2][0]);
        assertEquals(-3.0, map.medianLogError()[0][1], 1e-12);
        assertTrue(Double.isNaN(map.medianLogError()[4][1]));
        assertEquals(5, map.settled().length);
        assertEquals(3, map.settled()[0].length);
        assertThrows(
                IllegalArgumentException.class, () -> SweepMap.of(GRID, List.of(), "gain", "drop"));
    }

    @Test
    void theLineLiesWhereTheQuantityIsOne() {
        List<ContourLine.Piece> line = map(2).lines().get(TheoryQuantity.CONTRACTION);

        assertEquals(2, line.size());
        for (ContourLine.Piece piece : line) {
            assertEquals(1.25, piece.x0(), 1e-12); // gain 2.25 is a quarter behind the second cell
            assertEquals(1.25, piece.x1(), 1e-12);
            assertEquals(1.0, Math.abs(piece.y1() - piece.y0()), 1e-12);
        }
        assertFalse(map(2).lines().containsKey(TheoryQuantity.LOOP_GAIN));
    }

    @Test
    void aSlantedLineIsFollowedAndAFieldBelowOneHasNone() {
        double[][] field = new double[4][5];
        double[][] below = new double[4][5];
        for (int x = 0; x < 4; x++) {
            for (int y = 0; y < 5; y++) {
                field[x][y] = Math.exp(x + 2.0 * y - 4.5);
                below[x][y] = field[x][y] * 1e-9;
            }
        }
        List<ContourLine.Piece> line = ContourLine.of(field);

        assertTrue(line.size() >= 4, line.toString());
        for (ContourLine.Piece p : line) {
            assertEquals(4.5, p.x0() + 2.0 * p.y0(), 1e-12);
            assertEquals(4.5, p.x1() + 2.0 * p.y1(), 1e-12);
        }
        assertEquals(List.of(), ContourLine.of(below));
    }

    @Test
    void unknownCornersHaveNoLineAndSaddlesHaveTwo() {
        assertEquals(List.of(), ContourLine.of(new double[][] {{0.5, 2.0}, {Double.NaN, 2.0}}));
        assertEquals(1, ContourLine.of(new double[][] {{0.5, 2.0}, {0.5, 2.0}}).size());
        assertEquals(2, ContourLine.of(new double[][] {{0.5, 2.0}, {2.0, 0.5}}).size());
        assertEquals(
                List.of(new ContourLine.Piece(0.5, -0.5, 0.5, 0.5)),
                ContourLine.of(new double[][] {{0.5}, {2.0}}));
    }

    @Test
    void saddlesJoinTheCornersThatTheCentreSidesWith() {
        double[][] mostlyLow = {{0.01, 2.0}, {2.0, 0.01}};
        for (ContourLine.Piece p : ContourLine.of(mostlyLow)) {
            double x = (p.x0() + p.x1()) / 2.0;
            double y = (p.y0() + p.y1()) / 2.0;
            // the high corners are (1, 0) and (0, 1): each is cut off by its own piece
            double toHigh = Math.min(Math.hypot(x - 1, y), Math.hypot(x, y - 1));
            double toLow = Math.min(Math.hypot(x, y), Math.hypot(x - 1, y - 1));
            assertTrue(toHigh < toLow, p.toString());
        }
    }

    @Test
    void theFindingsNameABoundaryOnTheWrongSide() {
        assertEquals(
                List.of("rho(|M|) = 1: 6 of 15 points lie below it, 0 of these do not settle"),
                map(2).findings());
        String early = map(1).findings().get(0);
        assertTrue(early.contains("3 of these do not settle (first gain 2, beta 7;"), early);
        assertTrue(early.contains("{diverged=6}"), early);
        assertFalse(early.contains("more than one cell"), early);
        String earlier = map(0).findings().get(0);
        assertTrue(earlier.contains("gain 1, beta 7, more than one cell from the line"), earlier);
        String late = map(4).findings().get(0);
        assertTrue(late.contains("3 cells settle more than one cell beyond it"), late);
        assertFalse(map(3).findings().get(0).contains("beyond"), map(3).findings().toString());
    }
}
