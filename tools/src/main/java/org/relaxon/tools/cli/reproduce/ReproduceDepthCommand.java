package org.relaxon.tools.cli.reproduce;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.relaxon.experiments.problem.Problem;
import org.relaxon.experiments.reproduction.ChainInference;
import org.relaxon.experiments.reproduction.DepthPlan;
import org.relaxon.experiments.reproduction.DepthRow;
import org.relaxon.experiments.reproduction.DepthScaling;
import org.relaxon.model.activation.Activation;
import org.relaxon.model.network.Granularity;
import org.relaxon.tools.cli.option.Catalog;
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

/** What settling costs over the depth of a chain. */
@Command(
        name = "depth",
        resourceBundle = "org.relaxon.tools.cli.reproduce.options",
        description = {
            "Messages, relaxations and longest chain of causes until every layer of a chain has"
                    + " its gradient, over the number of hidden layers, with the fitted exponents:"
                    + " for predictive coding in error form at small beta under five disciplines,"
                    + " with all activities resolved, and for the energy at beta 1 in chains of up"
                    + " to 16 hidden layers. The default takes less than three minutes on two cores.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  relaxon reproduce depth --seeds 1 --depths 4,8,16    a first impression",
            "  relaxon reproduce depth --width 32 --out runs        with table and pictures",
            "  relaxon reproduce depth --beta 1e-2          far from backprop: exit code 1"
        })
final class ReproduceDepthCommand implements Callable<Integer> {
    private static final Reproduction REPRODUCTION =
            new Reproduction(
                    "depth",
                    "Predictive coding in error form at small beta settles a chain of L hidden layers"
                            + " for 2L messages.",
                    "Setting: the cost over depth of predictive coding,"
                            + " github.com/tarun-ks/predictive-coding-depth-scaling, which counts the"
                            + " inference steps until a trained network has 90 % of the accuracy of"
                            + " backprop; here every layer has its gradient");
    private static final int SEEDS = 3;

    @Spec private CommandSpec spec;
    @ParentCommand private ReproduceCommand parent;
    @Mixin private SeedOptions seeds;
    @Mixin private OutputOptions output;

    @Option(
            names = "--depths",
            paramLabel = "L",
            split = ",",
            description = "At least two numbers of hidden layers. Default 4,8,16,32,64,128,256.")
    private List<Integer> depths;

    @Option(
            names = "--width",
            paramLabel = "N",
            description = "Neurons of every layer. Default 16.")
    private Integer width;

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

    @Option(
            names = {"--beta", "--lambda"},
            paramLabel = "X",
            description = "Nudging strength of the error form. Default 1e-12.")
    private Double beta;

    @Option(
            names = "--tolerance",
            paramLabel = "X",
            description =
                    "Largest relative error of the update of a layer through changes that are not"
                            + " sent. Default 1e-4.")
    private Double tolerance;

    @Option(
            names = "--budget-messages",
            paramLabel = "N",
            description = "Signals that one settling may send. Default 10000000.")
    private Long messages;

    @Override
    public Integer call() throws IOException {
        output.requireWritable();
        DepthPlan plan = plan();
        PrintWriter out = spec.commandLine().getOut();
        Problem deepest =
                plan.problem(plan.activations().get(0), plan.depths().get(plan.depths().size() - 1))
                        .withSeed(seeds.first())
                        .build();
        if (output.dryRun()) {
            dryRun(plan, deepest, out);
            return ExitCode.DONE;
        }
        long begin = System.nanoTime();
        List<DepthRow> rows;
        PrintWriter err = spec.commandLine().getErr();
        try (WorkProgress progress =
                WorkProgress.of(output, err, "settlings", plan.runs()).begun()) {
            rows = new DepthScaling(plan).run(parent.interruption()::asked, progress::finished);
        }
        double seconds = (System.nanoTime() - begin) / 1e9;
        return REPRODUCTION.finish(
                config(plan, deepest),
                new DepthFindings(plan, rows, seconds),
                output,
                out,
                parent.interruption().concluded(rows.size() == plan.runs()));
    }

    private void dryRun(DepthPlan plan, Problem deepest, PrintWriter out) {
        ResolvedText text = new ResolvedText(out, spec);
        text.line(
                "settlings",
                "%d: %d seeds x %d activations x %d ways at up to %d depths"
                        .formatted(
                                plan.runs(),
                                plan.seeds().size(),
                                plan.activations().size(),
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
        text.files(output, "reproduce-depth", Reproduction.files(DepthPictures.files(plan)));
        text.cells(deepest, Granularity.LAYER, deepest.examples());
        text.repeat(ResolvedText.command("reproduce depth", spec));
    }

    private static String activations(DepthPlan plan) {
        return plan.activations().stream()
                .map(Activation::optionName)
                .collect(Collectors.joining(", "));
    }

    private DepthPlan plan() {
        DepthPlan usual = DepthPlan.of(seeds.first(), 1);
        DepthPlan plan =
                new DepthPlan(
                        activations == null
                                ? usual.activations()
                                : activations.stream()
                                        .map(a -> Catalog.activation("activation", a))
                                        .toList(),
                        depths == null ? usual.depths() : depths,
                        width == null ? usual.width() : width,
                        gain == null ? usual.gain() : gain,
                        beta == null ? usual.beta() : beta,
                        tolerance == null ? usual.tolerance() : tolerance,
                        usual.ways(),
                        seeds.all(SEEDS),
                        messages == null ? usual.messagesMax() : messages,
                        seeds.threads());
        if (plan.depths().size() < 2) {
            throw new IllegalArgumentException(
                    "depths: need at least two depths for an exponent, got "
                            + plan.depths().get(0));
        }
        return plan;
    }

    private ObjectNode config(DepthPlan plan, Problem deepest) {
        ObjectNode node = REPRODUCTION.config(spec, seeds.first(), plan.seeds().size());
        node.put("network", deepest.network().toString());
        node.put("problem", deepest.description());
        node.put("algorithm", "pc-nudge, pc");
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
        return node;
    }
}
