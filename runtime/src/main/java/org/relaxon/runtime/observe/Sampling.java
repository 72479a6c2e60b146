package org.relaxon.runtime.observe;

import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.relaxon.model.network.CellId;

/**
 * Which cells are read, what of them, and how often. A cell is read when it has relaxed and a frame
 * is due, so that a cell at rest gives no frames; the first relaxation of a phase is always read,
 * and so is every cell at the end of a run. Sampling by the wall clock limits the rate of frames
 * across phases: neither the first relaxation of a phase nor the end of a run is read before a
 * frame is due.
 *
 * @param every what the period counts
 * @param period at least 1
 * @param quantities what is read, at least one, in the order of {@link Quantity}
 * @param sites neurons that are read; empty for all
 */
public record Sampling(Every every, long period, List<Quantity> quantities, List<Site> sites) {
    /** What a period counts. */
    public enum Every {
        /** Relaxations of the cell. */
        RELAXATIONS,
        /** Nanoseconds of the host's time: virtual or real. */
        HOST_NANOS,
        /** Nanoseconds of real time on any host. */
        WALL_NANOS
    }

    /**
     * Some neurons of a population.
     *
     * @param population index of the population
     * @param from first neuron
     * @param to one past the last neuron; {@link Integer#MAX_VALUE} for the rest of the population
     */
    public record Site(int population, int from, int to) {
        private boolean contains(CellId cell, int neuron) {
            return cell.population() == population && neuron >= from && neuron < to;
        }

        @Override
        public String toString() {
            String neurons =
                    to == Integer.MAX_VALUE
                            ? from == 0 ? "" : "[%d..]".formatted(from)
                            : "[%d..%d]".formatted(from, to - 1);
            return population + neurons;
        }
    }

    /**
     * Sorts the quantities and checks the period.
     *
     * @param every what the period counts
     * @param period at least 1
     * @param quantities what is read
     * @param sites neurons that are read; empty for all
     * @throws IllegalArgumentException if the period is not positive or nothing is read
     */
    public Sampling {
        if (period < 1) {
            throw new IllegalArgumentException(
                    "sampling: every %d %s; the period is at least 1"
                            .formatted(period, unit(every)));
        }
        if (quantities.isEmpty()) {
            throw new IllegalArgumentException("sampling: no quantity; at least one is needed");
        }
        quantities = List.copyOf(EnumSet.copyOf(quantities));
        sites = List.copyOf(sites);
    }

    /**
     * {@return a sampling of the activity of all cells, by relaxations}
     *
     * @param period relaxations of a cell from one frame to the next; 1 for every relaxation
     */
    public static Sampling everyRelaxations(long period) {
        return activity(Every.RELAXATIONS, period);
    }

    /**
     * {@return a sampling of the activity of all cells, by the time of the host: virtual on the
     * virtual host, real on actors; refused by hosts that sweep}
     *
     * @param period nanoseconds from one frame of a cell to the next
     */
    public static Sampling everyHostNanos(long period) {
        return activity(Every.HOST_NANOS, period);
    }

    /**
     * {@return a sampling of the activity of all cells, by real time, on any host}
     *
     * @param period nanoseconds from one frame of a cell to the next
     */
    public static Sampling everyWallNanos(long period) {
        return activity(Every.WALL_NANOS, period);
    }

    private static Sampling activity(Every every, long period) {
        return new Sampling(every, period, List.of(Quantity.ACTIVITY), List.of());
    }

    /**
     * {@return the same sampling of other quantities}
     *
     * @param first one quantity
     * @param more further quantities
     */
    public Sampling withQuantities(Quantity first, Quantity... more) {
        return withQuantities(EnumSet.of(first, more));
    }

    /**
     * {@return the same sampling of other quantities}
     *
     * @param what the quantities, at least one
     */
    public Sampling withQuantities(Collection<Quantity> what) {
        return new Sampling(every, period, List.copyOf(what), sites);
    }

    /**
     * {@return the same sampling, of this population and of those added before}
     *
     * @param population index of the population
     */
    public Sampling withPopulation(int population) {
        return withNeurons(population, 0, Integer.MAX_VALUE);
    }

    /**
     * {@return the same sampling, of these neurons and of those added before}
     *
     * @param population index of the population
     * @param from first neuron
     * @param to one past the last neuron
     */
    public Sampling withNeurons(int population, int from, int to) {
        List<Site> more = new ArrayList<>(sites);
        more.add(new Site(population, from, to));
        return new Sampling(every, period, quantities, more);
    }

    /**
     * {@return the neurons of a cell that are read, as indices in its population; empty for a cell
     * that is not read}
     *
     * @param cell any cell
     */
    public int[] neurons(CellId cell) {
        IntStream own = IntStream.range(cell.from(), cell.to());
        return sites.isEmpty()
                ? own.toArray()
                : own.filter(n -> sites.stream().anyMatch(s -> s.contains(cell, n))).toArray();
    }

    /**
     * Refuses sites that a session does not have.
     *
     * @param cells all cells of the session
     * @throws IllegalArgumentException naming the site and what the session has
     */
    public void requireSites(List<CellId> cells) {
        SortedMap<Integer, Integer> sizes = new TreeMap<>();
        cells.forEach(c -> sizes.merge(c.population(), c.to(), Math::max));
        for (Site site : sites) {
            Integer size = sizes.get(site.population());
            if (size == null) {
                throw new IllegalArgumentException(
                        "sampling: population %d has no cells; populations with cells: %s"
                                .formatted(site.population(), sizes.keySet()));
            }
            int to = site.to() == Integer.MAX_VALUE ? size : site.to();
            if (site.from() < 0 || site.from() >= to || to > size) {
                throw new IllegalArgumentException(
                        "sampling: neurons %d..%d of population %d are not in 0..%d"
                                .formatted(site.from(), to - 1, site.population(), size - 1));
            }
        }
    }

    private static String unit(Every every) {
        return every.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /** For display: the period, the quantities and the neurons. */
    @Override
    public String toString() {
        return "every %d %s: %s of %s"
                .formatted(
                        period,
                        unit(every),
                        quantities.stream().map(Quantity::optionName).toList(),
                        sites.isEmpty() ? "all cells" : sites);
    }
}
