package org.relaxon.tools.cli.reproduce;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import org.relaxon.experiments.problem.Problem;
import org.relaxon.experiments.problem.ProblemSpec;
import org.relaxon.experiments.reproduction.DelayPlan;
import org.relaxon.experiments.reproduction.DelayRow;
import org.relaxon.experiments.reproduction.DelayedInference;
import org.relaxon.experiments.reproduction.Inference;
import org.relaxon.model.network.Granularity;
import org.relaxon.tools.cli.option.OutputOptions;
import org.relaxon.tools.cli.option.SeedOptions;
import org.relaxon.tools.cli.process.ExitCode;
import org.relaxon.tools.cli.run.ResolvedText;
import org.relaxon.tools.cli.run.WorkProgress;
import org.relaxon.tools.cli.text.Figures;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Delays break inference by gradient steps; several remedies restore it. */
@Command(
        name = "delays",
        resourceBundle = "org.relaxon.tools.cli.reproduce.options",
        description = {
            "Inference by gradient steps under communication delays, in the setting of"
                    + " arXiv 2407.05494: the steps and delays at which it stops settling,"
                    + " compared with theory, and the methods that settle at every delay.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  relaxon reproduce delays --seeds 2           a first impression",
            "  relaxon reproduce delays --delays 0,2,20 --out runs",
            "  relaxon reproduce delays --gain 0.3          no loop gain above 1: exit code 1"
        })
final class ReproduceDelaysCommand implements Callable<Integer> {
    private static final Reproduction REPRODUCTION =
            new Reproduction(
                    "delays",
                    "Communication delays break inference by gradient steps; several"
                            + " remedies restore it.",
                    "Setting: R. Fayyazi, C. Weilbach, F. Wood, Prospective Messaging: Learning in"
                            + " Networks with Communication Delays, arXiv 2407.05494");
    private static final int SEEDS = 10;

    @Spec private CommandSpec spec;
    @ParentCommand private ReproduceCommand parent;
    @Mixin private SeedOptions seeds;
    @Mixin private OutputOptions output;

    @Option(
            names = "--layers",
            paramLabel = "N",
            split = ",",
            description = "Layer sizes, input first. Default 8,16,12,4.")
    private List<Integer> layers;

    @Option(
            names = "--gain",
            paramLabel = "X",
            defaultValue = "1",
            description = "Factor of every weight. Default ${DEFAULT-VALUE}.")
    private double gain;

    @Option(
            names = {"--beta", "--lambda"},
            paramLabel = "X",
            description = "Nudging strength. Default 1e-2.")
    private Double beta;

    @Option(
            names = "--ticks",
            paramLabel = "D",
            description = "Delay at which the step varies, in mean pauses of a cell. Default 20.")
    private Integer ticks;

    @Option(
            names = "--products",
            paramLabel = "X",
            split = ",",
            description =
                    "Products of the step and the delay --ticks. Default twelve from .1 to 2.")
    private List<Double> products;

    @Option(
            names = "--step",
            paramLabel = "ETA",
            description = "Step at which the delay varies. Default 0.05.")
    private Double step;

    @Option(
            names = "--delays",
            paramLabel = "D",
            split = ",",
            description = "Delays at which all methods run, in mean pauses. Default 0,5,10,20,40.")
    private List<Integer> delays;

    @Option(
            names = "--budget-messages",
            paramLabel = "N",
            description = "Signals that one settling may send. Default 300000.")
    private Long messages;

    @Override
    public Integer call() throws IOException {
        output.requireWritable();
        DelayPlan plan = plan();
        PrintWriter out = spec.commandLine().getOut();
        Problem example = plan.problem().withSeed(seeds.first()).build();
        if (output.dryRun()) {
            dryRun(plan, example, out);
            return ExitCode.DONE;
        }
        long begin = System.nanoTime();
        List<DelayRow> rows;
        PrintWriter err = spec.commandLine().getErr();
        try (WorkProgress progress =
                WorkProgress.of(output, err, "settlings", plan.runs()).begun()) {
            rows = new DelayedInference(plan).run(parent.interruption()::asked, progress::finished);
        }
        double seconds = (System.nanoTime() - begin) / 1e9;
        ObjectNode config = config(plan, example);
        return REPRODUCTION.finish(
                config,
                new DelayFindings(plan, rows, seconds),
                output,
                out,
                parent.interruption().concluded(rows.size() == plan.runs()));
    }

    private void dryRun(DelayPlan plan, Problem example, PrintWriter out) {
        out.println(example.description());
        ResolvedText text = new ResolvedText(out, spec);
        List<Inference> ways = List.of(Inference.values());
        text.line(
                "settlings",
                "%d: %d seeds x (%d steps at delay %d + %d delays x %d ways of inference)"
                        .formatted(
                                plan.runs(),
                                plan.seeds().size(),
                                plan.products().size(),
                                plan.ticks(),
                                plan.delays().size(),
                                ways.size()));
        text.line("seeds", ResolvedText.list(plan.seeds(), Object::toString));
        text.line("step x delay", ResolvedText.list(plan.products(), Figures::number));
        text.line("delays", ResolvedText.list(plan.delays(), Object::toString) + " mean pauses");
        text.line("ways", ResolvedText.list(ways, Inference::reportName));
        text.line(
                "all",
                "pc-nudge, one-sided, beta %s, step %s, on virtual in layer cells"
                        .formatted(Figures.number(plan.beta()), Figures.number(plan.step())));
        text.budget(plan.budget(), "one settling");
        text.files(output, "reproduce-delays", Reproduction.files(DelayPictures.FILES));
        text.cells(example, Granularity.LAYER, example.examples());
        text.repeat(ResolvedText.command("reproduce delays", spec));
    }

    private DelayPlan plan() {
        DelayPlan usual = DelayPlan.of(seeds.first(), 1);
        ProblemSpec problem = usual.problem().withGain(gain);
        return new DelayPlan(
                layers == null
                        ? problem
                        : problem.withLayers(layers.stream().mapToInt(n -> n).toArray()),
                beta == null ? usual.beta() : beta,
                ticks == null ? usual.ticks() : ticks,
                products == null ? usual.products() : products,
                step == null ? usual.step() : step,
                delays == null ? usual.delays() : delays,
                seeds.all(SEEDS),
                messages == null ? usual.messagesMax() : messages,
                seeds.threads());
    }

    private ObjectNode config(DelayPlan plan, Problem example) {
        ObjectNode node = REPRODUCTION.config(spec, seeds.first(), plan.seeds().size());
        node.put("network", example.network().toString());
        node.put("problem", example.description());
        node.put("algorithm", "pc-nudge");
        node.put("estimator", "one-sided");
        node.put("beta", plan.beta());
        node.put("discipline", "eager, handshake, turn-taking");
        node.put("delay", "constant, exponential");
        node.put("ticks", plan.ticks());
        plan.products().forEach(node.putArray("products")::add);
        node.put("step", plan.step());
        plan.delays().forEach(node.putArray("delays")::add);
        node.put("budgetMessages", plan.messagesMax());
        return node;
    }
}
