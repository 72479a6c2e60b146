package org.relaxon.tools.cli.paper;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.relaxon.experiments.paper.TrainingBesideBackprop;
import org.relaxon.experiments.paper.TrainingRow;
import org.relaxon.experiments.problem.Split;
import org.relaxon.runtime.Host;
import org.relaxon.tools.cli.option.Catalog;
import org.relaxon.tools.cli.option.OutputOptions;
import org.relaxon.tools.cli.option.PartOptions;
import org.relaxon.tools.cli.process.ExitCode;
import org.relaxon.tools.cli.process.Program;
import org.relaxon.tools.cli.run.ResolvedText;
import org.relaxon.tools.cli.text.Figures;
import org.relaxon.tools.cli.text.Launcher;
import org.relaxon.tools.output.Version;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** The training of arXiv 2206.02629, with every minibatch compared with backprop. */
@Command(
        name = "paper-training",
        description = {
            "Repeats the training of arXiv 2206.02629: one epoch in batches of 64 with"
                    + " momentum .9 and rate .0064. Compares the local update of every minibatch"
                    + " with the gradient that backprop computes at the same weights, and also"
                    + " trains the same network by backprop.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  relaxon paper-training --examples 1280          on synthetic digits",
            "  relaxon paper-training --data mnist:DIR --runs 3 --out runs",
            "  relaxon paper-training --dry-run                what it would run"
        })
public final class PaperTrainingCommand implements Callable<Integer> {
    @Spec private CommandSpec spec;
    @ParentCommand private Program program;
    @Mixin private PaperOptions paper;
    @Mixin private PartOptions parts;
    @Mixin private OutputOptions output;

    @Option(
            names = "--runs",
            paramLabel = "N",
            defaultValue = "1",
            description = "Runs, each with its own weights and order. Default ${DEFAULT-VALUE}.")
    private int runs;

    @Option(
            names = {"--betas", "--beta"},
            paramLabel = "X",
            split = ",",
            defaultValue = "1e-4,1e-7",
            description =
                    "Nudging strengths. Default ${DEFAULT-VALUE}: the published"
                            + " strength, and one that carries fewer ReLU units over their kink.")
    private List<Double> betas;

    @Override
    public Integer call() throws IOException {
        output.requireWritable();
        requireSensible();
        List<Long> seeds = paper.seeds(runs);
        String hostName = paper.host();
        TrainingBesideBackprop training =
                new TrainingBesideBackprop(paper.problem(), parts.train(), parts.test());
        PrintWriter out = spec.commandLine().getOut();
        if (output.dryRun()) {
            dryRun(training.data(paper.seed()), seeds, out);
            return ExitCode.DONE;
        }
        PaperTrainingResult.Request request =
                new PaperTrainingResult.Request(
                        Launcher.running("paper-training", spec),
                        Version.text(),
                        paper.seed(),
                        paper.layers().toString(),
                        paper.data(),
                        hostName);
        List<TrainingRow> rows = new ArrayList<>();
        long begin = System.nanoTime();
        try (Host host = Catalog.host(hostName, Runtime.getRuntime().availableProcessors())) {
            for (long seed : seeds) {
                if (program.interruption().asked()) {
                    break;
                }
                rows.addAll(
                        training.run(
                                host,
                                seed,
                                betas,
                                this::progress,
                                () -> program.interruption().asked()));
            }
        }
        double seconds = (System.nanoTime() - begin) / 1e9;
        return report(
                PaperTrainingResult.of(request, rows, seconds, program.interruption()::stated),
                out);
    }

    private void dryRun(Split data, List<Long> seeds, PrintWriter out) {
        out.println(data.description());
        ResolvedText text = new ResolvedText(out, spec);
        text.line(
                "trainings",
                "%d: pc-nudge at each of %d strengths x %d seeds on %s, and backprop once per seed"
                        .formatted(
                                seeds.size() * (betas.size() + 1),
                                betas.size(),
                                seeds.size(),
                                paper.host()));
        text.line("strengths", ResolvedText.list(betas, Figures::number));
        text.line("seeds", ResolvedText.list(seeds, Object::toString));
        text.line("network", ResolvedText.list(paper.layers(), Object::toString) + ", ReLU");
        text.line(
                "each",
                "one epoch of %d minibatches of %d, rate %s"
                        .formatted(
                                TrainingBesideBackprop.minibatches(data),
                                TrainingBesideBackprop.BATCH,
                                Figures.number(TrainingBesideBackprop.RATE)));
        text.budget(TrainingBesideBackprop.BUDGET, "one settling");
        text.files(output, "paper-training", PaperTrainingDirectory.FILES);
        text.repeat(ResolvedText.command("paper-training", spec));
    }

    private void requireSensible() {
        for (double beta : betas) {
            if (!(beta > 0) || Double.isInfinite(beta)) {
                throw new IllegalArgumentException("betas: need finite numbers > 0, got " + beta);
            }
        }
    }

    private void progress(long itsSeed, double beta, long step, long steps) {
        if (!output.quiet() && step % 100 == 0) {
            PrintWriter err = spec.commandLine().getErr();
            err.printf(
                    "seed %d, beta %s: minibatch %d of %d%n",
                    itsSeed, Figures.number(beta), step, steps);
            err.flush();
        }
    }

    private int report(PaperTrainingResult result, PrintWriter out) throws IOException {
        ObjectNode json = PaperTrainingJson.of(result);
        output.directory(json, below -> new PaperTrainingDirectory(result).write(below, json));
        if (output.prose()) {
            PaperTrainingText.print(out, result);
            OutputOptions.announce(out, json);
        }
        output.write(json, out);
        return result.exitCode();
    }
}
