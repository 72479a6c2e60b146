package org.relaxon.tools.output;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.knowm.xchart.style.XYStyler;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Ranges and marks of a plot of curves. */
class LinePlotTest {
    private static final double[] X = {1, 2, 3};

    @TempDir private Path home;

    private static LinePlot plot(double... y) {
        LinePlot plot = new LinePlot("title", "x", "y");
        plot.add("curve", X, y);
        return plot;
    }

    /** A stated range is kept where values lie within it, and extended where they do not. */
    @ParameterizedTest
    @CsvSource({"0.2, 0.9, 0, 1", "-0.4, 0.9, -0.4, 1", "0.2, 1.3, 0, 1.3", "-2, 3, -2, 3"})
    void noValueIsCutOff(double low, double high, double least, double most) {
        LinePlot plot = plot(low, Double.NaN, high).between(0.0, 1.0);
        Charts.scale(plot.chart());
        XYStyler style = plot.chart().getStyler();
        assertEquals(least, style.getYAxisMin());
        assertEquals(most, style.getYAxisMax());
    }

    /** Two curves that coincide: the colour of the first is seen in the gaps of the second. */
    @Test
    void aCurveBesideAnotherLeavesItVisible() throws IOException {
        LinePlot dashed = plot(1, 2, 3);
        dashed.addBeside("beside", X, new double[] {1, 2, 3});
        assertTrue(share(dashed) > 0.2, "share of the first colour " + share(dashed));
        assertTrue(share(dashed) < 0.9, "share of the first colour " + share(dashed));
    }

    /** Without colours, as in print, curves that share a shape differ by its core. */
    @Test
    void curvesAndLawsDifferWithoutColours() throws IOException {
        LinePlot plot = plot(1, 2, 3);
        for (int k = 1; k < 12; k++) {
            plot.add("curve " + k, X, new double[] {k + 1, k + 2, k + 3});
        }
        plot.law("first", Color.BLUE, X, X);
        plot.law("second", Color.DARK_GRAY, X, X);
        var series = plot.chart().getSeriesMap();
        for (int k = 0; k < 6; k++) {
            String name = k == 0 ? "curve" : "curve " + k;
            assertFalse(series.get(name).getMarker() instanceof OpenMarker, name);
            assertTrue(series.get("curve " + (k + 6)).getMarker() instanceof OpenMarker);
        }
        float[] first = series.get("first").getLineStyle().getDashArray();
        float[] second = series.get("second").getLineStyle().getDashArray();
        assertFalse(Arrays.equals(first, second), "dashed and dotted");

        assertEquals(0xFFFFFF, core(new OpenMarker(SeriesMarkers.SQUARE)));
        assertEquals(0, core(SeriesMarkers.SQUARE));
    }

    /** The colour in the middle of a black marker on grey. */
    private static int core(Marker marker) {
        BufferedImage image = new BufferedImage(20, 20, BufferedImage.TYPE_INT_RGB);
        Graphics2D pen = image.createGraphics();
        pen.setColor(Color.GRAY);
        pen.fillRect(0, 0, 20, 20);
        pen.setColor(Color.BLACK);
        marker.paint(pen, 10, 10, 12);
        assertEquals(0, image.getRGB(5, 5) & 0xFFFFFF, "its edge");
        pen.dispose();
        return image.getRGB(10, 10) & 0xFFFFFF;
    }

    /** Of the columns between the ends, those with a pixel of the first curve in the middle. */
    private double share(LinePlot plot) throws IOException {
        Path file = home.resolve("share.png");
        assertTrue(plot.write(file));
        BufferedImage image = ImageIO.read(file.toFile());
        int first = count(image, 0xD55E00);
        int second = count(image, 0x0072B2);
        return (double) first / (first + second);
    }

    private static int count(BufferedImage image, int colour) {
        return (int)
                IntStream.range(0, image.getWidth() * image.getHeight())
                        .filter(
                                k ->
                                        (image.getRGB(k % image.getWidth(), k / image.getWidth())
                                                        & 0xFFFFFF)
                                                == colour)
                        .count();
    }

    private long uprightLines(LinePlot plot) throws IOException {
        Path file = home.resolve("plot.png");
        assertTrue(plot.write(file));
        BufferedImage image = ImageIO.read(file.toFile());
        return IntStream.range(0, image.getWidth())
                .filter(x -> grey(image, x) > image.getHeight() / 4)
                .count();
    }

    private static long grey(BufferedImage image, int x) {
        return IntStream.range(0, image.getHeight())
                .filter(y -> (image.getRGB(x, y) & 0xFFFFFF) == 0x999999)
                .count();
    }

    @Test
    void boundariesAreUprightLines() throws IOException {
        LinePlot marked = plot(1, 4, 2);
        marked.boundaries(1.5, 2.5);
        long width = uprightLines(marked);
        assertTrue(width >= 2 && width <= 8, width + " columns of pixels");
        assertEquals(0, uprightLines(plot(1, 4, 2)));
    }

    /** The twin: one piece is joined. */
    @Test
    void piecesAreNotJoined() throws IOException {
        double[] y = {1, 1, 1};
        LinePlot whole = new LinePlot("title", "x", "y").between(0.0, 2.0);
        whole.add("curve", X, y, new int[] {4, 4, 4});
        LinePlot pieces = new LinePlot("title", "x", "y").between(0.0, 2.0);
        pieces.add("curve", X, y, new int[] {0, 1, 2});
        assertTrue(drawn(whole) > 2 * drawn(pieces), drawn(whole) + " " + drawn(pieces));
        assertTrue(drawn(pieces) > 0, "points are drawn");
        assertEquals(0.0, pieces.chart().getStyler().getYAxisMin());
        assertEquals(2.0, pieces.chart().getStyler().getYAxisMax());
    }

    private int drawn(LinePlot plot) throws IOException {
        Path file = home.resolve("drawn.png");
        assertTrue(plot.write(file));
        return count(ImageIO.read(file.toFile()), 0xD55E00);
    }

    /** A name without a place is left out; the image is higher by a line. */
    @Test
    void sectionsAreNamedAboveThePlot() throws IOException {
        LinePlot named = plot(1, 4, 2);
        named.boundaries(1.5, 1.51);
        named.sections(List.of("free", "", "nudged"));
        LinePlot hidden = plot(1, 4, 2);
        hidden.boundaries(1.5, 1.51);
        hidden.sections(List.of("free", "nudged", "nudged"));
        LinePlot bare = plot(1, 4, 2);
        bare.boundaries(1.5, 1.51);
        assertTrue(height(named) > height(bare));
        assertTrue(black(named) > black(bare), black(named) + " " + black(bare));
        assertEquals(black(hidden), black(named), 0.2 * (black(named) - black(bare)));
    }

    private int height(LinePlot plot) throws IOException {
        Path file = home.resolve("height.png");
        assertTrue(plot.write(file));
        return ImageIO.read(file.toFile()).getHeight();
    }

    private int black(LinePlot plot) throws IOException {
        Path file = home.resolve("black.png");
        assertTrue(plot.write(file));
        return count(ImageIO.read(file.toFile()), 0x000000);
    }

    @Test
    void aPlotWithoutCurvesIsNotWritten() throws IOException {
        LinePlot empty = plot(Double.NaN, Double.NaN, Double.NaN);
        empty.boundaries(1.5);
        assertFalse(empty.write(home.resolve("none.png")));
    }
}
