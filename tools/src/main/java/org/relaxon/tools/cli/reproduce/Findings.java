package org.relaxon.tools.cli.reproduce;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.relaxon.experiments.reproduction.ShapeCheck;
import org.relaxon.experiments.sweep.Interval;
import org.relaxon.tools.cli.text.Figures;

/** The findings of a reproduction, for files and display. */
interface Findings {
    /** The expected shape, check by check. */
    List<ShapeCheck> checks();

    /** Meanings of the symbols and words of {@link #checks} and of the tables; may be empty. */
    default Map<String, String> symbols() {
        return Map.of();
    }

    /**
     * A table of the page and of the JSON object.
     *
     * @param title what its figures are
     * @param header names of the columns
     * @param rows cells as text, as many as columns
     * @param meaning of the words in it that are not the field's; may be empty
     */
    record Table(String title, List<String> header, List<List<String>> rows, String meaning) {
        /** Without words to explain. */
        Table(String title, List<String> header, List<List<String>> rows) {
            this(title, header, rows, "");
        }

        /** In columns that are as wide as their widest cell. */
        void print(PrintWriter out) {
            out.println(title);
            List<List<String>> lines = new ArrayList<>(List.of(header));
            lines.addAll(rows);
            int[] width = new int[header.size()];
            for (List<String> line : lines) {
                for (int k = 0; k < width.length; k++) {
                    width[k] = Math.max(width[k], line.get(k).length());
                }
            }
            for (List<String> line : lines) {
                StringBuilder text = new StringBuilder();
                for (int k = 0; k < width.length; k++) {
                    text.append(("%-" + width[k] + "s  ").formatted(line.get(k)));
                }
                out.println(text.toString().stripTrailing());
            }
            if (!meaning.isEmpty()) {
                out.println(meaning);
            }
            out.println();
        }
    }

    /** Summaries of the runs, such as medians; may be empty. */
    default List<Table> tables() {
        return List.of();
    }

    /** The verdict on runs of which so many settled. */
    static String verdict(long settled, long all) {
        return settled == 0 ? "not-settled" : settled < all ? "partly-settled" : "settled";
    }

    /** An error rounded to two digits, in the form in which limits are stated; a dash for NaN. */
    static String error(double value) {
        return Double.isNaN(value) ? "-" : Figures.brief(value, 2);
    }

    /** How figures of one seed or more are summarised, such as "median over seeds". */
    static String over(int seeds, String summary) {
        return seeds == 1 ? "one seed" : summary + " over seeds";
    }

    /** The median; NaN of no figure. */
    static double median(double... values) {
        return values.length == 0 ? Double.NaN : Interval.median(values);
    }

    /** A median of counts, which is no whole number where two are in the middle. */
    static String count(double median) {
        return String.format(Locale.ROOT, median == Math.rint(median) ? "%.0f" : "%.1f", median);
    }

    /** Prints tables. */
    void print(PrintWriter out);

    /** Adds figures to the JSON object. */
    void fill(ObjectNode json);

    /** Names of the columns of the table. */
    List<String> header();

    /** One row per run. */
    List<List<String>> rows();

    /** Draws pictures into a run directory. */
    void draw(Path directory) throws IOException;
}
