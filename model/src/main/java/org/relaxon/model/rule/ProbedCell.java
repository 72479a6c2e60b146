package org.relaxon.model.rule;

import java.util.Arrays;
import org.relaxon.model.loss.Loss;
import org.relaxon.model.math.Elementary;
import org.relaxon.model.network.Network;
import org.relaxon.model.network.Population;
import org.relaxon.model.part.OwnPartException;
import org.relaxon.model.phase.Phase;
import org.relaxon.model.plasticity.LocalRule;
import org.relaxon.model.state.CellState;

/** One cell of a network in chosen states, without received signals, for {@link RuleContract}. */
final class ProbedCell {
    private final Rule rule;
    private final Network network;
    private final Population population;
    private final Phase phase;
    private final Loss loss;

    /**
     * @param phase the phase imposed; its target belongs to the output
     */
    ProbedCell(Rule rule, Network network, Population population, Phase phase) {
        this(rule, network, population, phase, network.loss());
    }

    /**
     * @param loss imposed on an output in place of the network's
     */
    ProbedCell(Rule rule, Network network, Population population, Phase phase, Loss loss) {
        this.loss = loss;
        this.rule = rule;
        this.network = network;
        this.population = population;
        this.phase = phase;
    }

    Population population() {
        return population;
    }

    /** One hidden neuron, since every granularity must be possible, or the whole output. */
    int neurons() {
        return isOutput() ? population.size() : 1;
    }

    /** Neurons times columns. */
    int elements() {
        return neurons() * phase.columns();
    }

    private boolean isOutput() {
        return population.role() == Population.Role.OUTPUT;
    }

    private CellState state(double[] drive) {
        CellState state = blank(drive);
        if (phase.start() != null) {
            CellState free = blank(drive);
            call("predict", () -> rule.predict(free));
            for (int k = 0; k < drive.length; k++) {
                free.activity()[k] = free.activation().value(drive[k], free.math());
            }
            state.anchorAt(free);
        }
        call("predict", () -> rule.predict(state));
        return state;
    }

    private CellState blank(double[] drive) {
        CellState state =
                new CellState(
                                neurons(),
                                phase.betas(),
                                1,
                                1,
                                population.activation(),
                                Elementary.STRICT,
                                isOutput() ? loss : null,
                                isOutput()
                                        ? network.rowsOf(phase.target(), population.index())
                                        : null)
                        .on(phase, population.index(), isOutput() ? 0 : 1)
                        .remembering(
                                rule.traits().memory(), network.into(population.index()).size());
        System.arraycopy(drive, 0, state.drive(), 0, drive.length);
        return state;
    }

    /** Predicts and corrects, starting from a given activity. */
    CellState relaxed(double[] drive, double[] feedback, double found) {
        CellState state = state(drive);
        System.arraycopy(feedback, 0, state.feedback(), 0, feedback.length);
        Arrays.fill(state.activity(), found);
        call("correct", () -> rule.correct(state));
        return state;
    }

    /** The announced value for the drive, error and memories of a state, as in an audit. */
    double[] announced(CellState from, double feedback, double activity) {
        CellState state = state(from.drive());
        state.recall(from);
        System.arraycopy(from.error(), 0, state.error(), 0, from.error().length);
        Arrays.fill(state.feedback(), feedback);
        Arrays.fill(state.activity(), activity);
        call("announce", () -> rule.announce(state));
        return state.backward();
    }

    /** The stated energy of every column after moving its activity and, with it, the error. */
    double[] energy(CellState state, double by) {
        double[] energy = new double[phase.columns()];
        move(state, by);
        call("energy", () -> rule.energy().add(state, energy));
        move(state, -by);
        return energy;
    }

    private static void move(CellState state, double by) {
        for (int k = 0; k < state.activity().length; k++) {
            state.activity()[k] += by;
            state.error()[k] += by;
        }
    }

    /** The factors of the update for a state and for its anchor; null where the rule has none. */
    double[][] updated(LocalRule update, CellState state, double[] shares) {
        double[] factor = new double[state.activity().length];
        double[] anchored = new double[factor.length];
        boolean[] contrasts = new boolean[1];
        call("localRule().postsynaptic", () -> update.postsynaptic(state, shares, factor));
        call("localRule().anchored", () -> contrasts[0] = update.anchored(state, shares, anchored));
        return new double[][] {factor, contrasts[0] ? anchored : null};
    }

    /** An exception thrown by a method of the rule. */
    static final class FailedException extends IllegalArgumentException {
        private static final long serialVersionUID = 1L;

        FailedException(String message, RuntimeException cause) {
            super(message, cause);
        }
    }

    private void call(String method, Runnable step) {
        try {
            step.run();
        } catch (OwnPartException e) {
            throw e; // its message is complete
        } catch (RuntimeException e) { // thrown by the rule
            throw new FailedException(
                    "rule %s: %s fails with %s".formatted(rule.optionName(), method, e), e);
        }
    }
}
