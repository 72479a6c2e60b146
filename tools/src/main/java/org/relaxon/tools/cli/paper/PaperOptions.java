package org.relaxon.tools.cli.paper;

import java.util.List;
import java.util.stream.LongStream;
import org.relaxon.experiments.paper.PaperPlan;
import org.relaxon.experiments.problem.ProblemSpec;
import org.relaxon.tools.cli.option.Catalog;
import picocli.CommandLine.Option;

/** Common options of both experiments of arXiv 2206.02629. */
final class PaperOptions {
    private static final int RUNS_MAX = 1000;

    @Option(
            names = "--data",
            paramLabel = "DATA",
            defaultValue = "strokes",
            description =
                    "mnist:DIR, fashion-mnist:DIR, FILE.npz, or strokes, synthetic"
                            + " digits in place of MNIST. Default ${DEFAULT-VALUE}.")
    private String data;

    @Option(
            names = "--layers",
            paramLabel = "N",
            split = ",",
            defaultValue = "784,128,64,10",
            description = "Layer sizes, ReLU hidden. Default ${DEFAULT-VALUE}.")
    private List<Integer> layers;

    @Option(
            names = "--seed",
            paramLabel = "S",
            defaultValue = "1",
            description = "Seed of the first run. Default ${DEFAULT-VALUE}.")
    private long seed;

    @Option(
            names = "--host",
            paramLabel = "H",
            defaultValue = "virtual",
            description = "virtual, akka or synchronous. Default ${DEFAULT-VALUE}.")
    private String hostName;

    String data() {
        return data;
    }

    List<Integer> layers() {
        return layers;
    }

    /** Seed of the first run. */
    long seed() {
        return seed;
    }

    /** The seeds of the given number of runs, in order. */
    List<Long> seeds(int runs) {
        if (runs < 1 || runs > RUNS_MAX) {
            throw new IllegalArgumentException(
                    "runs: %d is not in 1..%d".formatted(runs, RUNS_MAX));
        }
        return LongStream.range(seed, seed + runs).boxed().toList();
    }

    /** Name of the host, which exists. */
    String host() {
        Catalog.requireHost(hostName);
        return hostName;
    }

    /** Network and data of the first run. */
    ProblemSpec problem() {
        return PaperPlan.paperProblem(data)
                .withLayers(layers.stream().mapToInt(Integer::intValue).toArray())
                .withSeed(seed);
    }
}
