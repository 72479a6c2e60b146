package org.relaxon.tools.cli.reproduce;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.relaxon.experiments.problem.Problem;
import org.relaxon.experiments.reproduction.ChainInference;
import org.relaxon.experiments.reproduction.DepthPlan;
import org.relaxon.experiments.reproduction.DepthRow;
import org.relaxon.experiments.reproduction.DepthScaling;
import org.relaxon.model.activation.Activation;
import org.relaxon.model.network.Granularity;
import org.relaxon.tools.cli.option.Catalog;
import org.relaxon.tools.cli.run.ResolvedText;
import org.relaxon.tools.cli.text.Figures;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What settling costs over the depth of a chain. */
@Command(
        name = "depth",
        description = {
            "Messages, relaxations and longest chain of causes until every layer of a chain has"
                    + " its gradient, over the number of hidden layers, with the fitted exponents:"
                    + " for predictive coding in error form at small beta under five disciplines,"
                    + " with all activities resolved, and for the energy at beta 1 in chains of up"
                    + " to 16 hidden layers. The default takes minutes on two cores.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  relaxon reproduce depth --seeds 1 --depths 4,8,16    a first impression",
            "  relaxon reproduce depth --width 32 --out runs        with table and pictures",
            "  relaxon reproduce depth --beta 1e-2          far from backprop: exit code 1"
        })
final class ReproduceDepthCommand extends FindingCommand<DepthPlan, DepthRow> {
    private static final Reproduction REPRODUCTION =
            new Reproduction(
                    "depth",
                    "Predictive coding in error form at small beta settles a chain of L hidden layers"
                            + " for 2 L messages.",
                    "Setting: the cost over depth of predictive coding,"
                            + " github.com/tarun-ks/predictive-coding-depth-scaling, which counts the"
                            + " inference steps until a trained network has 90 % of the accuracy of"
                            + " backprop; here every layer has its gradient");
    private static final int SEEDS = 3;

    @Mixin private DepthOptions options;

    @Mixin private WidthOption chain;

    @Option(
            names = "--activation",
            paramLabel = "F",
            split = ",",
            description = "Activations of the hidden layers. Default tanh,linear.")
    private List<String> activations;

    @Option(
            names = "--gain",
            paramLabel = "X",
            description =
                    "Factor of every weight, beside the one that keeps the size of signals:"
                            + " 1.3 for tanh, 1 + 1/(2 width) for linear. Default 1.")
    private Double gain;

    ReproduceDepthCommand() {
        super(REPRODUCTION, "settlings", SEEDS);
    }

    @Override
    int runs(DepthPlan plan) {
        return plan.runs();
    }

    @Override
    List<DepthRow> run(DepthPlan plan, BooleanSupplier stop, Runnable done) throws IOException {
        return new DepthScaling(plan).run(stop, done);
    }

    @Override
    Findings findings(DepthPlan plan, List<DepthRow> rows, double seconds) {
        return new DepthFindings(plan, rows, seconds);
    }

    @Override
    List<String> pictures(DepthPlan plan) {
        return DepthPictures.files(plan);
    }

    @Override
    void describe(DepthPlan plan, ResolvedText text) {
        text.line(
                "settlings",
                "%d: %s x %s x %d ways at up to %d depths"
                        .formatted(
                                plan.runs(),
                                Figures.count(plan.seeds().size(), "seed"),
                                Figures.count(plan.activations().size(), "activation"),
                                plan.ways().size(),
                                plan.depths().size()));
        text.line("seeds", ResolvedText.list(plan.seeds(), Object::toString));
        text.line("hidden layers", ResolvedText.list(plan.depths(), Object::toString));
        text.line("width", Integer.toString(plan.width()));
        text.line("activations", activations(plan));
        text.line("ways", ResolvedText.list(plan.ways(), ChainInference::reportName));
        text.line(
                "all",
                "one-sided, beta %s in error form, tolerance %s, in layer cells"
                        .formatted(Figures.number(plan.beta()), Figures.number(plan.tolerance())));
        text.budget(plan.budget(), "one settling");
    }

    @Override
    void describeCells(DepthPlan plan, ResolvedText text) throws IOException {
        Problem deepest = deepest(plan);
        text.cells(deepest, Granularity.LAYER, deepest.examples());
    }

    private Problem deepest(DepthPlan plan) throws IOException {
        int depth = plan.depths().get(plan.depths().size() - 1);
        return plan.problem(plan.activations().get(0), depth).withSeed(firstSeed()).build();
    }

    private static String activations(DepthPlan plan) {
        return plan.activations().stream()
                .map(Activation::optionName)
                .collect(Collectors.joining(", "));
    }

    @Override
    DepthPlan plan() throws IOException {
        DepthPlan usual = DepthPlan.of(firstSeed(), 1);
        DepthPlan plan =
                new DepthPlan(
                        activations == null
                                ? usual.activations()
                                : activations.stream()
                                        .map(a -> Catalog.activation("activation", a))
                                        .toList(),
                        options.depths(usual.depths()),
                        chain.width(usual.width()),
                        gain == null ? usual.gain() : gain,
                        options.beta(usual.beta()),
                        options.tolerance(usual.tolerance()),
                        usual.ways(),
                        seeds(),
                        options.messages(usual.messagesMax()),
                        threads());
        if (plan.depths().size() < 2) {
            throw new IllegalArgumentException(
                    "depths: need at least two depths for an exponent, got one depth (%d)"
                            .formatted(plan.depths().get(0)));
        }
        deepest(plan); // no network may be left that cannot be built
        return plan;
    }

    @Override
    void fill(DepthPlan plan, ObjectNode node) throws IOException {
        Problem deepest = deepest(plan);
        node.put("network", deepest.network().toString());
        node.put("problem", deepest.description());
        node.put("algorithm", "pc-nudge, pc, pc-alm");
        node.put("estimator", "one-sided");
        node.put("beta", plan.beta());
        node.put("host", "virtual, red-black, synchronous");
        node.put("discipline", "eager, turn-taking, handshake");
        node.put("delay", "none, exponential");
        node.put("tolerance", plan.tolerance());
        node.put("width", plan.width());
        node.put("gain", plan.gain());
        plan.depths().forEach(node.putArray("depths")::add);
        plan.activations().stream()
                .map(Activation::optionName)
                .forEach(node.putArray("activations")::add);
        Arrays.stream(ChainInference.values())
                .map(ChainInference::reportName)
                .forEach(node.putArray("ways")::add);
        node.put("budgetMessages", plan.messagesMax());
    }
}
