package org.relaxon.experiments.data;

import java.util.ArrayList;
import java.util.List;

/**
 * The ways in which each digit is written, as pen movements in a unit square.
 *
 * <p>x grows to the right and y downwards, both from 0 to 1. {@code M x y} lifts the pen and puts
 * it down at a point; {@code L x y} draws a line; {@code Q cx cy x y} a quadratic Bezier curve with
 * one control point; {@code A cx cy rx ry from to} a line to, and then along, an arc of an ellipse,
 * angles in degrees, clockwise from the right.
 */
final class StrokeSkeletons {

    /** Indexed by digit, then by way of writing. */
    private static final List<List<List<Move>>> DIGITS =
            List.of(
                    digit("M .5 .05 A .5 .5 .3 .45 -95 -445", "M .62 .1 A .5 .5 .25 .45 -60 -405"),
                    digit(
                            "M .5 .04 L .5 .96",
                            "M .36 .24 L .52 .05 L .52 .96",
                            "M .34 .22 L .52 .05 L .51 .95 M .3 .95 L .72 .95"),
                    digit(
                            "M .2 .28 Q .26 .03 .52 .05 Q .84 .08 .77 .36 Q .68 .62 .2 .93 L .84"
                                    + " .92",
                            "M .22 .24 Q .3 .02 .54 .05 Q .84 .12 .72 .42 Q .58 .72 .32 .92"
                                    + " Q .1 .96 .2 .8 Q .34 .72 .52 .86 Q .7 .98 .88 .86"),
                    digit(
                            "M .22 .15 Q .45 -.03 .68 .1 Q .86 .26 .66 .41 Q .54 .47 .4 .47"
                                    + " Q .8 .46 .8 .71 Q .76 .96 .46 .96 Q .26 .95 .17 .8",
                            "M .22 .08 L .76 .08 L .44 .42 Q .82 .42 .8 .7 Q .76 .97 .46 .96"
                                    + " Q .24 .95 .18 .82"),
                    digit(
                            "M .62 .05 L .16 .64 L .86 .63 M .64 .05 L .63 .96",
                            "M .28 .07 L .2 .54 L .82 .54 M .7 .08 L .64 .96",
                            "M .26 .08 Q .14 .5 .3 .53 Q .56 .56 .76 .44 M .76 .07 Q .72 .5 .66"
                                    + " .96"),
                    digit(
                            "M .76 .07 L .32 .07 L .27 .45 Q .52 .33 .7 .46 Q .88 .64 .72 .84"
                                    + " Q .54 1.02 .2 .89",
                            "M .3 .1 L .26 .46 Q .8 .36 .77 .7 Q .7 1 .2 .91 M .3 .09 L .8 .05"),
                    digit(
                            "M .68 .05 Q .3 .2 .24 .62 Q .22 .95 .5 .95 Q .79 .94 .77 .7"
                                    + " Q .73 .48 .5 .51 Q .28 .56 .25 .74",
                            "M .5 .04 Q .24 .4 .26 .74 Q .32 .98 .54 .95 Q .78 .88 .74 .68"
                                    + " Q .66 .5 .46 .6 Q .32 .68 .27 .8"),
                    digit(
                            "M .19 .1 L .8 .09 Q .6 .4 .42 .96",
                            "M .19 .24 L .21 .09 L .81 .09 L .42 .96",
                            "M .2 .1 L .8 .09 Q .6 .4 .42 .96 M .3 .53 L .74 .5"),
                    digit(
                            "M .7 .2 Q .58 .01 .38 .08 Q .18 .24 .42 .42 Q .8 .6 .77 .77"
                                    + " Q .7 .98 .48 .96 Q .2 .94 .24 .74 Q .3 .58 .52 .45"
                                    + " Q .78 .3 .69 .17",
                            "M .5 .48 A .5 .27 .2 .21 90 450 A .5 .71 .26 .24 -90 270"),
                    digit(
                            "M .74 .22 Q .62 .01 .42 .06 Q .19 .16 .24 .38 Q .36 .58 .58 .46"
                                    + " Q .74 .38 .75 .18 Q .77 .6 .66 .96",
                            "M .7 .2 A .48 .29 .23 .22 -25 -385 L .72 .66 Q .7 .98 .3 .94"));

    private StrokeSkeletons() {}

    /** Returns the ways of writing a digit from 0 to 9, at least one. */
    static List<List<Move>> of(int digit) {
        return DIGITS.get(digit);
    }

    private static List<List<Move>> digit(String... paths) {
        List<List<Move>> ways = new ArrayList<>();
        for (String path : paths) {
            List<Move> moves = new ArrayList<>();
            for (String part : path.split("(?=[MLQA])")) {
                moves.add(Move.parse(part.strip()));
            }
            ways.add(List.copyOf(moves));
        }
        return List.copyOf(ways);
    }

    /**
     * One movement of the pen.
     *
     * @param command M, L, Q or A
     * @param numbers the arguments of the letter, in the units of {@link StrokeSkeletons}
     */
    record Move(char command, List<Double> numbers) {

        private static Move parse(String text) {
            String[] words = text.split(" ");
            List<Double> numbers = new ArrayList<>();
            for (int k = 1; k < words.length; k++) {
                numbers.add(Double.valueOf(words[k]));
            }
            return new Move(text.charAt(0), List.copyOf(numbers));
        }
    }
}
