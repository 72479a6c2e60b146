package org.relaxon.experiments.data;

import java.util.List;

/**
 * Writes one digit: follows a skeleton, bends it, and leaves ink on a square of pixels.
 *
 * <p>The order of the random draws is part of this class's contract, since every image depends on
 * it: skeleton, hand (affine map, pen, waves), then the shift of each control point in writing
 * order.
 */
final class StrokePen {

    /** Height of an undistorted digit as a part of the image's side. */
    private static final double HEIGHT = 20.0 / 28;

    /** Straight pieces per line, curve or arc. */
    private static final int PIECES = 12;

    /** Largest shift of a control point along each axis, as a part of the unit square. */
    private static final double SHIFT = 0.035;

    private static final int WAVES = 3;

    /** In radians. */
    private static final double DEGREE = StrictMath.PI / 180;

    private final Draws draws;
    private final int side;
    private final double[] ink;

    private final double[] affine = new double[6];
    private final double[] waves = new double[5 * WAVES];
    private final double radius;

    private double unitX;
    private double unitY;
    private double penX;
    private double penY;

    private StrokePen(Draws draws, int side) {
        this.draws = draws;
        this.side = side;
        this.ink = new double[side * side];
        double turn = draws.uniform(-0.2, 0.2);
        double shear = draws.uniform(-0.15, 0.4);
        double width = side * HEIGHT * draws.uniform(0.75, 1.1);
        double height = side * HEIGHT * draws.uniform(0.85, 1.08);
        double cos = StrictMath.cos(turn);
        double sin = StrictMath.sin(turn);
        affine[0] = cos * width;
        affine[1] = -(sin + shear * cos) * height;
        affine[2] = side * (0.5 + draws.uniform(-0.06, 0.06));
        affine[3] = sin * width;
        affine[4] = (cos - shear * sin) * height;
        affine[5] = side * (0.5 + draws.uniform(-0.06, 0.06));
        radius = side * draws.uniform(0.027, 0.06);
        for (int wave = 0; wave < WAVES; wave++) {
            waves[5 * wave] = draws.uniform(-0.03, 0.03);
            waves[5 * wave + 1] = draws.uniform(-0.03, 0.03);
            waves[5 * wave + 2] = draws.uniform(-7, 7);
            waves[5 * wave + 3] = draws.uniform(-7, 7);
            waves[5 * wave + 4] = draws.uniform(0, 2 * StrictMath.PI);
        }
    }

    /**
     * Draws a digit.
     *
     * @param digit 0 to 9
     * @param draws the randomness of this example; consumed
     * @param side rows and columns of the image, in pixels
     * @return ink from 0 to 1, shape (side, side), row-major from the top left
     */
    static double[] draw(int digit, Draws draws, int side) {
        List<List<StrokeSkeletons.Move>> ways = StrokeSkeletons.of(digit);
        List<StrokeSkeletons.Move> moves = ways.get(draws.below(ways.size()));
        StrokePen pen = new StrokePen(draws, side);
        for (StrokeSkeletons.Move move : moves) {
            pen.follow(move);
        }
        return pen.ink;
    }

    private void follow(StrokeSkeletons.Move move) {
        List<Double> numbers = move.numbers();
        switch (move.command()) {
            case 'M' -> putDown(shifted(numbers.get(0)), shifted(numbers.get(1)));
            case 'L' -> line(shifted(numbers.get(0)), shifted(numbers.get(1)));
            case 'Q' ->
                    curve(
                            shifted(numbers.get(0)),
                            shifted(numbers.get(1)),
                            shifted(numbers.get(2)),
                            shifted(numbers.get(3)));
            case 'A' -> arc(numbers);
            default -> throw new AssertionError(move);
        }
    }

    private double shifted(double coordinate) {
        return coordinate + draws.uniform(-SHIFT, SHIFT);
    }

    private void line(double x, double y) {
        curve((unitX + x) / 2, (unitY + y) / 2, x, y);
    }

    private void curve(double controlX, double controlY, double x, double y) {
        double startX = unitX;
        double startY = unitY;
        for (int piece = 1; piece <= PIECES; piece++) {
            double t = (double) piece / PIECES;
            double s = 1 - t;
            drawTo(
                    s * s * startX + 2 * s * t * controlX + t * t * x,
                    s * s * startY + 2 * s * t * controlY + t * t * y);
        }
    }

    private void arc(List<Double> numbers) {
        double centreX = shifted(numbers.get(0));
        double centreY = shifted(numbers.get(1));
        double radiusX = shifted(numbers.get(2));
        double radiusY = shifted(numbers.get(3));
        double from = DEGREE * (numbers.get(4) + draws.uniform(-10, 10));
        double to = DEGREE * (numbers.get(5) + draws.uniform(-10, 10));
        for (int piece = 0; piece <= 2 * PIECES; piece++) {
            double angle = from + (to - from) * piece / (2 * PIECES);
            drawTo(
                    centreX + radiusX * StrictMath.cos(angle),
                    centreY + radiusY * StrictMath.sin(angle));
        }
    }

    private void putDown(double x, double y) {
        double bentX = x - 0.5;
        double bentY = y - 0.5;
        for (int wave = 0; wave < 5 * WAVES; wave += 5) {
            double phase = waves[wave + 2] * x + waves[wave + 3] * y + waves[wave + 4];
            double height = StrictMath.sin(phase);
            bentX += waves[wave] * height;
            bentY += waves[wave + 1] * height;
        }
        unitX = x;
        unitY = y;
        penX = affine[0] * bentX + affine[1] * bentY + affine[2];
        penY = affine[3] * bentX + affine[4] * bentY + affine[5];
    }

    private void drawTo(double x, double y) {
        double fromX = penX;
        double fromY = penY;
        putDown(x, y);
        double reach = radius + 0.5;
        int top = pixel(Math.min(fromY, penY) - reach);
        int bottom = pixel(Math.max(fromY, penY) + reach);
        int left = pixel(Math.min(fromX, penX) - reach);
        int right = pixel(Math.max(fromX, penX) + reach);
        for (int row = top; row <= bottom; row++) {
            for (int column = left; column <= right; column++) {
                double distance = distance(column + 0.5, row + 0.5, fromX, fromY);
                double cover = Math.max(0, Math.min(1, reach - distance));
                ink[row * side + column] = Math.max(ink[row * side + column], cover);
            }
        }
    }

    private int pixel(double coordinate) {
        return (int) Math.max(0, Math.min(side - 1, StrictMath.floor(coordinate)));
    }

    /** Distance in pixels from (x, y) to the straight piece from (fromX, fromY) to the pen. */
    private double distance(double x, double y, double fromX, double fromY) {
        double alongX = penX - fromX;
        double alongY = penY - fromY;
        double square = alongX * alongX + alongY * alongY;
        double dot = (x - fromX) * alongX + (y - fromY) * alongY;
        double part = square > 0 ? Math.max(0, Math.min(1, dot / square)) : 0;
        double offX = x - fromX - part * alongX;
        double offY = y - fromY - part * alongY;
        return StrictMath.sqrt(offX * offX + offY * offY);
    }
}
