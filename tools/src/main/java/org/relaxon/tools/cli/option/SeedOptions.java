package org.relaxon.tools.cli.option;

import java.util.List;
import java.util.stream.LongStream;
import picocli.CommandLine.Option;

/** The number of networks of a reproduction, and how many run at the same time. */
public final class SeedOptions {
    private static final int SEEDS_MAX = 1000;

    @Option(
            names = "--seed",
            paramLabel = "S",
            defaultValue = "1",
            description = "Seed of the first network. Default ${DEFAULT-VALUE}.")
    private long seed;

    @Option(
            names = "--seeds",
            paramLabel = "N",
            description = "Number of networks, with seeds from --seed upwards.")
    private Integer seeds;

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "Runs at the same time. Default the number of processors.")
    private Integer threads;

    /** {@return the first seed} */
    public long first() {
        return seed;
    }

    /**
     * The seeds.
     *
     * @param usual their number, if none is given
     * @return the seeds, in order
     */
    public List<Long> all(int usual) {
        int count = seeds == null ? usual : seeds;
        if (count < 1 || count > SEEDS_MAX) {
            throw new IllegalArgumentException(
                    "seeds: %d is not in 1..%d".formatted(count, SEEDS_MAX));
        }
        return LongStream.range(seed, seed + count).boxed().toList();
    }

    /** {@return number of runs at the same time} */
    public int threads() {
        int count = threads == null ? Runtime.getRuntime().availableProcessors() : threads;
        if (count < 1 || count > SEEDS_MAX) {
            throw new IllegalArgumentException(
                    "threads: %d is not in 1..%d".formatted(count, SEEDS_MAX));
        }
        return count;
    }
}
