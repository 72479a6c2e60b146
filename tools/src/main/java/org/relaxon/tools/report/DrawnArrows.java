package org.relaxon.tools.report;

import java.util.ArrayList;
import java.util.List;

/** The arrows of a drawing, and the legend that distinguishes them. */
enum DrawnArrows {
    /** Activity, towards outputs. */
    ONWARDS(
            "#444",
            "",
            true,
            "activity; errors return by its transpose, unless by weights of their own"),
    /** Activity that closes a cycle. */
    CLOSING("#444", "5 3", true, "activity that closes a cycle"),
    /** Feedback by weights of its own: another colour, dotted, with an open head. */
    FEEDBACK("#0062a3", "1 4", false, "feedback weights of a projection's own");

    /** Height of one line of the legend. */
    static final int LEGEND_LINE = 18;

    private static final int SHAFT = 40;

    private final String colour;
    private final String dashes;
    private final boolean filled;
    private final String meaning;

    DrawnArrows(String colour, String dashes, boolean filled, String meaning) {
        this.colour = colour;
        this.dashes = dashes;
        this.filled = filled;
        this.meaning = meaning;
    }

    private String id() {
        return filled ? "end" : "open";
    }

    /** Defines the heads of all arrows, that of feedback only where there are such arrows. */
    static void heads(Markup out, boolean feedback) {
        out.open("defs");
        for (DrawnArrows one : feedback ? List.of(ONWARDS, FEEDBACK) : List.of(ONWARDS)) {
            out.open(
                    "marker",
                    "id",
                    one.id(),
                    "viewBox",
                    "0 0 8 8",
                    "refX",
                    "7",
                    "refY",
                    "4",
                    "markerWidth",
                    one.filled ? "8" : "5",
                    "markerHeight",
                    one.filled ? "8" : "5",
                    "orient",
                    "auto");
            out.empty(
                    "path",
                    "d",
                    one.filled ? "M0 0 L8 4 L0 8 z" : "M1 1 L7 4 L1 7",
                    "fill",
                    one.filled ? one.colour : "none",
                    "stroke",
                    one.filled ? "none" : one.colour);
            out.close();
        }
        out.close().line();
    }

    /** Draws one along a cubic curve, given by the x and y of its four points. */
    void curve(Markup out, int... at) {
        draw(
                out,
                "M%d %d C%d %d %d %d %d %d"
                        .formatted(at[0], at[1], at[2], at[3], at[4], at[5], at[6], at[7]));
    }

    private void draw(Markup out, String path) {
        List<String> line = new ArrayList<>(List.of("d", path, "fill", "none", "stroke", colour));
        if (!dashes.isEmpty()) {
            line.addAll(List.of("stroke-dasharray", dashes, "stroke-linecap", "round"));
        }
        if (!filled) {
            line.addAll(List.of("stroke-width", "2"));
        }
        line.addAll(List.of("marker-end", "url(#" + id() + ")"));
        out.empty("path", line.toArray(String[]::new)).line();
    }

    /** Writes its words on white, so that no curve runs through them. */
    void words(Markup out, List<String> lines, DrawnLabels.Area area) {
        out.empty(
                "rect",
                "x",
                Integer.toString(area.left()),
                "y",
                Integer.toString(area.top()),
                "width",
                Integer.toString(area.width()),
                "height",
                Integer.toString(area.height()),
                "fill",
                "#fff");
        for (int k = 0; k < lines.size(); k++) {
            out.element(
                    "text",
                    lines.get(k),
                    "x",
                    Integer.toString(area.left() + area.width() / 2),
                    "y",
                    Integer.toString(area.top() + k * DrawnLabels.LINE + DrawnLabels.FONT - 1),
                    "text-anchor",
                    "middle",
                    "font-size",
                    Integer.toString(DrawnLabels.FONT),
                    "font-style",
                    k == 0 ? "normal" : "italic",
                    "fill",
                    colour);
        }
        out.line();
    }

    /** Draws one line for each kind of arrow, from a corner downwards. */
    static void legend(Markup out, List<DrawnArrows> kinds, int left, int top) {
        for (int k = 0; k < kinds.size(); k++) {
            int y = top + k * LEGEND_LINE;
            kinds.get(k).draw(out, "M%d %d H%d".formatted(left, y, left + SHAFT));
            out.element(
                    "text",
                    kinds.get(k).meaning,
                    "x",
                    Integer.toString(left + SHAFT + 10),
                    "y",
                    Integer.toString(y + 4),
                    "font-size",
                    Integer.toString(DrawnLabels.FONT),
                    "fill",
                    kinds.get(k).colour);
            out.line();
        }
    }
}
