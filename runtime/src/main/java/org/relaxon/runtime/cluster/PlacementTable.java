package org.relaxon.runtime.cluster;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.relaxon.model.cell.Wiring;
import org.relaxon.model.network.CellId;
import org.relaxon.model.network.Population;

/**
 * A placement as a user states it. Each line has the number of a node, from 1, and names of cells:
 * populations, or ranges of their neurons as in {@code low[0..499]}, with commas between them. What
 * follows # is a comment. It knows no network; every network that it is applied to is checked.
 */
public final class PlacementTable {
    /** Lines of a table, at most. */
    public static final int LINES_MAX = 100_000;

    private static final int ENTRIES_MAX = 1_000_000;
    private static final Pattern LINE = Pattern.compile("(\\d{1,9})\\s+(\\S.*)");
    private static final Pattern CELLS =
            Pattern.compile("([A-Za-z0-9_.-]+)(?:\\[(\\d{1,9})(?:\\.\\.(\\d{1,9}))?])?");

    /** Neurons of a population on a node, both from 0; {@code to} is -1 for all. */
    private record Entry(int line, int node, String population, int from, int to, String text) {}

    private final String source;
    private final List<Entry> entries;

    private PlacementTable(String source, List<Entry> entries) {
        this.source = source;
        this.entries = entries;
    }

    /**
     * {@return a table}
     *
     * @param source name of its file, for messages
     * @param text its lines
     * @throws IllegalArgumentException naming the line that is wrong and what it has to be
     */
    public static PlacementTable parse(String source, String text) {
        List<Entry> entries = new ArrayList<>();
        String[] lines = text.split("\\R", -1);
        if (lines.length > LINES_MAX) {
            throw new IllegalArgumentException(
                    "placement: %s has %d lines; at most %d are read"
                            .formatted(source, lines.length, LINES_MAX));
        }
        for (int k = 0; k < lines.length; k++) {
            String line = lines[k].replaceFirst("#.*", "").trim();
            if (!line.isEmpty()) {
                read(source, k + 1, line, entries);
            }
        }
        if (entries.isEmpty()) {
            throw new IllegalArgumentException("placement: %s places no cell".formatted(source));
        }
        return new PlacementTable(source, entries);
    }

    private static void read(String source, int number, String line, List<Entry> entries) {
        Matcher whole = LINE.matcher(line);
        if (!whole.matches() || Integer.parseInt(whole.group(1)) < 1) {
            throw refusal(source, number, "\"%s\"".formatted(shortened(line)));
        }
        for (String name : whole.group(2).split("\\s*,\\s*", -1)) {
            Matcher cells = CELLS.matcher(name);
            if (!cells.matches()) {
                throw refusal(source, number, "\"%s\"".formatted(shortened(name)));
            }
            int from = cells.group(2) == null ? 0 : Integer.parseInt(cells.group(2));
            int last = cells.group(3) == null ? from : Integer.parseInt(cells.group(3));
            int to = cells.group(2) == null ? -1 : last + 1;
            int node = Integer.parseInt(whole.group(1)) - 1;
            entries.add(new Entry(number, node, cells.group(1), from, to, name));
        }
        if (entries.size() > ENTRIES_MAX) {
            throw refusal(source, number, "more than %d names".formatted(ENTRIES_MAX));
        }
    }

    private static String shortened(String text) {
        return text.length() > 60 ? text.substring(0, 60) + "..." : text;
    }

    private static IllegalArgumentException refusal(String source, int line, String found) {
        return new IllegalArgumentException(
                "placement: %s, line %d: need the number of a node, from 1, and names of cells such as 2 low[0..499], label; found %s"
                        .formatted(source, line, found));
    }

    /** The node of every cell, from 0. */
    int[] nodes(Wiring wiring, int nodes) {
        Map<String, Population> populations = new HashMap<>();
        wiring.network().populations().forEach(p -> populations.put(p.name(), p));
        int[] out = new int[wiring.cells().size()];
        Arrays.fill(out, -1);
        for (Entry one : entries) {
            if (one.node() >= nodes) {
                throw wrong(one, "there is no node %d of %d".formatted(one.node() + 1, nodes));
            }
            Population of = populations.get(one.population());
            if (of == null) {
                throw wrong(one, "the network has no population " + one.population());
            }
            place(one, of, wiring, out);
        }
        for (int k = 0; k < out.length; k++) {
            if (out[k] < 0) {
                throw new IllegalArgumentException(
                        "placement: %s has no node for the cell %s"
                                .formatted(source, wiring.cells().get(k).name()));
            }
        }
        return out;
    }

    private void place(Entry one, Population of, Wiring wiring, int[] out) {
        if (of.role() == Population.Role.INPUT) {
            throw wrong(one, of.name() + " is an input, which is clamped and has no cells");
        }
        int to = one.to() < 0 ? of.size() : one.to();
        if (one.from() >= to || to > of.size()) {
            throw wrong(
                    one,
                    "%s: %s has the neurons 0..%d".formatted(one.text(), of.name(), of.size() - 1));
        }
        for (CellId cell : wiring.cellsOf(of.index())) {
            if (cell.from() >= to || cell.to() <= one.from()) {
                continue;
            }
            if (cell.from() < one.from() || cell.to() > to) {
                throw wrong(
                        one,
                        "%s has a part of the cell %s alone; give whole cells"
                                .formatted(one.text(), cell.name()));
            }
            if (out[cell.index()] >= 0) {
                throw wrong(one, "the cell %s has a node already".formatted(cell.name()));
            }
            out[cell.index()] = one.node();
        }
    }

    private IllegalArgumentException wrong(Entry one, String why) {
        return new IllegalArgumentException(
                "placement: %s, line %d: %s".formatted(source, one.line(), why));
    }
}
