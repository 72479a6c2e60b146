package org.relaxon.tools.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A chain of layers as a settling left it: the links whose last signal did not arrive, and how well
 * the update of every projection agrees with its reference.
 */
final class NetworkFigure implements Figure.Drawing {
    private static final Pattern CHAIN = Pattern.compile("[0-9]+(-[0-9]+){1,7}");
    private static final Pattern LINK =
            Pattern.compile("([0-9]+)(?:\\[[0-9.]+])?->([0-9]+)(?:\\[[0-9.]+])?");

    private static final int SIDE = 16;
    private static final int TOP = 46;
    private static final int BOX = 54;
    private static final int HEIGHT = 190;
    private static final int HEAD = 7;

    private final String[] sizes;
    private final Map<String, String> errors = new LinkedHashMap<>();
    private final Map<List<Integer>, String> lost = new LinkedHashMap<>();

    private NetworkFigure(JsonNode result) {
        sizes = result.path("network").asText().split("-");
        for (JsonNode one : result.path("projections")) {
            errors.put(one.path("name").asText(), Shown.value(one.path("relativeError")));
        }
        for (JsonNode one : result.path("links")) {
            Matcher link = LINK.matcher(one.asText());
            if (link.matches()) {
                List<Integer> ends =
                        List.of(Integer.valueOf(link.group(1)), Integer.valueOf(link.group(2)));
                lost.merge(ends, one.asText(), (a, b) -> a + ", " + b);
            }
        }
    }

    /**
     * {@return the network of a settling; empty unless it is a chain of two to eight layers}
     *
     * @param result of one settling
     */
    static Optional<Figure> of(JsonNode result) {
        String network = result.path("network").asText();
        if (!CHAIN.matcher(network).matches()) {
            return Optional.empty();
        }
        NetworkFigure drawing = new NetworkFigure(result);
        List<List<String>> rows = new ArrayList<>();
        for (int k = 0; k + 1 < drawing.sizes.length; k++) {
            rows.add(
                    List.of(
                            "W" + (k + 1),
                            drawing.sizes[k],
                            drawing.sizes[k + 1],
                            drawing.errors.getOrDefault("W" + (k + 1), ""),
                            drawing.lost.getOrDefault(List.of(k, k + 1), ""),
                            drawing.lost.getOrDefault(List.of(k + 1, k), "")));
        }
        return Optional.of(
                new Figure(
                        "network",
                        "the network of layers " + network,
                        drawing.caption(),
                        drawing,
                        List.of(
                                "projection",
                                "from, neurons",
                                "to, neurons",
                                "relative error",
                                "links that lost the last signal",
                                "links back that lost it"),
                        rows));
    }

    private String caption() {
        String arrows = "The network: activity travels to the right, feedback back";
        if (!lost.isEmpty()) {
            return arrows
                    + "; dashed: links whose last signal did not arrive ("
                    + DrawnWords.shortened(String.join(", ", lost.values()), 200)
                    + ").";
        }
        return errors.isEmpty()
                ? arrows + "."
                : arrows + "; below, the relative error of every projection's local update.";
    }

    @Override
    public int height() {
        return HEIGHT;
    }

    @Override
    public void draw(Markup svg) {
        Marks marks = new Marks(svg);
        double pitch = (Figure.WIDTH - 2.0 * SIDE) / sizes.length;
        double width = Math.min(74.0, 0.52 * pitch);
        for (int k = 0; k < sizes.length; k++) {
            double middle = SIDE + pitch * (k + 0.5);
            svg.open(
                            "rect",
                            "x",
                            Marks.at(middle - width / 2),
                            "y",
                            Marks.at(TOP),
                            "width",
                            Marks.at(width),
                            "height",
                            Marks.at(BOX),
                            "rx",
                            "5",
                            "class",
                            "box")
                    .close();
            marks.text(middle, TOP + BOX / 2.0 + 5, sizes[k], "middle", "size");
            String role = k == 0 ? "input" : k == sizes.length - 1 ? "output" : "" + k;
            marks.text(middle, TOP - 12.0, role, "middle", "soft");
            if (k > 0) {
                double from = middle - pitch + width / 2;
                double to = middle - width / 2;
                arrow(marks, svg, from, to, TOP + BOX / 3.0, List.of(k - 1, k));
                if (k > 1) {
                    arrow(marks, svg, to, from, TOP + 2 * BOX / 3.0, List.of(k, k - 1));
                }
                below(marks, (from + to) / 2, k);
            }
        }
    }

    private void below(Marks marks, double middle, int k) {
        String name = "W" + k;
        marks.text(middle, TOP + BOX + 26.0, name, "middle", "soft");
        marks.text(
                middle,
                TOP + BOX + 48.0,
                Shown.brief(errors.getOrDefault(name, "")),
                "middle",
                "error");
        boolean cut = lost.containsKey(List.of(k - 1, k)) || lost.containsKey(List.of(k, k - 1));
        if (cut) {
            marks.text(middle, TOP + BOX + 70.0, "lost", "middle", "alarm");
        }
    }

    private void arrow(
            Marks marks, Markup svg, double from, double to, double y, List<Integer> ends) {
        String style = lost.containsKey(ends) ? " lost" : "";
        double back = Math.signum(to - from) * HEAD;
        marks.line(from, y, to - back, y, "arrow" + style);
        String head =
                "M%s %sL%s %sL%s %sZ"
                        .formatted(
                                Marks.at(to),
                                Marks.at(y),
                                Marks.at(to - back),
                                Marks.at(y - 4),
                                Marks.at(to - back),
                                Marks.at(y + 4));
        marks.path(head, "head" + style);
        marks.title("%d->%d".formatted(ends.get(0), ends.get(1)));
        svg.close();
    }
}
