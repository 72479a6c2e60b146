package org.relaxon.model.cell;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Numbers that synapses of several cells share, as in a convolution of which each cell has a part.
 * Every cell keeps all of them. Before a change the updates of all cells are summed in the order of
 * the cells, and each cell then applies the sum: this is the one step of learning that is not
 * local.
 *
 * <p>Each shard has one of these for its own cells. A sum passes through all shards in their order,
 * and then returns to each of them, so that its bits do not depend on the number of shards.
 */
public final class SharedUpdates {
    private final Map<Integer, List<Part>> byProjection = new TreeMap<>();

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

    void add(Synapses synapses, Afferent[] afferents) {
        for (int k = 0; k < afferents.length; k++) {
            if (afferents[k].projection().connectivity().shares()) {
                byProjection
                        .computeIfAbsent(afferents[k].projection().index(), i -> new ArrayList<>())
                        .add(new Part(synapses, k));
            }
        }
    }

    /**
     * Counts the cells that have each projection's numbers.
     *
     * @param counts by projection; receives those of this shard in addition
     */
    public void count(int[] counts) {
        byProjection.forEach((projection, parts) -> counts[projection] += parts.size());
    }

    /**
     * Discards projections whose numbers a single cell has: there is nothing to sum.
     *
     * @param counts cells of all shards, by projection
     */
    public void keepShared(int[] counts) {
        byProjection.keySet().removeIf(projection -> counts[projection] < 2);
    }

    /** {@return whether cells of this shard share any number with other cells} */
    public boolean any() {
        return !byProjection.isEmpty();
    }

    /**
     * Adds the prepared updates of this shard.
     *
     * @param sums by projection; null where no shard before has added any
     */
    public void addTo(double[][][] sums) {
        byProjection.forEach(
                (projection, parts) ->
                        parts.forEach(p -> sums[projection] = sum(sums[projection], p.gradient())));
    }

    /**
     * Replaces the prepared updates of this shard by the sums.
     *
     * @param sums by projection, of all shards
     */
    public void take(double[][][] sums) {
        byProjection.forEach(
                (projection, parts) -> parts.forEach(p -> copy(sums[projection], p.gradient())));
    }

    private static double[][] sum(double[][] sum, double[][] more) {
        if (sum == null) {
            double[][] first = new double[more.length][];
            for (int i = 0; i < more.length; i++) {
                first[i] = more[i].clone();
            }
            return first;
        }
        for (int i = 0; i < sum.length; i++) {
            for (int k = 0; k < sum[i].length; k++) {
                sum[i][k] += more[i][k];
            }
        }
        return sum;
    }

    private static void copy(double[][] from, double[][] to) {
        for (int i = 0; i < from.length; i++) {
            System.arraycopy(from[i], 0, to[i], 0, from[i].length);
        }
    }
}
