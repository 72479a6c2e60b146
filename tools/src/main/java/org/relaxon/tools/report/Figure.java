package org.relaxon.tools.report;

import java.util.List;

/**
 * A figure that the page draws itself, from recorded values.
 *
 * @param id its name within the page, and of the files as which it is saved
 * @param title what it shows, for readers that do not display it
 * @param caption one sentence below it
 * @param drawing the picture
 * @param header names of the columns of its data, with units
 * @param rows the data, with every recorded digit
 */
record Figure(
        String id,
        String title,
        String caption,
        Drawing drawing,
        List<String> header,
        List<List<String>> rows) {

    /** A picture of lines and letters. */
    interface Drawing {
        /** Height in pixels, for a width of {@link #WIDTH}. */
        int height();

        /** Writes the elements within the {@code svg} element. */
        void draw(Markup svg);
    }

    /** Width of every picture in pixels: letters remain readable on a page of 390. */
    static final int WIDTH = 560;

    /**
     * Writes the picture as an element of a page or as a document of its own.
     *
     * @param style sheet within the picture; empty where the page has it
     * @param attributes of the {@code svg} element beside those of every picture
     */
    void svg(Markup out, String style, String... attributes) {
        String[] all = new String[attributes.length + 8];
        System.arraycopy(attributes, 0, all, 0, attributes.length);
        String box = "0 0 %d %d".formatted(WIDTH, drawing.height());
        List<String> own =
                List.of("class", "figure", "viewBox", box, "role", "img", "aria-label", title);
        for (int k = 0; k < own.size(); k++) {
            all[attributes.length + k] = own.get(k);
        }
        out.open("svg", all);
        if (!style.isEmpty()) {
            out.element("style", style);
        }
        String height = Integer.toString(drawing.height());
        String width = Integer.toString(WIDTH);
        out.open("rect", "class", "paper", "width", width, "height", height).close();
        drawing.draw(out);
        out.close();
    }
}
