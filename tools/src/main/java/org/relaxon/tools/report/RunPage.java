package org.relaxon.tools.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.relaxon.tools.output.Operations;
import org.relaxon.tools.output.OwnReference;

/** One run directory as {@code report.html} within it. */
public final class RunPage {
    private static final int ROWS = 100;
    private static final int OPTION_LENGTH = 2000;
    private static final int LISTED = 12; // values of a list that are all shown

    /** Parts of a configuration shown elsewhere on the page, and the internal form of options. */
    private static final String ELSEWHERE =
            "command|version|energy|freeEnergy|certificate|noCertificate|projections|histograms"
                    + "|curve|trainings|optionsShown|goOn|joinWith|stoppedBy";

    private static final String EVALUATIONS =
            " A row per evaluation. unsettled: examples that did not settle and are not scored."
                    + " 1 - cosine to backprop: of the angle between the local update of a minibatch"
                    + " and the gradient that backprop gives. changed: settings that changed when the training continued from a"
                    + " checkpoint.";

    private static final String DRAWN_LATER = "pictures, which are drawn at the end of a run.";

    private final RunFiles files;
    private final RunKind kind;
    private final RunVerdict verdict;
    private final Page page;
    private final RunFigures figures;

    private RunPage(RunFiles files) {
        this.files = files;
        this.kind = RunKind.of(files);
        this.verdict = RunVerdict.of(files);
        this.page = new Page("Relaxon: " + files.name());
        this.figures = RunFigures.of(files, kind);
    }

    /**
     * Reads a run directory and writes its page.
     *
     * @param directory of a run
     * @param force whether a {@code report.html} that is not an earlier report may be replaced
     * @return the page
     * @throws IllegalArgumentException if it is not a run directory, or the page may not be written
     * @throws IOException if a file cannot be read or written
     */
    public static Path write(Path directory, boolean force) throws IOException {
        return write(RunFiles.read(directory), force);
    }

    static Path write(RunFiles files, boolean force) throws IOException {
        Path file = files.directory().resolve(RunFiles.REPORT);
        PageFile.write(file, text(files), force);
        return file;
    }

    static String text(RunFiles files) throws IOException {
        return new RunPage(files).text();
    }

    /** First the answer and its picture, then the other pictures, then what can be looked up. */
    private String text() throws IOException {
        page.opening(figures.any());
        Opening.write(page, files, kind, verdict);
        counts();
        page.beside();
        figures.opening(page);
        page.openingEnd();
        AdviceSection.write(page, files.result());
        switch (kind) {
            case TRAINING -> training();
            case GRID -> grid();
            case REPRODUCTION -> {
                ReproductionSections.write(page, files.result());
                pictures("Plots", false, isStopped() ? DRAWN_LATER : "this run drew no plots.");
            }
            case FIGURES -> pictures("Plots", false, "");
            default -> oneGradient();
        }
        options(files.config());
        page.fold();
        tables();
        PlacementSection.write(page, files.result());
        contents();
        header();
        return page.finish();
    }

    private void counts() {
        files.results()
                .flatMap(RunVerdict::counts)
                .ifPresent(
                        counts ->
                                page.paragraph(
                                        "Rows by verdict: "
                                                + counts
                                                + "."
                                                + files.results()
                                                        .map(RunPage::unjudged)
                                                        .orElse("")));
    }

    private static String unjudged(CsvTable table) {
        return table.unjudged() == 0
                ? ""
                : " Rows that are not judged repeat published arithmetic, in which nothing settles and"
                        + " no gradient is claimed; they are shown beside the others in the curves.";
    }

    /** The curves of the training are shown before the rest of its result. */
    private void training() {
        JsonNode result = files.result();
        pictures("Plots", false, isStopped() ? DRAWN_LATER : "no evaluation has a figure to plot.");
        Map<String, String> outcome = TrainingSummary.of(result);
        if (!outcome.isEmpty()) {
            page.heading("Outcome");
            page.facts(outcome);
        }
        if (outcome.containsKey(Operations.NAME)) {
            page.paragraph(Operations.MEANING);
        }
        String note =
                OwnReference.note(
                        Shown.value(result.path("algorithm")),
                        result.path("limit").asText("backprop"));
        if (!note.isEmpty()) {
            page.paragraph("Reference: " + note + ".");
        }
        if (result.hasNonNull("beside") && !result.hasNonNull("backpropEnding")) {
            page.missing("the training by backprop, which had not begun when this one ended.");
        }
        if (result.path("alignEvery").asLong() > 0 && result.path("comparisons").asLong() == 0) {
            page.missing("comparisons with backprop: the training ended before the first of them.");
        }
        ProbeSection.write(page, result);
    }

    private boolean isStopped() {
        return verdict.outcome() == Outcome.INTERRUPTED;
    }

    /** Two axes with several values each have a map. */
    private void grid() {
        int axes = 0;
        for (JsonNode axis : files.config().path("axes")) {
            axes += axis.size() > 1 ? 1 : 0;
        }
        if (!figures.drawn().isEmpty()) {
            pictures("Plots", false, "");
        }
        boolean any = pictures("Maps", true, axes > 1 ? DRAWN_LATER : "");
        if (any && files.pictures().stream().anyMatch(p -> p.isMap() && p.showsTheory())) {
            page.paragraph(GridWords.LINES);
        }
        if (any && isStopped() && !files.result().has("score")) {
            page.paragraph(GridWords.NOT_YET);
        }
    }

    /** The subject of a run that claims a gradient. */
    private void oneGradient() {
        boolean settling = kind == RunKind.SETTLING;
        boolean none = settling && figures.drawn().isEmpty() && figures.recorded(false).isEmpty();
        if (!none) {
            pictures("Plots", false, isStopped() ? DRAWN_LATER : "this run drew no plots.");
        }
        pictures("Maps", true, kind == RunKind.UNKNOWN ? "this run drew no maps (map*.svg)." : "");
        if (settling) {
            new ResultFacts(files.result()).write(page);
            ProbeSection.write(page, files.result());
        }
        page.fold();
        CaseSections cases = new CaseSections(page, files, kind, isStopped());
        cases.slopes();
        if (kind != RunKind.PAPER) { // which certifies nothing and has curves
            cases.certificate();
            cases.predictions();
        }
        cases.alignment();
        if (kind != RunKind.PAPER && !cases.isOfSweeps()) {
            latency();
        }
    }

    private void header() {
        page.heading("Run");
        JsonNode config = files.config();
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("command", Shown.value(config.path("command")));
        facts.put("version", Shown.value(files.manifest().path("version")));
        facts.put("seed", seed());
        facts.put("commit", Shown.value(files.manifest().path("commit")));
        for (String name : List.of("jvm", "os", "cpu", "processors", "maxHeapBytes")) {
            facts.put(name, Shown.value(files.manifest().path(name)));
        }
        page.folded("Command, version and machine", facts);
    }

    /** The seed of the run; of several runs, that of the worst case. */
    private String seed() {
        JsonNode own = files.config().path("seed");
        JsonNode worst = files.result().path("seed");
        return own.isMissingNode() && worst.isNumber()
                ? Shown.value(worst) + " (worst case)"
                : Shown.value(own);
    }

    /** The request; the result is shown elsewhere. */
    private void options(JsonNode config) {
        page.heading("Configuration");
        page.command("All that differs from the defaults:", Shown.value(config.path("command")));
        Map<String, String> facts = new LinkedHashMap<>();
        config.properties()
                .forEach(
                        e -> {
                            JsonNode value = e.getValue();
                            boolean plan = e.getKey().equals("plans") && value.isArray();
                            if (e.getKey().equals("options") && value.isObject()) {
                                facts.put("options", given(value, config.path("optionsShown")));
                            } else if (plan) {
                                for (int k = 0; k < value.size(); k++) {
                                    facts.put("plan " + (k + 1), shorter(value.get(k)));
                                }
                            } else if (!e.getKey().matches(ELSEWHERE)) {
                                facts.put(e.getKey(), shorter(value));
                            }
                        });
        page.folded("All settings", facts);
    }

    /** Options as typed, without those that have neither value nor default. */
    private static String given(JsonNode options, JsonNode shown) {
        return options.properties().stream()
                .filter(e -> !e.getValue().asText().matches("|false|\\[\\]"))
                .map(
                        e -> {
                            boolean grid = e.getKey().equals("grid"); // its seeds may be many
                            String text = e.getValue().asText();
                            String brief = shown.path("grid").asText(text);
                            return e.getKey() + " " + (grid ? brief : text);
                        })
                .collect(Collectors.joining(", "));
    }

    private static String shorter(JsonNode value) {
        int size = value.isArray() ? value.size() : 0;
        String text =
                size <= LISTED
                        ? Shown.value(value)
                        : "%s, ..., %s (%d)"
                                .formatted(
                                        Shown.value(value.get(0)),
                                        Shown.value(value.get(size - 1)),
                                        size);
        return text.length() <= OPTION_LENGTH
                ? text
                : text.substring(0, OPTION_LENGTH) + " ... (whole in manifest.json)";
    }

    /**
     * The maps, or all other pictures.
     *
     * @param missing text if there are none; empty for a run that has none by its nature
     * @return whether there are any
     */
    private boolean pictures(String heading, boolean maps, String missing) {
        List<Picture> some = figures.recorded(maps);
        boolean drawn = !maps && figures.drawn().size() > 1;
        boolean shown = figures.openingHas(maps) || !maps && !figures.drawn().isEmpty();
        boolean lacks = some.isEmpty() && !shown && !missing.isEmpty();
        if (!some.isEmpty() || drawn || lacks) {
            page.heading(heading);
        }
        if (!maps) {
            figures.others(page);
        }
        some.forEach(p -> page.figure(p, MapData.of(p, files)));
        if (lacks) {
            page.missing(missing);
        }
        return !some.isEmpty() || figures.openingHas(maps);
    }

    private void latency() {
        page.heading("Latency");
        if (files.latency().isEmpty()) {
            page.missing("no histograms (latency.hlog) were recorded for this run.");
            return;
        }
        List<String> header = new ArrayList<>(List.of("histogram", "unit", "count"));
        header.addAll(Latency.COLUMNS);
        List<List<String>> rows = new ArrayList<>();
        for (Latency one : files.latency()) {
            List<String> row = new ArrayList<>();
            row.addAll(List.of(one.name(), one.unit(), Long.toString(one.count())));
            row.addAll(one.shown());
            rows.add(row);
        }
        page.table(
                "Percentiles, by host and histogram; virtual hosts count virtual time.",
                header,
                rows,
                ROWS);
        LinkSection.write(page, files);
    }

    private void tables() {
        files.summary()
                .ifPresent(
                        t -> {
                            page.heading("Summary");
                            String words = GridWords.columns(t);
                            if (!words.isEmpty()) {
                                page.note(words);
                            }
                            page.table("summary.csv.", t);
                        });
        Optional<CsvTable> results = files.results();
        if (results.isEmpty() && kind == RunKind.FIGURES) {
            return;
        }
        if (results.isEmpty()) {
            page.heading("Worst rows");
            page.missing("no readable results.csv, which is written when a run ends.");
            return;
        }
        if (!results.get().has("verdict")) { // nothing in it is better or worse
            page.heading("Results");
            boolean curve = kind == RunKind.TRAINING && results.get().has("cosineToBackprop");
            page.table("results.csv." + (curve ? EVALUATIONS : ""), results.get());
            return;
        }
        new WorstRows(results.get()).write(page, Shown.value(files.config().path("command")));
    }

    private void contents() throws IOException {
        page.heading("Files");
        List<List<String>> rows = new ArrayList<>();
        for (Path entry : files.entries()) {
            String name = entry.getFileName().toString();
            if (!name.equals(RunFiles.REPORT) && !RunFiles.isInternal(name)) {
                rows.add(List.of(name, size(entry), FileContent.of(name)));
            }
        }
        page.table("Beside this page.", List.of("file", "size", "content"), rows, ROWS);
        files.notes().forEach(page::missing);
    }

    private static String size(Path entry) throws IOException {
        if (Files.isSymbolicLink(entry)) {
            return "a link, not followed";
        }
        return Files.isRegularFile(entry, LinkOption.NOFOLLOW_LINKS)
                ? Shown.size(Files.size(entry))
                : "no file";
    }
}
