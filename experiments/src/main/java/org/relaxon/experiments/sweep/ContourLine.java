package org.relaxon.experiments.sweep;

import java.util.ArrayList;
import java.util.List;

/**
 * Where a field on a grid of cells crosses 1, by marching squares between the centres of cells, the
 * logarithm of the field taken as linear along each edge. A square with a corner that is not a
 * positive number has no line. In a field of one row or column the crossing is a stroke across it.
 */
public final class ContourLine {
    private static final double HALF = 0.5;

    /**
     * A straight piece, in cells: the centre of the first cell is (0, 0).
     *
     * @param x0 start along the first index
     * @param y0 start along the second index
     * @param x1 end along the first index
     * @param y1 end along the second index
     */
    public record Piece(double x0, double y0, double x1, double y1) {}

    private ContourLine() {}

    /**
     * {@return the pieces of the line}
     *
     * @param field by (x, y), a rectangle
     */
    public static List<Piece> of(double[][] field) {
        int nx = field.length;
        int ny = nx == 0 ? 0 : field[0].length;
        List<Piece> out = new ArrayList<>();
        for (int y = 0; ny == 1 && y < 1; y++) {
            for (int x = 0; x + 1 < nx; x++) {
                double at = crossing(field[x][0], field[x + 1][0]);
                add(out, Double.isNaN(at), new Piece(x + at, -HALF, x + at, HALF));
            }
        }
        for (int x = 0; nx == 1 && x < 1; x++) {
            for (int y = 0; y + 1 < ny; y++) {
                double at = crossing(field[0][y], field[0][y + 1]);
                add(out, Double.isNaN(at), new Piece(-HALF, y + at, HALF, y + at));
            }
        }
        for (int x = 0; x + 1 < nx; x++) {
            for (int y = 0; y + 1 < ny; y++) {
                square(field, x, y, out);
            }
        }
        return out;
    }

    /**
     * The pieces where not every index is a quantity. Nothing can be interpolated between
     * categories: within each of them the crossing is a separate stroke.
     *
     * @param alongX whether the first index is a quantity
     * @param alongY whether the second one is
     */
    static List<Piece> of(double[][] field, boolean alongX, boolean alongY) {
        if (alongX && alongY) {
            return of(field);
        }
        List<Piece> out = new ArrayList<>();
        for (int x = 0; x < field.length; x++) {
            for (int y = 0; y < field[x].length; y++) {
                if (alongX && x + 1 < field.length) {
                    double at = crossing(field[x][y], field[x + 1][y]);
                    add(out, Double.isNaN(at), new Piece(x + at, y - HALF, x + at, y + HALF));
                }
                if (alongY && y + 1 < field[x].length) {
                    double at = crossing(field[x][y], field[x][y + 1]);
                    add(out, Double.isNaN(at), new Piece(x - HALF, y + at, x + HALF, y + at));
                }
            }
        }
        return out;
    }

    private static void add(List<Piece> out, boolean none, Piece piece) {
        if (!none) {
            out.add(piece);
        }
    }

    private static void square(double[][] f, int x, int y, List<Piece> out) {
        double a = f[x][y];
        double b = f[x + 1][y];
        double c = f[x + 1][y + 1];
        double d = f[x][y + 1];
        if (!(a > 0 && b > 0 && c > 0 && d > 0)) {
            return;
        }
        List<double[]> ends = new ArrayList<>(); // in order around the square
        end(ends, crossing(a, b), x, y, 1, 0);
        end(ends, crossing(b, c), x + 1, y, 0, 1);
        end(ends, crossing(d, c), x, y + 1, 1, 0);
        end(ends, crossing(a, d), x, y, 0, 1);
        if (ends.size() == 4) { // a saddle: the mean at the centre decides which corners join
            double centre = Math.log(a) + Math.log(b) + Math.log(c) + Math.log(d);
            boolean joins = centre < 0.0 == a < 1.0;
            ends = joins ? ends : List.of(ends.get(1), ends.get(2), ends.get(3), ends.get(0));
        }
        for (int k = 0; k + 1 < ends.size(); k += 2) {
            double[] p = ends.get(k);
            double[] q = ends.get(k + 1);
            out.add(new Piece(p[0], p[1], q[0], q[1]));
        }
    }

    private static void end(List<double[]> ends, double at, int x, int y, int alongX, int alongY) {
        if (!Double.isNaN(at)) {
            ends.add(new double[] {x + at * alongX, y + at * alongY});
        }
    }

    /**
     * The position between the first and the second value at which the field is 1; NaN if there is
     * none.
     */
    static double crossing(double from, double to) {
        if (!(from > 0 && to > 0) || from < 1.0 == to < 1.0) {
            return Double.NaN;
        }
        double first = Math.log(from);
        double second = Math.log(to);
        double at = first / (first - second);
        return Double.isFinite(at) ? at : HALF; // one of them is infinite
    }
}
