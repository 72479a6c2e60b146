package org.relaxon.tools.cli.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.relaxon.model.math.Kernels;
import org.relaxon.runtime.delay.Durations;
import org.relaxon.tools.bench.Benchmarks;
import org.relaxon.tools.bench.KernelBenchmark;
import org.relaxon.tools.bench.Ratio;
import org.relaxon.tools.bench.ScaleBenchmark;
import org.relaxon.tools.cli.option.OutputOptions;
import org.relaxon.tools.cli.process.ExitCode;
import org.relaxon.tools.cli.process.Program;
import org.relaxon.tools.cli.text.Launcher;
import org.relaxon.tools.output.Json;
import org.relaxon.tools.output.RunDirectory;
import org.relaxon.tools.output.Version;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Measures speed against floors, as ratios in one run. */
@Command(
        name = "bench",
        description = {
            "Measures signals per second against the bare event queue and raw actor messages, and"
                    + " with an observer against without, a learning step against backprop on the"
                    + " same kernels, examples in flight against one after another, an"
                    + " event-driven drive against whole products, a product of weights against"
                    + " plain loops, and products and a learning step in float against double. Each"
                    + " pair"
                    + " is measured in turn in this one process: trust the ratios, not the absolute"
                    + " figures.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  relaxon bench                               5 rounds of 1 s",
            "  relaxon bench --rounds 1 --span 200ms       a first impression",
            "  relaxon bench --threads 2 --json bench.json   to compare two builds"
        })
public final class BenchCommand implements Callable<Integer> {
    /**
     * Remark on a rate of signals without a settled network: cells without a pause keep sending.
     */
    private static final String UNSETTLED_RATE =
            "; the rate counts every signal delivered until then and needs no rest: cells without a"
                    + " pause answer nearly every signal, so that many machines run out of the time"
                    + " of one settling, 10 s, first";

    private static final long BYTES_PER_SYNAPSE = 12; // a double that is drawn, a float that stays

    @Spec private CommandSpec spec;
    @ParentCommand private Program program;
    @Mixin private OutputOptions output;

    @Option(
            names = "--rounds",
            paramLabel = "N",
            defaultValue = "5",
            description =
                    "Measurements per subject, after one to warm up. Default"
                            + " ${DEFAULT-VALUE}.")
    private int rounds;

    @Option(
            names = "--span",
            paramLabel = "SPAN",
            defaultValue = "1s",
            description = "Minimum time per measurement. Default ${DEFAULT-VALUE}.")
    private String span;

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "Threads of the akka host. Default one per processor.")
    private Integer threads;

    @Option(
            names = "--synapses",
            paramLabel = "N",
            description =
                    "In place of all pairs, one step of a network of N synapses in single precision"
                            + " against a plain read of memory, from 4000000 to 10000000000. Takes"
                            + " 12 bytes of heap for each: RELAXON_JAVA_OPTS=-Xmx16g.")
    private Long synapses;

    @Override
    public Integer call() throws IOException {
        output.requireWritable();
        if (rounds < 1 || rounds > 1000) {
            throw new IllegalArgumentException("rounds: " + rounds + " is not in 1..1000");
        }
        long nanos = Durations.parse("span", span);
        if (nanos == 0) {
            throw new IllegalArgumentException("span: nothing can be measured in " + span);
        }
        int parallel = threads == null ? Runtime.getRuntime().availableProcessors() : threads;
        if (output.dryRun()) {
            PrintWriter out = spec.commandLine().getOut();
            out.println(
                    synapses == null
                            ? "21 pairs, %d rounds of %s".formatted(rounds + 1, span)
                            : "1 pair, %d rounds, about %d MiB"
                                    .formatted(rounds + 1, BYTES_PER_SYNAPSE * synapses >> 20));
            out.flush();
            return ExitCode.DONE;
        }
        List<Ratio> ratios =
                synapses == null ? pairs(nanos, parallel) : atScale(synapses, parallel);
        PrintWriter out = spec.commandLine().getOut();
        ObjectNode json = json(ratios, parallel);
        if (!ratios.isEmpty()) {
            output.directory(json, below -> directory(below, json));
        }
        if (output.prose()) {
            ratios.forEach(r -> out.print(text(r)));
            OutputOptions.announce(out, json);
        }
        output.write(json, out);
        return ExitCode.DONE;
    }

    private void progress(String line) {
        if (!output.quiet()) {
            PrintWriter err = spec.commandLine().getErr();
            err.println(line);
            err.flush();
        }
    }

    private List<Ratio> pairs(long nanos, int parallel) throws IOException {
        Benchmarks benchmarks =
                new Benchmarks(
                        rounds,
                        nanos,
                        parallel,
                        this::progress,
                        program.interruption()::asked,
                        program.interruption()::onStop);
        List<Ratio> out = ratios(benchmarks);
        KernelBenchmark kernels = new KernelBenchmark(rounds, nanos, program.interruption()::asked);
        Ratio kernel = kernels.ratio();
        if (kernel != null) {
            out.add(kernel);
        }
        out.addAll(kernels.inSinglePrecision());
        Ratio steps = kernels.steps(program.interruption()::onStop);
        if (steps != null) {
            out.add(steps);
        }
        return out;
    }

    private List<Ratio> atScale(long count, int parallel) throws IOException {
        Ratio ratio =
                new ScaleBenchmark(
                                count,
                                parallel,
                                rounds,
                                this::progress,
                                program.interruption()::asked,
                                program.interruption()::onStop)
                        .ratio();
        return ratio == null ? List.of() : List.of(ratio);
    }

    /** One pair of figures. */
    private interface Pair {
        Ratio measure() throws IOException;
    }

    /** All complete pairs. */
    private static List<Ratio> ratios(Benchmarks benchmarks) throws IOException {
        List<Pair> pairs = new ArrayList<>();
        pairs.add(benchmarks::virtualSignals);
        pairs.add(benchmarks::actorSignals);
        pairs.add(() -> benchmarks.observedSignals("virtual"));
        pairs.add(() -> benchmarks.observedSignals("akka"));
        for (Kernels.Kind kind : Kernels.Kind.named()) {
            pairs.add(() -> benchmarks.learningStep("virtual", kind));
            pairs.add(() -> benchmarks.learningStep("akka", kind));
        }
        for (String host : List.of("virtual", "akka")) {
            pairs.add(() -> benchmarks.resolvedStep(host));
            pairs.add(() -> benchmarks.singleStep(host));
        }
        pairs.add(() -> benchmarks.inFlight("virtual", "none"));
        pairs.add(() -> benchmarks.inFlight("akka", "exponential:200us"));
        List<Ratio> out = new ArrayList<>();
        for (Pair pair : pairs) {
            Ratio ratio = pair.measure();
            if (ratio != null) {
                out.add(ratio);
            }
        }
        out.addAll(benchmarks.drives());
        return out;
    }

    /** Whether all settled, then both figures and their ratio. */
    static String text(Ratio r) {
        return String.format(
                Locale.ROOT,
                "%s%n  %.4g %s; %s %.4g %s; ratio %.3f (%s, %s is better)%n",
                r.settled() == r.settlings()
                        ? r.name()
                        : "%s%n  not settled: %d of %d settlings (%s)%s"
                                .formatted(
                                        r.name(),
                                        r.settlings() - r.settled(),
                                        r.settlings(),
                                        r.why(),
                                        r.moreIsBetter() ? UNSETTLED_RATE : ""),
                r.subjectMedian(),
                r.unit(),
                r.floorName(),
                r.floorMedian(),
                r.unit(),
                r.median(),
                spread(r),
                r.moreIsBetter() ? "more" : "less");
    }

    /** From the least to the largest ratio of a round; one round has no spread. */
    private static String spread(Ratio r) {
        return r.rounds() < 2
                ? "-"
                : String.format(Locale.ROOT, "%.3f to %.3f", r.least(), r.most());
    }

    private static Path directory(Path below, ObjectNode json) throws IOException {
        ObjectNode config = json.deepCopy();
        JsonNode ratios = config.remove("ratios");
        RunDirectory directory =
                RunDirectory.create(below, "bench", config, Clock.system(ZoneId.systemDefault()));
        directory.manifest(config);
        List<String> header = new ArrayList<>();
        ratios.get(0).fieldNames().forEachRemaining(header::add);
        List<List<String>> rows = new ArrayList<>();
        ratios.forEach(r -> rows.add(header.stream().map(n -> text(r.get(n))).toList()));
        directory.results(header, rows);
        return directory.path();
    }

    private static String text(JsonNode value) {
        return value.isNull() ? "" : value.asText();
    }

    private ObjectNode json(List<Ratio> ratios, int parallel) {
        ObjectNode root = Json.object();
        root.put("command", Launcher.running("bench", spec));
        root.put("verdict", "done");
        root.put("threads", parallel);
        root.put("version", Version.text());
        root.put("rounds", rounds);
        ArrayNode list = root.putArray("ratios");
        for (Ratio r : ratios) {
            ObjectNode node = list.addObject();
            node.put("name", r.name());
            node.put("unit", r.unit());
            Json.put(node, "subject", r.subjectMedian());
            node.put("floorName", r.floorName());
            Json.put(node, "floor", r.floorMedian());
            Json.put(node, "ratio", r.median());
            boolean several = r.rounds() > 1;
            Json.put(node, "ratioLeast", several ? r.least() : Double.NaN);
            Json.put(node, "ratioMost", several ? r.most() : Double.NaN);
            node.put("moreIsBetter", r.moreIsBetter());
            node.put("settled", r.settled());
            node.put("settlings", r.settlings());
            node.put("why", r.why());
        }
        return root;
    }
}
