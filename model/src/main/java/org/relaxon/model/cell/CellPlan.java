package org.relaxon.model.cell;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.relaxon.model.math.Kernels;
import org.relaxon.model.network.CellId;
import org.relaxon.model.network.Network;
import org.relaxon.model.network.Population;
import org.relaxon.model.network.Projection;
import org.relaxon.model.phase.Phase;
import org.relaxon.model.plasticity.LocalRule;
import org.relaxon.model.rule.Rule;
import org.relaxon.model.rule.Signalling;
import org.relaxon.model.rule.Traits;
import org.relaxon.model.rule.Units;
import org.relaxon.model.state.CellState;

/**
 * What the cells of one population have in common: most networks have far fewer populations than
 * cells. Several threads may own these cells.
 */
final class CellPlan {
    /**
     * One incoming projection as all cells of a population see it. A cell is linked with the
     * neurons of the presynaptic cells that send to it, and with all of a clamped population; in
     * its own numbering only these count.
     *
     * @param size number of presynaptic neurons
     * @param perCell neurons of a presynaptic cell, of which the last may have fewer
     * @param clamped whether the presynaptic population is clamped, so that it has no cells
     * @param feedback links to the presynaptic cells
     */
    record Presynaptic(
            Projection projection, int size, int perCell, boolean clamped, Fan feedback) {
        /** Whether every presynaptic neuron is linked with every cell. */
        boolean isWhole() {
            return clamped || feedback.isFull();
        }

        /** Number of presynaptic neurons that are linked with a cell. */
        int neurons(int cell) {
            int links = isWhole() ? 0 : feedback.links(cell);
            return isWhole() ? size : links == 0 ? 0 : begin(links - 1) + length(cell, links - 1);
        }

        /** First neuron of link {@code k}, in the numbering of a cell. */
        int begin(int k) {
            return k * perCell;
        }

        /** First neuron of a cell's link {@code k}, in the presynaptic population. */
        int first(int cell, int k) {
            return feedback.receiver(cell, k) * perCell;
        }

        /** Number of neurons of a cell's link {@code k}. */
        int length(int cell, int k) {
            return Math.min(perCell, size - first(cell, k));
        }

        /** First neuron of every link in the numbering of a cell, and the number of neurons. */
        int[] begins(int cell) {
            int[] begins = new int[feedback.links(cell) + 1];
            Arrays.setAll(begins, this::begin);
            begins[begins.length - 1] = neurons(cell);
            return begins;
        }

        /** The presynaptic neurons that are linked with a cell, ascending. */
        int[] linked(int cell) {
            return IntStream.range(0, feedback.links(cell))
                    .flatMap(
                            k -> {
                                int first = first(cell, k);
                                return IntStream.range(first, first + length(cell, k));
                            })
                    .toArray();
        }

        /**
         * Rows of the neurons that are linked with a cell, of an array with a row for every neuron.
         */
        double[] gather(int cell, double[] all) {
            if (isWhole()) {
                return all;
            }
            int width = all.length / size;
            double[] out = new double[neurons(cell) * width];
            for (int k = 0; k < feedback.links(cell); k++) {
                int length = length(cell, k) * width;
                System.arraycopy(all, first(cell, k) * width, out, begin(k) * width, length);
            }
            return out;
        }

        /**
         * Adds rows of the neurons that are linked with a cell to an array with a row for every
         * neuron.
         */
        void scatter(int cell, double[] linked, double[] all) {
            if (isWhole()) {
                Products.add(linked, all);
                return;
            }
            int width = all.length / size;
            for (int k = 0; k < feedback.links(cell); k++) {
                int length = length(cell, k) * width;
                int from = begin(k) * width;
                int to = first(cell, k) * width;
                for (int i = 0; i < length; i++) {
                    all[to + i] += linked[from + i];
                }
            }
        }
    }

    /**
     * One outgoing projection as all cells of a population see it.
     *
     * @param links of activity
     * @param lateral whether it leads back to the population
     */
    record Postsynaptic(Fan links, boolean lateral) {}

    /**
     * What one phase means to all of these cells.
     *
     * @param lowered factor of the threshold
     * @param sample state of a cell, for those of all others
     * @param worth which changes are worth a signal as the phase begins
     * @param inputs activity of the clamped populations among {@link #afferents}, flat (n, B)
     */
    record Opened(
            Phase phase,
            double lowered,
            CellState sample,
            SendThresholds.Worth worth,
            double[][] inputs) {}

    private final Network network;
    private final boolean hasEnergy;
    private final Population population;
    private final int height;
    private final int firstCell; // index
    private final int perCell; // neurons, of which the last cell may have fewer
    private final Rule rule;
    private final Traits traits;
    private final LocalRule localRule;
    private final Units units;
    private final Kernels.Kind kernels;
    private final Kernels shared; // null: every cell has its own
    private final Signalling signalling;
    private final List<Presynaptic> afferents;
    private final List<Postsynaptic> efferents;

    /**
     * What a cell opened last. A thread that does not see it computes the same again, so that no
     * lock is needed.
     */
    private Opened opened;

    /**
     * @param shared kernels with the scratch memory of all cells of one thread; null if every cell
     *     is to have its own
     */
    CellPlan(
            Wiring wiring,
            int population,
            Rule rule,
            Kernels.Kind kernels,
            Kernels shared,
            Signalling signalling) {
        this.shared = shared;
        this.network = wiring.network();
        signalling.requireSupported(network, rule, kernels);
        hasEnergy = network.noEnergy().isEmpty();
        this.population = network.population(population);
        this.rule = rule;
        this.kernels = kernels;
        this.signalling = signalling;
        height = wiring.height(population);
        CellId first = wiring.cellsOf(population).get(0);
        firstCell = first.index();
        perCell = first.size();
        traits = rule.traits();
        localRule = rule.localRule();
        units = rule.dynamics().units();
        afferents = network.into(population).stream().map(p -> presynaptic(wiring, p)).toList();
        efferents = network.outOf(population).stream().map(p -> postsynaptic(wiring, p)).toList();
    }

    /** The plan of one cell alone. */
    static CellPlan ofOne(
            Wiring wiring, int index, Rule rule, Kernels.Kind kernels, double threshold) {
        int population = wiring.cells().get(index).population();
        Signalling signalling = Signalling.exact(threshold);
        return new CellPlan(wiring, population, rule, kernels, null, signalling);
    }

    /** The same for cells that may open other phases at the same time, on another thread. */
    CellPlan(CellPlan other) {
        shared = other.shared == null ? null : new Kernels(other.kernels);
        network = other.network;
        hasEnergy = other.hasEnergy;
        population = other.population;
        height = other.height;
        firstCell = other.firstCell;
        perCell = other.perCell;
        rule = other.rule;
        traits = other.traits;
        localRule = other.localRule;
        units = other.units;
        kernels = other.kernels;
        signalling = other.signalling;
        afferents = other.afferents;
        efferents = other.efferents;
    }

    private Presynaptic presynaptic(Wiring wiring, Projection p) {
        Population pre = network.population(p.pre());
        List<CellId> cells = wiring.cellsOf(p.pre());
        boolean clamped = cells.isEmpty();
        return new Presynaptic(
                p,
                pre.size(),
                clamped ? pre.size() : cells.get(0).size(),
                clamped,
                wiring.links().fan(p.index(), Link.Kind.FEEDBACK));
    }

    private Postsynaptic postsynaptic(Wiring wiring, Projection p) {
        Fan forth = wiring.links().fan(p.index(), Link.Kind.ACTIVITY);
        return new Postsynaptic(forth, p.isLateral());
    }

    Population population() {
        return population;
    }

    boolean isOutput() {
        return population.role() == Population.Role.OUTPUT;
    }

    /** Row of the target that belongs to a neuron of an output. */
    int targetRow(int neuron) {
        return network.firstRow(population.index()) + neuron;
    }

    /** Number of neurons of the whole network that are not clamped. */
    int freeNeurons() {
        return network.populations().stream()
                .filter(p -> p.role() != Population.Role.INPUT)
                .mapToInt(Population::size)
                .sum();
    }

    /** Projections between the population and the output. */
    int height() {
        return height;
    }

    /** Index of the population's first cell. */
    int firstCell() {
        return firstCell;
    }

    /** Which slice of the population a cell owns, by its position among these cells. */
    CellId id(int position) {
        int from = position * perCell;
        int to = Math.min(population.size(), from + perCell);
        return new CellId(firstCell + position, population, from, to);
    }

    Rule rule() {
        return rule;
    }

    Traits traits() {
        return traits;
    }

    LocalRule localRule() {
        return localRule;
    }

    Units units() {
        return units;
    }

    /** Arithmetic for one cell. */
    Kernels kernels() {
        return shared == null ? new Kernels(kernels) : shared;
    }

    /** Precision of weights and of products with them. */
    Kernels.Precision precision() {
        return kernels.precision();
    }

    /** A sum whose terms have magnitudes of at most this sum does not overflow by rounding. */
    double largestSum() {
        return precision() == Kernels.Precision.FLOAT ? 1e37 : 1e300;
    }

    /** Unit in the last place of a product with weights, at 1. */
    double ulp() {
        return 2.0 * precision().rounding();
    }

    Signalling signalling() {
        return signalling;
    }

    /** The projections that reach these cells. */
    List<Presynaptic> afferents() {
        return afferents;
    }

    /** The projections on which these cells send their activity. */
    List<Postsynaptic> efferents() {
        return efferents;
    }

    /** The state of a cell at rest in the planes of a rule. */
    CellState newState(Rule shape, Phase phase, double[] betas, int neurons, double[] target) {
        return new CellState(
                        neurons,
                        betas,
                        shape.traits().activityPlanes(),
                        shape.traits().feedbackPlanes(),
                        population.activation(),
                        kernels.elementary(),
                        isOutput() ? network.loss() : null,
                        target)
                .on(phase, population.index(), height);
    }

    /** What a phase means to these cells with thresholds lowered by a factor. */
    Opened open(Phase phase, double lowered) {
        Opened known = opened;
        if (known == null || known.phase != phase || known.lowered != lowered) {
            SendThresholds.Worth worth = SendThresholds.Worth.of(this, phase, lowered);
            CellState sample = newState(rule, phase, phase.betas(), 1, null);
            known = new Opened(phase, lowered, sample, worth, inputs(phase));
            opened = known;
        }
        return known;
    }

    /** Adds the energy of a cell's state to every column; NaN where the network has none. */
    void addEnergy(CellState state, double[] energy) {
        double[] own = new double[energy.length];
        if (hasEnergy) {
            rule.dynamics().judge(rule).energy().add(state, own);
        } else {
            Arrays.fill(own, Double.NaN);
        }
        for (int c = 0; c < own.length; c++) {
            energy[c] += own[c];
        }
    }

    private double[][] inputs(Phase phase) {
        double[][] inputs = new double[afferents.size()][];
        for (int k = 0; k < inputs.length; k++) {
            int pre = afferents.get(k).projection().pre();
            boolean clamped = network.population(pre).role() == Population.Role.INPUT;
            inputs[k] = clamped ? network.rowsOf(phase.input(), pre) : null;
        }
        return inputs;
    }
}
