package org.relaxon.tools.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.relaxon.experiments.paper.PaperPlan;
import org.relaxon.experiments.paper.TrainingBesideBackprop;
import org.relaxon.experiments.paper.TrainingRow;
import org.relaxon.experiments.problem.ProblemSpec;
import org.relaxon.runtime.Host;
import org.relaxon.tools.output.Json;
import org.relaxon.tools.output.Version;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** The training of arXiv 2206.02629, every minibatch beside backprop. */
@Command(
        name = "paper-training",
        description = {
            "Trains as arXiv 2206.02629 does, one epoch in batches of 64 with momentum .9 and rate"
                    + " .0064, and compares the local update of every minibatch with the gradient"
                    + " that backprop computes at the same weights. The same network learns by"
                    + " backprop beside it.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  relaxon paper-training --examples 1280          on drawn digits",
            "  relaxon paper-training --data mnist:DIR --runs 3 --out runs"
        })
final class PaperTrainingCommand implements Callable<Integer> {
    private static final int RUNS_MAX = 1000;

    @Spec private CommandSpec spec;
    @ParentCommand private RootCommand root;
    @Mixin private OutputOptions output;

    @Option(
            names = "--data",
            paramLabel = "DATA",
            defaultValue = "strokes",
            description =
                    "mnist:DIR, fashion-mnist:DIR, FILE.npz, or strokes, the drawn digits that stand"
                            + " in for MNIST. Default ${DEFAULT-VALUE}.")
    private String data;

    @Option(
            names = "--layers",
            paramLabel = "N,N,...",
            split = ",",
            defaultValue = "784,128,64,10",
            description = "Layer sizes, ReLU hidden. Default ${DEFAULT-VALUE}.")
    private List<Integer> layers;

    @Option(
            names = "--runs",
            paramLabel = "N",
            defaultValue = "1",
            description = "Runs, each with its own weights and order. Default ${DEFAULT-VALUE}.")
    private int runs;

    @Option(
            names = "--seed",
            paramLabel = "S",
            defaultValue = "1",
            description = "Of the first run. Default ${DEFAULT-VALUE}.")
    private long seed;

    @Option(
            names = {"--betas", "--beta"},
            paramLabel = "X",
            split = ",",
            defaultValue = "1e-4,1e-7",
            description =
                    "Nudging strengths: the published one, and one that carries fewer ReLU units"
                            + " over their kink. Default ${DEFAULT-VALUE}.")
    private List<Double> betas;

    @Option(
            names = "--examples",
            paramLabel = "N",
            defaultValue = "60000",
            description = "Most examples to train on. Default ${DEFAULT-VALUE}.")
    private int examples;

    @Option(
            names = "--test-examples",
            paramLabel = "N",
            defaultValue = "10000",
            description = "Most examples to test on. Default ${DEFAULT-VALUE}.")
    private int testExamples;

    @Option(
            names = "--host",
            paramLabel = "H",
            defaultValue = "virtual",
            description = "virtual, akka or synchronous. Default ${DEFAULT-VALUE}.")
    private String hostName;

    @Override
    public Integer call() throws IOException {
        output.requireWritable();
        requireSensible();
        ProblemSpec problem =
                PaperPlan.paperProblem(data)
                        .withLayers(layers.stream().mapToInt(Integer::intValue).toArray());
        TrainingBesideBackprop training =
                new TrainingBesideBackprop(problem, examples, testExamples);
        PrintWriter out = spec.commandLine().getOut();
        if (output.dryRun()) {
            out.println("would train on " + training.data(seed).description());
            out.flush();
            return ExitCode.DONE;
        }
        List<TrainingRow> rows = new ArrayList<>();
        long begin = System.nanoTime();
        try (Host host = Catalog.host(hostName, Runtime.getRuntime().availableProcessors())) {
            for (long s = seed; s < seed + runs && !root.interruption().asked(); s++) {
                rows.addAll(
                        training.run(
                                host, s, betas, this::progress, () -> root.interruption().asked()));
            }
        }
        return report(training, rows, (System.nanoTime() - begin) / 1e9, out);
    }

    private void requireSensible() {
        if (runs < 1 || runs > RUNS_MAX) {
            throw new IllegalArgumentException(
                    "runs: %d is not in 1..%d".formatted(runs, RUNS_MAX));
        }
        for (double beta : betas) {
            if (!(beta > 0) || Double.isInfinite(beta)) {
                throw new IllegalArgumentException("betas: need finite numbers > 0, got " + beta);
            }
        }
        Catalog.requireHost(hostName);
    }

    private void progress(long itsSeed, double beta, long step, long steps) {
        if (!output.quiet() && step % 100 == 0) {
            PrintWriter err = spec.commandLine().getErr();
            err.printf("seed %d, beta %s: minibatch %d of %d%n", itsSeed, beta, step, steps);
            err.flush();
        }
    }

    private int report(
            TrainingBesideBackprop training,
            List<TrainingRow> rows,
            double seconds,
            PrintWriter out)
            throws IOException {
        PaperTrainingReport report = new PaperTrainingReport(rows);
        ObjectNode json = Json.object();
        json.put(
                "command",
                "relaxon paper-training"
                        + Words.without(Words.after("paper-training", spec), Set.of()));
        json.put("version", Version.text());
        json.put("seed", seed);
        json.put("network", layers.toString());
        json.put("data", training.data(seed).description());
        json.put("host", hostName);
        Json.put(json, "wallSeconds", seconds);
        report.fill(json);
        if (output.out() != null) {
            json.put("directory", report.write(output.out(), json).toString());
        }
        if (output.prose()) {
            report.print(out, json);
        }
        output.write(json, out);
        return report.whole() ? ExitCode.DONE : ExitCode.NOT_SETTLED;
    }
}
