package org.relaxon.tools.cli.check;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.relaxon.experiments.check.CheckListener;
import org.relaxon.experiments.check.CheckPlan;
import org.relaxon.experiments.check.CheckResult;
import org.relaxon.experiments.check.LocalUpdatesMatchReference;
import org.relaxon.experiments.problem.Problem;
import org.relaxon.experiments.problem.ProblemSpec;
import org.relaxon.experiments.theory.Defaults;
import org.relaxon.model.algorithm.Algorithm;
import org.relaxon.model.algorithm.Method;
import org.relaxon.model.network.Granularity;
import org.relaxon.model.network.Network;
import org.relaxon.model.plasticity.Estimator;
import org.relaxon.runtime.Host;
import org.relaxon.runtime.delay.DelayModel;
import org.relaxon.runtime.delay.Delays;
import org.relaxon.runtime.settling.MemoryEstimate;
import org.relaxon.tools.cli.option.AgainstOption;
import org.relaxon.tools.cli.option.AlgorithmOptions;
import org.relaxon.tools.cli.option.Catalog;
import org.relaxon.tools.cli.option.DryNodeOptions;
import org.relaxon.tools.cli.option.GivenOptions;
import org.relaxon.tools.cli.option.OutputOptions;
import org.relaxon.tools.cli.option.ProblemOptions;
import org.relaxon.tools.cli.option.RunOptions;
import org.relaxon.tools.cli.option.SeveralDelays;
import org.relaxon.tools.cli.process.ExitCode;
import org.relaxon.tools.cli.process.Program;
import org.relaxon.tools.cli.run.AdviceByKind;
import org.relaxon.tools.cli.run.DryNodeRun;
import org.relaxon.tools.cli.run.NetworkTiming;
import org.relaxon.tools.cli.run.ResolvedText;
import org.relaxon.tools.cli.run.WorkProgress;
import org.relaxon.tools.cli.text.Words;
import org.relaxon.tools.course.RepeatedSettling;
import org.relaxon.tools.output.CheckColumns;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** The main command: do local updates of settled cells equal backprop? */
@Command(
        name = "check",
        description = {
            "Settles a network in every combination of algorithm, host, granularity and delay, and"
                    + " compares the local updates with the gradient that theory names for it.",
            "A case holds if every run settled and passed its audit, the relative error lies in the"
                    + " window of its estimator (a finite nudge cannot be exact), and it falls with"
                    + " beta in the declared order.",
            "A case is not judged where this run does not decide: its reference is too uncertain,"
                    + " a requested --threshold too coarse for the error to be judged, that error"
                    + " smaller than rounding, or more than a hundredth of the gradient may be"
                    + " rounding. An error that is measured as predicted is judged all the same.",
            "Exit codes: 0 the claim holds; 1 it does not hold in some case, by figures beyond the"
                    + " window; 3 some case did not settle or is not judged; 2 bad input.",
            ""
        },
        footer = {
            "",
            "Columns:",
            CheckColumns.HELP,
            "",
            "Examples:",
            "  relaxon check                              the claim, within a minute",
            "  relaxon check --delay all --seeds 10       every delay family, ten networks",
            "  relaxon check --estimator one-sided,centred --beta 1e-2,1e-3,1e-4 --out runs",
            "  relaxon check --all                        the whole family on every host",
            "  relaxon check --algorithm ep --estimator centred --beta 1e-2,1e-3",
            "  relaxon check --algorithm ep --against backprop   must not hold",
            "  relaxon check --data mnist:DIR --batch 64 --host akka --granularity layer",
            "  relaxon check --cut \"2->3\"                 a cut link: not settled, exit 3"
        })
public final class CheckCommand implements Callable<Integer> {

    private static final List<String> DELAYS = List.of("none", "exponential:200us");

    private static final List<String> NO_ESTIMATOR = java.util.Collections.singletonList(null);

    @Spec private CommandSpec spec;
    @ParentCommand private Program program;
    @Mixin private ProblemOptions problem;
    @Mixin private AlgorithmOptions variant;
    @Mixin private AgainstOption against;
    @Mixin private RunOptions run;
    @Mixin private DryNodeOptions dryNodes;
    @Mixin private OutputOptions output;

    @Option(
            names = "--algorithm",
            split = ",",
            paramLabel = "A",
            defaultValue = "pc-nudge,fy-pc",
            description = "See relaxon list. Default ${DEFAULT-VALUE}.")
    private List<String> algorithms;

    @Option(
            names = "--all",
            description =
                    "Every algorithm in every variant on every host, at neuron and layer"
                            + " granularity. Replaces all options that choose these.")
    private boolean all;

    @Option(
            names = "--host",
            split = ",",
            paramLabel = "H",
            description = "virtual, akka, cluster, synchronous, red-black. Default virtual,akka.")
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
                    "Travel time of signals, see relaxon list; all for one of every"
                            + " family. May be repeated. Default none and exponential:200us;"
                            + " none for synchronous and red-black.")
    private List<String> delays;

    @Option(
            names = "--estimator",
            split = ",",
            paramLabel = "E",
            description =
                    "one-sided, negative, centred, or shares at multiples of beta such as 2@1/-1@2."
                            + " Default one-sided; roots for hep.")
    private List<String> estimators;

    @Option(
            names = {"--beta", "--lambda"},
            split = ",",
            paramLabel = "X",
            description =
                    "Nudging strengths; for the slope cases also settle at beta/10, see Columns."
                            + " Default by algorithm: 1e-4; ep 1e-3; coupled and"
                            + " dual-propagation 1e-2; hep .1; pc 1.")
    private List<Double> betas;

    @Option(
            names = "--seeds",
            paramLabel = "N",
            description = "Seeds per case, from --seed upwards. Default 5; 1 with --all.")
    private Integer seeds;

    @Override
    public Integer call() throws IOException {
        output.requireWritable();
        if (dryNodes.isGiven(hosts)) {
            return new CheckDryNodes(problem, variant, run)
                    .run(
                            algorithms,
                            granularities,
                            new DryNodeRun(dryNodes, output, spec.commandLine().getOut()));
        }
        Map<String, Host> open = new LinkedHashMap<>();
        try {
            List<CheckPlan> plans = plans(open);
            Map<ProblemSpec, Problem> problems = problems(plans);
            for (CheckPlan plan : plans) {
                NetworkTiming.requireDelayRead(
                        spec, problems.get(plan.problem()).network(), plan.conditions());
            }
            if (delays == null) {
                plans.replaceAll(plan -> once(plan, problems.get(plan.problem()).network()));
            }
            requireMemory(plans, problems);
            if (output.dryRun()) {
                PrintWriter out = spec.commandLine().getOut();
                ResolvedText text = new ResolvedText(out, spec);
                new CheckDryRun(out, text).print(plans, problems);
                text.repeat(ResolvedText.command("check", spec));
                return ExitCode.DONE;
            }
            List<CheckResult> results = new ArrayList<>();
            int total = plans.stream().mapToInt(CheckPlan::cases).sum();
            PrintWriter err = spec.commandLine().getErr();
            try (WorkProgress progress = WorkProgress.of(output, err, "cases", total)) {
                CheckListener listener = (c, done, all) -> progress.finished(c.settled());
                for (CheckPlan plan : plans) {
                    if (!program.interruption().asked()) {
                        results.add(
                                new LocalUpdatesMatchReference(plan)
                                        .run(listener, program.interruption()::asked));
                    }
                }
            }
            return report(results, noClaim(problems.values()), plans.size(), total);
        } finally {
            open.values().forEach(Host::close);
        }
    }

    /** Where the network states the delay of every signal, there is one case and not several. */
    private static CheckPlan once(CheckPlan plan, Network network) {
        return NetworkTiming.statesAll(network, plan.conditions())
                ? plan.withDelays(Delays.none())
                : plan;
    }

    private void leftOut(String why) {
        spec.commandLine().getErr().println("left out: " + why);
    }

    private List<CheckPlan> plans(Map<String, Host> open) throws IOException {
        CheckPlans plans = new CheckPlans(run, open);
        List<Long> numbers = seeds();
        if (all) {
            requireAlone();
            run.requireRead(List.of("virtual", "akka", "synchronous", "red-black"));
            return plans.family(problem.spec(), numbers, this::leftOut);
        }
        hosts.forEach(Catalog::requireHost);
        requireOnce("host", hosts);
        requireOnce("algorithm", algorithms);
        run.requireRead(hosts);
        List<Host> chosen = hosts.stream().map(plans::host).toList();
        List<Granularity> grains = granularities.stream().map(Granularity::parse).toList();
        requireOnce("granularity", grains);
        List<DelayModel> models = SeveralDelays.parse(delays == null ? DELAYS : delays);
        requireOnce("delay", models.stream().map(DelayModel::spec).toList());
        Words.remark(spec, models);
        for (String name : algorithms) {
            Algorithm algorithm = variant.algorithm(name);
            List<Double> strengths = variant.strengths(algorithm, betas);
            if (strengths == null) {
                strengths = List.of(Defaults.of(algorithm).method().strength());
            }
            requireOnce(AlgorithmOptions.strengthName(algorithm), strengths);
            List<Estimator> kinds =
                    (estimators == null ? NO_ESTIMATOR : estimators)
                            .stream().map(kind -> variant.estimator(algorithm, kind)).toList();
            requireOnce("estimator", kinds.stream().map(Estimator::optionName).toList());
            for (Estimator estimator : kinds) {
                for (double strength : strengths) {
                    plans.add(new Method(algorithm, estimator, strength), problem.spec(algorithm));
                }
            }
        }
        List<CheckPlan> out = new ArrayList<>();
        Map<Boolean, List<Host>> timed =
                chosen.stream().collect(Collectors.partitioningBy(Host::keepsTime));
        if (delays == null && !timed.get(true).isEmpty() && !timed.get(false).isEmpty()) {
            out.addAll(plans.on(timed.get(true), grains, models, numbers, against.reference()));
            chosen = timed.get(false);
        }
        boolean untimed = delays == null && chosen.stream().noneMatch(Host::keepsTime);
        List<DelayModel> some = untimed ? List.of(Delays.none()) : models;
        out.addAll(plans.on(chosen, grains, some, numbers, against.reference()));
        if (spec.commandLine().getParseResult().matchedOptions().isEmpty()) {
            out.add(digits(out.get(0)));
        }
        return out;
    }

    /** The same case twice would count as two. */
    private static void requireOnce(String name, List<?> values) {
        if (values.stream().distinct().count() < values.size()) {
            throw new IllegalArgumentException(
                    "%s: a value is named twice in %s; name each once".formatted(name, values));
        }
    }

    /** Without any option, the embedded digits are checked as well. */
    private static CheckPlan digits(CheckPlan like) {
        ProblemSpec strokes =
                like.problem().withData("strokes").withBatch(16).withLayers(784, 64, 32, 10);
        return like.withProblem(strokes)
                .withGranularities(Granularity.LAYER)
                .withSeeds(like.seeds().subList(0, 1));
    }

    private List<Long> seeds() {
        int count = seeds == null ? (all ? 1 : 5) : seeds;
        if (count < 1 || count > 1_000_000) {
            throw new IllegalArgumentException("seeds: " + count + " is not in 1..1000000");
        }
        List<Long> out = new ArrayList<>();
        for (long s = 0; s < count; s++) {
            out.add(problem.seed() + s);
        }
        return out;
    }

    /** With --all, options that it replaces are refused instead of ignored. */
    private void requireAlone() {
        List<String> replaced =
                new ArrayList<>(
                        List.of(
                                "--algorithm",
                                "--host",
                                "--granularity",
                                "--delay",
                                "--estimator",
                                "--beta",
                                "--loss",
                                "--init",
                                "--gain",
                                "--against",
                                "--cut"));
        replaced.addAll(AlgorithmOptions.names());
        for (String name : replaced) {
            if (spec.commandLine().getParseResult().hasMatchedOption(name)) {
                throw new IllegalArgumentException(
                        "all: chooses %s for every case itself; leave out %s, or name one algorithm by --algorithm instead of --all"
                                .formatted(name, name));
            }
        }
    }

    /** One problem per description, so that plans that differ only in beta read their data once. */
    private static Map<ProblemSpec, Problem> problems(List<CheckPlan> plans) throws IOException {
        Map<ProblemSpec, Problem> built = new LinkedHashMap<>();
        for (CheckPlan plan : plans) {
            if (!built.containsKey(plan.problem())) {
                built.put(plan.problem(), plan.problem().build());
            }
        }
        return built;
    }

    /** Why nothing is claimed, whatever was run; empty if something is. */
    private static String noClaim(Collection<Problem> problems) {
        return problems.stream()
                .map(p -> p.network().noEnergy())
                .filter(why -> !why.isEmpty())
                .findFirst()
                .orElse("");
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

    private int report(List<CheckResult> results, String noClaim, int asked, int cases)
            throws IOException {
        boolean whole =
                results.size() == asked && results.stream().noneMatch(CheckResult::cancelled);
        program.interruption().concluded(whole);
        List<Integer> codes = results.stream().map(CheckResult::exitCode).toList();
        int code =
                codes.contains(CheckResult.DOES_NOT_HOLD)
                        ? CheckResult.DOES_NOT_HOLD
                        : codes.stream().max(Integer::compare).orElse(ExitCode.DONE);
        List<String> words = Words.after("check", spec);
        CheckRepeat repeat = new CheckRepeat(GivenOptions.of(spec));
        AdviceByKind advice =
                whole
                        ? new CheckAdvice(repeat, program.interruption()).of(results)
                        : AdviceByKind.NONE;
        ObjectNode json =
                new CheckJson(results, noClaim, words).of(whole ? code : ExitCode.NOT_SETTLED);
        json.put("casesAsked", cases);
        advice.fill(json);
        output.mark(json);
        if (!results.isEmpty()) {
            boolean drawn = whole && output.out() != null;
            RepeatedSettling course =
                    drawn ? WorstSeed.repeated(results, program.interruption(), json) : null;
            output.directory(
                    json, below -> new CheckDirectory(results, words, repeat, course).write(below));
        }
        PrintWriter out = spec.commandLine().getOut();
        if (output.prose()) {
            new CheckTable(results, noClaim).print(out, code, whole);
            advice.print(out);
            OutputOptions.announce(out, json);
        }
        output.write(json, out);
        return whole ? code : ExitCode.NOT_SETTLED;
    }
}
