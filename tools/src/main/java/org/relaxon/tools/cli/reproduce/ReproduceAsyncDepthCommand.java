package org.relaxon.tools.cli.reproduce;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.relaxon.experiments.reproduction.AsyncCells;
import org.relaxon.experiments.reproduction.AsyncPlan;
import org.relaxon.experiments.reproduction.AsyncRow;
import org.relaxon.experiments.reproduction.AsyncStudy;
import org.relaxon.experiments.reproduction.published.PublishedSchedule;
import org.relaxon.tools.cli.run.ResolvedText;
import org.relaxon.tools.cli.text.Figures;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Credit in deep residual networks under asynchronous schedules and stale reads. */
@Command(
        name = "async-depth",
        description = {
            "Alignment with backprop, layer by layer, in residual networks of 16, 32 and 64 weight"
                    + " matrices under asynchronous schedules and stale reads: a published program"
                    + " of predictive coding with multipliers, beside its published figures, and"
                    + " cells on the same networks. What differs is the estimator: the program stops"
                    + " after 2 L sweeps of explicit steps, cells settle. The default takes"
                    + " minutes on two cores.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  relaxon reproduce async-depth --seeds 1 --depths 32    a first impression",
            "  relaxon reproduce async-depth --seeds 5 --out runs     with table and pictures",
            "  relaxon reproduce async-depth --depths 32 --data fashion-mnist:DIR"
        })
final class ReproduceAsyncDepthCommand extends FindingCommand<AsyncPlan, AsyncRow> {
    private static final Reproduction REPRODUCTION =
            new Reproduction(
                    "async-depth",
                    "Deep credit survives asynchrony and stale reads if every layer moves its own"
                            + " multiplier; a barrier loses it in early layers.",
                    "Asynchronous study of PC-ALM, github.com/nshkrdotcom/pc-alm (reports/prebeam,"
                            + " results/exp1_2, results/exp4_1); method and network: arXiv 2605.31022."
                            + " The trainings of that study are not repeated");
    private static final int SEEDS = 3;

    @Mixin private DepthOptions options;

    @Option(
            names = "--data",
            paramLabel = "DATA",
            description =
                    "synthetic, or fashion-mnist:DIR with the four files of Fashion-MNIST in DIR."
                            + " Default synthetic.")
    private String data;

    ReproduceAsyncDepthCommand() {
        super(REPRODUCTION, "runs", SEEDS);
    }

    @Override
    int runs(AsyncPlan plan) {
        return plan.runs();
    }

    @Override
    List<AsyncRow> run(AsyncPlan plan, BooleanSupplier stop, Runnable done) throws IOException {
        return new AsyncStudy(plan).run(stop, done);
    }

    @Override
    Findings findings(AsyncPlan plan, List<AsyncRow> rows, double seconds) {
        return new AsyncFindings(rows, seconds);
    }

    @Override
    List<String> pictures(AsyncPlan plan) {
        return AsyncPictures.files();
    }

    @Override
    void describe(AsyncPlan plan, ResolvedText text) {
        int schedules = plan.depths().stream().mapToInt(d -> plan.schedules(d).size()).sum();
        text.line(
                "runs",
                "%d: %s x (%d schedules + %d stale reads + %d triggers + %d cells)"
                        .formatted(
                                plan.runs(),
                                Figures.count(plan.seeds().size(), "seed"),
                                schedules,
                                AsyncStudy.staleReads().size(),
                                AsyncStudy.triggers().size(),
                                AsyncCells.all().size()));
        text.line("seeds", ResolvedText.list(plan.seeds(), Object::toString));
        text.line("layers", ResolvedText.list(plan.depths(), Object::toString));
        text.line("data", plan.data());
        for (int depth : plan.depths()) {
            text.line(
                    "L = " + depth,
                    "step %s: %s"
                            .formatted(
                                    Figures.number(plan.step(depth)),
                                    ResolvedText.list(
                                            plan.schedules(depth), PublishedSchedule::reportName)));
        }
        text.line(
                "stale reads",
                ResolvedText.list(AsyncStudy.staleReads(), read -> read)
                        + "; local, L = "
                        + AsyncPlan.BASE);
        text.line(
                "triggers",
                ResolvedText.list(AsyncStudy.triggers(), fires -> fires)
                        + "; L = "
                        + AsyncPlan.BASE);
        text.line("cells", ResolvedText.list(AsyncCells.all(), AsyncCells::reportName));
        text.line(
                "",
                "one-sided, beta %s, tolerance %s, in layer cells"
                        .formatted(Figures.number(plan.beta()), Figures.number(plan.tolerance())));
        text.budget(plan.budget(), "one settling");
    }

    @Override
    AsyncPlan plan() throws IOException {
        AsyncPlan usual = AsyncPlan.of(firstSeed(), 1);
        boolean other = data != null && !data.equals(AsyncPlan.SYNTHETIC);
        AsyncPlan plan =
                new AsyncPlan(
                        options.depths(other ? List.of(AsyncPlan.BASE) : usual.depths()),
                        data == null ? usual.data() : data,
                        seeds(),
                        options.beta(usual.beta()),
                        options.tolerance(usual.tolerance()),
                        options.messages(usual.messagesMax()),
                        threads());
        plan.requireReadable();
        return plan;
    }

    @Override
    void fill(AsyncPlan plan, ObjectNode node) {
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
    }
}
