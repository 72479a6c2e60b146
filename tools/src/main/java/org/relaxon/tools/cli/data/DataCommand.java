package org.relaxon.tools.cli.data;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.concurrent.Callable;
import org.relaxon.experiments.data.ImageShape;
import org.relaxon.experiments.data.Task;
import org.relaxon.experiments.format.NpzWriter;
import org.relaxon.experiments.problem.Problem;
import org.relaxon.experiments.storage.WholeFile;
import org.relaxon.model.math.Matrix;
import org.relaxon.tools.cli.option.GivenOptions;
import org.relaxon.tools.cli.option.OutputOptions;
import org.relaxon.tools.cli.option.ProblemOptions;
import org.relaxon.tools.cli.process.ExitCode;
import org.relaxon.tools.cli.text.Launcher;
import org.relaxon.tools.output.Json;
import org.relaxon.tools.output.RunDirectory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Shows the data that --data selects. */
@Command(
        name = "data",
        resourceBundle = "org.relaxon.tools.cli.data.options",
        description = {
            "Shows the batch that --data, --batch, --samples and --seed select: ranges, classes and"
                    + " a picture of the first examples; or exports it for other programs.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  relaxon data --data strokes --batch 100 --show 3",
            "  relaxon data --data mnist:DIR --batch 1000 --export batch.npz",
            "  relaxon data --data two-moons --json -       shapes, counts and ranges"
        })
public final class DataCommand implements Callable<Integer> {
    private static final String SHADES = " .:-=+*#%@";

    /** Options that change the weights alone. */
    private static final List<String> OF_WEIGHTS =
            List.of(
                    "--gain",
                    "--init",
                    "--activation",
                    "--output-activation",
                    "--feedback",
                    "--weights");

    @Spec private CommandSpec spec;
    @Mixin private ProblemOptions problem;
    @Mixin private OutputOptions output;

    @Option(
            names = "--show",
            paramLabel = "N",
            defaultValue = "1",
            description = "Images to draw. Default ${DEFAULT-VALUE}.")
    private int show;

    @Option(
            names = "--export",
            paramLabel = "FILE.npz",
            description = "Write x0 (n, B) and target (k, B) to a new file.")
    private Path export;

    @Override
    public Integer call() throws IOException {
        output.requireWritable();
        if (show < 0) {
            throw new IllegalArgumentException("show: " + show + " must be at least 0");
        }
        if (export != null) {
            OutputOptions.requireNew("export", export);
        }
        if (output.out() == null) {
            GivenOptions.of(spec)
                    .requireNone(OF_WEIGHTS, "only the directory of --out contains weights");
        }
        Problem built = problem.spec().build();
        ObjectNode json = describe(built);
        PrintWriter out = spec.commandLine().getOut();
        if (output.prose()) {
            print(out, built, json);
        }
        if (export != null && !output.dryRun()) {
            WholeFile.create(export, file -> export(built, file));
        }
        if (!output.dryRun()) {
            output.directory(json, below -> directory(below, built, json));
        }
        if (output.prose()) {
            OutputOptions.announce(out, json);
        }
        output.write(json, out);
        return ExitCode.DONE;
    }

    private static void export(Problem built, OutputStream file) throws IOException {
        try (NpzWriter npz = NpzWriter.to(file)) {
            npz.put("x0", built.input().values(), built.input().rows(), built.examples());
            npz.put("target", built.target().values(), built.target().rows(), built.examples());
        }
    }

    /** The batch as arrays, with the weights that the same options select. */
    private static Path directory(Path below, Problem built, ObjectNode json) throws IOException {
        RunDirectory directory =
                RunDirectory.create(below, "data", json, Clock.system(ZoneId.systemDefault()));
        directory.manifest(json);
        directory.arrays(built, built.network().parameters(), null, null);
        return directory.path();
    }

    private ObjectNode describe(Problem built) {
        ObjectNode json = Json.object();
        json.put("command", Launcher.running("data", spec));
        json.put("verdict", "done");
        json.put("data", built.data());
        json.put("seed", problem.seed());
        json.put("examples", built.examples());
        json.put("inputs", built.input().rows());
        json.put("outputs", built.target().rows());
        double least = Double.POSITIVE_INFINITY;
        double most = Double.NEGATIVE_INFINITY;
        double sum = 0.0;
        for (double x : built.input().values()) {
            least = Math.min(least, x);
            most = Math.max(most, x);
            sum += x;
        }
        Json.put(json, "inputLeast", least);
        Json.put(json, "inputMost", most);
        Json.put(json, "inputMean", sum / built.input().values().length);
        json.put("task", built.task().optionName());
        json.put("image", built.image().map(ImageShape::toString).orElse(null));
        if (built.task() == Task.CLASSIFICATION) {
            countClasses(built, json.putArray("largestTargetCounts"));
        } else {
            json.putNull("largestTargetCounts");
            DoubleSummaryStatistics targets =
                    Arrays.stream(built.target().values()).summaryStatistics();
            Json.put(json, "targetLeast", targets.getMin());
            Json.put(json, "targetMost", targets.getMax());
        }
        return json;
    }

    private static void countClasses(Problem built, ArrayNode classes) {
        int[] counts = new int[built.target().rows()];
        for (int c = 0; c < built.examples(); c++) {
            counts[largest(built.target(), c)]++;
        }
        for (int count : counts) {
            classes.add(count);
        }
    }

    private void print(PrintWriter out, Problem built, ObjectNode json) {
        out.printf(
                "%s: %d examples, %d inputs in [%.4g, %.4g] with mean %.4g, %d outputs%n",
                built.data(),
                built.examples(),
                built.input().rows(),
                json.get("inputLeast").asDouble(),
                json.get("inputMost").asDouble(),
                json.get("inputMean").asDouble(),
                built.target().rows());
        if (built.task() == Task.CLASSIFICATION) {
            out.printf(
                    "examples whose largest target is 0, 1, ...: %s%n",
                    json.get("largestTargetCounts"));
        } else {
            out.printf(
                    "%s, targets in [%.4g, %.4g]%n",
                    built.task().optionName(),
                    json.get("targetLeast").asDouble(),
                    json.get("targetMost").asDouble());
        }
        if (built.image().isPresent()) {
            double least = Math.min(-1.0, json.get("inputLeast").asDouble());
            double most = Math.max(1.0, json.get("inputMost").asDouble());
            for (int c = 0; c < Math.min(show, built.examples()); c++) {
                draw(out, built, c, least, most);
            }
        }
        showNoMore(out, built);
        out.flush();
    }

    /** Why fewer pictures were drawn than requested. */
    private void showNoMore(PrintWriter out, Problem built) {
        boolean requested = spec.commandLine().getParseResult().hasMatchedOption("--show");
        if (requested && show > 0 && built.image().isEmpty()) {
            out.printf("no pictures: the inputs of %s are no images%n", built.data());
        } else if (show > built.examples()) {
            out.printf("no more pictures: --batch is %d%n", built.examples());
        }
    }

    /** Draws a picture; {@code least} is paper, {@code most} is ink. */
    private static void draw(
            PrintWriter out, Problem built, int column, double least, double most) {
        boolean classes = built.task() == Task.CLASSIFICATION;
        out.println(
                "example "
                        + column
                        + (classes ? ", class " + largest(built.target(), column) : ""));
        ImageShape image = built.image().orElseThrow();
        for (int r = 0; r < image.rows(); r++) {
            StringBuilder line = new StringBuilder();
            for (int k = 0; k < image.columns(); k++) {
                double x = built.input().get(r * image.columns() + k, column);
                int shade = (int) Math.round((x - least) / (most - least) * (SHADES.length() - 1));
                line.append(SHADES.charAt(shade));
            }
            out.println(line.toString().stripTrailing());
        }
    }

    private static int largest(Matrix target, int column) {
        int best = 0;
        for (int r = 1; r < target.rows(); r++) {
            if (target.get(r, column) > target.get(best, column)) {
                best = r;
            }
        }
        return best;
    }
}
