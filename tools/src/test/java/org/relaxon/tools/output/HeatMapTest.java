package org.relaxon.tools.output;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.relaxon.experiments.sweep.Axis;
import org.relaxon.experiments.sweep.Grid;
import org.relaxon.experiments.sweep.GridPoint;
import org.relaxon.experiments.sweep.Prediction;
import org.relaxon.experiments.sweep.RunCounts;
import org.relaxon.experiments.sweep.SweepMap;
import org.relaxon.experiments.sweep.SweepRow;
import org.relaxon.experiments.sweep.TrainingFigures;

/** What a reader can tell from a map alone. */
class HeatMapTest {
    private static final String HATCHED = "#8c8c8c";
    private static final String CONTRACTION = "#e6007e";

    private static final Pattern TITLE_LINE =
            Pattern.compile("<text x=\"([0-9.]+)\"[^>]*font-size=\"17\"[^>]*>([^<]*)<");

    @TempDir private Path temp;

    /** Run k of a cell settles if k is below this. */
    private interface Settling {
        int of(List<String> values);
    }

    private static SweepMap map(String x, String y, Settling settling, double contraction) {
        Grid grid = new Grid(List.of(Axis.parse(x), Axis.parse(y)), List.of(0L, 1L, 2L));
        List<SweepRow> rows = new ArrayList<>();
        for (GridPoint p : grid.all()) {
            boolean good = p.seed() < settling.of(p.values());
            boolean first = p.values().get(0).equals(grid.axes().get(0).values().get(0));
            rows.add(row(p.index(), good, first ? 1.0 / contraction : contraction));
        }
        return SweepMap.of(grid, rows, grid.axes().get(0).name(), grid.axes().get(1).name());
    }

    private static SweepRow row(int index, boolean settled, double contraction) {
        return new SweepRow(
                index,
                settled ? "settled" : "not-settled",
                "",
                "",
                0.0,
                settled ? 3e-4 : Double.NaN,
                1.0,
                RunCounts.NONE,
                new Prediction("", contraction, Double.NaN, Double.NaN, Double.NaN),
                TrainingFigures.NONE,
                0);
    }

    private String svg(HeatMap map) throws IOException {
        map.write(temp, "map");
        String text = Files.readString(temp.resolve("map.svg"));
        Files.delete(temp.resolve("map.svg"));
        Files.delete(temp.resolve("map.png"));
        return text;
    }

    private static int count(String text, String part) {
        return text.split(java.util.regex.Pattern.quote(part), -1).length - 1;
    }

    @Test
    void coloursHaveAScaleOfWholeDecades() throws IOException {
        String text = svg(HeatMap.error(map("beta=1,2", "gain=1,2", v -> 3, 0.5)));

        assertTrue(text.contains(">relative error</text>"), text);
        assertTrue(text.contains(">1e-4</text>") && text.contains(">1e-3</text>"), text);
    }

    @Test
    void theSameErrorHasTheSameColourWhateverStandsBesideIt() {
        ColourScale alone = ColourScale.decades(new double[][] {{-3.5}});
        ColourScale beside = ColourScale.decades(new double[][] {{-3.5, -3.1, Double.NaN}});
        ColourScale wider = ColourScale.decades(new double[][] {{-3.5, -17.0}});

        assertEquals(alone, beside);
        assertEquals(List.of(-4.0, -3.0), alone.ticks());
        assertTrue(wider.ticks().size() <= 7, wider.toString());
        assertEquals(wider.most(), wider.ticks().get(wider.ticks().size() - 1), 1e-12);
        assertNotEquals(alone.of(-3.9), alone.of(-3.1));
        assertEquals(ColourScale.decades(new double[][] {{Double.NaN}}).ticks().size(), 2);
    }

    @Test
    void scalesOfAccuraciesEndAtRoundNumbers() {
        ColourScale accuracies = ColourScale.numbers(new double[][] {{0.593, 0.895, Double.NaN}});
        ColourScale equal = ColourScale.numbers(new double[][] {{0.75, 0.75}});

        assertEquals("0.5", accuracies.text(accuracies.ticks().get(0)));
        assertEquals("0.9", accuracies.text(accuracies.most()));
        assertTrue(equal.least() <= 0.75 && equal.most() >= 0.75, equal.toString());
        assertTrue(equal.ticks().size() >= 2 && equal.most() - equal.least() < 0.01);
        assertEquals(ColourScale.shares(), ColourScale.numbers(new double[][] {{Double.NaN}}));
    }

    /** The median of three settled runs is not that of the one which survived. */
    @Test
    void cellsInWhichAPartSettledAreHatchedAndCounted() throws IOException {
        String whole = svg(HeatMap.error(map("beta=1,2", "gain=1,2", v -> 3, 0.5)));
        String part =
                svg(
                        HeatMap.error(
                                map(
                                        "beta=1,2",
                                        "gain=1,2",
                                        v -> v.get(0).equals("1") ? 1 : 0,
                                        0.5)));

        assertTrue(count(part, HATCHED) > count(whole, HATCHED), part);
        assertEquals(2, count(part, ">1/3</text>"), part);
        assertEquals(2, count(part, ">0/3</text>"), part);
        assertEquals(0, count(whole, "/3</text>"), whole);
        String shares = svg(HeatMap.settled(map("beta=1,2", "gain=1,2", v -> 2, 0.5)));
        assertEquals(4, count(shares, ">2/3</text>"), shares);
    }

    @Test
    void linesOfTheoryNeverCrossFromOneCategoryToAnother() throws IOException {
        String quantities = svg(HeatMap.settled(map("beta=1,2", "gain=1,2", v -> 3, 2.0)));
        String categories =
                svg(HeatMap.settled(map("algorithm=pc-nudge,ep", "gain=1,2", v -> 3, 2.0)));

        assertTrue(quantities.contains(CONTRACTION), quantities);
        assertFalse(categories.contains(CONTRACTION), categories);
        SweepMap within = map("gain=1,2", "algorithm=pc-nudge,ep", v -> 3, 2.0);
        within.lines().values().iterator().next().forEach(p -> assertEquals(p.x0(), p.x1()));
        assertEquals(2, within.lines().values().iterator().next().size());
    }

    private static final Pattern BELOW =
            Pattern.compile("<text x=\"([0-9.]+)\" y=\"([0-9.]+)\"[^>]*>([a-z]+:[^<]*)</text>");

    /** Neighbours in one row of labels are apart, also where a label is as wide as a cell. */
    @Test
    void labelsOfAnAxisDoNotTouch() throws IOException {
        String delays = "delay=uniform:0ms,2ms;lognormal:1ms,1;exponential:1ms;constant:100us";
        Matcher label = BELOW.matcher(svg(HeatMap.settled(map(delays, "beta=1,2", v -> 3, 0.5))));
        Map<String, Double> ends = new HashMap<>();
        int labels = 0;
        while (label.find()) {
            double half = 3.5 * label.group(3).length();
            double middle = Double.parseDouble(label.group(1));
            double end = ends.getOrDefault(label.group(2), 0.0);
            assertTrue(middle - half >= end + 7, label.group());
            ends.put(label.group(2), middle + half);
            labels++;
        }
        assertEquals(4, labels);
        assertEquals(2, ends.size(), "in two rows");
    }

    /** At 390 pixels a page shows some 400 units of a map, from its left edge. */
    @Test
    void noLineOfATitleIsWiderThanANarrowWindow() throws IOException {
        SweepMap map = map("beta=1,2", "algorithm=pc-nudge,dual-propagation", v -> 3, 0.5);
        List<HeatMap> all =
                List.of(
                        HeatMap.error(map),
                        HeatMap.settled(map),
                        HeatMap.score(map, "test accuracy"));
        for (HeatMap one : all) {
            String text = svg(one);
            Matcher line = TITLE_LINE.matcher(text);
            int lines = 0;
            while (line.find()) {
                double end = Double.parseDouble(line.group(1)) + 9.5 * line.group(2).length();
                assertTrue(end <= 400, line.group(2));
                lines++;
            }
            assertTrue(lines >= 1, text);
            assertTrue(text.contains("<title id=\"title\">"), text);
        }
    }

    /** Whoever does not see a map is told its axes and the figure of each cell. */
    @Test
    void aMapDescribesItselfInWords() throws IOException {
        String text =
                svg(
                        HeatMap.settled(
                                map(
                                        "beta=1,2",
                                        "gain=3,4",
                                        v -> v.get(0).equals("1") ? 3 : 1,
                                        2.0)));

        assertTrue(text.contains(">settled runs of all runs over beta and gain</title>"), text);
        assertTrue(text.contains("horizontally beta, vertically gain."), text);
        assertTrue(text.contains(" beta 1, gain 4: 3/3. beta 2, gain 4: 1/3."), text);
        assertTrue(text.contains(" A line of theory: rho(|M|) = 1."), text);
        assertTrue(text.contains("aria-labelledby=\"title desc\""), text);
    }

    /** The twin: a map without lines of theory mentions none. */
    @Test
    void aMapWithoutLinesDescribesNone() throws IOException {
        String text = svg(HeatMap.settled(map("algorithm=pc-nudge,ep", "gain=1,2", v -> 3, 2.0)));
        assertTrue(text.contains("algorithm ep, gain 2: 3/3."), text);
        assertFalse(text.contains("line of theory"), text);
    }
}
