package org.relaxon.tools.cli.reproduce;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.relaxon.experiments.problem.Problem;
import org.relaxon.experiments.problem.ProblemSpec;
import org.relaxon.experiments.reproduction.DelayPlan;
import org.relaxon.experiments.reproduction.DelayRow;
import org.relaxon.experiments.reproduction.DelayedInference;
import org.relaxon.experiments.reproduction.Inference;
import org.relaxon.model.network.Granularity;
import org.relaxon.tools.cli.run.ResolvedText;
import org.relaxon.tools.cli.text.Figures;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Delays break inference by gradient steps; several remedies restore it. */
@Command(
        name = "delays",
        description = {
            "Inference by gradient steps under communication delays, in the setting of"
                    + " arXiv 2407.05494: the steps and delays at which it stops settling,"
                    + " compared with bounds that are local and hold for small steps, and the"
                    + " methods that settle at every delay.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  relaxon reproduce delays --seeds 2           a first impression",
            "  relaxon reproduce delays --delays 0,2,20 --out runs",
            "  relaxon reproduce delays --gain 0.3          no loop gain above 1: exit code 1"
        })
final class ReproduceDelaysCommand extends FindingCommand<DelayPlan, DelayRow> {
    private static final Reproduction REPRODUCTION =
            new Reproduction(
                    "delays",
                    "Communication delays break inference by gradient steps; several"
                            + " remedies restore it.",
                    "Setting: R. Fayyazi, C. Weilbach, F. Wood, Prospective Messaging: Learning in"
                            + " Networks with Communication Delays, arXiv 2407.05494");
    private static final int SEEDS = 10;

    @Mixin private NudgeOptions options;

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

    ReproduceDelaysCommand() {
        super(REPRODUCTION, "settlings", SEEDS);
    }

    @Override
    int runs(DelayPlan plan) {
        return plan.runs();
    }

    @Override
    List<DelayRow> run(DelayPlan plan, BooleanSupplier stop, Runnable done) throws IOException {
        return new DelayedInference(plan).run(stop, done);
    }

    @Override
    Findings findings(DelayPlan plan, List<DelayRow> rows, double seconds) {
        return new DelayFindings(plan, rows, seconds);
    }

    @Override
    List<String> pictures(DelayPlan plan) {
        return DelayPictures.FILES;
    }

    @Override
    void describe(DelayPlan plan, ResolvedText text) throws IOException {
        out().println(example(plan).description());
        List<Inference> ways = List.of(Inference.values());
        text.line(
                "settlings",
                "%d: %s x (%s at delay %d + %s x %d ways of inference)"
                        .formatted(
                                plan.runs(),
                                Figures.count(plan.seeds().size(), "seed"),
                                Figures.count(plan.products().size(), "step"),
                                plan.ticks(),
                                Figures.count(plan.delays().size(), "delay"),
                                ways.size()));
        text.line("seeds", ResolvedText.list(plan.seeds(), Object::toString));
        text.line("step x delay", ResolvedText.list(plan.products(), Figures::number));
        text.line("bounds", limits(plan).bounds());
        text.line("delays", ResolvedText.list(plan.delays(), Object::toString) + " mean pauses");
        text.line("ways", ResolvedText.list(ways, Inference::reportName));
        text.line(
                "all",
                "pc-nudge, one-sided, beta %s, step %s, on virtual in layer cells"
                        .formatted(Figures.number(plan.beta()), Figures.number(plan.step())));
        text.budget(plan.budget(), "one settling");
    }

    private static DelayLimits limits(DelayPlan plan) throws IOException {
        return new DelayLimits(plan, new DelayedInference(plan).limits());
    }

    @Override
    List<String> doubts(DelayPlan plan) throws IOException {
        return limits(plan).doubts();
    }

    @Override
    void describeCells(DelayPlan plan, ResolvedText text) throws IOException {
        Problem example = example(plan);
        text.cells(example, Granularity.LAYER, example.examples());
    }

    private Problem example(DelayPlan plan) throws IOException {
        return plan.problem().withSeed(firstSeed()).build();
    }

    @Override
    DelayPlan plan() throws IOException {
        DelayPlan usual = DelayPlan.of(firstSeed(), 1);
        ProblemSpec problem = usual.problem().withGain(gain);
        DelayPlan plan =
                new DelayPlan(
                        layers == null
                                ? problem
                                : problem.withLayers(layers.stream().mapToInt(n -> n).toArray()),
                        options.beta(usual.beta()),
                        ticks == null ? usual.ticks() : ticks,
                        products == null ? usual.products() : products,
                        step == null ? usual.step() : step,
                        delays == null ? usual.delays() : delays,
                        seeds(),
                        options.messages(usual.messagesMax()),
                        threads());
        example(plan); // no network may be left that cannot be built
        return plan;
    }

    @Override
    void fill(DelayPlan plan, ObjectNode node) throws IOException {
        Problem example = example(plan);
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
    }
}
