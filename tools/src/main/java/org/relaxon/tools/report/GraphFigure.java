package org.relaxon.tools.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A network that is no chain, as a settling left it: populations in columns by the longest path
 * from an input, projections that pass columns as arcs below, those that close cycles as arcs
 * above.
 */
final class GraphFigure implements Figure.Drawing {
    private static final int POPULATIONS_MAX = 24;
    private static final int PROJECTIONS_MAX = 40;
    private static final int COLUMNS_MAX = 9;
    private static final int NAMED_MAX = 14; // projections with a name in the picture
    private static final int ROWS_MAX = 6;
    private static final Pattern LINK =
            Pattern.compile("(.+?)(?:\\[[0-9.]+])?->(.+?)(?:\\[[0-9.]+])?");

    private static final int SIDE = 14;
    private static final double BOX = 46.0;
    private static final double PITCH = 84.0;
    private static final double APART = 20.0; // between arcs
    private static final double HEAD = 7.0;

    private record Node(String name, String size, int column, int row) {}

    private record Edge(String name, int from, int to, boolean onwards, boolean lost) {}

    private final List<Node> nodes = new ArrayList<>();
    private final List<Edge> edges = new ArrayList<>();
    private final Map<String, String> errors = new LinkedHashMap<>();
    private final List<String> lost = new ArrayList<>();
    private int[] perColumn = {};
    private int columns = 1;
    private int rows = 1;
    private int above; // arcs
    private int below;

    private GraphFigure(JsonNode result) {
        for (JsonNode one : result.path("projections")) {
            errors.put(one.path("name").asText(), Shown.value(one.path("relativeError")));
        }
        JsonNode graph = result.path("graph");
        List<String> names = new ArrayList<>();
        graph.path("populations").forEach(p -> names.add(p.path("name").asText()));
        Map<List<String>, Boolean> cut = new HashMap<>();
        for (JsonNode one : result.path("links")) {
            Matcher link = LINK.matcher(one.asText());
            if (link.matches()) {
                cut.put(List.of(link.group(1), link.group(2)), true);
                lost.add(one.asText());
            }
        }
        for (JsonNode e : graph.path("projections")) {
            int from = e.path("from").asInt();
            int to = e.path("to").asInt();
            if (from < 0 || from >= names.size() || to < 0 || to >= names.size()) {
                continue; // of a file that was changed
            }
            List<String> ends = List.of(names.get(from), names.get(to));
            boolean gone =
                    cut.containsKey(ends) || cut.containsKey(List.of(ends.get(1), ends.get(0)));
            edges.add(
                    new Edge(
                            e.path("name").asText(),
                            from,
                            to,
                            e.path("onwards").asBoolean(),
                            gone));
        }
        place(graph.path("populations"), names);
    }

    /** By the longest path; a projection onwards leads to a population that is listed later. */
    private void place(JsonNode populations, List<String> names) {
        int[] column = new int[names.size()];
        for (int p = 0; p < column.length; p++) {
            for (Edge e : edges) {
                if (e.onwards() && e.to() == p && e.from() < p) {
                    column[p] = Math.max(column[p], column[e.from()] + 1);
                }
            }
            columns = Math.max(columns, column[p] + 1);
        }
        int[] filled = new int[columns];
        for (int p = 0; p < column.length; p++) {
            String size = populations.get(p).path("size").asText();
            nodes.add(new Node(names.get(p), size, column[p], filled[column[p]]++));
            rows = Math.max(rows, filled[column[p]]);
        }
        for (Edge e : edges) {
            above += !e.onwards() && e.from() != e.to() ? 1 : 0;
            below += isSkip(e) ? 1 : 0;
        }
        perColumn = filled;
    }

    private boolean isSkip(Edge e) {
        return e.onwards() && nodes.get(e.to()).column() - nodes.get(e.from()).column() > 1;
    }

    /**
     * {@return the network of a settling; empty where the result states none, or it has too many
     * parts to be seen}
     *
     * @param result of one settling
     */
    static Optional<Figure> of(JsonNode result) {
        JsonNode graph = result.path("graph");
        int populations = graph.path("populations").size();
        int projections = graph.path("projections").size();
        if (populations < 2
                || populations > POPULATIONS_MAX
                || projections < 1
                || projections > PROJECTIONS_MAX) {
            return Optional.empty();
        }
        GraphFigure drawing = new GraphFigure(result);
        if (drawing.columns > COLUMNS_MAX || drawing.rows > ROWS_MAX) {
            return Optional.empty();
        }
        return Optional.of(
                new Figure(
                        "network",
                        "the network of %d populations and %d projections"
                                .formatted(populations, projections),
                        drawing.caption(),
                        drawing,
                        List.of("projection", "from", "to", "relative error", "lost a last signal"),
                        drawing.data()));
    }

    private List<List<String>> data() {
        List<List<String>> out = new ArrayList<>();
        for (Edge e : edges) {
            out.add(
                    List.of(
                            e.name(),
                            nodes.get(e.from()).name(),
                            nodes.get(e.to()).name(),
                            errors.getOrDefault("W" + e.name(), ""),
                            e.lost() ? "yes" : ""));
        }
        return out;
    }

    private String caption() {
        String arrows = "The network: activity travels along the arrows, feedback back";
        if (!lost.isEmpty()) {
            return arrows
                    + "; dashed: links whose last signal did not arrive ("
                    + DrawnWords.shortened(String.join(", ", lost), 200)
                    + ").";
        }
        return errors.isEmpty()
                ? arrows + "."
                : arrows + "; below, the relative error of every projection's local update.";
    }

    private double top() {
        boolean loops = edges.stream().anyMatch(e -> e.from() == e.to());
        return 12.0 + APART * above + (above > 0 ? 14.0 : 0.0) + (loops ? 24.0 : 0.0);
    }

    private double floor() {
        return top() + PITCH * rows - (PITCH - BOX);
    }

    @Override
    public int height() {
        double arcs = below == 0 ? 10.0 : 34.0 + APART * below;
        return (int) (floor() + arcs + listHeight() + 12.0);
    }

    private double listHeight() {
        int lines = (listed() + 1) / 2; // two to a line
        return 20.0 * lines;
    }

    private int listed() {
        return errors.isEmpty() || edges.size() > NAMED_MAX ? 0 : edges.size();
    }

    private double pitch() {
        return (Figure.WIDTH - 2.0 * SIDE) / columns;
    }

    private double width() {
        return Math.min(92.0, 0.6 * pitch());
    }

    private double middle(Node n) {
        return SIDE + pitch() * (n.column() + 0.5);
    }

    private double height(Node n) {
        double spare = (rows - perColumn[n.column()]) * PITCH / 2.0;
        return top() + spare + PITCH * n.row() + BOX / 2.0;
    }

    @Override
    public void draw(Markup svg) {
        Marks marks = new Marks(svg);
        int up = 0;
        int down = 0;
        for (Edge e : edges) {
            if (e.from() == e.to()) {
                loop(marks, svg, e);
            } else if (!e.onwards()) {
                back(marks, svg, e, up++);
            } else if (isSkip(e)) {
                skip(marks, svg, e, down++);
            } else {
                straight(marks, svg, e);
            }
        }
        for (Node n : nodes) {
            box(marks, svg, n);
        }
        list(marks);
    }

    private void box(Marks marks, Markup svg, Node n) {
        svg.open(
                        "rect",
                        "x",
                        Marks.at(middle(n) - width() / 2),
                        "y",
                        Marks.at(height(n) - BOX / 2),
                        "width",
                        Marks.at(width()),
                        "height",
                        Marks.at(BOX),
                        "rx",
                        "5",
                        "class",
                        "box solid")
                .close();
        int letters = Math.max(3, (int) (width() / 9.5));
        String name = DrawnWords.shortened(n.name(), letters);
        marks.text(middle(n), height(n) - 4, name, "middle", "soft");
        marks.text(middle(n), height(n) + 16, n.size(), "middle", "size");
    }

    private void straight(Marks marks, Markup svg, Edge e) {
        Node a = nodes.get(e.from());
        Node b = nodes.get(e.to());
        double x0 = middle(a) + width() / 2;
        double x1 = middle(b) - width() / 2;
        double half = (x1 - x0) / 2;
        curve(
                svg, marks, e, x0, height(a), x0 + half, height(a), x1 - half, height(b), x1,
                height(b));
        int letters = (int) ((x1 - x0) / 8.5);
        boolean fits = e.name().length() <= letters || letters >= 5;
        name(marks, e, (x0 + x1) / 2, (height(a) + height(b)) / 2 - 6, fits ? letters : 0);
    }

    /** Below all boxes: a cubic curve comes within a quarter of its control points. */
    private void skip(Marks marks, Markup svg, Edge e, int number) {
        Node a = nodes.get(e.from());
        Node b = nodes.get(e.to());
        double x0 = middle(a) + width() / 2;
        double x1 = middle(b) - width() / 2;
        double lowest = floor() + 12.0 + APART * number;
        double ends = (height(a) + height(b)) / 2;
        double control = (lowest - ends / 4) * 4 / 3;
        double bend = 0.2 * pitch();
        curve(svg, marks, e, x0, height(a), x0 + bend, control, x1 - bend, control, x1, height(b));
        name(marks, e, (x0 + x1) / 2, lowest + 14, 12);
    }

    private void back(Marks marks, Markup svg, Edge e, int number) {
        Node a = nodes.get(e.from());
        Node b = nodes.get(e.to());
        double y0 = height(a) - BOX / 2;
        double y1 = height(b) - BOX / 2;
        double highest = top() - 14.0 - APART * number;
        double control = (highest - (y0 + y1) / 8) * 4 / 3;
        double x0 = middle(a) - 6;
        double x1 = middle(b) + 6;
        curve(svg, marks, e, x0, y0, x0, control, x1, control, x1, y1);
        name(marks, e, (x0 + x1) / 2, highest - 4, 12);
    }

    private void loop(Marks marks, Markup svg, Edge e) {
        Node a = nodes.get(e.from());
        double y = height(a) - BOX / 2;
        double x = middle(a) - width() / 4;
        curve(svg, marks, e, x - 8, y, x - 18, y - 30, x + 18, y - 30, x + 8, y);
        name(marks, e, x - 24, y - 12, 8);
    }

    private void name(Marks marks, Edge e, double x, double y, int letters) {
        if (edges.size() <= NAMED_MAX && letters > 0) {
            String style = e.lost() ? "alarm" : "edge";
            marks.text(x, y, DrawnWords.shortened(e.name(), letters), "middle", style);
        }
    }

    private static void curve(Markup svg, Marks marks, Edge e, double... p) {
        StringBuilder shape = new StringBuilder("M").append(pair(p[0], p[1])).append('C');
        double dx = p[6] - p[4];
        double dy = p[7] - p[5];
        double length = Math.max(1e-9, Math.hypot(dx, dy));
        double ex = p[6] - HEAD * dx / length; // the shaft ends within the head
        double ey = p[7] - HEAD * dy / length;
        shape.append(pair(p[2], p[3])).append(' ').append(pair(p[4], p[5]));
        shape.append(' ').append(pair(ex, ey));
        String style = e.lost() ? " lost" : "";
        marks.path(shape.toString(), "arrow" + style);
        marks.title(e.name());
        svg.close();
        double nx = -4 * dy / length;
        double ny = 4 * dx / length;
        String head =
                "M%sL%sL%sZ"
                        .formatted(
                                pair(p[6], p[7]), pair(ex + nx, ey + ny), pair(ex - nx, ey - ny));
        marks.path(head, "head" + style);
        svg.close();
    }

    private static String pair(double x, double y) {
        return Marks.at(x) + " " + Marks.at(y);
    }

    /** The errors in two columns, below all arcs. */
    private void list(Marks marks) {
        double from = height() - 12.0 - listHeight() + 14.0;
        for (int k = 0; k < listed(); k++) {
            Edge e = edges.get(k);
            String error = Shown.brief(errors.getOrDefault("W" + e.name(), "-"));
            String line =
                    "%s: %s"
                            .formatted(
                                    DrawnWords.shortened(e.name(), 14),
                                    error.isEmpty() ? "-" : error);
            double x = k % 2 == 0 ? SIDE : Figure.WIDTH / 2.0;
            int row = k / 2;
            marks.text(x, from + 20.0 * row, line, "start", "edge");
        }
    }
}
