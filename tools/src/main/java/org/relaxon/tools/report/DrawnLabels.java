package org.relaxon.tools.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Words along the curves of a drawing: each at the place of its curve, near the middle, where it
 * overlaps no box, no words before it and, if there is such a place, no other curve; below all of
 * them if there is none.
 */
final class DrawnLabels {
    /** Height of a line of words of the size {@link #FONT}. */
    static final int LINE = 13;

    /** Size of the words. */
    static final int FONT = 11;

    private static final double LETTER = 6.2; // mean width of a letter of this size
    private static final double[] ALONG = {.5, .4, .6, .3, .7, .22, .78};
    private static final int[] ASIDE = {0, -1, 1, -2, 2, -3, 3};

    private static final int SAMPLES = 48; // points of a curve that words keep clear of

    private final List<Area> taken = new ArrayList<>();
    private final List<int[]> curves = new ArrayList<>();

    /**
     * A rectangle.
     *
     * @param left edge
     * @param top edge
     * @param width of it
     * @param height of it
     */
    record Area(int left, int top, int width, int height) {
        boolean overlaps(Area other) {
            return left < other.left + other.width
                    && other.left < left + width
                    && top < other.top + other.height
                    && other.top < top + height;
        }
    }

    /** Keeps the words of other curves away from a cubic curve, where there is room. */
    void avoid(int... at) {
        curves.add(at);
    }

    /** Keeps words away from an area. */
    void block(Area area) {
        taken.add(area);
    }

    /** Width of a line of words. */
    static int width(String words) {
        return (int) Math.ceil(words.length() * LETTER);
    }

    /** The lower end of all that is drawn. */
    int bottom() {
        return taken.stream().mapToInt(a -> a.top() + a.height()).max().orElse(0);
    }

    /**
     * Chooses the place of a block of lines beside a cubic curve and takes it.
     *
     * @param lines of words, at least one
     * @param above whether they stand above the curve, and not on it
     * @param at x and y of the four points of the curve
     */
    Area place(List<String> lines, boolean above, int... at) {
        int width = lines.stream().mapToInt(DrawnLabels::width).max().orElseThrow();
        int height = LINE * lines.size();
        int up = above ? height + 2 : height / 2;
        for (boolean clear : new boolean[] {true, false}) {
            for (int aside : ASIDE) {
                for (double t : ALONG) {
                    int x = (int) Math.round(point(t, at[0], at[2], at[4], at[6]));
                    int y = (int) Math.round(point(t, at[1], at[3], at[5], at[7]));
                    Area area = new Area(x - width / 2, y - up + aside * LINE, width, height);
                    boolean inside = area.left() >= 0 && area.top() >= 0;
                    if (inside && isFree(area) && (!clear || isClear(area, at))) {
                        return taken(area);
                    }
                }
            }
        }
        int x = (int) Math.round(point(.5, at[0], at[2], at[4], at[6]));
        return taken(new Area(Math.max(0, x - width / 2), bottom(), width, height));
    }

    private Area taken(Area area) {
        taken.add(area);
        return area;
    }

    private boolean isFree(Area area) {
        return taken.stream().noneMatch(area::overlaps);
    }

    /** Whether no curve but its own passes an area. */
    private boolean isClear(Area area, int... own) {
        for (int[] at : curves) {
            for (int k = 0; k <= SAMPLES && !Arrays.equals(at, own); k++) {
                double t = (double) k / SAMPLES;
                int x = (int) Math.round(point(t, at[0], at[2], at[4], at[6]));
                int y = (int) Math.round(point(t, at[1], at[3], at[5], at[7]));
                if (area.overlaps(new Area(x, y, 1, 1))) {
                    return false;
                }
            }
        }
        return true;
    }

    private static double point(double t, int a, int b, int c, int d) {
        double s = 1.0 - t;
        return s * s * s * a + 3.0 * s * s * t * b + 3.0 * s * t * t * c + t * t * t * d;
    }
}
