package org.relaxon.tools.cli.reproduce;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.relaxon.experiments.problem.Problem;
import org.relaxon.experiments.reproduction.Arm;
import org.relaxon.experiments.reproduction.DesynchronisedLearning;
import org.relaxon.experiments.reproduction.DesynchronisedPlan;
import org.relaxon.experiments.reproduction.DesynchronisedRow;
import org.relaxon.experiments.reproduction.LearningTask;
import org.relaxon.model.network.Granularity;
import org.relaxon.tools.cli.run.ResolvedText;
import org.relaxon.tools.cli.text.Figures;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Synapses that change at independent random times learn no worse. */
@Command(
        name = "desynchronised",
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
final class ReproduceDesynchronisedCommand
        extends FindingCommand<DesynchronisedPlan, DesynchronisedRow> {
    private static final Reproduction REPRODUCTION =
            new Reproduction(
                    "desynchronised",
                    "Learning is no worse when each synapse changes at its own random"
                            + " times than when all change together.",
                    "J. F. Wycoff, S. Dillavou, M. Stern, A. J. Liu, D. J. Durian, Desynchronous"
                            + " learning in a physics-driven learning network, J. Chem. Phys. 156,"
                            + " 144903 (2022)");
    private static final int SEEDS = 5;

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

    ReproduceDesynchronisedCommand() {
        super(REPRODUCTION, "trainings", SEEDS);
    }

    @Override
    int runs(DesynchronisedPlan plan) {
        return plan.runs();
    }

    @Override
    List<DesynchronisedRow> run(DesynchronisedPlan plan, BooleanSupplier stop, Runnable done)
            throws IOException {
        return new DesynchronisedLearning(plan).run(stop, done);
    }

    @Override
    Findings findings(DesynchronisedPlan plan, List<DesynchronisedRow> rows, double seconds) {
        return new DesynchronisedFindings(rows, seconds);
    }

    @Override
    List<String> pictures(DesynchronisedPlan plan) {
        return plan.tasks().stream().map(t -> DesynchronisedFindings.picture(t.name())).toList();
    }

    @Override
    void describe(DesynchronisedPlan plan, ResolvedText text) throws IOException {
        text.line(
                "trainings",
                "%d: %s x %d seeds x %d ways to change synapses"
                        .formatted(
                                plan.runs(),
                                Figures.count(plan.tasks().size(), "task"),
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
            Problem example = task.problem().withSeed(firstSeed()).build();
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
    }

    @Override
    DesynchronisedPlan plan() {
        DesynchronisedPlan usual = DesynchronisedPlan.of(firstSeed(), SEEDS);
        List<LearningTask> tasks =
                data == null ? usual.tasks() : data.stream().map(LearningTask::of).toList();
        return new DesynchronisedPlan(
                tasks.stream().map(this::changed).toList(),
                probabilities == null ? usual.probabilities() : probabilities,
                seeds(),
                threads());
    }

    private LearningTask changed(LearningTask task) {
        LearningTask out = iterations == null ? task : task.withSteps(iterations);
        return rate == null ? out : out.withRate(rate);
    }

    @Override
    void fill(DesynchronisedPlan plan, ObjectNode node) throws IOException {
        StringBuilder networks = new StringBuilder();
        for (LearningTask task : plan.tasks()) {
            networks.append(networks.isEmpty() ? "" : "; ")
                    .append(task.problem().withSeed(firstSeed()).build().network());
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
    }
}
