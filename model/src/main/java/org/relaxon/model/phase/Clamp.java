package org.relaxon.model.phase;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.relaxon.model.math.Matrix;
import org.relaxon.model.network.Network;
import org.relaxon.model.network.Population;

/**
 * Neurons of a hidden or output population that are held at values during one phase, while the
 * others settle. Immutable; the matrix must not be written to once handed over.
 *
 * <p>A held neuron sends its value and its prediction error as if it had moved there by itself, and
 * neither drive nor feedback moves it.
 */
final class Clamp {
    private final String population;
    private final Matrix values;
    private final boolean[] held; // empty: all neurons

    /**
     * @param values activities, shape (n, columns); rows that are not held are not read
     * @param held whether each neuron is held, length n, empty for all; copied
     */
    Clamp(String population, Matrix values, boolean... held) {
        this.population = population;
        this.values = values;
        this.held = held.clone();
    }

    /** Whether a neuron is held. */
    boolean holds(int neuron) {
        return held.length == 0 || held[neuron];
    }

    /** See {@link Phase#held}. */
    static double[] values(List<Clamp> clamps, String population, int from, int to) {
        for (Clamp clamp : clamps) {
            if (clamp.population.equals(population)) {
                return clamp.values(from, to);
            }
        }
        return null;
    }

    private double[] values(int from, int to) {
        int columns = values.columns();
        double[] out = new double[(to - from) * columns];
        for (int k = 0; k < out.length; k++) {
            int neuron = from + k / columns;
            out[k] = holds(neuron) ? values.get(neuron, k % columns) : Double.NaN;
        }
        return out;
    }

    private int neurons() {
        return held.length == 0 ? values.rows() : held.length;
    }

    /** Refuses clamps that do not fit, and two of one population. */
    static void validate(List<Clamp> clamps, Network network, int columns, boolean nudged) {
        Set<String> met = new HashSet<>();
        for (Clamp clamp : clamps) {
            clamp.validate(network, columns, nudged);
            if (!met.add(clamp.population)) {
                throw clamp.refusal("held twice; allowed: one clamp per population");
            }
        }
    }

    /** Refuses a clamp that does not fit, naming population, value and allowed range. */
    void validate(Network network, int columns, boolean nudged) {
        Population p = of(network);
        if (p.role() == Population.Role.INPUT) {
            throw refusal("an input is held at the phase's input already");
        }
        if (p.role() == Population.Role.OUTPUT && nudged) {
            throw refusal("the target acts on this output; hold it in a phase without a target");
        }
        if (values.rows() != p.size() || values.columns() != columns) {
            throw refusal(
                    "values have shape (%d, %d), need (%d, %d)"
                            .formatted(values.rows(), values.columns(), p.size(), columns));
        }
        if (neurons() != p.size()) {
            throw refusal("%d of %d neurons are marked".formatted(held.length, p.size()));
        }
        if (IntStream.range(0, p.size()).noneMatch(this::holds)) {
            throw refusal("no neuron is held; need at least 1 of %d".formatted(p.size()));
        }
        requireFinite();
    }

    private void requireFinite() {
        for (int i = 0; i < values.rows(); i++) {
            for (int c = 0; c < values.columns() && holds(i); c++) {
                if (!Double.isFinite(values.get(i, c))) {
                    throw refusal(
                            "[%d, %d] is %s; it must be finite".formatted(i, c, values.get(i, c)));
                }
            }
        }
    }

    private Population of(Network network) {
        for (Population p : network.populations()) {
            if (p.name().equals(population)) {
                return p;
            }
        }
        List<String> names = network.populations().stream().map(Population::name).toList();
        throw refusal("the network has no such population, only %s".formatted(names));
    }

    private IllegalArgumentException refusal(String what) {
        return new IllegalArgumentException("clamp: %s: %s".formatted(population, what));
    }

    /** For display: the population and how many of its neurons are held. */
    @Override
    public String toString() {
        long count = IntStream.range(0, neurons()).filter(this::holds).count();
        return "%s, %d of %d neurons held".formatted(population, count, neurons());
    }
}
