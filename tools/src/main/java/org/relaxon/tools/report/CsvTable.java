package org.relaxon.tools.report;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** A CSV file with a header; every row has its width. */
record CsvTable(List<String> header, List<List<String>> rows) {

    /**
     * Reads a table.
     *
     * @throws IllegalArgumentException if it has no header, or a row of another width
     */
    static CsvTable read(String text) {
        List<List<String>> rows = new ArrayList<>();
        try (CsvReader<CsvRecord> reader = CsvReader.builder().ofCsvRecord(text)) {
            for (CsvRecord row : reader) {
                rows.add(row.getFields());
            }
        } catch (CsvParseException e) {
            throw new IllegalArgumentException("is no table: " + e.getMessage(), e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (rows.isEmpty()) {
            throw new IllegalArgumentException("has no header");
        }
        List<String> header = rows.get(0);
        for (List<String> row : rows) {
            if (row.size() != header.size()) {
                throw new IllegalArgumentException(
                        "has a row of %d cells under a header of %d"
                                .formatted(row.size(), header.size()));
            }
        }
        return new CsvTable(header, List.copyOf(rows.subList(1, rows.size())));
    }

    boolean has(String column) {
        return header.contains(column);
    }

    /** One cell; empty if there is no such column. */
    String cell(List<String> row, String column) {
        int at = header.indexOf(column);
        return at < 0 ? "" : row.get(at);
    }

    /** One cell as a number; NaN if there is none. */
    double number(List<String> row, String column) {
        return Shown.parse(cell(row, column));
    }
}
