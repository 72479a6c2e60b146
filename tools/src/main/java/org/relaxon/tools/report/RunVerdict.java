package org.relaxon.tools.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The verdict of a run, derived from its files.
 *
 * @param outcome the verdict
 * @param reason one line; empty if none was recorded
 * @param worstError largest relative error of any row; NaN if none was recorded
 */
record RunVerdict(Outcome outcome, String reason, double worstError) {
    /** Verdict of a completed training. */
    static final String TRAINED = "trained";

    /** Verdicts of trainings, completed or not. */
    private static final Set<String> TRAININGS = Set.of(TRAINED, "unsettled", "diverged");

    /** Verdict of a run in which nothing had to settle. */
    static final String DONE = "done";

    private static final int NOT_SETTLED_CODE = 3;

    /** A text for one settling; for many runs a list, which has a section of its own. */
    private static final String ADVICE = "/advice";

    /** No reason of a run that settled, whose minima are reported beside the verdict. */
    private static final String UNJUDGED = "/minimum/whyUnjudged";

    private static final List<String> REASONS =
            List.of(
                    "/why",
                    "/notJudged",
                    "/reason",
                    "/detail",
                    ADVICE,
                    "/faultsMissing",
                    "/relativeErrorReason",
                    "/resolutionWarning",
                    UNJUDGED);

    private static final String PARTLY = "partly-settled";
    private static final int REASONS_SHOWN = 4;

    static RunVerdict of(RunFiles files) {
        JsonNode result = files.result();
        Outcome outcome = outcome(files);
        boolean ofRows = isOfRows(files) && outcome != Outcome.INTERRUPTED;
        String own =
                ofRows
                        ? ""
                        : reason(result, outcome == Outcome.SETTLED || outcome == Outcome.AT_REST);
        boolean asked = own.isEmpty() && outcome != Outcome.HOLDS; // a claim may be about such rows
        String reason = asked ? files.results().map(RunVerdict::reasons).orElse("") : own;
        return new RunVerdict(outcome, reason, worstError(files));
    }

    private static Outcome outcome(RunFiles files) {
        JsonNode result = files.result();
        if (result.path("verdict").asText().equals("interrupted")) {
            return Outcome.INTERRUPTED;
        }
        if (isOfRows(files)) {
            return files.results().map(RunVerdict::outcome).orElse(Outcome.UNKNOWN);
        }
        if (result.path("holds").isNull() && result.path("notJudged").isTextual()) {
            return Outcome.NOT_JUDGED;
        }
        if (result.path("holds").isBoolean()) {
            boolean unsettled = result.path("exitCode").asInt() == NOT_SETTLED_CODE;
            return result.get("holds").asBoolean()
                    ? Outcome.HOLDS
                    : unsettled ? Outcome.NOT_SETTLED : Outcome.DOES_NOT_HOLD;
        }
        if (result.path("noClaim").isTextual() && result.path("exitCode").asInt() == 1) {
            return Outcome.DISAGREES;
        }
        if (isTraining(files)) {
            String ending = result.path("ending").asText("done");
            return switch (ending) {
                case "done", "patience" -> Outcome.TRAINED;
                case "diverged" -> Outcome.DIVERGED;
                default -> Outcome.UNSETTLED;
            };
        }
        if (isDone(files)) {
            return Outcome.DONE;
        }
        if (result.path("verdict").asText().equals(PARTLY)) {
            return Outcome.PARTLY_SETTLED;
        }
        if (result.path("verdict").isTextual()) {
            boolean faultsMissing = !result.path("faultsMissing").isEmpty();
            return !isConclusive(result.get("verdict").asText())
                    ? Outcome.NOT_SETTLED
                    : faultsMissing ? Outcome.DOES_NOT_HOLD : settled(files);
        }
        return files.results().map(RunVerdict::outcome).orElse(Outcome.UNKNOWN);
    }

    /** Whether the result states the worst of many runs, while the rows decide. */
    private static boolean isOfRows(RunFiles files) {
        return files.config().path("axes").isObject() && files.results().isPresent();
    }

    /** Without a record of the whole run, the worst row decides. */
    private static Outcome outcome(CsvTable table) {
        if (table.size() == 0 || !table.has("verdict")) {
            return Outcome.UNKNOWN;
        }
        if (table.trained() > 0) {
            boolean whole = table.trained() == table.size() && table.isWhole();
            return whole ? Outcome.TRAINED : Outcome.PARTLY_TRAINED;
        }
        if (table.conclusive() == 0) {
            return Outcome.NOT_SETTLED;
        }
        boolean all = table.conclusive() == table.size() && table.isWhole();
        return all ? Outcome.SETTLED : Outcome.PARTLY_SETTLED;
    }

    /** A run that settled as a whole counts as partly settled if one of its rows did not. */
    private static Outcome settled(RunFiles files) {
        boolean lost = files.results().map(CsvTable::hasLostRows).orElse(false);
        boolean energy = !files.result().hasNonNull("noEnergy");
        return lost ? Outcome.PARTLY_SETTLED : energy ? Outcome.SETTLED : Outcome.AT_REST;
    }

    /** True for runs in which nothing had to settle. */
    static boolean isDone(RunFiles files) {
        return files.result().path("verdict").asText().equals(DONE);
    }

    /** True for runs that claim no gradient because weights changed throughout. */
    private static boolean isTraining(RunFiles files) {
        return TRAININGS.contains(files.result().path("verdict").asText());
    }

    /** True for the verdicts that allow a gradient to be claimed. */
    static boolean isConclusive(String verdict) {
        return verdict.equals("settled") || verdict.equals("completed");
    }

    private static String reason(JsonNode result, boolean settled) {
        return REASONS.stream()
                .filter(name -> !settled || !name.equals(UNJUDGED))
                .filter(name -> !name.equals(ADVICE) || result.at(name).isTextual())
                .map(name -> stated(name, result.at(name)))
                .filter(text -> !text.isEmpty())
                .collect(Collectors.joining("; "));
    }

    /** One of the reasons; advice is marked as such. Empty if there is none. */
    private static String stated(String name, JsonNode value) {
        boolean some = value.isTextual() && !value.asText().isEmpty();
        if (!some && (!value.isArray() || value.isEmpty())) {
            return "";
        }
        return (name.equals(ADVICE) ? "advice: " : "") + Shown.value(value);
    }

    /** The reasons of rows, the most frequent first, such as "time-budget 3, diverged 1". */
    private static String reasons(CsvTable table) {
        return table.reasons().entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
                .limit(REASONS_SHOWN)
                .map(e -> e.getKey() + " " + e.getValue())
                .collect(
                        Collectors.joining(
                                ", ", "", table.reasons().size() > REASONS_SHOWN ? ", ..." : ""));
    }

    private static double worstError(RunFiles files) {
        double most = files.results().map(CsvTable::worstError).orElse(Double.NaN);
        return Double.isNaN(most)
                ? files.result().path("relativeError").asDouble(Double.NaN)
                : most;
    }

    /** Number of rows by verdict, such as "settled 30, not-settled 2". */
    static Optional<String> counts(CsvTable table) {
        if (table.verdicts().isEmpty()) {
            return Optional.empty();
        }
        String rest = table.isWhole() ? "" : "; of the first %d rows".formatted(table.size());
        return Optional.of(
                table.verdicts().entrySet().stream()
                        .map(e -> (e.getKey().isEmpty() ? "none" : e.getKey()) + " " + e.getValue())
                        .collect(Collectors.joining(", ", "", rest)));
    }
}
