package org.relaxon.tools.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.relaxon.experiments.claims.CheckListener;
import org.relaxon.experiments.claims.CheckPlan;
import org.relaxon.experiments.claims.CheckResult;
import org.relaxon.experiments.claims.LocalUpdatesEqualBackprop;
import org.relaxon.experiments.problem.Problem;
import org.relaxon.experiments.problem.ProblemSpec;
import org.relaxon.model.cell.Granularity;
import org.relaxon.model.plasticity.Estimator;
import org.relaxon.model.rule.Rule;
import org.relaxon.runtime.Host;
import org.relaxon.runtime.delay.DelayModel;
import org.relaxon.runtime.settling.MemoryEstimate;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** The main job: do local updates of settled cells equal backprop? */
@Command(
        name = "check",
        description = {
            "Settles a network in every combination of algorithm, host, granularity and delay, and"
                    + " compares the local updates with backprop.",
            "A case holds if every run settled and passed its audit, the relative error lies in the"
                    + " window of its estimator (a finite nudge cannot be exact), and it falls with"
                    + " beta in the declared order.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  relaxon check                              the claim, in about a minute or less",
            "  relaxon check --delay all --seeds 10       every delay family, ten networks",
            "  relaxon check --estimator one-sided,centred --beta 1e-2,1e-3,1e-4 --out runs",
            "  relaxon check --data mnist:DIR --batch 64 --host akka --granularity layer",
            "  relaxon check --cut \"2->3\"                 a dead link: not settled, exit 3"
        })
final class CheckCommand implements Callable<Integer> {

    @Spec private CommandSpec spec;
    @ParentCommand private RootCommand root;
    @Mixin private ProblemOptions problem;
    @Mixin private RunOptions run;
    @Mixin private OutputOptions output;

    @Option(
            names = "--algorithm",
            split = ",",
            paramLabel = "A",
            defaultValue = "pc-nudge,fy-pc",
            description = "Default ${DEFAULT-VALUE}.")
    private List<String> algorithms;

    @Option(
            names = "--host",
            split = ",",
            paramLabel = "H",
            description = "virtual, akka, synchronous. Default virtual,akka.")
    private List<String> hosts = List.of("virtual", "akka");

    @Option(
            names = "--granularity",
            split = ",",
            paramLabel = "G",
            defaultValue = "neuron,layer",
            description = "neuron, block:K, layer. Default ${DEFAULT-VALUE}.")
    private List<String> granularities;

    @Option(
            names = "--delay",
            paramLabel = "D",
            description =
                    "How long signals travel, see relaxon list; all for one of every family. May be"
                            + " repeated. Default none and exponential:200us.")
    private List<String> delays = List.of("none", "exponential:200us");

    @Option(
            names = "--estimator",
            split = ",",
            paramLabel = "E",
            defaultValue = "one-sided",
            description = "one-sided, negative, centred. Default ${DEFAULT-VALUE}.")
    private List<String> estimators;

    @Option(
            names = {"--beta", "--lambda"},
            split = ",",
            paramLabel = "X",
            defaultValue = "1e-4",
            description = "Nudging strengths. Default ${DEFAULT-VALUE}.")
    private List<Double> betas;

    @Option(
            names = "--seeds",
            paramLabel = "N",
            defaultValue = "5",
            description = "Seeds per case, from --seed upwards. Default ${DEFAULT-VALUE}.")
    private int seeds;

    @Override
    public Integer call() throws IOException {
        run.requireSupported();
        output.requireWritable();
        Map<String, Host> open = new LinkedHashMap<>();
        try {
            List<CheckPlan> plans = plans(open);
            Map<ProblemSpec, Problem> problems = problems(plans);
            requireMemory(plans, problems);
            if (output.dryRun()) {
                new DryRun(spec.commandLine().getOut()).print(plans, problems);
                return ExitCode.DONE;
            }
            List<CheckResult> results = new ArrayList<>();
            try (Progress progress = new Progress(plans)) {
                for (CheckPlan plan : plans) {
                    if (!root.interruption().asked()) {
                        results.add(
                                new LocalUpdatesEqualBackprop(plan)
                                        .run(progress, root.interruption()::asked));
                    }
                }
            }
            return report(results);
        } finally {
            open.values().forEach(Host::close);
        }
    }

    /** Without any option about the problem, the embedded digits are checked as well. */
    private List<CheckPlan> plans(Map<String, Host> open) {
        if (seeds < 1 || seeds > 1_000_000) {
            throw new IllegalArgumentException("seeds: " + seeds + " is not in 1..1000000");
        }
        ProblemSpec asked = problem.spec();
        List<Long> all = new ArrayList<>();
        for (long s = 0; s < seeds; s++) {
            all.add(problem.seed() + s);
        }
        List<Granularity> grains = granularities.stream().map(Granularity::parse).toList();
        List<DelayModel> models = RunOptions.delays(delays);
        List<CheckPlan> plans = new ArrayList<>();
        List<Estimator> kinds =
                estimators.stream()
                        .map(e -> ProblemOptions.choice("estimator", Estimator.values(), e))
                        .toList();
        for (Estimator kind : kinds) {
            for (double beta : betas) {
                plans.add(plan(asked, open, grains, models, kind, beta, all));
            }
        }
        if (spec.commandLine().getParseResult().matchedOptions().isEmpty()) {
            ProblemSpec digits =
                    asked.withData("strokes").withBatch(16).withLayers(784, 64, 32, 10);
            plans.add(
                    plan(
                            digits,
                            open,
                            List.of(Granularity.LAYER),
                            models,
                            kinds.get(0),
                            betas.get(0),
                            all.subList(0, 1)));
        }
        return plans;
    }

    private CheckPlan plan(
            ProblemSpec spec,
            Map<String, Host> open,
            List<Granularity> grains,
            List<DelayModel> models,
            Estimator kind,
            double beta,
            List<Long> allSeeds) {
        hosts.forEach(Catalog::requireHost);
        List<Rule> rules = algorithms.stream().map(Catalog::algorithm).toList();
        hosts.forEach(name -> open.computeIfAbsent(name, n -> Catalog.host(n, run.threads())));
        return new CheckPlan(
                rules,
                hosts.stream().map(open::get).toList(),
                grains,
                models,
                kind,
                beta,
                spec,
                allSeeds,
                run.threshold(),
                run.tolerance(),
                run.refractoryNanos(),
                run.cuts(),
                run.kernels(),
                run.budget(),
                run.auditRounds());
    }

    /**
     * One problem per description, so that plans that differ in beta alone read their data once.
     */
    private static Map<ProblemSpec, Problem> problems(List<CheckPlan> plans) throws IOException {
        Map<ProblemSpec, Problem> built = new LinkedHashMap<>();
        for (CheckPlan plan : plans) {
            if (!built.containsKey(plan.problem())) {
                built.put(plan.problem(), plan.problem().build());
            }
        }
        return built;
    }

    private void requireMemory(List<CheckPlan> plans, Map<ProblemSpec, Problem> problems) {
        for (CheckPlan plan : plans) {
            Problem built = problems.get(plan.problem());
            int columns = built.examples() * plan.estimator().columnsPerExample();
            for (Granularity grain : plan.granularities()) {
                MemoryEstimate.of(built.network(), grain, columns).require(run.memoryLimitBytes());
            }
        }
    }

    private int report(List<CheckResult> results) throws IOException {
        int code = ExitCode.DONE;
        for (CheckResult result : results) {
            code = Math.max(code, result.exitCode());
        }
        List<String> words = Words.after("check", spec);
        ObjectNode json = new CheckJson(results, words).of(code);
        if (output.out() != null && !results.isEmpty()) {
            json.put(
                    "directory", new CheckDirectory(results, words).write(output.out()).toString());
        }
        PrintWriter out = spec.commandLine().getOut();
        if (output.prose()) {
            new CheckTable(results).print(out, code);
            if (json.has("directory")) {
                out.println("written to " + json.get("directory").asText());
            }
            out.flush();
        }
        output.write(json, out);
        return code;
    }

    /** A bar on stderr, if a terminal is there to show it. */
    private final class Progress implements CheckListener, AutoCloseable {
        private final ProgressBar bar;

        Progress(List<CheckPlan> plans) {
            int total = plans.stream().mapToInt(CheckPlan::cases).sum();
            bar =
                    output.progress()
                            ? new ProgressBarBuilder()
                                    .setTaskName("check")
                                    .setInitialMax(total)
                                    .setStyle(ProgressBarStyle.ASCII)
                                    .build()
                            : null;
        }

        @Override
        public void caseFinished(
                org.relaxon.experiments.claims.CheckCase finished, int done, int total) {
            if (bar != null) {
                bar.step();
            }
        }

        @Override
        public void close() {
            if (bar != null) {
                bar.close();
            }
        }
    }
}
