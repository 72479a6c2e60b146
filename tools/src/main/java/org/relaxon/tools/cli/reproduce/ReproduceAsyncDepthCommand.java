package org.relaxon.tools.cli.reproduce;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import org.relaxon.experiments.reproduction.AsyncCells;
import org.relaxon.experiments.reproduction.AsyncPlan;
import org.relaxon.experiments.reproduction.AsyncRow;
import org.relaxon.experiments.reproduction.AsyncStudy;
import org.relaxon.experiments.reproduction.published.PublishedSchedule;
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

/** Credit in deep residual networks under asynchronous schedules and stale reads. */
@Command(
        name = "async-depth",
        resourceBundle = "org.relaxon.tools.cli.reproduce.options",
        description = {
            "Alignment with backprop, layer by layer, in residual networks of 16, 32 and 64 weight"
                    + " matrices under asynchronous schedules and stale reads: a published program"
                    + " of predictive coding with multipliers, beside its published figures, and"
                    + " cells on the same networks. What differs is the estimator: the program stops"
                    + " after 2 L sweeps of explicit steps, cells settle. The default takes less"
                    + " than three minutes on two cores.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  relaxon reproduce async-depth --seeds 1 --depths 32    a first impression",
            "  relaxon reproduce async-depth --seeds 5 --out runs     with table and pictures",
            "  relaxon reproduce async-depth --depths 32 --data fashion-mnist:DIR"
        })
final class ReproduceAsyncDepthCommand implements Callable<Integer> {
    private static final Reproduction REPRODUCTION =
            new Reproduction(
                    "async-depth",
                    "Deep credit survives asynchrony and stale reads if every layer moves its own"
                            + " multiplier; a barrier loses it in early layers.",
                    "Asynchronous study of PC-ALM, github.com/nshkrdotcom/pc-alm (reports/prebeam,"
                            + " results/exp1_2, results/exp4_1); method and network: arXiv 2605.31022."
                            + " The trainings of that study are not repeated");
    private static final int SEEDS = 3;

    @Spec private CommandSpec spec;
    @ParentCommand private ReproduceCommand parent;
    @Mixin private SeedOptions seeds;
    @Mixin private OutputOptions output;

    @Option(
            names = "--depths",
            paramLabel = "L",
            split = ",",
            description =
                    "Numbers of weight matrices: 32, and 16 or 64 beside it. Default all three;"
                            + " 32 with other data.")
    private List<Integer> depths;

    @Option(
            names = "--data",
            paramLabel = "DATA",
            description =
                    "synthetic, or fashion-mnist:DIR with the four files of Fashion-MNIST in DIR."
                            + " Default synthetic.")
    private String data;

    @Option(
            names = {"--beta", "--lambda"},
            paramLabel = "X",
            description = "Nudging strength of cells. Default 1e-12.")
    private Double beta;

    @Option(
            names = "--tolerance",
            paramLabel = "X",
            description =
                    "Largest relative error of the update of a layer of cells through changes that"
                            + " are not sent. Default 1e-4.")
    private Double tolerance;

    @Option(
            names = "--budget-messages",
            paramLabel = "N",
            description = "Signals that one settling may send. Default 20000.")
    private Long messages;

    @Override
    public Integer call() throws IOException {
        output.requireWritable();
        AsyncPlan plan = plan();
        plan.requireReadable();
        PrintWriter out = spec.commandLine().getOut();
        if (output.dryRun()) {
            dryRun(plan, out);
            return ExitCode.DONE;
        }
        long begin = System.nanoTime();
        List<AsyncRow> rows;
        PrintWriter err = spec.commandLine().getErr();
        try (WorkProgress progress = WorkProgress.of(output, err, "runs", plan.runs()).begun()) {
            rows = new AsyncStudy(plan).run(parent.interruption()::asked, progress::finished);
        }
        double seconds = (System.nanoTime() - begin) / 1e9;
        return REPRODUCTION.finish(
                config(plan),
                new AsyncFindings(rows, seconds),
                output,
                out,
                parent.interruption().concluded(rows.size() == plan.runs()));
    }

    private void dryRun(AsyncPlan plan, PrintWriter out) {
        ResolvedText text = new ResolvedText(out, spec);
        text.line("runs", Integer.toString(plan.runs()));
        text.line("seeds", ResolvedText.list(plan.seeds(), Object::toString));
        text.line("layers", ResolvedText.list(plan.depths(), Object::toString));
        text.line("data", plan.data());
        for (int depth : plan.depths()) {
            text.line(
                    "L = " + depth,
                    "step %s; %s"
                            .formatted(
                                    Figures.number(plan.step(depth)),
                                    ResolvedText.list(
                                            plan.schedules(depth), PublishedSchedule::reportName)));
        }
        text.line("cells", ResolvedText.list(AsyncCells.all(), AsyncCells::reportName));
        text.line(
                "",
                "one-sided, beta %s, tolerance %s, in layer cells"
                        .formatted(Figures.number(plan.beta()), Figures.number(plan.tolerance())));
        text.budget(plan.budget(), "one settling");
        text.files(output, "reproduce-async-depth", Reproduction.files(AsyncPictures.files()));
        text.repeat(ResolvedText.command("reproduce async-depth", spec));
    }

    private AsyncPlan plan() {
        AsyncPlan usual = AsyncPlan.of(seeds.first(), 1);
        boolean other = data != null && !data.equals(AsyncPlan.SYNTHETIC);
        return new AsyncPlan(
                depths != null ? depths : other ? List.of(32) : usual.depths(),
                data == null ? usual.data() : data,
                seeds.all(SEEDS),
                beta == null ? usual.beta() : beta,
                tolerance == null ? usual.tolerance() : tolerance,
                messages == null ? usual.messagesMax() : messages,
                seeds.threads());
    }

    private ObjectNode config(AsyncPlan plan) {
        ObjectNode node = REPRODUCTION.config(spec, seeds.first(), plan.seeds().size());
        node.put(
                "network",
                "residual networks of width %d, relu, depth-mup; of %s layers"
                        .formatted(
                                AsyncPlan.WIDTH,
                                ResolvedText.list(plan.depths(), Object::toString)));
        node.put("data", plan.data());
        node.put("algorithm", "pc-alm, pc-nudge");
        node.put("estimator", "one-sided");
        node.put("beta", plan.beta());
        node.put("discipline", "poisson");
        node.put("delay", "none, uniform");
        node.put("tolerance", plan.tolerance());
        plan.depths().forEach(node.putArray("depths")::add);
        node.put("budgetMessages", plan.messagesMax());
        return node;
    }
}
