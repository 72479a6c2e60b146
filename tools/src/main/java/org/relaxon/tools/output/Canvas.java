package org.relaxon.tools.output;

import java.awt.Color;
import java.io.IOException;
import java.nio.file.Path;

/** The surface on which a picture is drawn. Lengths are pixels from the upper left corner. */
interface Canvas {
    /** The point of a text that is placed. */
    enum Anchor {
        START,
        MIDDLE,
        END
    }

    void rectangle(double x, double y, double width, double height, Color fill);

    void line(double x0, double y0, double x1, double y1, Stroke stroke);

    /**
     * Draws a line of text.
     *
     * @param y of the base line
     * @param size of the letters
     */
    void text(double x, double y, String text, Anchor anchor, int size, Color colour);

    /** The same, written upwards. */
    void upright(double x, double y, String text, int size);

    /** Writes a complete file, which replaces an earlier one. */
    void write(Path file) throws IOException;

    /**
     * How a line is drawn.
     *
     * @param dashes lengths of dash and gap; empty for none
     */
    record Stroke(Color colour, double width, double[] dashes) {
        static Stroke plain(Color colour, double width) {
            return new Stroke(colour, width, new double[0]);
        }
    }
}
