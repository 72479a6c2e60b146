package org.relaxon.tools.cli.sweep;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.relaxon.experiments.sweep.Axis;
import org.relaxon.experiments.sweep.AxisKind;
import org.relaxon.experiments.sweep.Grid;
import org.relaxon.experiments.sweep.Shard;
import org.relaxon.tools.cli.option.OutputOptions;
import org.relaxon.tools.cli.option.SeveralDelays;
import picocli.CommandLine.Option;

/** Options that determine the runs of a sweep, which of them to run here, and what to draw. */
final class GridOptions {
    private static final int SEEDS_MAX = 100_000;

    /** Every kind of axis. */
    private static final class AxisNames extends ArrayList<String> {
        private static final long serialVersionUID = 1L;

        AxisNames() {
            super(AxisKind.names());
        }
    }

    @Option(
            names = "--axis",
            paramLabel = "NAME=V,V,...",
            description =
                    "One axis of the grid; the first changes slowest. May be repeated."
                            + " Names: ${COMPLETION-CANDIDATES}. Values of layers are"
                            + " 8-16-4,...; of delay-mean, spans; of delay, any delays.",
            completionCandidates = AxisNames.class)
    private List<String> axes = new ArrayList<>();

    @Option(
            names = "--delay-family",
            paramLabel = "F",
            defaultValue = "exponential",
            description =
                    "Distribution for an axis delay-mean: constant, uniform,"
                            + " exponential or pareto (shape 1.5). Default ${DEFAULT-VALUE}.")
    private String delayFamily;

    @Option(
            names = "--own-init",
            description =
                    "With an axis algorithm: draw each algorithm's weights by its own defaults."
                            + " Without it, all algorithms get the same weights.")
    private boolean ownInit;

    @Option(
            names = "--seeds",
            paramLabel = "N",
            defaultValue = "5",
            description =
                    "Runs per point, with seeds from --seed upwards. Default"
                            + " ${DEFAULT-VALUE}.")
    private int seeds;

    @Option(
            names = "--parallel",
            paramLabel = "N",
            description = "Runs at the same time. Default one per processor; 1 on the akka host.")
    private Integer parallel;

    @Option(
            names = "--shard",
            paramLabel = "I/N",
            description = "Run only the I-th of N parts, for batch systems; see --merge.")
    private String shard;

    @Option(
            names = "--resume",
            paramLabel = "DIR",
            description =
                    "Continue an interrupted run directory; needs the options with"
                            + " which it was started.")
    private Path resume;

    @Option(
            names = "--merge",
            split = ",",
            paramLabel = "DIR",
            description =
                    "Run nothing: join the run directories of all parts. Needs the options with"
                            + " which they were started, but --shard.")
    private List<Path> merge;

    @Option(
            names = "--map",
            paramLabel = "X,Y",
            description =
                    "Draw a map over two axes. May be repeated. Default the first two"
                            + " axes with several values.")
    private List<String> maps = new ArrayList<>();

    /**
     * The requested grid.
     *
     * @param usual axes if none is named
     */
    Grid grid(long firstSeed, List<String> usual) {
        if (seeds < 1 || seeds > SEEDS_MAX) {
            throw new IllegalArgumentException(
                    "seeds: %d is not in 1..%d".formatted(seeds, SEEDS_MAX));
        }
        List<String> texts = axes.isEmpty() ? usual : axes;
        return new Grid(
                texts.stream().map(GridOptions::axis).toList(),
                LongStream.range(firstSeed, firstSeed + seeds).boxed().toList());
    }

    /** Whether an axis was named. */
    boolean hasAxes() {
        return !axes.isEmpty();
    }

    private static Axis axis(String text) {
        return text.equals("delay=all") ? new Axis("delay", SeveralDelays.ALL) : Axis.parse(text);
    }

    /** True if algorithms along an axis have weights of their own. */
    boolean ownInit() {
        return ownInit;
    }

    String delayFamily() {
        return delayFamily;
    }

    Shard shard() {
        return shard == null ? Shard.WHOLE : Shard.parse(shard);
    }

    /** Null if not given. */
    Path resume() {
        return resume;
    }

    /** Null if not given. */
    List<Path> merge() {
        return merge;
    }

    /** Runs at once on a host. */
    int parallel(String host) {
        int usual = host.equals("akka") ? 1 : Runtime.getRuntime().availableProcessors();
        int asked = parallel == null ? usual : parallel;
        if (asked < 1 || asked > 1 << 10) {
            throw new IllegalArgumentException(
                    "parallel: %d is not in 1..%d".formatted(asked, 1 << 10));
        }
        return asked;
    }

    /** Pairs of axis names; by default the first two with several values. */
    List<List<String>> maps(Grid grid) {
        List<List<String>> out = new ArrayList<>();
        for (String text : maps) {
            List<String> pair = List.of(text.split(",", -1));
            boolean known = pair.stream().allMatch(name -> grid.axis(name) >= 0);
            if (pair.size() != 2 || !known || pair.get(0).equals(pair.get(1))) {
                throw new IllegalArgumentException(
                        "map: \"%s\" does not name two axes of the grid: %s"
                                .formatted(
                                        text,
                                        String.join(
                                                ", ",
                                                grid.axes().stream().map(Axis::name).toList())));
            }
            out.add(pair);
        }
        List<String> wide =
                grid.axes().stream().filter(a -> a.values().size() > 1).map(Axis::name).toList();
        if (out.isEmpty() && wide.size() >= 2) {
            out.add(wide.subList(0, 2));
        }
        return out;
    }

    void requireConsistent(OutputOptions output) {
        if (resume != null && output.out() != null) {
            throw new IllegalArgumentException(
                    "resume: continues in its own directory; omit --out");
        }
        if (merge != null && (resume != null || shard != null)) {
            throw new IllegalArgumentException("merge: runs nothing; omit --resume and --shard");
        }
        if (shard != null && output.out() == null && resume == null) {
            throw new IllegalArgumentException("shard: needs --out, to be joined by --merge later");
        }
    }
}
