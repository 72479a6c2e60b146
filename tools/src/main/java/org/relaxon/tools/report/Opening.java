package org.relaxon.tools.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.relaxon.model.network.Projection.FeedbackWeights;
import org.relaxon.runtime.delay.Durations;

/** The opening of a page: request, verdict and result, and the command that continues. */
final class Opening {
    private static final int NAMED_MAX = 6;
    private static final Pattern FEEDBACK = Pattern.compile("feedback weights (\\S+seed=-?[0-9]+)");
    private static final String NOT_ENDED =
            "The run did not end: it was killed, a failure ended it, or it is still running.";

    private final RunFiles files;
    private final RunKind kind;
    private final JsonNode config;
    private final JsonNode result;

    private Opening(RunFiles files, RunKind kind) {
        this.files = files;
        this.kind = kind;
        this.config = files.config();
        this.result = files.result();
    }

    /** Writes the banner and the lines below it. */
    static void write(Page page, RunFiles files, RunKind kind, RunVerdict verdict) {
        Opening opening = new Opening(files, kind);
        String asked = opening.asked();
        if (!asked.isEmpty()) {
            page.question("Requested: " + asked + (asked.endsWith(".") ? "" : "."));
        }
        page.banner(verdict.outcome(), opening.why(verdict), opening.reached());
        if (opening.result.path("adviceCommand").isTextual()) {
            page.command("What to change, as a command:", opening.value("adviceCommand"));
        }
        if (kind == RunKind.GRID && opening.result.hasNonNull("noEnergy")) {
            page.paragraph("No gradient is claimed: %s.".formatted(opening.value("noEnergy")));
        }
        opening.next(page, verdict.outcome());
    }

    /** The reason, unless it is the number of runs, which the result states. */
    private String why(RunVerdict verdict) {
        boolean counted = kind == RunKind.GRID && !reached().isEmpty();
        return counted && verdict.outcome() == Outcome.INTERRUPTED ? "" : verdict.reason();
    }

    /** The result in one clause; empty if no record of the whole run states it. */
    static String reached(RunFiles files) {
        return new Opening(files, RunKind.of(files)).reached();
    }

    private String reached() {
        return switch (kind) {
            case TRAINING -> TrainingSummary.sentence(result);
            case CHECK -> cases();
            case SETTLING -> columns();
            case GRID -> rows();
            case REPRODUCTION -> ReproductionSections.counted(result);
            default -> "";
        };
    }

    private String cases() {
        JsonNode cases = result.path("cases");
        if (!cases.isArray()) {
            return "";
        }
        int hold = 0;
        int open = 0;
        for (JsonNode one : cases) {
            hold += one.path("caseHolds").asBoolean() ? 1 : 0;
            open += one.path("notJudged").isTextual() ? 1 : 0;
        }
        int all = Math.max(cases.size(), result.path("casesAsked").asInt());
        if (result.path("noClaim").isTextual()) {
            String angle = value("angleDegrees");
            return "%d of %d cases were judged, none for a gradient, since %s%s"
                    .formatted(
                            cases.size(),
                            all,
                            value("noClaim"),
                            cases.isEmpty()
                                    ? ""
                                    : "; angle to backprop of the worst: %s degrees"
                                            .formatted(angle));
        }
        String judged =
                (cases.size() == all ? "" : ", %d were judged".formatted(cases.size()))
                        + (open == 0 ? "" : ", %d are not judged".formatted(open));
        return "%d of %d cases hold%s%s"
                .formatted(hold, all, judged, cases.isEmpty() ? "" : worst());
    }

    /** The worst case, whose values the result states on its top level. */
    private String worst() {
        String who =
                "%s, %s, strength %s, on %s in %s cells, at delay %s, seed %s"
                        .formatted(
                                value("algorithm"),
                                value("estimator"),
                                value("beta"),
                                value("host"),
                                value("granularity"),
                                value("delay"),
                                value("seed"));
        if (!result.path("relativeError").isNumber()) {
            return "; the worst, %s, is %s".formatted(who, value("verdict"));
        }
        String predicted =
                result.path("predictedError").isNumber()
                        ? " where theory predicts " + value("predictedError")
                        : "";
        return "; the worst, %s, has a relative error of %s%s"
                .formatted(who, value("relativeError"), predicted);
    }

    private String columns() {
        if (!result.has("columnsSettled")) {
            return "";
        }
        String error =
                result.path("relativeError").isNumber()
                        ? "; relative error %s against %s"
                                .formatted(value("relativeError"), value("reference"))
                        : "";
        return "%s of %s columns settled%s"
                .formatted(value("columnsSettled"), value("columns"), error);
    }

    private String rows() {
        long asked = Math.max(1, config.path("seeds").size());
        for (JsonNode axis : config.path("axes")) {
            asked *= axis.size();
        }
        long made = files.results().map(CsvTable::size).orElse(files.journalled());
        return made < 0 ? "" : "%d of %d runs were made".formatted(made, asked);
    }

    private String asked() {
        return switch (kind) {
            case TRAINING -> result.has("stepsAsked") ? trainingAsked() : "";
            case CHECK -> result.path("cases").size() > 0 ? checkAsked() : "";
            case SETTLING -> result.has("problem") ? settlingAsked() : "";
            case GRID -> gridAsked();
            case REPRODUCTION -> finding();
            default -> "";
        };
    }

    /** What was to be measured, which is no result before all runs have ended. */
    private String finding() {
        String claim = config.path("claim").asText();
        boolean whole = result.isObject() && !result.path("interrupted").asBoolean();
        return claim.isEmpty()
                ? ""
                : "a measurement of this finding%s: %s"
                        .formatted(whole ? "" : ", which was not completed", claim);
    }

    private String trainingAsked() {
        return "a training of %s%s by %s for %s step%s, on %s%s"
                .formatted(
                        value("network"),
                        feedback().isEmpty() ? "" : feedback() + ",",
                        value("algorithm"),
                        value("stepsAsked"),
                        result.path("stepsAsked").asLong() == 1 ? "" : "s",
                        value("data"),
                        result.hasNonNull("beside") ? ", beside " + value("beside") : "");
    }

    private String checkAsked() {
        String claimed =
                result.path("noClaim").isTextual()
                        ? "what angle the local updates of %s%s, have to the reference gradient (%s)"
                        : "whether the local updates of %s%s have their reference gradient (%s)";
        int finished = result.path("cases").size();
        int all = result.path("casesAsked").asInt();
        String of = // what other cases have in common is not recorded
                finished < all
                        ? "%d cases, of which %d finished. Of the finished: "
                                .formatted(all, finished)
                        : "";
        return (of + claimed + ", on %s, in %s cells, at strength %s and delay %s%s")
                .formatted(
                        each("algorithm", "algorithms"),
                        feedback(),
                        each("reference", "references"),
                        each("host", "hosts"),
                        each("granularity", "granularities"),
                        each("beta", "strengths"),
                        each("delay", "delays"),
                        ownTiming());
    }

    /** The values of a field in the cases, if they are few. */
    private String each(String field, String several) {
        Set<String> out = new LinkedHashSet<>();
        result.get("cases").forEach(one -> out.add(Shown.value(one.path(field))));
        return out.size() > NAMED_MAX
                ? "%d %s".formatted(out.size(), several)
                : String.join(" and ", out);
    }

    private String settlingAsked() {
        return "one settling by %s, strength %s, on %s in %s cells, at delay %s%s; %s"
                .formatted(
                        value("algorithm"),
                        value("beta"),
                        value("host"),
                        value("granularity"),
                        value("delay"),
                        ownTiming(),
                        value("problem"));
    }

    /** Delays and refractory periods that the network file states, by name. */
    private String ownTiming() {
        JsonNode timing = result.at(result.has("timing") ? "/timing" : "/cases/0/timing");
        List<String> own = new ArrayList<>();
        for (JsonNode one : timing.path("delays")) {
            String name = Shown.value(one.path("projection"));
            if (one.hasNonNull("delay")) {
                own.add("%s %s".formatted(name, one.get("delay").asText()));
            }
            if (one.hasNonNull("feedbackDelay")) {
                own.add("feedback of %s %s".formatted(name, one.get("feedbackDelay").asText()));
            }
        }
        String delays =
                own.isEmpty()
                        ? ""
                        : " but for those of the network file: " + String.join("; ", own);
        List<String> pauses = new ArrayList<>();
        for (JsonNode one : timing.path("refractory")) {
            String time = Durations.format(one.path("nanos").asLong());
            pauses.add("%s in %s".formatted(time, Shown.value(one.path("population"))));
        }
        return pauses.isEmpty()
                ? delays
                : delays + "; refractory period " + String.join(", ", pauses);
    }

    private String gridAsked() {
        List<String> axes = new ArrayList<>();
        config.path("axes")
                .properties()
                .forEach(
                        e -> axes.add("%s (%d values)".formatted(e.getKey(), e.getValue().size())));
        int seeds = config.path("seeds").size();
        return "%s, %d seed%s at each point%s"
                .formatted(String.join(" by ", axes), seeds, seeds == 1 ? "" : "s", feedback());
    }

    /**
     * The feedback weights, where a network has its own: as its problem names them, or as typed.
     */
    private String feedback() {
        if (!result.path("noEnergy").isTextual() && !result.path("noClaim").isTextual()) {
            return "";
        }
        String typed = text(result.path("options"), "", "--feedback");
        String stated = text(config.path("options"), typed, "--feedback");
        Matcher named = FEEDBACK.matcher(value("problem"));
        String kind = named.find() ? named.group(1) : seeded(stated);
        return kind.isEmpty()
                ? ", with feedback weights of their own"
                : ", with feedback weights " + kind;
    }

    /** With its seed, on which the seeds of a run have no influence. */
    private static String seeded(String kind) {
        try {
            return kind.isEmpty() ? "" : FeedbackWeights.parse(kind).spec();
        } catch (IllegalArgumentException e) {
            return kind; // of a file that was changed
        }
    }

    /** The command that continues a run that was not completed. */
    private void next(Page page, Outcome outcome) {
        boolean stopped = outcome == Outcome.INTERRUPTED;
        String goOn = text(result, text(config, "", "goOn"), "goOn");
        if (!stopped && (result.isObject() || goOn.isEmpty())) {
            return;
        }
        String why =
                !stopped
                        ? NOT_ENDED
                        : result.hasNonNull("stoppedBy")
                                ? "Stopped by %s.".formatted(value("stoppedBy"))
                                : "";
        if (!goOn.isEmpty()) {
            page.command((why + " Go on with:").strip(), goOn);
        } else {
            String again = config.path("command").asText();
            page.command((why + " " + kept() + "; the whole run again:").strip(), again);
        }
    }

    /** What an incomplete run has left, although no command continues from it. */
    private String kept() {
        long rows = files.results().map(CsvTable::size).orElse(0L);
        return rows == 0
                ? "There is nothing to continue from"
                : "results.csv keeps the rows of finished runs, but no command continues from them";
    }

    private static String text(JsonNode node, String otherwise, String field) {
        return node.hasNonNull(field) ? node.get(field).asText() : otherwise;
    }

    private String value(String field) {
        return Shown.value(result.path(field));
    }
}
