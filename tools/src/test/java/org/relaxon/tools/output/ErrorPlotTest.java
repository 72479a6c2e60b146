package org.relaxon.tools.output;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Color;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.knowm.xchart.XYSeries;

/** Points stand at their strengths, and each order that is claimed has a line that can be seen. */
class ErrorPlotTest {
    private static Map<String, XYSeries> drawn(ErrorPlot plot) {
        return plot.chart("title").getSeriesMap();
    }

    @Test
    void pointsOfEverySeriesStandAtTheirStrengths() {
        ErrorPlot plot = new ErrorPlot("beta");
        for (String name : new String[] {"a", "b", "c"}) {
            plot.add(name, 1, 1e-2, 1e-2);
            plot.add(name, 1, 1e-3, 1e-3);
        }
        Map<String, XYSeries> series = drawn(plot);
        for (String name : new String[] {"a", "b", "c"}) {
            assertArrayEquals(new double[] {1e-2, 1e-3}, series.get(name).getXData());
        }
        assertNotSame(series.get("a").getMarker(), series.get("b").getMarker());
    }

    /** A single strength has a line of visible length through it. */
    @Test
    void everyClaimedOrderHasALine() {
        ErrorPlot plot = new ErrorPlot("beta");
        plot.add("centred", 2, 0.1, 1e-2);
        plot.add("roots", 8, 0.1, 1e-8);
        for (int order : new int[] {2, 8}) {
            XYSeries line = drawn(plot).get("error = beta^" + order);
            double[] x = line.getXData();
            assertTrue(x[0] < 0.1 && x[1] > 0.1 && x[1] / x[0] >= 3.0, line.getName());
            assertEquals(Math.pow(x[1], order), line.getYData()[1], 1e-12);
        }
    }

    /** The twin: an error that does not depend on the strength has none. */
    @Test
    void anExactClaimHasNoLine() {
        ErrorPlot plot = new ErrorPlot("beta");
        plot.add("pc", 0, 1.0, 1e-12);
        assertEquals(Set.of("pc"), drawn(plot).keySet());
    }

    /** A steep line does not stretch the axis far below the points. */
    @Test
    void aSteepLineIsCutBelowThePoints() {
        ErrorPlot plot = new ErrorPlot("beta");
        plot.add("roots", 8, 0.1, 1e-7);
        plot.add("roots", 8, 0.01, 1e-12);
        double[] y = drawn(plot).get("error = beta^8").getYData();
        assertTrue(y[0] >= 1e-13 * 0.999, "lower end " + y[0]);
    }

    @Test
    void noColourIsPale() {
        ErrorPlot plot = new ErrorPlot("beta");
        for (int k = 0; k < 7; k++) {
            plot.add("s" + k, 1, 1e-2, 1e-2);
        }
        for (Map.Entry<String, XYSeries> one : drawn(plot).entrySet()) {
            if (one.getKey().startsWith("s")) {
                Color c = one.getValue().getMarkerColor();
                double light = 0.3 * c.getRed() + 0.59 * c.getGreen() + 0.11 * c.getBlue();
                assertTrue(light < 180 && c.getAlpha() == 255, one.getKey() + " " + light);
            }
        }
    }
}
