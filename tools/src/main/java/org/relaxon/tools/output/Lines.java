package org.relaxon.tools.output;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntFunction;

/** A text broken into lines of a given width. */
final class Lines {
    private Lines() {}

    /** Broken at spaces; a word wider than a line has a line of its own. */
    static List<String> of(String text, int width, ToIntFunction<String> widthOf) {
        List<String> out = new ArrayList<>();
        String line = "";
        for (String word : text.split(" ")) {
            String longer = line.isEmpty() ? word : line + " " + word;
            if (line.isEmpty() || widthOf.applyAsInt(longer) <= width) {
                line = longer;
            } else {
                out.add(line);
                line = word;
            }
        }
        out.add(line);
        return out;
    }
}
