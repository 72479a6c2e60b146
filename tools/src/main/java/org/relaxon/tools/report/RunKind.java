package org.relaxon.tools.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The kind of a run, which determines the content of its page. */
enum RunKind {
    CHECK,
    SETTLING,
    GRID,
    TRAINING,
    PAPER,
    REPRODUCTION,
    /** Only figures: nothing settles for a claim. */
    FIGURES,
    /** A command that this version does not know: every absent part is reported as missing. */
    UNKNOWN;

    private static final Pattern VERB =
            Pattern.compile(
                    "(?:RELAXON_CLASSPATH=(?:'.*?'|\\S+) )?(?:bin/)?relaxon (\\S+).*",
                    Pattern.DOTALL);

    /** By the command; if that does not decide, by the recorded files. */
    static RunKind of(RunFiles files) {
        JsonNode config = files.config();
        JsonNode result = files.result();
        if (config.path("axes").isObject()) {
            return GRID;
        }
        Matcher verb = VERB.matcher(config.path("command").asText());
        RunKind named = verb.matches() ? ofVerb(verb.group(1)) : UNKNOWN;
        if (named != UNKNOWN) {
            return named;
        }
        return switch (result.path("verdict").asText()) {
            case RunVerdict.TRAINED -> TRAINING;
            case RunVerdict.DONE -> FIGURES;
            default ->
                    result.path("cases").isArray()
                            ? CHECK
                            : result.has("columnsSettled") ? SETTLING : UNKNOWN;
        };
    }

    private static RunKind ofVerb(String verb) {
        return switch (verb) {
            case "check" -> CHECK;
            case "settle" -> SETTLING;
            case "sweep", "stress" -> GRID;
            case "train", "paper-training" -> TRAINING;
            case "paper" -> PAPER;
            case "reproduce" -> REPRODUCTION;
            case "bench", "data" -> FIGURES;
            default -> UNKNOWN;
        };
    }
}
