package org.relaxon.tools.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.relaxon.experiments.compare.GradientComparison;
import org.relaxon.experiments.problem.Problem;
import org.relaxon.experiments.reference.Backprop;
import org.relaxon.model.cell.Granularity;
import org.relaxon.model.network.Parameters;
import org.relaxon.model.phase.Phase;
import org.relaxon.model.plasticity.Estimator;
import org.relaxon.model.settle.NotSettled;
import org.relaxon.model.settle.Settled;
import org.relaxon.model.settle.Settlement;
import org.relaxon.runtime.Host;
import org.relaxon.runtime.RunPlan;
import org.relaxon.runtime.RunReport;
import org.relaxon.runtime.Session;
import org.relaxon.runtime.delay.Delays;
import org.relaxon.runtime.settling.MemoryEstimate;
import org.relaxon.tools.output.Json;
import org.relaxon.tools.output.RunDirectory;
import org.relaxon.tools.output.Version;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Settles one network once and says what happened. */
@Command(
        name = "settle",
        description = {
            "Settles one network in one phase and reports the verdict, counts and times. A nudged"
                    + " phase that settled is compared with backprop as well.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  relaxon settle --granularity neuron --delay pareto:100us,1.5",
            "  relaxon settle --beta 0 --host akka          the free phase on actors",
            "  relaxon settle --cut \"2->3@0ms..5ms\"         an outage that heals",
            "  relaxon settle --seed 3 --json -             traceHash tells runs apart bit by bit"
        })
final class SettleCommand implements Callable<Integer> {
    @Spec private CommandSpec spec;
    @ParentCommand private RootCommand root;
    @Mixin private ProblemOptions problem;
    @Mixin private RunOptions run;
    @Mixin private OutputOptions output;

    @Option(
            names = "--algorithm",
            paramLabel = "A",
            defaultValue = "pc-nudge",
            description = "pc-nudge or fy-pc. Default ${DEFAULT-VALUE}.")
    private String algorithm;

    @Option(
            names = "--host",
            paramLabel = "H",
            defaultValue = "virtual",
            description = "virtual, akka or synchronous. Default ${DEFAULT-VALUE}.")
    private String hostName;

    @Option(
            names = "--granularity",
            paramLabel = "G",
            defaultValue = "layer",
            description = "neuron, block:K or layer. Default ${DEFAULT-VALUE}.")
    private String granularity;

    @Option(
            names = "--delay",
            paramLabel = "D",
            defaultValue = "none",
            description = "How long signals travel, see relaxon list. Default ${DEFAULT-VALUE}.")
    private String delay;

    @Option(
            names = "--estimator",
            paramLabel = "E",
            defaultValue = "one-sided",
            description = "one-sided, negative or centred. Default ${DEFAULT-VALUE}.")
    private String estimatorName;

    @Option(
            names = {"--beta", "--lambda"},
            paramLabel = "X",
            defaultValue = "1e-4",
            description = "Nudging strength; 0 for the free phase. Default ${DEFAULT-VALUE}.")
    private double beta;

    @Option(
            names = "--probes",
            description =
                    "On the virtual host: find quiescence by probe waves, with the empty queue as"
                            + " the judge.")
    private boolean probes;

    @Override
    public Integer call() throws IOException {
        run.requireSupported();
        output.requireWritable();
        Estimator estimator = estimator();
        Problem built = problem.spec().build();
        Phase phase = phase(built, estimator);
        phase.validate(built.network());
        RunPlan plan = plan();
        MemoryEstimate.of(built.network(), plan.granularity(), phase.columns())
                .require(run.memoryLimitBytes());
        PrintWriter out = spec.commandLine().getOut();
        if (output.dryRun()) {
            new DryRun(out).print(built, plan.granularity(), phase.columns());
            out.flush();
            return ExitCode.DONE;
        }
        try (Host host = Catalog.host(hostName, run.threads());
                Session session = host.open(built.network(), plan)) {
            root.interruption().onStop(session::cancel);
            Settlement verdict = session.settle(phase, run.budget());
            return report(built, plan, estimator, session, verdict, out);
        }
    }

    private Estimator estimator() {
        return ProblemOptions.choice("estimator", Estimator.values(), estimatorName);
    }

    private Phase phase(Problem built, Estimator estimator) {
        return beta == 0.0
                ? Phase.free(built.input())
                : estimator.phase(built.input(), built.target(), beta);
    }

    private RunPlan plan() {
        RunPlan defaults = RunPlan.of(Catalog.algorithm(algorithm));
        double threshold = run.threshold();
        return defaults.withGranularity(Granularity.parse(granularity))
                .withKernels(run.kernels())
                .withThreshold(Double.isNaN(threshold) ? defaults.threshold() : threshold)
                .withTolerance(run.tolerance())
                .withDelay(Delays.parse(delay))
                .withCuts(run.cuts())
                .withRefractoryNanos(run.refractoryNanos())
                .withAuditRounds(run.auditRounds())
                .withSeed(problem.seed())
                .withProbes(probes);
    }

    private int report(
            Problem built,
            RunPlan plan,
            Estimator estimator,
            Session session,
            Settlement verdict,
            PrintWriter out)
            throws IOException {
        RunReport counts = session.report();
        Parameters update = null;
        Parameters reference =
                Backprop.of(built.network())
                        .gradient(session.parameters(), built.input(), built.target())
                        .gradient();
        GradientComparison comparison = null;
        if (verdict instanceof Settled settled && beta != 0.0) {
            update = session.update(settled, estimator).gradient();
            comparison = GradientComparison.of(built.network(), update, reference);
        }
        ObjectNode json = json(built, plan, verdict, counts, comparison);
        if (output.out() != null) {
            RunDirectory directory =
                    RunDirectory.create(output.out(), "settle", json, Clock.systemDefaultZone());
            directory.manifest(json);
            directory.arrays(built, session.parameters(), update, reference);
            directory.histograms(counts.histograms());
            directory.results(List.of(SettleText.header()), List.of(SettleText.row(json)));
            json.put("directory", directory.path().toString());
        }
        if (output.prose()) {
            SettleText.print(out, json, counts);
        }
        output.write(json, out);
        return verdict instanceof Settled ? ExitCode.DONE : ExitCode.NOT_SETTLED;
    }

    private ObjectNode json(
            Problem built,
            RunPlan plan,
            Settlement verdict,
            RunReport counts,
            GradientComparison comparison) {
        ObjectNode node = Json.object();
        node.put(
                "command", "relaxon settle" + Words.without(Words.after("settle", spec), Set.of()));
        node.put("version", Version.text());
        node.put("seed", problem.seed());
        node.put("network", built.network().toString());
        node.put("problem", built.description());
        node.put("algorithm", algorithm);
        node.put("estimator", estimator().optionName());
        node.put("beta", beta);
        node.put("reference", "backprop");
        node.put("host", hostName);
        node.put("granularity", plan.granularity().toString());
        node.put("discipline", "eager");
        node.put("delay", plan.delay().spec());
        Json.put(node, "threshold", plan.threshold());
        Json.put(node, "tolerance", plan.effectiveTolerance());
        node.put("cuts", plan.cuts().size());
        node.put("refractoryNanos", plan.effectiveRefractoryNanos());
        verdict(node, verdict);
        SettleText.counts(node, counts);
        node.putNull("certificate"); // none is computed yet
        Json.put(node, "relativeError", total(comparison, true));
        Json.put(node, "cosine", total(comparison, false));
        node.putNull("order"); // one nudging strength has none
        ArrayNode projections = node.putArray("projections");
        if (comparison != null) {
            comparison.projections().forEach(p -> CheckJson.fill(projections.addObject(), p));
        }
        return node;
    }

    private static Double total(GradientComparison comparison, boolean error) {
        if (comparison == null) {
            return null;
        }
        return error
                ? Double.valueOf(comparison.total().relativeError())
                : comparison.total().cosine();
    }

    private static void verdict(ObjectNode node, Settlement verdict) {
        boolean settled = verdict instanceof Settled;
        node.put("verdict", settled ? "settled" : "not-settled");
        node.putNull("reason");
        Json.put(node, "residual", verdict.residual());
        if (verdict instanceof NotSettled not) {
            node.put("reason", not.reason().reportName());
            node.put("detail", not.detail());
            node.put("advice", not.reason().advice());
            ArrayNode cells = node.putArray("cells");
            not.cells().forEach(cells::add);
            ArrayNode links = node.putArray("links");
            not.links().forEach(links::add);
        }
        node.put("columns", verdict.columns().size());
        node.put("columnsSettled", verdict.columns().stream().filter(c -> c.settled()).count());
    }
}
