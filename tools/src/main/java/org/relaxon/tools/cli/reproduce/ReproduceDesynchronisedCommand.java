package org.relaxon.tools.cli.reproduce;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.relaxon.experiments.problem.Problem;
import org.relaxon.experiments.reproduction.Arm;
import org.relaxon.experiments.reproduction.DesynchronisedLearning;
import org.relaxon.experiments.reproduction.DesynchronisedPlan;
import org.relaxon.experiments.reproduction.DesynchronisedRow;
import org.relaxon.experiments.reproduction.LearningTask;
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

/** Synapses that change at independent random times learn no worse. */
@Command(
        name = "desynchronised",
        resourceBundle = "org.relaxon.tools.cli.reproduce.options",
        description = {
            "Learning in which each synapse changes independently, with some"
                    + " probability at each step (J. Chem. Phys. 156, 144903), compared with"
                    + " learning in which all synapses change together.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  relaxon reproduce desynchronised --seeds 3",
            "  relaxon reproduce desynchronised --update-probability 0.05,0.5",
            "  relaxon reproduce desynchronised --data strokes --out runs"
        })
final class ReproduceDesynchronisedCommand implements Callable<Integer> {
    private static final Reproduction REPRODUCTION =
            new Reproduction(
                    "desynchronised",
                    "Learning is no worse when each synapse changes at its own random"
                            + " times than when all change together.",
                    "J. F. Wycoff, S. Dillavou, M. Stern, A. J. Liu, D. J. Durian, Desynchronous"
                            + " learning in a physics-driven learning network, J. Chem. Phys. 156,"
                            + " 144903 (2022)");
    private static final int SEEDS = 5;

    @Spec private CommandSpec spec;
    @ParentCommand private ReproduceCommand parent;
    @Mixin private SeedOptions seeds;
    @Mixin private OutputOptions output;

    @Option(
            names = "--data",
            paramLabel = "DATA",
            split = ",",
            description = "two-moons, strokes or both. Default both.")
    private List<String> data;

    @Option(
            names = "--update-probability",
            paramLabel = "P",
            split = ",",
            description = "Probability that a synapse changes at a step. Default .5,.2,.1.")
    private List<Double> probabilities;

    @Option(
            names = "--iterations",
            paramLabel = "N",
            description =
                    "Steps of the synchronous training. Default 800 for two-moons, 200 for"
                            + " strokes.")
    private Long iterations;

    @Option(
            names = {"--rate", "--learning-rate", "--lr"},
            paramLabel = "X",
            description =
                    "Learning rate of the synchronous training. Default 0.05 for"
                            + " two-moons, 0.005 for strokes.")
    private Double rate;

    @Override
    public Integer call() throws IOException {
        output.requireWritable();
        DesynchronisedPlan plan = plan();
        PrintWriter out = spec.commandLine().getOut();
        if (output.dryRun()) {
            dryRun(plan, out);
            return ExitCode.DONE;
        }
        long begin = System.nanoTime();
        List<DesynchronisedRow> rows;
        PrintWriter err = spec.commandLine().getErr();
        try (WorkProgress progress =
                WorkProgress.of(output, err, "trainings", plan.runs()).begun()) {
            rows =
                    new DesynchronisedLearning(plan)
                            .run(parent.interruption()::asked, progress::finished);
        }
        double seconds = (System.nanoTime() - begin) / 1e9;
        return REPRODUCTION.finish(
                config(plan),
                new DesynchronisedFindings(rows, seconds),
                output,
                out,
                parent.interruption().stopped());
    }

    private void dryRun(DesynchronisedPlan plan, PrintWriter out) throws IOException {
        ResolvedText text = new ResolvedText(out, spec);
        text.line(
                "trainings",
                "%d: %d tasks x %d seeds x %d ways to change synapses"
                        .formatted(
                                plan.runs(),
                                plan.tasks().size(),
                                plan.seeds().size(),
                                plan.arms().size()));
        text.line("seeds", ResolvedText.list(plan.seeds(), Object::toString));
        for (Arm arm : plan.arms()) {
            text.line(
                    "way",
                    "%s, update probability %s"
                            .formatted(arm.name(), Figures.number(arm.probability())));
        }
        for (LearningTask task : plan.tasks()) {
            Problem example = task.problem().withSeed(seeds.first()).build();
            text.line("task", example.description());
            text.line(
                    "",
                    "%d examples, tested on %d; %d steps at rate %s"
                            .formatted(
                                    task.train(),
                                    task.test(),
                                    task.steps(),
                                    Figures.number(task.rate())));
            text.cells(example, Granularity.LAYER, example.examples());
        }
        text.budget(DesynchronisedLearning.budget(), "one settling");
        List<String> pictures =
                plan.tasks().stream().map(t -> DesynchronisedFindings.picture(t.name())).toList();
        text.files(output, "reproduce-desynchronised", Reproduction.files(pictures));
        text.repeat(ResolvedText.command("reproduce desynchronised", spec));
    }

    private DesynchronisedPlan plan() {
        DesynchronisedPlan usual = DesynchronisedPlan.of(seeds.first(), SEEDS);
        List<LearningTask> tasks =
                data == null ? usual.tasks() : data.stream().map(LearningTask::of).toList();
        return new DesynchronisedPlan(
                tasks.stream().map(this::changed).toList(),
                probabilities == null ? usual.probabilities() : probabilities,
                seeds.all(SEEDS),
                seeds.threads());
    }

    private LearningTask changed(LearningTask task) {
        LearningTask out = iterations == null ? task : task.withSteps(iterations);
        return rate == null ? out : out.withRate(rate);
    }

    private ObjectNode config(DesynchronisedPlan plan) throws IOException {
        ObjectNode node = REPRODUCTION.config(spec, seeds.first(), plan.seeds().size());
        StringBuilder networks = new StringBuilder();
        for (LearningTask task : plan.tasks()) {
            networks.append(networks.isEmpty() ? "" : "; ")
                    .append(task.problem().withSeed(seeds.first()).build().network());
        }
        node.put("network", networks.toString());
        node.put(
                "data",
                plan.tasks().stream().map(LearningTask::name).collect(Collectors.joining("; ")));
        node.put("algorithm", "pc-nudge");
        node.put("estimator", "one-sided");
        node.put("beta", DesynchronisedLearning.beta());
        node.put("discipline", "eager");
        node.put("delay", "none");
        node.put("optimiser", "sgd");
        plan.probabilities().forEach(node.putArray("updateProbabilities")::add);
        return node;
    }
}
