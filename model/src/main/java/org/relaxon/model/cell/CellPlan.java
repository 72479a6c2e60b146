package org.relaxon.model.cell;

import java.util.List;
import java.util.stream.Stream;
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
     * One incoming projection as all cells of a population see it.
     *
     * @param begins first presynaptic neuron of link k; begins[links] is the number of neurons
     * @param feedbackLinks of the population's first cell; none for a clamped population
     */
    record Presynaptic(Projection projection, int[] begins, Fan feedbackLinks) {
        /** Number of presynaptic neurons. */
        int neurons() {
            return begins[begins.length - 1];
        }
    }

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
    private final Population population;
    private final int height;
    private final List<CellId> cells;
    private final Rule rule;
    private final Traits traits;
    private final LocalRule localRule;
    private final Units units;
    private final Kernels.Kind kernels;
    private final Kernels shared; // null: every cell has its own
    private final Signalling signalling;
    private final List<Presynaptic> afferents;
    private final List<Fan> efferents; // links of activity of the first cell

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
        this.population = network.population(population);
        this.rule = rule;
        this.kernels = kernels;
        this.signalling = signalling;
        height = wiring.height(population);
        cells = wiring.cellsOf(population);
        traits = rule.traits();
        localRule = rule.localRule();
        units = rule.dynamics().units();
        afferents = network.into(population).stream().map(p -> presynaptic(wiring, p)).toList();
        efferents =
                network.outOf(population).stream()
                        .map(p -> wiring.links().fan(firstCell(), p.index(), Link.Kind.ACTIVITY))
                        .toList();
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
        population = other.population;
        height = other.height;
        cells = other.cells;
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
        int[] begins =
                Stream.concat(
                                wiring.cellsOf(p.pre()).stream().map(CellId::from),
                                Stream.of(network.population(p.pre()).size()))
                        .mapToInt(Integer::intValue)
                        .toArray();
        Fan back = wiring.links().fan(firstCell(), p.index(), Link.Kind.FEEDBACK);
        return new Presynaptic(p, begins, back);
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

    /** Projections between the population and the output. */
    int height() {
        return height;
    }

    /** Index of the population's first cell. */
    int firstCell() {
        return cells.get(0).index();
    }

    /** Which slice of the population a cell owns, by its position among these cells. */
    CellId id(int position) {
        return cells.get(position);
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

    Signalling signalling() {
        return signalling;
    }

    /** The projections that reach these cells. */
    List<Presynaptic> afferents() {
        return afferents;
    }

    /** The links on which the first cell sends its activity, by projection. */
    List<Fan> efferents() {
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
