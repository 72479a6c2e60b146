package org.relaxon.tools.report;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.TreeMap;

/**
 * The part of a CSV file with a header that a page shows: its first rows, its worst ones, and
 * counts over all of them. The file is read once, row by row, so that its length costs time but no
 * memory; beyond a limit the rest is left out, and {@link #isWhole} is false.
 */
final class CsvTable {
    /** Number of first rows that a page shows. */
    static final int FIRST = 100;

    /** Number of worst rows that are kept. */
    static final int WORST = 10;

    /** The most rows that are read: some seconds. */
    static final long ROWS_MAX = 5_000_000L;

    /** Verdict of rows that claim nothing: arithmetic shown for comparison. */
    private static final String UNJUDGED = "not-judged";

    /** The most reasons that are counted separately; the rest are counted together. */
    private static final int REASONS_MAX = 20;

    private static final String OTHER_REASONS = "other reasons";

    private static final Set<String> LOST = Set.of("not-settled", "refused", "failed");

    /** Not settled first, then without a figure, then by falling error or rising accuracy. */
    private static final Comparator<Ranked> WORST_FIRST =
            Comparator.comparing(Ranked::conclusive)
                    .thenComparing(Ranked::error, Comparator.reverseOrder()) // NaN above numbers
                    .thenComparing(Ranked::position);

    private record Ranked(List<String> cells, boolean conclusive, double error, long position) {}

    private final List<String> header;
    private final int verdictAt;
    private final int errorAt;
    private final int scoreAt;
    private final int reasonAt;
    private final int keptMax;
    private final List<List<String>> kept = new ArrayList<>();
    private final PriorityQueue<Ranked> worst = new PriorityQueue<>(WORST_FIRST.reversed());
    private final Map<String, Long> verdicts = new TreeMap<>();
    private final Map<String, Long> reasons = new TreeMap<>();
    private long rows;
    private long conclusive;
    private long trained;
    private double worstError = Double.NaN;
    private boolean whole = true;

    private CsvTable(List<String> header, int keptMax) {
        this.header = header;
        this.keptMax = keptMax;
        verdictAt = header.indexOf("verdict");
        errorAt = header.indexOf("relativeError");
        scoreAt = header.indexOf("testAccuracy");
        reasonAt = header.indexOf("reason");
    }

    /**
     * Reads a table.
     *
     * @throws IllegalArgumentException if it has no header, or a row of another width
     */
    static CsvTable read(String text) {
        return read(new StringReader(text), ROWS_MAX);
    }

    /**
     * Reads a table.
     *
     * @param rowsMax the most rows that are read
     * @throws IllegalArgumentException if it has no header, or a row of another width
     * @throws UncheckedIOException if it cannot be read
     */
    static CsvTable read(Reader text, long rowsMax) {
        return read(text, rowsMax, FIRST);
    }

    /** The same, of which more rows are kept than a page shows in a table. */
    static CsvTable read(Reader text, long rowsMax, int keptMax) {
        CsvTable table = null;
        try (CsvReader<CsvRecord> reader = CsvReader.builder().ofCsvRecord(text)) {
            for (CsvRecord row : reader) {
                if (table == null) {
                    table = new CsvTable(row.getFields(), keptMax);
                } else if (table.rows == rowsMax) {
                    table.whole = false;
                    return table;
                } else {
                    table.add(row.getFields());
                }
            }
        } catch (CsvParseException e) {
            throw new IllegalArgumentException("is not a table: " + e.getMessage(), e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (table == null) {
            throw new IllegalArgumentException("has no header");
        }
        return table;
    }

    private void add(List<String> cells) {
        if (cells.size() != header.size()) {
            throw new IllegalArgumentException(
                    "has a row of %d cells under a header of %d"
                            .formatted(cells.size(), header.size()));
        }
        String verdict = verdictAt < 0 ? "" : cells.get(verdictAt);
        boolean good = RunVerdict.isConclusive(verdict);
        double error = errorAt < 0 ? Double.NaN : Shown.parse(cells.get(errorAt));
        if (kept.size() < keptMax) {
            kept.add(cells);
        }
        boolean claims = !verdict.equals(UNJUDGED);
        if (verdictAt >= 0) {
            verdicts.merge(verdict, 1L, Long::sum);
            boolean done = verdict.equals(RunVerdict.TRAINED);
            trained += done ? 1 : 0;
            double rank = isOfTrainings() ? -Shown.parse(cells.get(scoreAt)) : error;
            if (claims) {
                rank(new Ranked(cells, good || done, rank, rows));
            }
        }
        conclusive += good ? 1 : 0;
        if (reasonAt >= 0 && LOST.contains(verdict)) {
            count(cells.get(reasonAt));
        }
        boolean larger = !(worstError >= error) && !Double.isNaN(error);
        worstError = claims && larger ? error : worstError;
        rows++;
    }

    private void count(String reason) {
        boolean apart = reasons.containsKey(reason) || reasons.size() < REASONS_MAX;
        if (!reason.isEmpty()) {
            reasons.merge(apart ? reason : OTHER_REASONS, 1L, Long::sum);
        }
    }

    private void rank(Ranked row) {
        if (worst.size() < WORST || WORST_FIRST.compare(row, worst.peek()) < 0) {
            worst.add(row);
        }
        if (worst.size() > WORST) {
            worst.poll();
        }
    }

    List<String> header() {
        return header;
    }

    /** Number of rows that were read. */
    long size() {
        return rows;
    }

    /** False if the file has more rows than were read. */
    boolean isWhole() {
        return whole;
    }

    /** The first rows, at most {@link #FIRST}. */
    List<List<String>> first() {
        return kept.subList(0, Math.min(FIRST, kept.size()));
    }

    /** The first rows, as many as were to be kept. */
    List<List<String>> kept() {
        return kept;
    }

    /** The worst rows that claim something, worst first; at most {@link #WORST}. */
    List<List<String>> worst() {
        return worst.stream().sorted(WORST_FIRST).map(Ranked::cells).toList();
    }

    /** Number of rows by verdict. */
    Map<String, Long> verdicts() {
        return verdicts;
    }

    /** Number of rows that did not settle or did not take place, by reason. */
    Map<String, Long> reasons() {
        return reasons;
    }

    /** True if its rows are ranked by accuracy, having no gradient to compare. */
    boolean isOfTrainings() {
        return scoreAt >= 0 && errorAt < 0;
    }

    /** Number of rows that are completed trainings. */
    long trained() {
        return trained;
    }

    /** Number of rows whose verdict allows a gradient to be claimed. */
    long conclusive() {
        return conclusive;
    }

    /** True if a row did not settle or did not take place. */
    boolean hasLostRows() {
        return LOST.stream().anyMatch(verdicts::containsKey);
    }

    /** Number of rows that claim nothing and are therefore not among the worst. */
    long unjudged() {
        return verdicts.getOrDefault(UNJUDGED, 0L);
    }

    /** The largest relative error of the rows that claim something; NaN if none has one. */
    double worstError() {
        return worstError;
    }

    boolean has(String column) {
        return header.contains(column);
    }

    /** One cell; empty if there is no such column. */
    String cell(List<String> row, String column) {
        int at = header.indexOf(column);
        return at < 0 ? "" : row.get(at);
    }
}
