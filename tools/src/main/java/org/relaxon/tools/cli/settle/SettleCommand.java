package org.relaxon.tools.cli.settle;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.relaxon.experiments.advice.Advice;
import org.relaxon.experiments.advice.Setting;
import org.relaxon.experiments.claims.Claim;
import org.relaxon.experiments.problem.Problem;
import org.relaxon.experiments.theory.MinimumJudge;
import org.relaxon.experiments.theory.ReferenceOf;
import org.relaxon.model.algorithm.Algorithm;
import org.relaxon.model.algorithm.Method;
import org.relaxon.model.algorithm.Reference;
import org.relaxon.model.cell.Wiring;
import org.relaxon.model.network.CellId;
import org.relaxon.model.network.Parameters;
import org.relaxon.model.rule.Signalling;
import org.relaxon.model.settle.NotSettled;
import org.relaxon.model.settle.Reason;
import org.relaxon.model.settle.Settled;
import org.relaxon.model.settle.Settlement;
import org.relaxon.runtime.Conditions.Timing;
import org.relaxon.runtime.Host;
import org.relaxon.runtime.RunPlan;
import org.relaxon.runtime.Session;
import org.relaxon.tools.cli.option.AgainstOption;
import org.relaxon.tools.cli.option.Catalog;
import org.relaxon.tools.cli.option.DryNodeOptions;
import org.relaxon.tools.cli.option.NodeMeasureOptions;
import org.relaxon.tools.cli.option.OutputOptions;
import org.relaxon.tools.cli.option.ResolvedValues;
import org.relaxon.tools.cli.option.RunOptions;
import org.relaxon.tools.cli.option.SettlingOptions;
import org.relaxon.tools.cli.process.ExitCode;
import org.relaxon.tools.cli.process.Program;
import org.relaxon.tools.cli.run.DryNodeJson;
import org.relaxon.tools.cli.run.DryNodeRun;
import org.relaxon.tools.cli.run.DryNodeText;
import org.relaxon.tools.cli.run.GraphJson;
import org.relaxon.tools.cli.run.JudgedSettling;
import org.relaxon.tools.cli.run.NetworkTiming;
import org.relaxon.tools.cli.run.Probes;
import org.relaxon.tools.cli.run.ResolvedText;
import org.relaxon.tools.cli.run.RunText;
import org.relaxon.tools.cli.run.Unbounded;
import org.relaxon.tools.cli.text.Figures;
import org.relaxon.tools.cli.text.Launcher;
import org.relaxon.tools.cli.text.Words;
import org.relaxon.tools.course.RepeatedSettling;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Settles one network once and reports the result. */
@Command(
        name = "settle",
        description = {
            "Settles one network in the phases of one algorithm and reports"
                    + " certificate, verdict, counts and times. If it settles, compares its"
                    + " update with the algorithm's reference.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  relaxon settle --granularity neuron --delay pareto:100us,1.5",
            "  relaxon settle --beta 0 --host akka          the free phase on actors",
            "  relaxon settle --cut \"2->3@0ms..5ms\"         an outage that ends",
            "  relaxon settle --probe 2=activity,residual --out runs",
            "  relaxon settle --seed 3 --json -             traceHash: all of its last phase"
        })
public final class SettleCommand implements Callable<Integer> {
    private static final Set<String> ELSEWHERE =
            Set.of("--budget-memory", "--threads", "--probe", "--measure-nodes");

    @Spec private CommandSpec spec;
    @ParentCommand private Program program;
    @Mixin private SettlingOptions options;
    @Mixin private AgainstOption against;
    @Mixin private DryNodeOptions dryNodes;
    @Mixin private NodeMeasureOptions measure;
    @Mixin private OutputOptions output;

    @Option(
            names = "--quantum",
            paramLabel = "X|bits:K",
            description =
                    "Step of the grid that signals are rounded to, each step one unit spike;"
                            + " bits:K for 2^K levels over -1..1. Default exact values.")
    private String quantum;

    @Option(
            names = "--probes",
            description =
                    "On the virtual host: find quiescence by probe waves and check it"
                            + " against the empty queue.")
    private boolean probes;

    @Option(
            names = "--probe",
            paramLabel = "CELL[:NEURON]=Q,...",
            description =
                    "Record activity, error, residual or energy (also sent, received, stale, lost,"
                            + " in-flight) of a cell, or of one neuron by its index in the layer,"
                            + " with the signals received, at each relaxation: as CSV, NPZ and"
                            + " pictures in the run directory of --out. The number in flight is"
                            + " sent minus received, which can be negative: only the sum over all"
                            + " cells means anything. May be repeated.")
    private List<String> probed;

    @Override
    public Integer call() throws IOException {
        RunOptions run = options.run();
        Catalog.requireHost(options.host());
        run.requireRead(List.of(options.host()));
        if (probes && !options.host().equals("virtual")) {
            throw new IllegalArgumentException(
                    "probes: applies only to the host virtual, not to %s"
                            .formatted(options.host()));
        }
        output.requireWritable();
        Method method = options.method();
        Algorithm algorithm = method.algorithm();
        if (dryNodes.isGiven(List.of(options.host()))) {
            return dryNode(method);
        }
        Problem built = options.problem(algorithm).build().in(run.kernels().precision());
        RunPlan plan = plan(algorithm, options.problem(algorithm).timing());
        int columns = options.requireRunnable(built, method, plan);
        if (!probes) { // whose waves take that delay
            NetworkTiming.requireDelayRead(spec, built.network(), plan.conditions());
        }
        Words.remark(spec, List.of(plan.delay()));
        PrintWriter out = spec.commandLine().getOut();
        Probes recorded = recorded(built, plan, columns);
        if (output.dryRun()) {
            dryRun(built, method, plan, columns);
            return ExitCode.DONE;
        }
        SettleRequest request = request(built, method, plan);
        try (Host host = measure.of(run.host(options.host()));
                Session session = host.open(built.network(), plan)) {
            program.interruption().onStop(session::cancel);
            Settling settling = settling(built, method, plan, host, session, recorded);
            RepeatedSettling course = course(settling, host);
            return report(request, settling, session.parameters(), recorded, course, out);
        }
    }

    /** The probes, checked before anything runs; null for none. */
    private Probes recorded(Problem built, RunPlan plan, int columns) {
        if (probed == null) {
            return null;
        }
        if (output.out() == null) {
            throw new IllegalArgumentException(
                    "probe: series are written to a run directory; give --out DIR");
        }
        List<CellId> cells = Wiring.of(built.network(), plan.granularity()).cells();
        return Probes.of(probed, built.network(), plan.rule(), cells, columns);
    }

    private Settling settling(
            Problem built,
            Method method,
            RunPlan plan,
            Host host,
            Session session,
            Probes recorded) {
        Setting setting = options.setting(method, plan.conditions().timing(), this::complete);
        JudgedSettling settling =
                new JudgedSettling(built, against.reference(), program.interruption());
        MinimumJudge judged = settled(settling, host, session, setting, recorded);
        measure.measure(host);
        Settlement concluded = judged.estimate().verdict();
        Advice advice = null;
        if (concluded instanceof NotSettled not) {
            if (!Settling.isCancelled(concluded)) {
                program.interruption().concluded(true); // advice does not change the verdict
            }
            Unbounded unbounded = Unbounded.of(not.reason(), method, built);
            if (unbounded.isProven()) {
                judged = unbounded.explained(judged, not);
                advice =
                        Unbounded.advice(
                                new JudgedSettling(built, null, program.interruption()),
                                host,
                                setting,
                                options.problem(method.algorithm()));
            } else {
                advice = settling.advice(host, setting, not.reason());
            }
        } else if (concluded instanceof Settled settled
                && !settled.resolution().rounded().isEmpty()) {
            program.interruption().concluded(true);
            advice = settling.advice(host, setting, Reason.UNRESOLVED);
        }
        return new Settling(built, plan, method, against.reference(), judged, advice);
    }

    /** What its page draws over time; null where there is no page, or after a stop. */
    private RepeatedSettling course(Settling settling, Host host) {
        return output.out() == null || program.interruption().asked()
                ? null
                : RepeatedSettling.of(
                        settling.problem(),
                        settling.method(),
                        settling.plan(),
                        options.run().budget(options.host()),
                        settling.estimate().report(),
                        host,
                        program.interruption()::onStop);
    }

    private MinimumJudge settled(
            JudgedSettling settling, Host host, Session session, Setting setting, Probes recorded) {
        PrintWriter err = spec.commandLine().getErr();
        SettleProgress progress =
                SettleProgress.of(output, err, host.takesFrames(), session, recorded);
        try {
            return settling.settle(session, setting);
        } finally {
            progress.close();
        }
    }

    private int dryNode(Method method) throws IOException {
        Timing timing = options.problem(method.algorithm()).timing();
        DryNodeRun dry = new DryNodeRun(dryNodes, output, spec.commandLine().getOut());
        dry.run(options.problem(method.algorithm()), method, plan(method.algorithm(), timing));
        dry.write("settle");
        return ExitCode.DONE;
    }

    private void dryRun(Problem built, Method method, RunPlan plan, int columns) {
        Algorithm algorithm = method.algorithm();
        PrintWriter out = spec.commandLine().getOut();
        out.println(built.description());
        out.println(
                RunText.of(
                        method,
                        options.host(),
                        plan.granularity().toString(),
                        plan.delay().spec()));
        ResolvedText text = new ResolvedText(out, spec);
        text.line("reference", reference(algorithm, built).optionName());
        text.print(plan, built.network(), options.run().budget(options.host()), options.host());
        text.cells(built, plan, columns);
        text.repeat(ResolvedText.command("settle", spec));
    }

    private RunPlan plan(Algorithm algorithm, Timing timing) {
        return complete(options.plan(algorithm, timing));
    }

    private RunPlan complete(RunPlan plan) {
        return plan.withQuantum(quantum()).withProbes(probes);
    }

    private double quantum() {
        if (quantum == null) {
            return 0.0;
        }
        try {
            return quantum.startsWith("bits:")
                    ? Signalling.quantumOfBits(Integer.parseInt(quantum.substring(5)))
                    : Double.parseDouble(quantum);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "quantum: \"%s\" is not of the form X or bits:K".formatted(quantum), e);
        }
    }

    private SettleRequest request(Problem built, Method method, RunPlan plan) throws IOException {
        return SettleRequest.of(
                Launcher.running("settle", spec),
                options.host(),
                built,
                options.seed(),
                method,
                reference(method.algorithm(), built),
                plan,
                resolved(built, method, plan));
    }

    /** Everything that determines the result. */
    private Map<String, String> resolved(Problem built, Method method, RunPlan plan)
            throws IOException {
        return ResolvedValues.of(spec, ELSEWHERE)
                .network(options.problem(method.algorithm()), built.network())
                .method(method)
                .run(plan, options.run().budget(options.host()), options.host())
                .with("--batch", Integer.toString(built.examples()))
                .with("--quantum", Figures.number(plan.signalling().quantum()))
                .with("--against", reference(method.algorithm(), built).optionName())
                .map();
    }

    private Reference reference(Algorithm algorithm, Problem built) {
        return Claim.reference(algorithm, against.reference(), built.network());
    }

    private int report(
            SettleRequest request,
            Settling settling,
            Parameters used,
            Probes recorded,
            RepeatedSettling course,
            PrintWriter out)
            throws IOException {
        ReferenceOf reference = settling.reference();
        SettleResult result =
                settling.result(
                        request,
                        reference,
                        Words.after("settle", spec),
                        recorded == null ? List.of() : recorded.facts(),
                        program.interruption()::stated);
        ObjectNode json = SettleJson.of(result);
        DryNodeJson.add(json, measure.usage());
        json.set("graph", GraphJson.of(settling.problem().network()));
        if (course != null) {
            json.set("course", course.json());
        }
        SettleDirectory directory =
                new SettleDirectory(
                        settling.problem(),
                        used,
                        settling.estimate(),
                        settling.update(),
                        reference == null ? null : reference.gradient(),
                        recorded,
                        course);
        output.directory(json, below -> directory.write(below, json));
        if (output.prose()) {
            SettleText.print(out, result);
            DryNodeText.print(out, measure.usage());
            OutputOptions.announce(out, json);
        }
        output.write(json, out);
        return result.exitCode();
    }
}
