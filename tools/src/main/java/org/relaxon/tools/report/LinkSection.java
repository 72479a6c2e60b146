package org.relaxon.tools.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The section of a run's page on the travel times of its slowest links, beside those of all. */
final class LinkSection {
    private static final int SHOWN = 21; // that of all links among them
    private static final List<String> TIMES =
            List.of("p50Nanos", "p90Nanos", "p99Nanos", "maxNanos");
    private static final List<String> HEADER =
            List.of("link", "signals", "p50, us", "p90, us", "p99, us", "max, us");

    private LinkSection() {}

    /** Writes a table, unless the run has no travel times by link. */
    static void write(Page page, RunFiles files) {
        Optional<CsvTable> links = files.links();
        boolean any =
                links.isPresent()
                        && links.get().has("link")
                        && links.get().has("signals")
                        && TIMES.stream().allMatch(links.get()::has);
        if (!any) {
            return;
        }
        CsvTable table = links.get();
        List<List<String>> rows = new ArrayList<>();
        for (List<String> row : table.first().subList(0, Math.min(SHOWN, table.first().size()))) {
            List<String> shown =
                    new ArrayList<>(List.of(table.cell(row, "link"), table.cell(row, "signals")));
            for (String time : TIMES) {
                shown.add(Shown.number(Shown.parse(table.cell(row, time)) / 1000.0));
            }
            rows.add(shown);
        }
        page.table(
                "Travel times by link: all, then the slowest by the 99th percentile; the others are in"
                        + " links.csv. "
                        + CourseFigures.words(files.result()),
                HEADER,
                rows,
                SHOWN);
    }
}
