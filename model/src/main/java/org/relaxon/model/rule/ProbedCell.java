package org.relaxon.model.rule;

import java.util.Arrays;
import org.relaxon.model.math.Elementary;
import org.relaxon.model.network.Network;
import org.relaxon.model.network.Population;
import org.relaxon.model.phase.Phase;
import org.relaxon.model.state.CellState;

/** One cell of a network on states that nothing has sent it, for {@link RuleContract}. */
final class ProbedCell {
    private final Rule rule;
    private final Network network;
    private final Population population;
    private final Phase phase;

    /**
     * @param phase its target belongs to the output
     */
    ProbedCell(Rule rule, Network network, Population population, Phase phase) {
        this.rule = rule;
        this.network = network;
        this.population = population;
        this.phase = phase;
    }

    Population population() {
        return population;
    }

    /** A hidden cell of one neuron, which every granularity has to allow, or the whole output. */
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
        CellState state =
                new CellState(
                                neurons(),
                                phase.betas(),
                                1,
                                1,
                                population.activation(),
                                Elementary.STRICT,
                                isOutput() ? network.loss() : null,
                                isOutput() ? phase.target().values() : null)
                        .on(phase, population.index(), isOutput() ? 0 : 1);
        System.arraycopy(drive, 0, state.drive(), 0, drive.length);
        call("predict", () -> rule.predict(state));
        return state;
    }

    /** Predicts and corrects, from an activity that the cell finds. */
    CellState relaxed(double[] drive, double[] feedback, double found) {
        CellState state = state(drive);
        System.arraycopy(feedback, 0, state.feedback(), 0, feedback.length);
        Arrays.fill(state.activity(), found);
        call("correct", () -> rule.correct(state));
        return state;
    }

    /** What is announced from the drive and the error of a state, as an audit asks for it. */
    double[] announced(CellState from, double feedback, double activity) {
        CellState state = state(from.drive());
        System.arraycopy(from.error(), 0, state.error(), 0, from.error().length);
        Arrays.fill(state.feedback(), feedback);
        Arrays.fill(state.activity(), activity);
        call("announce", () -> rule.announce(state));
        return state.backward();
    }

    private void call(String method, Runnable step) {
        try {
            step.run();
        } catch (RuntimeException e) { // of whoever wrote the rule
            IllegalArgumentException refused =
                    new IllegalArgumentException(
                            "rule %s: %s fails with %s".formatted(rule.optionName(), method, e));
            refused.initCause(e);
            throw refused;
        }
    }
}
