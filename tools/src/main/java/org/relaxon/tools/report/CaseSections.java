package org.relaxon.tools.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.relaxon.tools.output.CheckColumns;

/** The sections of a run's page on its cases: certificate, prediction, order, alignment. */
final class CaseSections {
    /** Reason of runs that the user stopped. */
    private static final String STOPPED = "cancelled";

    private static final int ROWS = 200;
    private static final List<String> WHO =
            List.of(
                    "algorithm",
                    "variant",
                    "loss",
                    "estimator",
                    "beta",
                    "host",
                    "granularity",
                    "delay");
    private static final List<String> CERTIFIED =
            List.of("algorithm", "variant", "loss", "beta", "granularity");
    private static final List<String> PROMISES =
            List.of("contraction", "loopGain", "stepLimit", "smallestEigenvalue", "recommendation");
    private static final Map<String, String> MEANING = new LinkedHashMap<>();

    static {
        MEANING.put(
                "contraction",
                "contraction: spectral radius rho(|M|) of the elementwise absolute value of the"
                        + " linearised update of all cells; below 1 everywhere it settles under any"
                        + " delays.");
        MEANING.put(
                "loopGain",
                "loop gain: the factor by which the output's error returns after one pass through"
                        + " all layers, to first order.");
        MEANING.put(
                "stepLimit",
                "step limit: largest step of gradient dynamics that settles under the mean delay,"
                        + " near the free equilibrium.");
        MEANING.put(
                "smallestEigenvalue",
                "smallest eigenvalue: of the second derivative of the energy; above 0 the free"
                        + " equilibrium is a minimum.");
    }

    private static final List<String> ALIGNMENT =
            List.of(
                    "name",
                    "relativeError",
                    "cosine",
                    "oneMinusCosine",
                    "angleDegrees",
                    "cosineReason",
                    "signAgreement",
                    "normRatio",
                    "rmse",
                    "medianDifference",
                    "quantile90Difference",
                    "mostDifference");

    private static final String COMPLETED = "completed";
    private static final String UNJUDGED = "the run was stopped before a case was judged.";
    private static final Set<String> SWEEPING = Set.of("synchronous", "red-black");

    private final Page page;
    private final RunKind kind;
    private final boolean stopped;
    private final JsonNode config;
    private final JsonNode result;
    private final List<JsonNode> cases = new ArrayList<>();

    /**
     * @param stopped whether the run was stopped before it was complete
     */
    CaseSections(Page page, RunFiles files, RunKind kind, boolean stopped) {
        this.page = page;
        this.kind = kind;
        this.stopped = stopped;
        this.config = files.config();
        this.result = files.result();
        if (result.path("cases").isArray()) {
            result.get("cases").forEach(cases::add);
        } else if (result.has("verdict") && !result.has("curves")) {
            cases.add(result);
        }
    }

    /** The certificates from before the run, and the outcomes. */
    void certificate() {
        page.heading("Certificate and outcome");
        Map<String, List<JsonNode>> groups = new LinkedHashMap<>();
        for (JsonNode one : cases) {
            if (one.path("certificate").isObject()) {
                String key = certified(one) + "\n" + one.get("certificate");
                groups.computeIfAbsent(key, k -> new ArrayList<>()).add(one);
            }
        }
        if (groups.isEmpty()) {
            if (!cases.isEmpty() && cases.stream().allMatch(c -> c.path("certificate").isNull())) {
                cases.stream().map(CaseSections::noCertificate).distinct().forEach(page::paragraph);
            } else {
                page.missing(stopped ? UNJUDGED : "no certificate was recorded for this run.");
            }
            return;
        }
        List<String> header = new ArrayList<>(CERTIFIED);
        header.addAll(List.of("promised", "outcome", "as promised"));
        header.addAll(PROMISES);
        List<JsonNode> firsts = groups.values().stream().map(g -> g.get(0)).toList();
        page.tableWithWords(
                "What theory promised before the run if every last signal arrives, and the"
                        + " outcome. Below each, the reason.",
                header,
                groups.values().stream().limit(ROWS).map(CaseSections::certificateRow).toList(),
                firsts.stream().map(c -> Shown.value(c.path("certificate").path("why"))).toList());
        withoutCertificate();
        String meaning =
                MEANING.keySet().stream()
                        .filter(name -> firsts.stream().anyMatch(c -> states(c, name)))
                        .map(MEANING::get)
                        .collect(Collectors.joining(" "));
        if (!meaning.isEmpty()) {
            page.note(meaning);
        }
    }

    private static boolean states(JsonNode one, String name) {
        return one.path("certificate").path(name).isNumber();
    }

    /** The algorithms that the table leaves out. */
    private void withoutCertificate() {
        Map<String, Set<String>> names = new LinkedHashMap<>();
        for (JsonNode one : cases) {
            if (one.path("certificate").isNull()) {
                String label = one.path("algorithm").asText() + " " + one.path("variant").asText();
                names.computeIfAbsent(noCertificate(one), k -> new LinkedHashSet<>())
                        .add(label.trim());
            }
        }
        names.forEach(
                (why, some) ->
                        page.paragraph(
                                "None known for %s: %s".formatted(String.join(", ", some), why)));
    }

    /** As the terminal states it, where the case records it. */
    private static String noCertificate(JsonNode one) {
        JsonNode why = one.path("noCertificate");
        String text =
                why.isTextual()
                        ? why.asText()
                        : "no certificate is recorded for " + Shown.value(one.path("algorithm"));
        return Character.toUpperCase(text.charAt(0)) + text.substring(1) + ".";
    }

    private static List<String> certificateRow(List<JsonNode> cases) {
        JsonNode certificate = cases.get(0).get("certificate");
        boolean certified = certificate.path("certified").asBoolean();
        long settled = cases.stream().filter(CaseSections::isConclusive).count();
        List<String> row = new ArrayList<>(certified(cases.get(0)));
        row.add(certified ? "settles" : "nothing");
        boolean waves = cases.stream().allMatch(c -> c.path("verdict").asText().equals(COMPLETED));
        row.add("%d of %d %s".formatted(settled, cases.size(), waves ? COMPLETED : "settled"));
        row.add(certified ? kept(cases, settled) : "-");
        PROMISES.forEach(name -> row.add(Shown.value(certificate.path(name))));
        return row;
    }

    /** Whether a promise was kept; if not, the reason, or why it did not apply. */
    private static String kept(List<JsonNode> cases, long settled) {
        List<String> prevented = new ArrayList<>();
        cases.get(0).get("certificate").path("preventedBy").forEach(f -> prevented.add(f.asText()));
        if (!prevented.isEmpty() && prevented.stream().allMatch(p -> p.startsWith("--quantum"))) {
            return "does not apply: "
                    + String.join(", ", prevented)
                    + " rounds signals, which the promise assumes to be exact";
        }
        if (!prevented.isEmpty()) {
            return "does not apply: "
                    + String.join(", ", prevented)
                    + " keeps last signals from arriving, which the promise assumes";
        }
        String reasons =
                cases.stream()
                        .filter(c -> !isConclusive(c))
                        .map(c -> Shown.value(c.path("reason")))
                        .distinct()
                        .collect(Collectors.joining(", "));
        if (reasons.equals(STOPPED)) {
            return "not judged: it was stopped";
        }
        return settled == cases.size() ? "yes" : "NO: " + reasons;
    }

    /** The subject of a certificate. */
    private static List<String> certified(JsonNode one) {
        return CERTIFIED.stream().map(name -> Shown.value(one.path(name))).toList();
    }

    private static boolean isConclusive(JsonNode one) {
        return RunVerdict.isConclusive(one.path("verdict").asText());
    }

    /** Predicted and measured errors. */
    void predictions() {
        if (cases.isEmpty()) {
            page.heading("Predicted and measured");
            page.missing(
                    stopped
                            ? UNJUDGED
                            : "no cases were recorded for this run; see the rows below.");
            return;
        }
        List<String> header = new ArrayList<>(WHO);
        header.addAll(List.of("worst seed", "predicted error", "measured error"));
        header.addAll(List.of("measured/predicted", "1 - cosine", "declared order", "order"));
        header.addAll(List.of("verdict", "relaxations", "critical path", "holds", "why"));
        List<List<String>> rows = cases.stream().map(CaseSections::predictionRow).toList();
        TableView view = TableView.of(header, rows);
        page.heading(view.has("predicted error") ? "Predicted and measured" : "Measured");
        page.table(
                "Relative error of the local updates; a dash marks a value that was not recorded.",
                header,
                rows,
                ROWS);
        page.note(CheckColumns.paragraph(rows.size(), view::has));
    }

    private static List<String> predictionRow(JsonNode one) {
        List<String> row = new ArrayList<>();
        WHO.forEach(name -> row.add(Shown.value(one.path(name))));
        JsonNode predicted = one.path("predictedError");
        JsonNode measured = one.path("relativeError");
        boolean both = predicted.isNumber() && measured.isNumber() && predicted.asDouble() > 0;
        row.add(Shown.value(one.path("seed")));
        row.add(Shown.value(predicted));
        row.add(Shown.value(measured));
        row.add(both ? Shown.number(measured.asDouble() / predicted.asDouble()) : "-");
        row.add(Shown.value(one.path("oneMinusCosine")));
        row.add(one.path("declaredOrder").asInt(-1) == 0 ? "exact" : order(one));
        row.add(Shown.value(one.path("order")));
        row.add(Shown.value(one.path("verdict")));
        row.add(Shown.value(one.path("relaxations")));
        row.add(Shown.value(one.path("criticalPath")));
        JsonNode holds = one.path("caseHolds");
        row.add(holds.isBoolean() ? (holds.asBoolean() ? "yes" : "NO") : "-");
        row.add(Shown.value(one.path(why(one))));
        return row;
    }

    private static String why(JsonNode one) {
        return one.path("notJudged").isTextual()
                ? "notJudged"
                : one.path("why").isTextual() ? "why" : "reason";
    }

    private static String order(JsonNode one) {
        return Shown.value(one.path("declaredOrder"));
    }

    /** Slopes in beta of runs at several strengths, above the plots. */
    void slopes() {
        boolean there = Stream.of("slopes", "curves").anyMatch(this::hasObjects);
        boolean asked = kind == RunKind.UNKNOWN || !there && severalStrengths();
        if (!there && !asked) {
            return;
        }
        page.heading("Convergence in beta");
        slopes("slopes", "Order between two strengths, over all cases and seeds.");
        slopes(
                "curves",
                "The least mean error of each curve, and its slope from the largest strength of at most"
                        + " 0.01 to the smallest: 1 if the error falls with the strength, negative if it"
                        + " grows.");
        if (!there) {
            page.missing(
                    stopped
                            ? "the run was stopped before the same cases were judged at two strengths."
                            : "no slope over several strengths.");
        }
    }

    /**
     * Whether the same algorithms were requested at several strengths on one problem, and the error
     * of one depends on the strength.
     */
    private boolean severalStrengths() {
        if (!cases.isEmpty()
                && cases.stream().allMatch(c -> c.path("declaredOrder").asInt() == 0)) {
            return false;
        }
        Map<List<String>, Set<String>> strengths = new LinkedHashMap<>();
        for (JsonNode plan : config.path("plans")) {
            List<String> same =
                    Stream.of("algorithms", "estimator", "problem")
                            .map(n -> Shown.value(plan.path(n)))
                            .toList();
            strengths
                    .computeIfAbsent(same, k -> new LinkedHashSet<>())
                    .add(Shown.value(plan.path("beta")));
        }
        return strengths.values().stream().anyMatch(s -> s.size() > 1);
    }

    /** Whether all cases ran in sweeps, which have no travel times. */
    boolean isOfSweeps() {
        return !cases.isEmpty()
                && cases.stream().allMatch(c -> SWEEPING.contains(c.path("host").asText()));
    }

    private boolean hasObjects(String field) {
        JsonNode array = result.path(field);
        return array.isArray() && !array.isEmpty() && array.get(0).isObject();
    }

    /** Objects in an array, their plain values as columns. */
    private void slopes(String field, String caption) {
        JsonNode array = result.path(field);
        if (!hasObjects(field)) {
            return;
        }
        List<String> header = new ArrayList<>();
        array.get(0)
                .properties()
                .forEach(
                        e -> {
                            if (e.getValue().isValueNode()) {
                                header.add(e.getKey());
                            }
                        });
        List<List<String>> rows = new ArrayList<>();
        array.forEach(one -> rows.add(header.stream().map(n -> Shown.value(one.path(n))).toList()));
        page.table(caption, header, rows, ROWS);
    }

    /** What the table per layer is about. */
    private String subject() {
        if (result.has("cases")) {
            return "worst case, " + CheckColumns.WORST;
        }
        return kind == RunKind.PAPER ? "smallest strength at which cells settled" : "run";
    }

    /** With every digit of a number, which the table rounds. */
    private static String exact(JsonNode value) {
        return value.isNumber() ? value.asText() : Shown.value(value);
    }

    /** Each projection of the worst case compared with its reference. */
    void alignment() {
        if (kind == RunKind.SETTLING && result.path("beta").asDouble(1.0) == 0.0) {
            return; // a free phase has no gradient
        }
        page.heading("Alignment per layer");
        JsonNode projections = result.path("projections");
        if (!projections.isArray() || projections.isEmpty()) {
            boolean lost = result.path("verdict").asText().equals("not-settled");
            page.missing(
                    stopped
                            ? UNJUDGED
                            : lost
                                    ? "a run that did not settle has no comparison."
                                    : "no comparison per layer was recorded for this run.");
            return;
        }
        List<List<String>> rows = new ArrayList<>();
        projections.forEach(p -> rows.add(ALIGNMENT.stream().map(n -> exact(p.path(n))).toList()));
        page.table(
                "The %s (%s): local update against the %s gradient."
                        .formatted(
                                subject(),
                                String.join(
                                        ", ",
                                        WHO.stream()
                                                .map(n -> Shown.value(result.path(n)))
                                                .filter(v -> !v.isEmpty() && !v.equals("-"))
                                                .toList()),
                                Shown.value(result.path("reference"))),
                ALIGNMENT,
                rows,
                ROWS);
    }
}
