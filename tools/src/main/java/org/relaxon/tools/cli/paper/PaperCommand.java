package org.relaxon.tools.cli.paper;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import org.relaxon.experiments.paper.DistanceOverBeta;
import org.relaxon.experiments.paper.PaperArrays;
import org.relaxon.experiments.paper.PaperListener;
import org.relaxon.experiments.paper.PaperPlan;
import org.relaxon.experiments.paper.PaperRow;
import org.relaxon.experiments.paper.PublishedVariant;
import org.relaxon.experiments.problem.Problem;
import org.relaxon.model.cell.Wiring;
import org.relaxon.runtime.Host;
import org.relaxon.runtime.Session;
import org.relaxon.runtime.settling.MemoryEstimate;
import org.relaxon.tools.cli.option.Catalog;
import org.relaxon.tools.cli.option.OutputOptions;
import org.relaxon.tools.cli.option.PlacementOptions;
import org.relaxon.tools.cli.process.ExitCode;
import org.relaxon.tools.cli.process.Program;
import org.relaxon.tools.cli.run.ResolvedText;
import org.relaxon.tools.cli.run.WorkProgress;
import org.relaxon.tools.cli.text.Figures;
import org.relaxon.tools.cli.text.Launcher;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** The curves of arXiv 2206.02629 by settling, compared with the published inference. */
@Command(
        name = "paper",
        description = {
            "Repeats the measurements of arXiv 2206.02629 over the nudging strength:"
                    + " distance from backprop, distance from the free equilibrium, angle.",
            "Compares cells that settle (pc-nudge, double, error held as a variable)"
                    + " with the published inference (gradient descent, 50 sweeps, float, error"
                    + " = x - mu) and with variants of it that are only truncated, only rounded,"
                    + " or neither. Nothing is clipped, no epsilon is added, no run is left out.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  relaxon paper                               on synthetic digits",
            "  relaxon paper --runs 2 --out runs           with table and pictures",
            "  relaxon paper --data mnist:DIR --runs 10 --batch 1,64 --out runs",
            "  relaxon paper --betas 1e-2,1e-4 --host akka --delay exponential:200us"
        })
public final class PaperCommand implements Callable<Integer> {
    @Spec private CommandSpec spec;
    @ParentCommand private Program program;
    @Mixin private PaperOptions paper;
    @Mixin private OutputOptions output;
    @Mixin private PlacementOptions placement;

    @Option(
            names = "--runs",
            paramLabel = "N",
            defaultValue = "3",
            description =
                    "Runs, each with its own weights and images; the seeds count from"
                            + " --seed upwards. Default ${DEFAULT-VALUE}.")
    private int runs;

    @Option(
            names = {"--batch", "--batch-size"},
            paramLabel = "B",
            split = ",",
            defaultValue = "1,8",
            description = "Images per run; several sizes run in turn. Default ${DEFAULT-VALUE}.")
    private List<Integer> batches;

    @Option(
            names = {"--betas", "--beta", "--lambda"},
            paramLabel = "X",
            split = ",",
            description =
                    "Nudging strengths. Default 1, .9, ..., .1 and from .05 three to a decade down"
                            + " to 1e-9.")
    private List<Double> betas;

    @Override
    public Integer call() throws IOException {
        output.requireWritable();
        PaperPlan plan = plan();
        PrintWriter out = spec.commandLine().getOut();
        Problem widest = widest(plan);
        MemoryEstimate.of(widest.network(), plan.granularity(), widest.examples())
                .require(Runtime.getRuntime().maxMemory() / 5 * 4);
        if (output.dryRun()) {
            dryRun(plan, widest, out);
            return ExitCode.DONE;
        }
        PaperRequest request =
                PaperRequest.of(Launcher.running("paper", spec), plan, widest, paper.host());
        List<PaperRow> rows;
        PaperArrays arrays;
        try (Host host = Catalog.host(paper.host(), Runtime.getRuntime().availableProcessors());
                Progress progress = new Progress(plan.rows())) {
            rows =
                    new DistanceOverBeta(plan)
                            .run(host, progress, () -> program.interruption().asked());
            arrays = progress.arrays;
        }
        PaperResult result = PaperResult.of(request, rows, program.interruption()::stated);
        return report(result, new PaperDirectory(result, arrays), out);
    }

    private void dryRun(PaperPlan plan, Problem widest, PrintWriter out) {
        out.println(widest.description());
        ResolvedText text = new ResolvedText(out, spec);
        text.line(
                "rows",
                "%d: %d strengths x %d seeds x %d batch sizes x %d ways of inference"
                        .formatted(
                                plan.rows(),
                                plan.betas().size(),
                                plan.seeds().size(),
                                plan.batches().size(),
                                1 + plan.variants().size()));
        text.line("strengths", ResolvedText.list(plan.betas(), Figures::number));
        text.line("seeds", ResolvedText.list(plan.seeds(), Object::toString));
        text.line("batches", ResolvedText.list(plan.batches(), Object::toString));
        text.line(
                "settled",
                "%s on %s in %s cells, delay %s, against backprop"
                        .formatted(
                                DistanceOverBeta.SETTLED,
                                paper.host(),
                                plan.granularity(),
                                plan.delay().spec()));
        plan.variants().forEach(v -> text.line("beside it", v.name()));
        text.threshold(plan.threshold(), false);
        text.budget(
                DistanceOverBeta.budget(Wiring.of(widest.network(), plan.granularity())),
                "one settling");
        text.files(output, "paper", PaperDirectory.files(plan.batches()));
        text.cells(widest, plan.granularity(), widest.examples());
        text.repeat(ResolvedText.command("paper", spec));
    }

    private PaperPlan plan() {
        return new PaperPlan(
                paper.problem(),
                betas == null ? PaperPlan.defaultBetas() : betas,
                paper.seeds(runs),
                batches,
                placement.granularity(),
                placement.delay(),
                PublishedVariant.ALL);
    }

    /** The first problem of the largest batch, to find misfits early. */
    private static Problem widest(PaperPlan plan) throws IOException {
        int most = plan.batches().stream().max(Integer::compare).orElseThrow();
        return plan.problem().withBatch(most).build();
    }

    private int report(PaperResult result, PaperDirectory directory, PrintWriter out)
            throws IOException {
        ObjectNode json = PaperJson.of(result);
        output.directory(json, directory::write);
        if (output.prose()) {
            PaperText.print(out, result);
            OutputOptions.announce(out, json);
        }
        output.write(json, out);
        return result.exitCode();
    }

    /** Shows progress, and passes Ctrl-C to the running session. */
    private final class Progress implements PaperListener, AutoCloseable {
        private final WorkProgress done;
        private PaperArrays arrays;

        Progress(int total) {
            done = WorkProgress.of(output, spec.commandLine().getErr(), "rows", total);
        }

        @Override
        public void opened(Session session) {
            program.interruption().onStop(session::cancel);
        }

        /** Keeps the arrays of the first run at its smallest strength. */
        @Override
        public void settled(PaperArrays next) {
            boolean same = arrays == null || next.problem() == arrays.problem();
            arrays = same ? next : arrays;
        }

        @Override
        public void rowFinished(PaperRow row, int finished, int total) {
            done.finished(row.reason() == null);
        }

        @Override
        public void close() {
            done.close();
        }
    }
}
