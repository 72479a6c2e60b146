package org.relaxon.tools.cli.settle;

import java.io.PrintWriter;
import java.util.TreeMap;
import org.relaxon.experiments.compare.ProjectionComparison;
import org.relaxon.runtime.RunReport;
import org.relaxon.tools.cli.run.FaultsThatHappened;
import org.relaxon.tools.cli.run.NetworkTiming;
import org.relaxon.tools.cli.run.RunText;
import org.relaxon.tools.cli.settle.SettleResult.AdvisedRun;
import org.relaxon.tools.cli.settle.SettleResult.Comparison;
import org.relaxon.tools.cli.settle.SettleResult.Failure;
import org.relaxon.tools.cli.text.Figures;
import org.relaxon.tools.cli.text.Launcher;
import org.relaxon.tools.output.HistogramName;
import org.relaxon.tools.output.HostTime;
import org.relaxon.tools.output.LastSignals;

/** One settling as lines of text. */
final class SettleText {
    /** Part of an objection that a state closer to its equilibrium would remove. */
    private static final String FARTHER = "away from the state reached";

    private static final double NANOS_PER_MICRO = 1000.0;

    private final PrintWriter out;
    private final SettleResult result;
    private final SettleRequest request;

    private SettleText(PrintWriter out, SettleResult result) {
        this.out = out;
        this.result = result;
        this.request = result.request();
    }

    /** Prints the whole result. */
    static void print(PrintWriter out, SettleResult result) {
        SettleText text = new SettleText(out, result);
        text.request();
        text.verdict();
        text.update();
        text.faults();
        text.energy();
        text.comparison();
        text.kinks();
        text.counts();
        result.probes().forEach(one -> one.print(out));
        out.flush();
    }

    private void request() {
        out.println(request.problem());
        String label = (request.algorithm() + " " + request.variant()).trim();
        String parameters = request.options().get("--parameters");
        label += parameters == null ? "" : " --parameters " + parameters;
        out.printf(
                "%s, on %s in %s cells, delay %s, %s%n",
                RunText.method(label, request.estimator(), request.beta()),
                request.host(),
                request.granularity(),
                request.delay(),
                request.discipline());
        String file = request.options().get("--network");
        if (file != null) {
            out.printf("network      %s%n", file);
        }
        NetworkTiming.print(out, request.timing());
        out.printf(
                "certificate  %s%n",
                result.certificate() == null
                        ? result.noCertificate()
                        : result.certificate().get("text"));
    }

    private void verdict() {
        out.printf(
                "verdict      %s, %d of %s%s; residual %s: largest distance of a"
                        + " cell from its own %s (tolerance %s)%n",
                result.verdictWord() + (result.isUnresolved() ? " (unresolved)" : ""),
                result.verdict().columnsSettled(),
                Figures.count(result.verdict().columns(), "column"),
                result.isUnresolved() ? " at rest" : "",
                figure(result.verdict().residual()),
                result.noEnergy().holds() ? "fixed point" : "minimum",
                Figures.brief(request.tolerance(), 4));
        result.noEnergy().print(out);
        Failure failure = result.verdict().failure();
        if (failure == null) {
            return;
        }
        out.printf("reason       %s: %s%n", failure.reason(), failure.detail());
        advice();
        if (!failure.links().isEmpty()) {
            out.printf(
                    "links        %s: their last signal %s%n",
                    String.join(", ", failure.links()),
                    LastSignals.text(failure.reason(), result.counts().lost()));
        }
    }

    private void advice() {
        AdvisedRun advice = result.advice();
        if (advice != null) {
            out.printf("advice       %s%n", advice.line());
        }
        if (advice != null && advice.command() != null) {
            out.printf("run          %s%n", Launcher.typed(advice.command()));
        }
    }

    /** The projections that are not resolved, and the one that is farthest from its reference. */
    private void update() {
        ResolvedUpdate update = result.resolution();
        if (update.unresolved() != null) {
            out.printf("unresolved   %s%n", update.whyUnresolved());
            if (result.isUnresolved()) {
                advice();
            }
        }
        if (update.warning() != null && result.comparison().noGradient() == null) {
            out.printf("warning      %s%n", update.warning());
        }
        if (result.isEconomic()) {
            out.printf(
                    "economic     activities are resolved to %s: this claims the reference gradient,"
                            + " each projection to %.1e, and makes no claim about the error due to beta%n",
                    request.threshold(), update.asked());
        }
        ProjectionComparison worst = null;
        for (ProjectionComparison one : result.comparison().projections()) {
            boolean worse = worst == null || one.relativeError() > worst.relativeError();
            worst = Double.isFinite(one.relativeError()) && worse ? one : worst;
        }
        if (worst != null && result.comparison().noError() == null) {
            out.printf(
                    "worst part   %s: relative error %.4e, cosine %s, norm ratio %s%n",
                    worst.name(),
                    worst.relativeError(),
                    cosine(worst.cosine()),
                    Figures.brief(worst.normRatio(), 6));
        }
    }

    private void faults() {
        result.faultsMissing()
                .forEach(
                        fault ->
                                out.printf(
                                        "fault        --%s was requested and never happened%n",
                                        fault));
        if (result.counts().faults().total() > 0) {
            out.printf("faults       %s%n", FaultsThatHappened.text(result.counts().faults()));
        }
        if (!result.minimum().text().isEmpty() && !result.noEnergy().holds()) {
            out.printf(
                    "minimum      do columns rest at a minimum of their energy: %s%n",
                    result.minimum().text());
        }
    }

    private void energy() {
        PhaseEnergy energy = result.energy();
        boolean stated = result.noEnergy().holds(); // beside the verdict
        if (energy != null && energy.reason() != null && !stated) {
            out.printf("energy       %s%n", energy.reason());
        }
        if (energy != null && Double.isFinite(energy.internalSum())) {
            PhaseEnergy free = result.freeEnergy();
            boolean beside = free != null && Double.isFinite(free.internalSum());
            out.printf(
                    "energy       %s, %s with beta times the loss, sum over columns (%d)%s%n",
                    figure(energy.internalSum()),
                    figure(energy.totalSum()),
                    energy.total().size(),
                    beside ? "; free " + figure(free.internalSum()) : "");
        }
    }

    private void comparison() {
        Comparison comparison = result.comparison();
        if (isFigure(comparison.relativeError())) {
            out.printf(
                    "%-12s relative error %s, cosine %s%n",
                    request.reference(),
                    figure(comparison.relativeError()),
                    cosine(comparison.cosine()));
        }
        if (isFigure(comparison.relativeError()) && result.noEnergy().holds()) {
            out.printf(
                    "angle        to %s %s%n",
                    request.reference(),
                    RunText.angles(comparison.angleDegrees(), comparison.projections()));
        }
        if (comparison.noGradient() != null) {
            out.printf("gradient     %s%n", comparison.noGradient());
        }
        if (comparison.noError() != null) {
            out.printf("%-12s %s%n", request.reference(), comparison.noError());
        }
    }

    private void kinks() {
        Comparison comparison = result.comparison();
        if (comparison.heldAtKink() > 0) {
            out.printf(
                    "held         %d units stand on a kink, where their energy has its minimum: their"
                            + " part of the update is an element of the generalised gradient%n",
                    comparison.heldAtKink());
        }
        if (comparison.freeAtKink() != null && comparison.freeAtKink() > 0) {
            out.printf(
                    "on a kink    %d units of the free state: the loss has no gradient there%s%n",
                    comparison.freeAtKink(),
                    isFigure(comparison.relativeError())
                            ? "; compared with the nearest element of the generalised one"
                            : "");
        }
        if (comparison.kinksCrossed() != null && comparison.kinksCrossed() > 0) {
            out.printf(
                    "kinks        the nudge carried units over %d: their part of the update is not"
                            + " that of the free state, whatever the order in beta%n",
                    comparison.kinksCrossed());
        }
        if (comparison.objection() != null) {
            out.printf(
                    "%-12s no comparison: %s%s%n",
                    request.reference(),
                    comparison.objection(),
                    comparison.objection().contains(FARTHER) ? "; take a smaller --threshold" : "");
        }
    }

    private void counts() {
        RunReport r = result.counts();
        out.printf(
                "messages     %d%s (%d stale, %d late, %d lost), %d relaxations, %d synaptic"
                        + " operations%n",
                r.messages(),
                LastSignals.repeats(r.repeated()),
                r.stale(),
                r.late(),
                r.lost(),
                r.relaxations(),
                r.synapticOperations());
        out.printf(
                "chain        %d relaxations, each dependent on the one before: the critical path%n",
                r.criticalPath());
        if (request.isEventDriven()) {
            out.printf(
                    "drive        event-driven: %d synaptic operations made, the same products as"
                            + " wholes take %d%n",
                    r.synapticOperations(), r.denseOperations());
        }
        out.printf(
                "events       %d event operations: additions if each activity that arrives changed"
                        + " is added by itself",
                r.eventOperations());
        out.println(r.spikes() > 0 ? ", %d unit spikes".formatted(r.spikes()) : "");
        out.printf(
                "time         %s %s, %.3f ms wall, %d audits, %d probe waves%n",
                HostTime.isSweeps(request.host())
                        ? Long.toString(r.hostNanos())
                        : "%.3f ms".formatted(r.hostNanos() / 1e6),
                kindOfTime(),
                r.wallNanos() / 1e6,
                r.auditRounds(),
                r.probeWaves());
        new TreeMap<>(r.histograms())
                .forEach(
                        (name, h) ->
                                out.printf(
                                        "%-14s p50 %.1f us, p99 %.1f us, max %.1f us%n",
                                        HistogramName.words(name),
                                        h.getValueAtPercentile(50) / NANOS_PER_MICRO,
                                        h.getValueAtPercentile(99) / NANOS_PER_MICRO,
                                        h.getMaxValue() / NANOS_PER_MICRO));
        if (r.traceHash() != 0) {
            out.printf(
                    "trace        %016x, hash of all deliveries of the last phase%n",
                    r.traceHash());
        }
        if (r.stateHash() != 0) {
            out.printf("states       %016x, hash of the states of all cells%n", r.stateHash());
        }
    }

    private String kindOfTime() {
        Failure failure = result.verdict().failure();
        return HostTime.words(request.host(), failure == null ? "" : failure.reason());
    }

    private static boolean isFigure(Double value) {
        return value != null && Double.isFinite(value);
    }

    private static String figure(Double value) {
        return isFigure(value) ? "%.4e".formatted(value) : "-";
    }

    private static String cosine(Double value) {
        return isFigure(value) ? "%.9f".formatted(value) : "-";
    }
}
