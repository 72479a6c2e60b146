package org.relaxon.tools.report;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.relaxon.model.network.Network;
import org.relaxon.model.network.Population;
import org.relaxon.model.network.Projection;
import org.relaxon.runtime.Conditions.Timing;
import org.relaxon.tools.report.DrawnLabels.Area;

/**
 * A network as an SVG picture: a box per population, in columns by the longest path from an input,
 * and an arrow per projection. Those that close a cycle are dashed and run above: a loop on one box
 * or an arc back to an earlier one. Feedback weights of a projection's own are an arrow back, and
 * where there are any a legend distinguishes the arrows. Beside an arrow: its name, its
 * connectivity unless that is all-to-all, the projection whose weights it uses, its scale, and the
 * delays that it states.
 */
public final class NetworkDrawing {
    /** The most populations that are drawn. */
    public static final int POPULATIONS_MAX = 200;

    private static final int WIDTH = 132;
    private static final int HEIGHT = 52;
    private static final int ACROSS_MIN = 104;
    private static final int ACROSS_MAX = 240;
    private static final int DOWN = 34;
    private static final int MARGIN = 24;
    private static final int BULGE = 46;
    private static final int LOOP = 30;
    private static final String INK = "#444";

    private final Network network;
    private final DrawnWords words;
    private final DrawnLabels labels = new DrawnLabels();
    private final List<Label> labelled = new ArrayList<>();
    private final int across; // room between two columns, for the longest words
    private final int[] column;
    private final int[] row;
    private final List<List<Population>> columns = new ArrayList<>();
    private final int longest;
    private final int loops; // height of the highest loop on a box, with its words
    private final int head; // room above the boxes for what closes cycles

    private NetworkDrawing(Network network, Timing timing) {
        this.network = network;
        words = new DrawnWords(network, timing);
        across =
                network.projections().stream()
                        .flatMap(e -> Stream.of(words.of(e), words.ofFeedback(e)))
                        .flatMap(List::stream)
                        .mapToInt(w -> Math.min(ACROSS_MAX, DrawnLabels.width(w) + MARGIN))
                        .reduce(ACROSS_MIN, Math::max);
        column = new int[network.populations().size()];
        row = new int[column.length];
        for (Population p : network.populations()) {
            for (Projection e : network.into(p.index())) {
                int onwards = e.leadsOnwards() ? column[e.pre()] + 1 : 0;
                column[p.index()] = Math.max(column[p.index()], onwards);
            }
            while (columns.size() <= column[p.index()]) {
                columns.add(new ArrayList<>());
            }
            row[p.index()] = columns.get(column[p.index()]).size();
            columns.get(column[p.index()]).add(p);
        }
        loops =
                network.projections().stream()
                        .filter(Projection::isLateral)
                        .mapToInt(this::rise)
                        .max()
                        .orElse(0);
        int span = 1;
        int above = 0;
        for (Projection e : network.projections()) {
            if (e.leadsOnwards()) {
                span =
                        Math.max(
                                span,
                                column[e.post()]
                                        - column[e.pre()]
                                        + (bend(e) + back(e) + BULGE - 1) / BULGE);
            } else {
                above = Math.max(above, rise(e) + back(e));
            }
        }
        longest = span;
        head = above;
    }

    /** How far the control points of what closes a cycle are above its box. */
    private int rise(Projection e) {
        return e.isLateral()
                ? LOOP * (1 + before(e))
                : LOOP + loops + BULGE * (column[e.pre()] - column[e.post()] + before(e));
    }

    /**
     * {@return the picture as a whole SVG document}
     *
     * @param network the network, of at most {@link #POPULATIONS_MAX} populations
     * @param timing delays and refractory periods that belong to it
     * @throws IllegalArgumentException if there are more
     */
    public static String svg(Network network, Timing timing) {
        int count = network.populations().size();
        if (count > POPULATIONS_MAX) {
            throw new IllegalArgumentException(
                    "svg: %d populations, at most %d are drawn".formatted(count, POPULATIONS_MAX));
        }
        return new NetworkDrawing(network, timing).draw();
    }

    /** Words beside an arrow. */
    private record Label(List<String> lines, DrawnArrows kind, Area area) {}

    /** How much further the arrow of its feedback weights reaches; 0 without one. */
    private static int back(Projection e) {
        return e.hasOwnFeedback() ? BULGE : 0;
    }

    private static DrawnArrows kind(Projection e) {
        return e.leadsOnwards() ? DrawnArrows.ONWARDS : DrawnArrows.CLOSING;
    }

    /** From the postsynaptic population back, beside the arrow of the activity. */
    private int[] backwards(Projection e, int most) {
        int[] at = path(e, most);
        int off = e.leadsOnwards() ? back(e) : -back(e);
        boolean beside = e.leadsOnwards() && column[e.post()] - column[e.pre()] == 1;
        int down = beside ? BULGE / 4 : 0; // ends that stand apart
        int aside = beside ? 0 : BULGE / 4;
        return new int[] {
            at[6] + aside,
            at[7] + down,
            at[4] + aside,
            at[5] + off,
            at[2] - aside,
            at[3] + off,
            at[0] - aside + (beside ? 1 : 0),
            at[1] + down
        };
    }

    /** The kinds of arrows, if there is one that not every network has. */
    private List<DrawnArrows> legend() {
        return network.projections().stream().anyMatch(Projection::hasOwnFeedback)
                ? Stream.concat(
                                network.projections().stream().map(NetworkDrawing::kind),
                                Stream.of(DrawnArrows.FEEDBACK))
                        .distinct()
                        .sorted()
                        .toList()
                : List.of();
    }

    private void labels(int most) {
        network.populations().forEach(p -> labels.block(place(p, most)));
        for (Projection e : network.projections()) {
            labels.avoid(path(e, most));
            if (e.hasOwnFeedback()) {
                labels.avoid(backwards(e, most));
            }
        }
        for (Projection e : network.projections()) {
            place(words.of(e), kind(e), e.isLateral(), path(e, most));
            if (e.hasOwnFeedback()) {
                place(words.ofFeedback(e), DrawnArrows.FEEDBACK, false, backwards(e, most));
            }
        }
    }

    private void place(List<String> lines, DrawnArrows kind, boolean above, int... at) {
        labelled.add(new Label(lines, kind, labels.place(lines, above, at)));
    }

    private String draw() {
        int most = columns.stream().mapToInt(List::size).max().orElseThrow();
        int width = 2 * MARGIN + columns.size() * (WIDTH + across) - across;
        int arcs = longest > 1 ? 3 * (DOWN + BULGE * (longest - 1)) / 4 : 0; // as far as they reach
        labels(most);
        List<DrawnArrows> legend = legend();
        int foot =
                Math.max(
                        2 * MARGIN + head + most * (HEIGHT + DOWN) - DOWN + arcs,
                        labels.bottom() + MARGIN);
        int height = foot + legend.size() * DrawnArrows.LEGEND_LINE;
        Markup out = Markup.xml();
        out.open(
                "svg",
                "xmlns",
                "http://www.w3.org/2000/svg",
                "viewBox",
                "0 0 %d %d".formatted(width, height),
                "width",
                text(width),
                "height",
                text(height),
                "role",
                "img",
                "aria-labelledby",
                "title desc",
                "font-family",
                "system-ui, sans-serif",
                "font-size",
                "13");
        out.line().element("title", title(), "id", "title").line();
        out.element("desc", description(), "id", "desc").line();
        DrawnArrows.heads(out, !legend.isEmpty());
        out.empty("rect", "width", "100%", "height", "100%", "fill", "#fff").line();
        for (Projection e : network.projections()) {
            kind(e).curve(out, path(e, most));
            if (e.hasOwnFeedback()) {
                DrawnArrows.FEEDBACK.curve(out, backwards(e, most));
            }
        }
        network.populations().forEach(p -> box(out, p, most));
        labelled.forEach(one -> one.kind().words(out, one.lines(), one.area()));
        DrawnArrows.legend(out, legend, MARGIN, foot);
        return out.close().finish();
    }

    private static String text(int number) {
        return Integer.toString(number);
    }

    private String title() {
        return "Network of %d populations and %d projections"
                .formatted(network.populations().size(), network.projections().size());
    }

    /** Every projection with its ends. */
    private String description() {
        return network.projections().stream()
                .map(
                        e ->
                                "%s from %s to %s (%s)"
                                        .formatted(
                                                e.name(),
                                                name(e.pre()),
                                                name(e.post()),
                                                words.described(e)))
                .collect(Collectors.joining(", "));
    }

    private String name(int population) {
        return network.populations().get(population).name();
    }

    private int left(int population) {
        return MARGIN + column[population] * (WIDTH + across);
    }

    /** Columns stand centred under each other. */
    private int top(int population, int most) {
        int spare = (most - columns.get(column[population]).size()) * (HEIGHT + DOWN) / 2;
        return MARGIN + head + spare + row[population] * (HEIGHT + DOWN);
    }

    private void box(Markup out, Population p, int most) {
        Area at = place(p, most);
        int x = at.left();
        int y = at.top();
        String fill =
                switch (p.role()) {
                    case INPUT -> "#e8f0fb";
                    case HIDDEN -> "#f6f6f6";
                    case OUTPUT -> "#fdeede";
                };
        boolean input = p.role() == Population.Role.INPUT;
        String below = p.size() + ", " + (input ? "input" : p.activation().optionName());
        out.empty(
                "rect",
                "x",
                text(x),
                "y",
                text(y),
                "width",
                text(WIDTH),
                "height",
                text(HEIGHT),
                "rx",
                "6",
                "fill",
                fill,
                "stroke",
                INK);
        String pause = words.pause(p);
        int up = pause.isEmpty() ? 0 : 5; // three lines instead of two
        words(out, x + WIDTH / 2, y + 22 - up, p.name(), "font-weight", "600");
        words(out, x + WIDTH / 2, y + 40 - 2 * up, below, "fill", INK);
        if (!pause.isEmpty()) {
            words(out, x + WIDTH / 2, y + 45, pause, "font-size", "11", "font-style", "italic");
        }
        out.line();
    }

    private Area place(Population p, int most) {
        return new Area(left(p.index()), top(p.index(), most), WIDTH, HEIGHT);
    }

    /** An arrow; one that passes columns goes round below them, one back above. */
    private int[] path(Projection e, int most) {
        if (!e.leadsOnwards()) {
            return closing(e, most);
        }
        int x1 = left(e.pre()) + WIDTH;
        int y1 = top(e.pre(), most) + HEIGHT / 2;
        int x2 = left(e.post()) - 1;
        int y2 = top(e.post(), most) + HEIGHT / 2;
        int span = column[e.post()] - column[e.pre()];
        if (span == 1) {
            int middle = (x1 + x2) / 2;
            int bend = bend(e);
            return new int[] {x1, y1, middle, y1 + bend, middle, y2 + bend, x2, y2};
        }
        int floor = MARGIN + head + most * (HEIGHT + DOWN) + BULGE * (span - 1) + bend(e);
        int from = left(e.pre()) + WIDTH / 2;
        int to = left(e.post()) + WIDTH / 2;
        int down = y2 + HEIGHT / 2 + 1;
        return new int[] {from, y1 + HEIGHT / 2, from, floor, to, floor, to, down};
    }

    /** From the top of a box to that of another one or its own. */
    private int[] closing(Projection e, int most) {
        int y1 = top(e.pre(), most);
        int y2 = top(e.post(), most) - 1;
        if (e.isLateral()) {
            int x = left(e.pre()) + 5 * WIDTH / 8;
            int end = x + WIDTH / 4;
            int roof = y1 - rise(e);
            return new int[] {x, y1, x - MARGIN / 2, roof, end + MARGIN / 2, roof, end, y2};
        }
        int from = left(e.pre()) + WIDTH / 4;
        int to = left(e.post()) + 3 * WIDTH / 8;
        int roof = MARGIN + head - rise(e);
        return new int[] {from, y1, from, roof, to, roof, to, y2};
    }

    /** How far control points are below those of the first such curve: room for all words. */
    private int bend(Projection e) {
        int down = 0;
        int before = 0; // lines of the one above
        for (Projection f : network.projections()) {
            if (f.pre() == e.pre() && f.post() == e.post() && f.index() <= e.index()) {
                int lines = words.of(f).size();
                int apart = DrawnLabels.LINE * (before + lines) / 2 + 4;
                down += before == 0 ? 0 : Math.max(BULGE, 4 * apart / 3); // a curve takes 3/4
                down += f.index() < e.index() ? back(f) : 0;
                before = lines;
            }
        }
        return down;
    }

    /** Projections between the same two populations that are drawn above this one. */
    private int before(Projection e) {
        return (int)
                network.projections().stream()
                        .filter(f -> f.pre() == e.pre() && f.post() == e.post())
                        .filter(f -> f.index() < e.index())
                        .count();
    }

    private static void words(Markup out, int x, int y, String words, String... attributes) {
        List<String> all =
                new ArrayList<>(List.of("x", text(x), "y", text(y), "text-anchor", "middle"));
        all.addAll(List.of(attributes));
        out.element("text", DrawnWords.shortened(words, 16), all.toArray(String[]::new));
    }
}
