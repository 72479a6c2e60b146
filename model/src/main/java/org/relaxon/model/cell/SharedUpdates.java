package org.relaxon.model.cell;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.relaxon.model.network.Projection;

/**
 * Numbers that synapses of several cells share, as in a convolution of which each cell has a part,
 * or where projections use the same weights. Every cell keeps all of its numbers. Before a change
 * the updates of all cells are summed in the order of the cells, and each cell then applies the
 * sum: this is the one step of learning that is not local.
 *
 * <p>Each shard has one of these for its own cells. A sum passes through all shards in their order,
 * and then returns to each of them, so that its bits do not depend on the number of shards.
 */
public final class SharedUpdates {
    private final Map<Numbers, List<Part>> parts = new TreeMap<>();

    /**
     * Some rows of weights.
     *
     * @param projection index of the projection whose weights they are
     * @param firstRow first of the rows
     */
    public record Numbers(int projection, int firstRow) implements Comparable<Numbers> {
        @Override
        public int compareTo(Numbers other) {
            return projection != other.projection
                    ? Integer.compare(projection, other.projection)
                    : Integer.compare(firstRow, other.firstRow);
        }
    }

    /** One incoming projection of one cell. */
    private record Part(Synapses synapses, int afferent) {
        double[][] gradient() {
            return synapses.memory().gradient()[afferent].values();
        }
    }

    /**
     * Finds what may be shared.
     *
     * @param cells cells of one shard
     */
    public SharedUpdates(Cells cells) {
        cells.forEach(c -> c.learning().shareIn(this));
    }

    void add(Synapses synapses, Afferent[] afferents, int firstNeuron) {
        for (int k = 0; k < afferents.length; k++) {
            Projection p = afferents[k].projection();
            if (p.sharesWeights()) {
                Numbers numbers = new Numbers(p.weightsOf(), p.firstRow(firstNeuron));
                parts.computeIfAbsent(numbers, i -> new ArrayList<>()).add(new Part(synapses, k));
            }
        }
    }

    /**
     * Counts the incoming projections of cells that have the same numbers.
     *
     * @param counts receives those of this shard in addition
     */
    public void count(Map<Numbers, Integer> counts) {
        parts.forEach((numbers, some) -> counts.merge(numbers, some.size(), Integer::sum));
    }

    /**
     * Discards numbers that a single cell has, for one projection: there is nothing to sum.
     *
     * @param counts incoming projections of the cells of all shards
     */
    public void keepShared(Map<Numbers, Integer> counts) {
        parts.keySet().removeIf(numbers -> counts.get(numbers) < 2);
    }

    /** {@return whether cells of this shard share any number with other cells} */
    public boolean any() {
        return !parts.isEmpty();
    }

    /**
     * Adds the prepared updates of this shard.
     *
     * @param sums those of the shards before
     */
    public void addTo(Map<Numbers, double[][]> sums) {
        parts.forEach(
                (numbers, some) ->
                        some.forEach(p -> sums.put(numbers, sum(sums.get(numbers), p.gradient()))));
    }

    /**
     * Replaces the prepared updates of this shard by the sums.
     *
     * @param sums of all shards
     */
    public void take(Map<Numbers, double[][]> sums) {
        parts.forEach((numbers, some) -> some.forEach(p -> copy(sums.get(numbers), p.gradient())));
    }

    private static double[][] sum(double[][] sum, double[][] more) {
        if (sum == null) {
            double[][] first = new double[more.length][];
            for (int i = 0; i < more.length; i++) {
                first[i] = more[i].clone();
            }
            return first;
        }
        Columns.add(sum, more);
        return sum;
    }

    private static void copy(double[][] from, double[][] to) {
        for (int i = 0; i < from.length; i++) {
            System.arraycopy(from[i], 0, to[i], 0, from[i].length);
        }
    }
}
