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
     * Finds what is shared.
     *
     * @param cells all cells of a wiring, by index
     */
    public SharedUpdates(List<Cell> cells) {
        cells.forEach(c -> c.learning().shareIn(this));
        byProjection.values().removeIf(parts -> parts.size() < 2);
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

    /** {@return whether any number is shared by several cells} */
    public boolean any() {
        return !byProjection.isEmpty();
    }

    /** Gives every cell the sum of all prepared updates of the numbers that it shares. */
    public void sum() {
        for (List<Part> parts : byProjection.values()) {
            double[][] sum = parts.get(0).gradient();
            for (Part other : parts.subList(1, parts.size())) {
                double[][] more = other.gradient();
                for (int i = 0; i < sum.length; i++) {
                    for (int k = 0; k < sum[i].length; k++) {
                        sum[i][k] += more[i][k];
                    }
                }
            }
            for (Part other : parts.subList(1, parts.size())) {
                double[][] to = other.gradient();
                for (int i = 0; i < sum.length; i++) {
                    System.arraycopy(sum[i], 0, to[i], 0, sum[i].length);
                }
            }
        }
    }
}
