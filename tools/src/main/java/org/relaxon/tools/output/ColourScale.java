package org.relaxon.tools.output;

import java.awt.Color;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The colours of values, and the bar that explains them. Its ends and ticks are round numbers, so
 * that the same colour means nearly the same in maps drawn side by side.
 *
 * @param least value of the darkest colour
 * @param most value of the lightest one
 * @param step between two ticks
 * @param format of the text at a tick
 */
record ColourScale(double least, double most, double step, String format) {
    /**
     * From dark to light, with uniform steps also for the colour-blind (viridis, van der Walt and
     * Smith 2015).
     */
    private static final int[] COLOURS = {0x440154, 0x3B528B, 0x21918C, 0x5EC962, 0xFDE725};

    private static final int TICKS_MAX = 7;
    private static final int BAR_HEIGHT = 12;

    /** From 0 to 1. */
    static ColourScale shares() {
        return new ColourScale(0.0, 1.0, 0.25, "%.2f");
    }

    /** Whole powers of ten around some logarithms to base 10; NaN and infinities are ignored. */
    static ColourScale decades(double[][] logarithms) {
        double least = Double.POSITIVE_INFINITY;
        double most = Double.NEGATIVE_INFINITY;
        for (double[] column : logarithms) {
            for (double value : column) {
                if (Double.isFinite(value)) {
                    least = Math.min(least, Math.floor(value));
                    most = Math.max(most, Math.ceil(value));
                }
            }
        }
        if (!(least <= most)) {
            return new ColourScale(-1.0, 0.0, 1.0, "1e%.0f");
        }
        double span = Math.max(1.0, most - least);
        double step = Math.ceil(span / (TICKS_MAX - 1));
        return new ColourScale(least, least + step * Math.ceil(span / step), step, "1e%.0f");
    }

    /** Round numbers around some values; NaN and infinities are ignored. */
    static ColourScale numbers(double[][] values) {
        double least = Double.POSITIVE_INFINITY;
        double most = Double.NEGATIVE_INFINITY;
        for (double[] column : values) {
            for (double value : column) {
                if (Double.isFinite(value)) {
                    least = Math.min(least, value);
                    most = Math.max(most, value);
                }
            }
        }
        if (!(least <= most)) {
            return shares();
        }
        double size = Math.max(Math.abs(least), Math.abs(most));
        double span = Math.max(most - least, size == 0.0 ? 1.0 : 1e-3 * size);
        double power = Math.pow(10.0, Math.floor(Math.log10(span / (TICKS_MAX - 2))));
        double step = power;
        for (double factor : new double[] {1.0, 2.0, 5.0, 10.0}) {
            step = factor * power;
            if (step * (TICKS_MAX - 2) >= span) {
                break;
            }
        }
        double low = step * Math.floor(least / step);
        double steps = Math.max(1.0, Math.ceil((most - low) / step));
        int digits = (int) Math.max(0.0, Math.ceil(-Math.log10(step) - 1e-9));
        return new ColourScale(low, low + step * steps, step, "%." + digits + "f");
    }

    /** The colour of a value; those beyond the ends have the colours of the ends. */
    Color of(double value) {
        double share = Math.max(0.0, Math.min(1.0, (value - least) / (most - least)));
        double at = share * (COLOURS.length - 1);
        int from = Math.min((int) at, COLOURS.length - 2);
        double t = at - from;
        Color a = new Color(COLOURS[from]);
        Color b = new Color(COLOURS[from + 1]);
        return new Color(
                mixed(a.getRed(), b.getRed(), t),
                mixed(a.getGreen(), b.getGreen(), t),
                mixed(a.getBlue(), b.getBlue(), t));
    }

    private static int mixed(int a, int b, double t) {
        return (int) Math.round(a + t * (b - a));
    }

    /** Values with a text at the bar, ends included. */
    List<Double> ticks() {
        List<Double> out = new ArrayList<>();
        for (int k = 0; least + k * step <= most + step / 2; k++) {
            out.add(least + k * step);
        }
        return out;
    }

    /** The text at a tick. */
    String text(double value) {
        return String.format(Locale.ROOT, format, value);
    }

    /** Draws the bar with its ticks below and a title beside it. */
    void draw(Canvas canvas, double left, double top, int width, String title, Color ink) {
        for (int k = 0; k < width; k++) {
            double value = least + (most - least) * (k + 0.5) / width;
            canvas.rectangle(left + k, top, 1.5, BAR_HEIGHT, of(value));
        }
        for (double tick : ticks()) {
            double x = left + width * (tick - least) / (most - least);
            double bottom = top + BAR_HEIGHT;
            canvas.line(x, bottom, x, bottom + 4.0, Canvas.Stroke.plain(ink, 1.0));
            canvas.text(x, bottom + 17.0, text(tick), Canvas.Anchor.MIDDLE, 11, ink);
        }
        canvas.text(left + width + 14.0, top + 11.0, title, Canvas.Anchor.START, 13, ink);
    }
}
